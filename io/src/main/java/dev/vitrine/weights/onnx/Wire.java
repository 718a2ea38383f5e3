package dev.vitrine.weights.onnx;

import dev.vitrine.error.UserException;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A protobuf message, field by field. A field is a number, a kind and a payload; one that nobody
 * reads is skipped. Source: protobuf.dev, Encoding.
 */
final class Wire {
  /** How a field's payload is written. */
  enum Kind {
    VARINT,
    FIXED64,
    BYTES,
    FIXED32
  }

  private static final int KIND_BITS = 3;
  private static final int GROUP_START = 3;
  private static final int FIXED32 = 5;
  private static final int LARGEST_FIELD = (1 << 29) - 1;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final WeightSource source;
  private final int depth;
  private final long end;
  private long at;

  private int field;
  private Kind kind = Kind.VARINT;
  private long fieldAt;
  private long bits;
  private long length;

  private Wire(WeightSource source, int depth, long from, long end) {
    this.source = source;
    this.depth = depth;
    this.at = from;
    this.end = end;
    source.enter(depth);
  }

  /** The outermost message: the whole file. */
  static Wire of(WeightSource source) {
    return new Wire(source, 0, 0, source.bytes().byteSize());
  }

  /**
   * Goes to the next field.
   *
   * @return whether there is one
   */
  boolean next() {
    if (at == end) {
      return false;
    }
    fieldAt = at;
    long tag = varint();
    long number = tag >>> KIND_BITS;
    if (number < 1 || number > LARGEST_FIELD) {
      throw fault("a field has the number " + number);
    }
    field = (int) number;
    switch ((int) tag & 7) {
      case 0 -> {
        kind = Kind.VARINT;
        bits = varint();
      }
      case 1 -> {
        kind = Kind.FIXED64;
        bits = source.bytes().get(LONG, skip(Long.BYTES));
      }
      case 2 -> {
        kind = Kind.BYTES;
        length = varint();
        skip(length);
      }
      case FIXED32 -> {
        kind = Kind.FIXED32;
        bits = source.bytes().get(INT, skip(Integer.BYTES));
      }
      case GROUP_START -> throw fault("field " + field + " is a group, which ONNX has none of");
      default -> throw fault("field " + field + " is of no kind that protobuf has");
    }
    return true;
  }

  int field() {
    return field;
  }

  Kind kind() {
    return kind;
  }

  /** Where the field begins in the file. */
  long fieldAt() {
    return fieldAt;
  }

  /** The field as a whole number. */
  long number() {
    require(Kind.VARINT);
    return bits;
  }

  /** The field as a single. */
  float single() {
    require(Kind.FIXED32);
    return Float.intBitsToFloat((int) bits);
  }

  /** The field as a message in this one. */
  Wire message() {
    require(Kind.BYTES);
    return new Wire(source, depth + 1, at - length, at);
  }

  /** The field's bytes, where they lie in the file. */
  MemorySegment bytes() {
    require(Kind.BYTES);
    return source.bytes().asSlice(at - length, length);
  }

  /** The field as a text. */
  String text() {
    require(Kind.BYTES);
    source.take(2 * length, "A text");
    ByteBuffer utf8 = ByteBuffer.wrap(bytes().toArray(ValueLayout.JAVA_BYTE));
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(utf8)
          .toString();
    } catch (CharacterCodingException e) {
      throw fault("field " + field + " is no text in UTF-8");
    }
  }

  /** Adds the field's whole numbers, one alone or several packed together. */
  void numbers(LongList list) {
    if (kind == Kind.VARINT) {
      list.add(bits);
      return;
    }
    for (Wire packed = message(); packed.at < packed.end; ) {
      packed.fieldAt = packed.at;
      list.add(packed.varint());
    }
  }

  /** Adds the field's singles, as their bits, one alone or several packed together. */
  void singles(LongList list) {
    if (kind == Kind.FIXED32) {
      list.add(bits);
      return;
    }
    MemorySegment packed = bytes();
    if (length % Integer.BYTES != 0) {
      throw fault("field %s has %s bytes, not whole singles".formatted(field, length));
    }
    for (long i = 0; i < length; i += Integer.BYTES) {
      list.add(packed.get(INT, i));
    }
  }

  /** Adds the field's 64-bit numbers, as their bits, one alone or several packed together. */
  void doubles(LongList list) {
    if (kind == Kind.FIXED64) {
      list.add(bits);
      return;
    }
    MemorySegment packed = bytes();
    if (length % Long.BYTES != 0) {
      throw fault("field %s has %s bytes, not whole doubles".formatted(field, length));
    }
    for (long i = 0; i < length; i += Long.BYTES) {
      list.add(packed.get(LONG, i));
    }
  }

  /** The error for what is wrong with the current field. */
  UserException fault(String what) {
    return source.refused("damaged at byte %s: %s".formatted(fieldAt, what));
  }

  private void require(Kind expected) {
    if (kind != expected) {
      throw fault("field %s expects %s, but is %s".formatted(field, expected, kind));
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at == end) {
        throw fault("a number is cut off");
      }
      byte next = source.bytes().get(ValueLayout.JAVA_BYTE, at++);
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw fault("a number has more than 64 bits");
  }

  /** Passes over bytes; where they begin. */
  private long skip(long size) {
    long begin = at;
    if (size < 0 || size > end - at) {
      throw fault(
          "field %s claims %s bytes, but %s are left"
              .formatted(field, Long.toUnsignedString(size), end - at));
    }
    at += size;
    return begin;
  }

  /** Reads a message of a key and a value, both texts. */
  void entry(Map<String, String> entries) {
    String key = "";
    String value = "";
    while (next()) {
      switch (field()) {
        case 1 -> key = text();
        case 2 -> value = text();
        default -> {} // nothing that is known
      }
    }
    entries.put(key, value);
  }
}
