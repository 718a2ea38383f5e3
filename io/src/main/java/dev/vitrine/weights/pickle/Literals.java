package dev.vitrine.weights.pickle;

import dev.vitrine.error.UserException;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;

/** Numbers and texts as pickles write them. */
final class Literals {
  /** No file of weights counts farther; Python's hashes and ids have eight bytes. */
  private static final int MOST_BYTES = 64;

  private static final int MOST_DIGITS = 160;

  private final PickleBytes in;

  Literals(PickleBytes in) {
    this.in = in;
  }

  /** A line of digits, or 00 and 01 for booleans. */
  Object whole() {
    String text = in.textLine().strip();
    return switch (text) {
      case "00" -> false;
      case "01" -> true;
      default -> whole(text);
    };
  }

  /** A line of digits, with an L behind them in Python 2. */
  Number longWhole() {
    String text = in.textLine().strip();
    return whole(text.endsWith("L") ? text.substring(0, text.length() - 1) : text);
  }

  private Number whole(String text) {
    if (text.length() > MOST_DIGITS) {
      throw in.fault("a whole number of %s digits is too long".formatted(text.length()));
    }
    try {
      return narrow(new BigInteger(text));
    } catch (NumberFormatException e) {
      throw noNumber("a whole number", e);
    }
  }

  private UserException noNumber(String what, NumberFormatException cause) {
    return new UserException(in.fault("the line before should be " + what).getMessage(), cause);
  }

  /** A line that is a floating-point number. */
  Double real() {
    String text = in.textLine().strip();
    return switch (text) {
      case "nan", "-nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.valueOf(text.length() > MOST_DIGITS ? "" : text);
        } catch (NumberFormatException e) {
          throw noNumber("a number", e);
        }
      }
    };
  }

  /** Two's complement, the lowest byte first. */
  Number bytesOfWhole(long size) {
    MemorySegment bytes = in.bytes(size);
    if (size > MOST_BYTES) {
      throw in.fault("a whole number of %s bytes is too long".formatted(size));
    }
    byte[] turned = new byte[(int) size];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = bytes.get(ValueLayout.JAVA_BYTE, size - 1 - i);
    }
    return size == 0 ? 0L : narrow(new BigInteger(turned));
  }

  private static Number narrow(BigInteger whole) {
    return whole.bitLength() < Long.SIZE ? (Number) whole.longValue() : whole;
  }

  /** A line with a text of Python 2 as it would be typed, in quotes and with escapes. */
  Bytes quoted() {
    MemorySegment line = in.line();
    long size = line.byteSize();
    while (size > 0
        && line.get(ValueLayout.JAVA_BYTE, size - 1) <= ' '
        && at(line, size - 1) < 128) {
      size--;
    }
    if (size < 2
        || at(line, 0) != at(line, size - 1)
        || (at(line, 0) != '\'' && at(line, 0) != '"')) {
      throw in.fault("the line before should be a text in quotes");
    }
    in.source().take(size, "A text");
    return new Bytes(MemorySegment.ofArray(unescaped(line.asSlice(1, size - 2))));
  }

  private byte[] unescaped(MemorySegment typed) {
    var out = new ByteArrayOutputStream((int) typed.byteSize());
    for (long i = 0; i < typed.byteSize(); i++) {
      int c = at(typed, i);
      if (c != '\\' || i + 1 == typed.byteSize()) {
        out.write(c);
        continue;
      }
      int escape = at(typed, ++i);
      int digits = escape == 'x' ? digits(typed, i + 1, 2, 16) : digits(typed, i, 3, 8);
      if (digits > 0) {
        long from = escape == 'x' ? i + 1 : i;
        out.write(number(typed, from, digits, escape == 'x' ? 16 : 8));
        i = from + digits - 1;
      } else {
        int plain = "abfnrtv".indexOf(escape);
        if (plain < 0 && "\\'\"".indexOf(escape) < 0) {
          out.write('\\');
        }
        out.write(plain < 0 ? escape : "\u0007\b\f\n\r\t\u000b".charAt(plain));
      }
    }
    return out.toByteArray();
  }

  private static int digits(MemorySegment bytes, long from, int most, int radix) {
    int count = 0;
    while (count < most
        && from + count < bytes.byteSize()
        && Character.digit(at(bytes, from + count), radix) >= 0) {
      count++;
    }
    return count;
  }

  private static int number(MemorySegment bytes, long from, int digits, int radix) {
    int number = 0;
    for (int i = 0; i < digits; i++) {
      number = number * radix + Character.digit(at(bytes, from + i), radix);
    }
    return number;
  }

  private static int at(MemorySegment bytes, long index) {
    return Byte.toUnsignedInt(bytes.get(ValueLayout.JAVA_BYTE, index));
  }

  /** A line of Latin-1 with escapes of four or eight hexadecimal digits. */
  String unicodeLine() {
    MemorySegment line = in.line();
    in.source().take(4 * line.byteSize(), "A text");
    var text = new StringBuilder();
    for (long i = 0; i < line.byteSize(); i++) {
      int c = at(line, i);
      int next = i + 1 < line.byteSize() ? at(line, i + 1) : 0;
      int most = c != '\\' ? 0 : next == 'u' ? 4 : next == 'U' ? 8 : 0;
      if (most > 0 && digits(line, i + 2, most, 16) == most) {
        int code = number(line, i + 2, most, 16);
        text.appendCodePoint(Character.isValidCodePoint(code) ? code : 0xFFFD);
        i += 1 + most;
      } else {
        text.append((char) c);
      }
    }
    return text.toString();
  }
}
