package dev.vitrine.weights.numpy;

import dev.vitrine.error.UserException;
import dev.vitrine.weights.pickle.Dictionary;
import dev.vitrine.weights.pickle.Sequence;
import dev.vitrine.weights.stored.WeightSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a Python literal such as the header of an .npy file: dictionaries, tuples, lists, texts,
 * whole numbers (of Python 2 with an L), True, False, None.
 */
final class PythonLiteral {
  private final WeightSource source;
  private final String text;
  private int at;

  private PythonLiteral(WeightSource source, String text) {
    this.source = source;
    this.text = text;
  }

  static Object parse(WeightSource source, String text) {
    var literal = new PythonLiteral(source, text);
    Object value = literal.value(0);
    if (literal.peek() != 0) {
      throw literal.fault("the end");
    }
    return value;
  }

  private Object value(int depth) {
    source.enter(depth);
    char c = peek();
    return switch (c) {
      case '{' -> dictionary(depth);
      case '(' -> sequence(')', depth);
      case '[' -> sequence(']', depth);
      case '\'', '"' -> quoted();
      default -> {
        if ((c == 'u' || c == 'b') && at + 1 < text.length() && isQuote(text.charAt(at + 1))) {
          at++;
          yield quoted();
        }
        yield word();
      }
    };
  }

  private Dictionary dictionary(int depth) {
    var dictionary = new Dictionary();
    at++;
    while (!taken('}')) {
      Object key = value(depth + 1);
      require(':');
      dictionary.put(key, value(depth + 1));
      if (peek() != '}') {
        require(',');
      }
    }
    return dictionary;
  }

  /** In parentheses without a comma a value is itself; no header has such a one. */
  private Sequence sequence(char end, int depth) {
    var items = new ArrayList<Object>();
    at++;
    while (!taken(end)) {
      items.add(value(depth + 1));
      if (peek() != end) {
        require(',');
      }
    }
    return Sequence.tuple(items);
  }

  private String quoted() {
    int end = text.indexOf(text.charAt(at), at + 1);
    if (end < 0) {
      throw fault("a text's end");
    }
    String content = text.substring(at + 1, end);
    at = end + 1;
    return content;
  }

  private Object word() {
    int begin = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '-')) {
      at++;
    }
    String word = text.substring(begin, at);
    return switch (word) {
      case "True" -> true;
      case "False" -> false;
      case "None" -> null;
      default -> whole(word, begin);
    };
  }

  private Long whole(String word, int begin) {
    try {
      return Long.valueOf(word.endsWith("L") ? word.substring(0, word.length() - 1) : word);
    } catch (NumberFormatException e) {
      at = begin;
      throw new UserException(fault("a value").getMessage(), e);
    }
  }

  private void require(char c) {
    if (!taken(c)) {
      throw fault("'%s'".formatted(c));
    }
  }

  private boolean taken(char c) {
    if (peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  /** The next character that is no space, or 0 at the end. */
  private char peek() {
    while (at < text.length() && text.charAt(at) <= ' ') {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private static boolean isQuote(char c) {
    return c == '\'' || c == '"';
  }

  private UserException fault(String expected) {
    return source.refused("the .npy header expects %s at its character %s".formatted(expected, at));
  }

  /** {@return the sizes in a tuple, or null} */
  static List<Long> sizes(Object value) {
    if (!(value instanceof Sequence tuple)
        || !tuple.items().stream().allMatch(Long.class::isInstance)) {
      return null;
    }
    return tuple.items().stream().map(Long.class::cast).toList();
  }
}
