package dev.vitrine.trace.language;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of a text.
 *
 * @param kind what it is
 * @param text as it is known: signs in ASCII, names without subscripts
 * @param at where it begins
 */
record Token(Kind kind, String text, Place at) {
  enum Kind {
    NUMBER,
    NAME,
    SIGN,
    END
  }

  private static final Pattern NUMBER = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

  /** A parameter's name has its layer's path before it: {@code conv1.weight}. */
  private static final Pattern NAME =
      Pattern.compile("\\p{L}[\\p{L}\\p{M}\\p{Nd}_₀-₉]*(\\.\\p{L}[\\p{L}\\p{M}\\p{Nd}_₀-₉]*)*");

  private static final Pattern PARTIAL =
      Pattern.compile("[∂d](\\p{L}[\\p{L}\\p{M}\\d_₀-₉]*)/[∂d](\\p{L}[\\p{L}\\p{M}\\d_₀-₉]*)");

  /** What people write instead of ASCII. */
  private static final Map<Character, String> SIGNS =
      Map.ofEntries(
          Map.entry('−', "-"),
          Map.entry('×', "@"),
          Map.entry('·', "@"),
          Map.entry('⋅', "@"),
          Map.entry('∘', ".*"),
          Map.entry('⊙', ".*"),
          Map.entry('÷', "/"),
          Map.entry('ᵀ', "'"),
          Map.entry('’', "'"),
          Map.entry('′', "'"),
          Map.entry('²', "²"),
          Map.entry('³', "³"));

  boolean is(String sign) {
    return kind == Kind.SIGN && text.equals(sign);
  }

  boolean isWord(String word) {
    return kind == Kind.NAME && text.equals(word);
  }

  /** How a message says it. */
  String shown() {
    return kind == Kind.END ? "the end" : text;
  }

  /** A name as it is known: subscripts are digits. */
  static String plain(String name) {
    StringBuilder text = new StringBuilder();
    Normalizer.normalize(name, Normalizer.Form.NFC)
        .chars()
        .forEach(c -> text.append((char) (c >= '₀' && c <= '₉' ? c - '₀' + '0' : c)));
    return text.toString();
  }

  /** All pieces of a text, the last its end. */
  static List<Token> of(String text) {
    String source = text.replace('\n', ';').replace('\r', ' ').replace('\t', ' ');
    List<Token> tokens = new ArrayList<>();
    int i = 0;
    while (i < source.length()) {
      char c = source.charAt(i);
      if (Character.isWhitespace(c) || c == '\u00a0' || c == '\u202f') {
        i++;
        continue;
      }
      Place at = new Place(source, i + 1);
      Matcher partial = PARTIAL.matcher(source).region(i, source.length());
      Matcher number = NUMBER.matcher(source).region(i, source.length());
      Matcher name = NAME.matcher(source).region(i, source.length());
      if (c == '∂') {
        if (!partial.lookingAt()) {
          throw at.fault("∂ begins a derivative, such as ∂f/∂w1");
        }
        tokens.add(new Token(Kind.NAME, partial(partial), at));
        i = partial.end();
      } else if (number.lookingAt()) {
        tokens.add(new Token(Kind.NUMBER, number.group(), at));
        i = number.end();
      } else if (c == '½') {
        tokens.add(new Token(Kind.NUMBER, "0.5", at));
        i++;
      } else if (c == '√') {
        tokens.add(new Token(Kind.NAME, "sqrt", at));
        i++;
      } else if (name.lookingAt() && c != 'ᵀ') {
        tokens.add(new Token(Kind.NAME, plain(name.group()), at));
        i = name.end();
      } else {
        String sign = sign(source, i, at);
        tokens.add(new Token(Kind.SIGN, sign, at));
        i += source.startsWith(".*", i) ? 2 : 1;
      }
    }
    tokens.add(new Token(Kind.END, "", new Place(source, source.stripTrailing().length() + 1)));
    return tokens;
  }

  private static String partial(Matcher found) {
    return "∂%s/∂%s".formatted(plain(found.group(1)), plain(found.group(2)));
  }

  /** The derivative that a text is, written with ∂ or d; otherwise the text's name as it is. */
  static String left(String text) {
    Matcher found = PARTIAL.matcher(text.strip());
    return found.matches() ? partial(found) : plain(text.strip());
  }

  /** Derivatives of such names that are written with d, with ∂: as long, so that columns stay. */
  static String derivatives(String text, Set<String> names) {
    return PARTIAL
        .matcher(text)
        .replaceAll(found -> {
          String of = found.group(1);
          String by = found.group(2);
          boolean meant =
              names.contains(plain(of))
                  && names.contains(plain(by))
                  && !names.contains(plain("d" + of))
                  && !names.contains(plain("d" + by));
          boolean begins =
              found.start() == 0 || !Character.isLetterOrDigit(text.charAt(found.start() - 1));
          return Matcher.quoteReplacement(
              meant && begins ? "∂%s/∂%s".formatted(of, by) : found.group());
        });
  }

  private static String sign(String source, int i, Place at) {
    char c = source.charAt(i);
    if (source.startsWith(".*", i)) {
      return ".*";
    }
    if (SIGNS.containsKey(c)) {
      return SIGNS.get(c);
    }
    if ("+-*/^()[],;='@<>".indexOf(c) >= 0) {
      return String.valueOf(c);
    }
    throw at.fault(
        "%s means nothing here".formatted(new String(Character.toChars(source.codePointAt(i)))));
  }
}
