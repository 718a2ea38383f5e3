package dev.vitrine.weights.matlab;

import dev.vitrine.error.UserException;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * A deflated element. How long it is stands in its own first bytes, so only that is made room for.
 */
final class Inflated {
  /** Deflate makes at most so many bytes of one. */
  private static final long MOST = 1032;

  private static final int TAG = 8;

  private Inflated() {}

  /** The bytes, within what the file may take. */
  static MemorySegment of(
      WeightSource source, MemorySegment packed, ByteOrder order, String owner) {
    if (packed.byteSize() > Integer.MAX_VALUE) {
      throw source.refused("%s is larger than 2 GB".formatted(owner));
    }
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed.asByteBuffer());
      byte[] tag = new byte[TAG];
      if (fill(inflater, tag, 0) < TAG) {
        throw damaged(source, owner);
      }
      long size = size(tag, order);
      boolean lie = size > MOST * (packed.byteSize() + TAG) || size > Integer.MAX_VALUE - TAG;
      if (lie) {
        throw source.refused(
            "%s would have %s bytes, which %s packed ones cannot hold"
                .formatted(owner, size, packed.byteSize()));
      }
      source.take(size, "A variable");
      byte[] whole = Arrays.copyOf(tag, (int) size);
      int made = fill(inflater, whole, TAG);
      // The checksum is compared only where the end is read, and nothing may come before that.
      boolean more = inflater.inflate(new byte[1]) > 0;
      if (more || (made < size && inflater.finished())) {
        throw source.refused(
            "%s says that it has %s bytes, but its %s packed ones unpack to %s"
                .formatted(owner, size, packed.byteSize(), more ? "more" : String.valueOf(made)));
      }
      if (!inflater.finished()) {
        throw damaged(source, owner);
      }
      return MemorySegment.ofArray(whole);
    } catch (DataFormatException e) {
      throw damaged(source, owner);
    } finally {
      inflater.end();
    }
  }

  private static long size(byte[] tag, ByteOrder order) {
    return TAG
        + Integer.toUnsignedLong(
            MemorySegment.ofArray(tag)
                .get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), Integer.BYTES));
  }

  /** How many bytes are there then: all, or those up to the end of what was packed. */
  private static int fill(Inflater inflater, byte[] into, int from) throws DataFormatException {
    int at = from;
    while (at < into.length) {
      int got = inflater.inflate(into, at, into.length - at);
      if (got == 0) {
        return at;
      }
      at += got;
    }
    return at;
  }

  private static UserException damaged(WeightSource source, String owner) {
    return source.refused("%s cannot be unpacked: damaged".formatted(owner));
  }
}
