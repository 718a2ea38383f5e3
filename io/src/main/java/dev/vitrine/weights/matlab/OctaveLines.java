package dev.vitrine.weights.matlab;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Octave's text, line by line: {@code # key: value} where something is described, else numbers. */
final class OctaveLines {
  private static final int LONGEST_NUMBER = 64;

  private final WeightSource source;
  private final MemorySegment bytes;
  private long at;
  private long line = 1;

  OctaveLines(WeightSource source) {
    this.source = source;
    this.bytes = source.bytes();
  }

  private int peek() {
    return at < bytes.byteSize() ? bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff : -1;
  }

  private int next() {
    int c = peek();
    at += c >= 0 ? 1 : 0;
    line += c == '\n' ? 1 : 0;
    return c;
  }

  /** How many bytes have not been read. */
  long left() {
    return bytes.byteSize() - at;
  }

  /** The rest of the line, without its end. */
  String line() {
    long begin = at;
    while (peek() >= 0 && peek() != '\n') {
      at++;
    }
    String text = text(begin, at);
    next();
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  private String text(long begin, long end) {
    source.take(2 * (end - begin), "A line of it");
    return Texts.decoded(bytes.asSlice(begin, end - begin), StandardCharsets.UTF_8);
  }

  /** So many bytes, as they are. */
  String characters(long length) {
    if (length < 0 || length > left()) {
      throw fault("a text of %s bytes is not there whole: truncated?".formatted(length));
    }
    long begin = at;
    while (at < begin + length) {
      next();
    }
    return text(begin, at);
  }

  /**
   * The value of the next line's key, if it has this one; then the line has been read. Empty lines
   * before it are passed over.
   */
  Optional<String> value(String key) {
    blank();
    long begin = at;
    long here = line;
    int mark = peek();
    if (mark == '#' || mark == '%') {
      String text = line().substring(1).strip();
      if (text.startsWith(key + ":")) {
        return Optional.of(text.substring(key.length() + 1).strip());
      }
    }
    at = begin;
    line = here;
    return Optional.empty();
  }

  /** The same, where it must be. */
  String expect(String key) {
    return value(key)
        .orElseThrow(
            () -> fault("\"# %s:\" was expected, but got %s".formatted(key, Quote.of(line()))));
  }

  /** The same as a size. */
  long size(String key) {
    String text = expect(key);
    return whole(text, "# " + key + ":");
  }

  /** A whole number of at least 0 and at most nine digits. */
  long whole(String text, String what) {
    if (text.matches("\\d{10,}")) {
      throw fault("%s %s is more than any file of text holds: damaged".formatted(what, text));
    }
    if (!text.matches("\\d{1,9}")) {
      throw fault("%s expects a whole number, but got %s".formatted(what, Quote.of(text)));
    }
    return Long.parseLong(text);
  }

  /** Goes to the next line that begins with a key. */
  Optional<String> skipTo(String key) {
    while (at < bytes.byteSize()) {
      Optional<String> value = value(key);
      if (value.isPresent()) {
        return value;
      }
      passLine();
    }
    return Optional.empty();
  }

  private void passLine() {
    int c = next();
    while (c >= 0 && c != '\n') {
      c = next();
    }
  }

  private void blank() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') {
      next();
    }
  }

  /** The next number's characters. */
  String number() {
    blank();
    long begin = at;
    while (peek() > ' ' && peek() != ',') {
      at++;
    }
    long end = at;
    if (end == begin
        || end - begin > LONGEST_NUMBER
        || bytes.get(ValueLayout.JAVA_BYTE, begin) == '#') {
      at = begin;
      throw fault("a number was expected, but got %s".formatted(Quote.of(line())));
    }
    return Texts.decoded(bytes.asSlice(begin, end - begin), StandardCharsets.ISO_8859_1);
  }

  UserException fault(String fault) {
    return source.refused("line %s: %s".formatted(line, fault));
  }
}
