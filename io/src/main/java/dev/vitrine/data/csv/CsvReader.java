package dev.vitrine.data.csv;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Reads a table record by record: fields with commas, semicolons or tabs between them, in quotes or
 * not, on lines that end as those of any system. What lies between the fields is found out from the
 * first line. Blank lines are passed over.
 */
public final class CsvReader implements AutoCloseable {
  private static final int BUFFER = 1 << 16;

  /** A longer record is a quote that nobody closed. */
  private static final int LONGEST = 1 << 26;

  private static final int END = -1;
  private static final char MARK = '\ufeff';

  private final Path file;
  private final Reader in;
  private final char[] buffer = new char[BUFFER];
  private int at;
  private int filled;
  private final char delimiter;

  /** The fields of the record, one after another, and where each ends. */
  private char[] text = new char[1024];

  private int length;
  private int[] ends = new int[64];
  private int fields;
  private long line = 1;
  private long recordLine;

  /**
   * Opens a table.
   *
   * @param file in UTF-8
   * @param sum is told of every byte
   * @throws UserException if it cannot be read, or is not UTF-8
   */
  public CsvReader(Path file, MessageDigest sum) {
    this.file = file;
    try {
      InputStream bytes = new DigestInputStream(Files.newInputStream(file), sum);
      in = new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder());
      fill();
      if (filled > 0 && buffer[0] == MARK) {
        at = 1;
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    delimiter = delimiter();
  }

  private UserException unreadable(IOException e) {
    return e instanceof CharacterCodingException
        ? new UserException(
            "%s is no text in UTF-8 (behind line %s): save it in the encoding UTF-8"
                .formatted(file, line))
        : FileErrors.reading(file, e);
  }

  /** A tab or a semicolon is hardly ever part of a field; a comma is, where they stand between. */
  private char delimiter() {
    boolean quoted = false;
    boolean semicolon = false;
    for (int i = at; i < filled && (quoted || !isBreak(buffer[i])); i++) {
      quoted ^= buffer[i] == '"';
      if (!quoted && buffer[i] == '\t') {
        return '\t';
      }
      semicolon |= !quoted && buffer[i] == ';';
    }
    return semicolon ? ';' : ',';
  }

  private static boolean isBreak(char c) {
    return c == '\n' || c == '\r';
  }

  private void fill() throws IOException {
    filled = Math.max(0, in.read(buffer, 0, BUFFER));
    at = 0;
  }

  private int read() throws IOException {
    if (at == filled) {
      fill();
      if (filled == 0) {
        return END;
      }
    }
    return buffer[at++];
  }

  /**
   * {@return whether there is a further record, which is read then}
   *
   * @throws UserException if it cannot be read, is not UTF-8, or a quote is not closed
   */
  public boolean next() {
    try {
      do {
        recordLine = line;
        length = 0;
        fields = 0;
        if (!record()) {
          return false;
        }
      } while (fields == 1 && ends[0] == 0);
      return true;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Reads up to the end of a line; false if there is none. */
  private boolean record() throws IOException {
    int c = read();
    if (c == END) {
      return false;
    }
    while (true) {
      while (c == ' ' || (c == '\t' && delimiter != '\t')) {
        c = read();
      }
      c = c == '"' ? quoted() : plain(c);
      if (fields == ends.length) {
        ends = Arrays.copyOf(ends, 2 * fields);
      }
      ends[fields++] = length;
      if (c != delimiter) {
        return true;
      }
      c = read();
    }
  }

  /** A field without quotes; what comes behind it. */
  private int plain(int first) throws IOException {
    int start = length;
    int c = first;
    while (c != delimiter && !isEnd(c)) {
      append((char) c);
      c = read();
    }
    while (length > start && Character.isWhitespace(text[length - 1])) {
      length--;
    }
    return c;
  }

  /** The rest of a field in quotes; what comes behind it. */
  private int quoted() throws IOException {
    long opened = line;
    while (true) {
      int c = read();
      if (c == END) {
        throw new UserException(
            "%s, line %s: a quote is opened that is not closed".formatted(file, opened));
      }
      if (c == '"') {
        c = read();
        if (c != '"') {
          return afterQuote(c);
        }
      } else if (c == '\n') {
        line++;
      }
      append((char) c);
    }
  }

  private int afterQuote(int next) throws IOException {
    int c = next;
    while (c == ' ') {
      c = read();
    }
    if (c != delimiter && !isEnd(c)) {
      throw new UserException(
          "%s, line %s: behind a closed quote stands %s: expected %s or the end of the line"
              .formatted(file, line, Quote.of(Character.toString((char) c)), Quote.of(delimiter)));
    }
    return c;
  }

  /** Whether a line ends here: that of Windows has two characters, of which both are taken. */
  private boolean isEnd(int c) throws IOException {
    if (c == '\n' || c == '\r') {
      line++;
      if (c == '\r' && (at < filled || more()) && buffer[at] == '\n') {
        at++;
      }
      return true;
    }
    return c == END;
  }

  private boolean more() throws IOException {
    fill();
    return filled > 0;
  }

  private void append(char c) {
    if (length == text.length) {
      if (length >= LONGEST) {
        throw new UserException(
            "%s, line %s: this record has more than %s characters: is a quote not closed?"
                .formatted(file, recordLine, LONGEST));
      }
      text = Arrays.copyOf(text, 2 * length);
    }
    text[length++] = c;
  }

  /** {@return the line on which the record begins, from 1} */
  public long line() {
    return recordLine;
  }

  /** {@return how many fields the record has} */
  public int fields() {
    return fields;
  }

  private int start(int field) {
    return field == 0 ? 0 : ends[field - 1];
  }

  /**
   * {@return a field without its quotes}
   *
   * @param field its place, from 0
   */
  public String text(int field) {
    return new String(text, start(field), ends[field] - start(field));
  }

  /**
   * {@return the number that a field is, rounded to single precision: infinite if it is too large,
   * NaN if it is none}
   *
   * @param field its place, from 0
   */
  public float number(int field) {
    int start = start(field);
    int end = ends[field];
    if (end - start < 9) {
      int whole = 0;
      int i = start;
      while (i < end && text[i] >= '0' && text[i] <= '9') {
        whole = 10 * whole + text[i++] - '0';
      }
      if (i == end && end > start) {
        return whole;
      }
    }
    return Numbers.parse(text, start, end);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }
}
