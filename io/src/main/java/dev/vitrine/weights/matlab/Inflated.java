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
      fill(source, inflater, tag, 0, owner);
      long size = size(tag, order);
      boolean lie = size > MOST * (packed.byteSize() + TAG) || size > Integer.MAX_VALUE - TAG;
      if (lie) {
        throw source.refused(
            "%s would have %s bytes, which %s packed ones cannot hold"
                .formatted(owner, size, packed.byteSize()));
      }
      source.take(size, "A variable");
      byte[] whole = Arrays.copyOf(tag, (int) size);
      fill(source, inflater, whole, TAG, owner);
      // The checksum is compared only where the end is read, and nothing may come before that.
      if (inflater.inflate(new byte[1]) > 0 || !inflater.finished()) {
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

  private static void fill(
      WeightSource source, Inflater inflater, byte[] into, int from, String owner)
      throws DataFormatException {
    int at = from;
    while (at < into.length) {
      int got = inflater.inflate(into, at, into.length - at);
      if (got == 0) {
        throw damaged(source, owner);
      }
      at += got;
    }
  }

  private static UserException damaged(WeightSource source, String owner) {
    return source.refused("%s cannot be unpacked: damaged".formatted(owner));
  }
}
