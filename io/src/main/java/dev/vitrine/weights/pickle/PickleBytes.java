package dev.vitrine.weights.pickle;

import dev.vitrine.error.UserException;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Bytes read from the front, with errors that say where. */
public final class PickleBytes {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** No line of a pickle of numbers and names is longer; texts of Python 2 are. */
  private static final int LONGEST_LINE = 1 << 28;

  private final WeightSource source;
  private final String name;
  private final MemorySegment data;
  private long at;

  /**
   * Bytes from their first on.
   *
   * @param source the file, for errors and memory
   * @param name what the bytes are in it, such as {@code archive/data.pkl}; empty for the file
   * @param data the bytes
   */
  public PickleBytes(WeightSource source, String name, MemorySegment data) {
    this.source = source;
    this.name = name;
    this.data = data;
  }

  WeightSource source() {
    return source;
  }

  /** {@return where the next byte is} */
  public long at() {
    return at;
  }

  /** {@return how many are left} */
  public long left() {
    return data.byteSize() - at;
  }

  /** {@return the next byte, 0 to 255} */
  public int u1() {
    return Byte.toUnsignedInt(data.get(ValueLayout.JAVA_BYTE, step(1)));
  }

  int u2() {
    return Short.toUnsignedInt(data.get(SHORT, step(2)));
  }

  /** {@return the next four, signed, the lowest first} */
  public int i4() {
    return data.get(INT, step(4));
  }

  long u4() {
    return Integer.toUnsignedLong(i4());
  }

  /** {@return the next eight, the lowest first} */
  public long i8() {
    return data.get(LONG, step(8));
  }

  double bigEndianDouble() {
    return Double.longBitsToDouble(Long.reverseBytes(i8()));
  }

  /**
   * {@return the next bytes, not copied}
   *
   * @param size how many
   */
  public MemorySegment bytes(long size) {
    return data.asSlice(step(size), size);
  }

  /** The next bytes as UTF-8; what is none becomes U+FFFD. */
  String utf8(long size) {
    return text(bytes(size));
  }

  private String text(MemorySegment bytes) {
    source.take(2 * bytes.byteSize(), "A text");
    return new String(bytes.toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
  }

  /** The bytes up to the next line feed, which is passed over. */
  MemorySegment line() {
    long end = at;
    long most = Math.min(data.byteSize(), at + LONGEST_LINE);
    while (end < most && data.get(ValueLayout.JAVA_BYTE, end) != '\n') {
      end++;
    }
    if (end == most) {
      throw fault("a line begins that has no end");
    }
    MemorySegment line = data.asSlice(at, end - at);
    at = end + 1;
    return line;
  }

  String textLine() {
    return text(line());
  }

  private long step(long size) {
    if (size < 0 || size > left()) {
      throw fault(
          "%s bytes are expected, but %s are left; the file may be cut short"
              .formatted(Long.toUnsignedString(size), left()));
    }
    long here = at;
    at += size;
    return here;
  }

  /**
   * {@return the error for what is wrong at the next byte}
   *
   * @param what what is wrong, in mid-sentence
   */
  public UserException fault(String what) {
    return source.refused(
        "at byte %s%s: %s".formatted(at, name.isEmpty() ? "" : " of " + name, what));
  }
}
