package dev.vitrine.weights.numpy;

import dev.vitrine.format.DType;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's name of a type, such as {@code <f4}.
 *
 * @param order {@code <}, {@code >}, or something else where it does not matter
 * @param kind its letter
 * @param size its number behind the letter
 */
record NumpyType(char order, char kind, String size) {
  private static final Pattern NAME = Pattern.compile("([<>|=]?)([a-zA-Z?])(\\d{0,9})(\\[.*)?");

  static Optional<NumpyType> parse(String name) {
    Matcher found = NAME.matcher(name);
    if (!found.matches()) {
      return Optional.empty();
    }
    char order = found.group(1).isEmpty() ? '|' : found.group(1).charAt(0);
    return Optional.of(new NumpyType(order, found.group(2).charAt(0), found.group(3)));
  }

  NumpyType in(String otherOrder) {
    return otherOrder.isEmpty() ? this : new NumpyType(otherOrder.charAt(0), kind, size);
  }

  boolean isObject() {
    return kind == 'O';
  }

  Optional<DType> dtype() {
    return switch (kind + size) {
      case "f8" -> Optional.of(DType.F64);
      case "f4" -> Optional.of(DType.F32);
      case "f2" -> Optional.of(DType.F16);
      case "i8" -> Optional.of(DType.I64);
      case "i4" -> Optional.of(DType.I32);
      case "i2" -> Optional.of(DType.I16);
      case "i1" -> Optional.of(DType.I8);
      case "u8" -> Optional.of(DType.U64);
      case "u4" -> Optional.of(DType.U32);
      case "u2" -> Optional.of(DType.U16);
      case "u1" -> Optional.of(DType.U8);
      case "b1", "?" -> Optional.of(DType.BOOL);
      default -> Optional.empty();
    };
  }

  ByteOrder byteOrder() {
    return order == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
  }

  String text() {
    return order + (kind + size);
  }

  /** What the elements are that cannot be read. */
  String described() {
    String what =
        switch (kind) {
          case 'c' -> "complex numbers";
          case 'S', 'U', 'a' -> "texts";
          case 'V' -> "records";
          case 'M', 'm' -> "times";
          case 'f' -> "numbers of %s bytes".formatted(size);
          default -> "elements of a type";
        };
    return "%s (%s)".formatted(what, text());
  }
}
