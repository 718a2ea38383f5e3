package dev.vitrine.weights.matlab;

import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/**
 * The elements of a MATLAB 5 file, or those in another element, one after the other: a tag of eight
 * bytes with type and size, and the data, filled up to a multiple of eight. Up to four bytes stand
 * in the tag itself.
 */
final class Elements {
  private static final int TAG = 8;
  private static final int SMALL = 4;

  private final WeightSource source;
  private final MemorySegment bytes;
  private final ByteOrder order;

  /** What the bytes belong to, for the sentences; empty if to the file. */
  private final String owner;

  private long at;

  Elements(WeightSource source, MemorySegment bytes, ByteOrder order, String owner, long at) {
    this.source = source;
    this.bytes = bytes;
    this.order = order;
    this.owner = owner;
    this.at = at;
  }

  /**
   * One of them.
   *
   * @param type how its numbers are stored; see {@link MatType}
   * @param data its bytes
   */
  record Element(int type, MemorySegment data) {}

  boolean hasNext() {
    return at < bytes.byteSize();
  }

  /** How many bytes have not been read. */
  long left() {
    return bytes.byteSize() - at;
  }

  /** Where the next one begins. */
  long at() {
    return at;
  }

  ByteOrder order() {
    return order;
  }

  Element next(String what) {
    if (left() < TAG) {
      throw fault("%s has no whole tag: truncated or damaged".formatted(what));
    }
    int word = word(at);
    int small = word >>> Short.SIZE;
    if (small > SMALL) {
      throw fault("%s is no element of a MATLAB 5 file".formatted(what));
    }
    MemorySegment data = small > 0 ? bytes.asSlice(at + SMALL, small) : large(what);
    Element element = new Element(small > 0 ? word & 0xffff : word, data);
    long size = small > 0 ? SMALL : data.byteSize();
    boolean filled = element.type != MatType.MATRIX && element.type != MatType.COMPRESSED;
    long rest = small > 0 ? 0 : filled ? -size & (TAG - 1) : 0;
    at = Math.min(bytes.byteSize(), at + (small > 0 ? TAG : TAG + size + rest));
    return element;
  }

  private MemorySegment large(String what) {
    long size = Integer.toUnsignedLong(word(at + Integer.BYTES));
    if (size > left() - TAG) {
      throw fault(
          "%s would have %s bytes, but there are %s: truncated or damaged"
              .formatted(what, size, left() - TAG));
    }
    return bytes.asSlice(at + TAG, size);
  }

  private int word(long place) {
    return bytes.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(order), place);
  }

  /** The whole numbers of the next element. */
  long[] wholes(String what) {
    StoredTensor numbers = numbers(next(what), what);
    if (!numbers.isWhole()) {
      throw fault("%s expects whole numbers, but holds %s".formatted(what, numbers.dtype()));
    }
    source.take(numbers.elements() * Long.BYTES, what);
    return numbers.longs();
  }

  /** All numbers of an element, as they are stored. */
  StoredTensor numbers(Element element, String what) {
    DType dtype =
        MatType.numbers(element.type)
            .orElseThrow(() -> fault("%s has the unknown type %s".formatted(what, element.type)));
    long count = element.data.byteSize() / dtype.bytes();
    return StoredTensor.rows(dtype, order, List.of(count), element.data);
  }

  UserException fault(String fault) {
    return source.refused(
        owner.isEmpty()
            ? "at byte %s: %s".formatted(at, fault)
            : "%s, byte %s of it: %s".formatted(owner, at, fault));
  }
}
