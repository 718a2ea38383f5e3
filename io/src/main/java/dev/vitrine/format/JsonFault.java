package dev.vitrine.format;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where and why a text is not JSON, as a person would say it. Walks over a text that a parser
 * refused, knows what people write in place of JSON, and stops at the first fault.
 */
final class JsonFault {
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final Pattern HEXADECIMAL = Pattern.compile("[0-9a-fA-F]{4}");
  private static final List<String> WORDS = List.of("true", "false", "null");
  private static final String BLANKS = " \t\r\n";
  private static final String QUOTES = "'`\u2018\u2019\u201c\u201d\u201e\u00ab\u00bb";

  /** What may stand next. */
  private enum Next {
    VALUE,
    VALUE_OR_END,
    NAME,
    NAME_OR_END,
    COLON,
    COMMA_OR_END
  }

  /**
   * A fault.
   *
   * @param line its line, from 1
   * @param column its character in the line, from 1
   * @param sentence what is wrong, and how to mend it
   */
  record Fault(long line, long column, String sentence) {}

  private final String text;
  private final Deque<Character> open = new ArrayDeque<>();
  private Next next = Next.VALUE;
  private int at;
  private int comma;
  private String name = "";

  private JsonFault(String text) {
    this.text = text;
  }

  /** The first fault; empty if this walk finds none. */
  static Optional<Fault> of(String text) {
    JsonFault walk = new JsonFault(text);
    String sentence = walk.first();
    return sentence.isEmpty()
        ? Optional.empty()
        : Optional.of(new Fault(walk.line(), walk.column(), sentence));
  }

  private long line() {
    return 1 + text.substring(0, at).chars().filter(c -> c == '\n').count();
  }

  private long column() {
    int start = text.lastIndexOf('\n', Math.max(0, at) - 1) + 1;
    return 1L + text.codePointCount(start, at);
  }

  private String first() {
    while (true) {
      while (at < text.length() && BLANKS.indexOf(text.charAt(at)) >= 0) {
        at++;
      }
      if (at == text.length()) {
        return open.isEmpty() ? "" : "it ends within " + kind(open.peek());
      }
      String sentence = token(text.charAt(at));
      if (!sentence.isEmpty()) {
        return sentence;
      }
    }
  }

  /** Takes one token; says what is wrong with it. */
  private String token(char c) {
    if (c == '/' || c == '#') {
      return "JSON has no comments: leave it out";
    }
    if (open.isEmpty() && next == Next.COMMA_OR_END) {
      return "there is more after the JSON object";
    }
    return switch (c) {
      case '{', '[' -> opened(c);
      case '}', ']' -> closed(c);
      case ',' -> comma();
      case ':', '=' -> colon(c);
      case '"' -> next == Next.COLON || next == Next.COMMA_OR_END ? lacking() : quoted();
      default -> QUOTES.indexOf(c) >= 0 ? otherQuotes() : word();
    };
  }

  private String opened(char c) {
    if (next == Next.NAME || next == Next.NAME_OR_END) {
      return "a name in double quotes is missing before " + c;
    }
    if (next == Next.COLON || next == Next.COMMA_OR_END) {
      return lacking();
    }
    open.push(c);
    next = c == '{' ? Next.NAME_OR_END : Next.VALUE_OR_END;
    at++;
    return "";
  }

  private String closed(char c) {
    char begun = open.isEmpty() ? c : open.peek();
    char end = begun == '{' ? '}' : ']';
    boolean afterComma = next == Next.NAME || (next == Next.VALUE && begun == '[');
    if (open.isEmpty()) {
      return "%s ends what has not begun".formatted(c);
    }
    if (next == Next.COLON || (next == Next.VALUE && !afterComma)) {
      return "the value of %s is missing".formatted(Quote.of(name));
    }
    if (afterComma) {
      at = comma;
      return "there is a comma before the end of %s: leave it out".formatted(kind(begun));
    }
    if (c != end) {
      return "%s ends with %s, not with %s".formatted(kind(begun), end, c);
    }
    open.pop();
    return value(1);
  }

  private String comma() {
    if (next == Next.COLON) {
      return "the value of %s is missing".formatted(Quote.of(name));
    }
    if (next != Next.COMMA_OR_END) {
      return "a value is missing before this comma";
    }
    comma = at++;
    next = open.peek() == '{' ? Next.NAME : Next.VALUE;
    return "";
  }

  private String colon(char c) {
    if (next != Next.COLON) {
      return "%s stands only between a name and its value".formatted(c);
    }
    if (c != ':') {
      return "expected a colon after the name %s, but got %s".formatted(Quote.of(name), c);
    }
    at++;
    next = Next.VALUE;
    return "";
  }

  /** A text, which is a name or a value. */
  private String quoted() {
    int end = at + 1;
    while (end < text.length() && text.charAt(end) != '"') {
      char c = text.charAt(end);
      int length = c == '\\' ? escape(end) : 1;
      if (c < ' ' || length == 0) {
        at = end;
        return c == '\n' || c == '\r'
            ? "a text ends on the line on which it begins: close its quotes, or write \\n for a new line"
            : c < ' '
                ? "a text holds a control character: write it as " + Quote.line("" + c)
                : "a text holds an escape that there is not: write \\\\ for a backslash";
      }
      end += length;
    }
    if (end >= text.length()) {
      at = text.length();
      return "it ends within a text";
    }
    String content = text.substring(at + 1, end);
    if (next == Next.NAME || next == Next.NAME_OR_END) {
      name = content;
      at = end + 1;
      next = Next.COLON;
      return "";
    }
    return value(end + 1 - at);
  }

  /** The length of an escape; 0 if it is none. */
  private int escape(int from) {
    if (from + 1 >= text.length()) {
      return 2;
    }
    char c = text.charAt(from + 1);
    if (c == 'u') {
      return HEXADECIMAL.matcher(text).region(from + 2, text.length()).lookingAt() ? 6 : 0;
    }
    return "\"\\/bfnrt".indexOf(c) >= 0 ? 2 : 0;
  }

  private String otherQuotes() {
    return "names and texts stand in double quotes (\"), but this begins with " + text.charAt(at);
  }

  /** A number, or a bare word. */
  private String word() {
    int end = at;
    while (end < text.length() && (BLANKS + "{}[],:=\"#/").indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String word = text.substring(at, end);
    if (next == Next.NAME || next == Next.NAME_OR_END) {
      return "a name stands in double quotes: write %s".formatted(Quote.of(word));
    }
    if (next == Next.COLON || next == Next.COMMA_OR_END) {
      return lacking();
    }
    if (WORDS.contains(word) || NUMBER.matcher(word).matches()) {
      return value(word.length());
    }
    return unknown(word);
  }

  private static String unknown(String word) {
    if (word.matches("[-+]?(NaN|[Ii]nf(inity)?|nan)")) {
      return "JSON has no " + word + ": write a number";
    }
    if (word.matches("[-+.]?[0-9].*")) {
      return "%s is no number here: they are written as -1, 0.5 or 1e-3".formatted(Quote.of(word));
    }
    return "unknown word %s: texts stand in double quotes%s"
        .formatted(Quote.of(word), Nearest.hint(word, WORDS));
  }

  /** Something stands where a sign must stand first. */
  private String lacking() {
    return next == Next.COLON
        ? "a colon is missing after the name %s".formatted(Quote.of(name))
        : "a comma is missing before this " + (open.peek() == '{' ? "name" : "value");
  }

  private String value(int length) {
    at += length;
    next = Next.COMMA_OR_END;
    return "";
  }

  private static String kind(char begun) {
    return begun == '{' ? "an object" : "a list";
  }
}
