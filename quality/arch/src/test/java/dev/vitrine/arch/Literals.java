package dev.vitrine.arch;

import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** String literals of a source text that name the command line's options or commands. */
final class Literals {
  /** Comments and characters go by; a literal is a group. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "//[^\n]*|/\\*(?s:.*?)\\*/|'(?:\\\\.|[^'\\\\])+'"
              + "|\"\"\"((?s:.*?))\"\"\"|\"((?:\\\\.|[^\"\\\\])*)\"");

  /** A flag of Java's own and variables of style sheets are none of ours. */
  private static final Pattern NAMING =
      Pattern.compile("(?<!var\\()--(?!add-modules)[a-z][a-z-]+|\\bvitrine [a-z]+");

  private Literals() {}

  static List<String> naming(String source) {
    return TOKEN
        .matcher(source)
        .results()
        .map(Literals::literal)
        .filter(Objects::nonNull)
        .filter(literal -> NAMING.matcher(literal).find())
        .toList();
  }

  private static String literal(MatchResult token) {
    return token.group(1) == null ? token.group(2) : token.group(1);
  }
}
