package dev.vitrine.error;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a mistyped one was most likely meant to be. */
public final class Nearest {
  /** How many letters tell enough of a name to complete it. */
  private static final int BEGINNING = 3;

  private Nearest() {}

  /**
   * Returns the known name that is nearest to what was typed, ignoring case: of those that begin
   * with it, if it has three letters or more, the one of the fewest parts; otherwise, of those with
   * a third of their letters (at least one) or fewer wrong, the one with the fewest edits. Among
   * equals the first known name wins, which is the usual one.
   *
   * @param typed what the user wrote
   * @param known the names that exist
   * @return the nearest name, or empty if none is near
   */
  public static Optional<String> match(String typed, Collection<String> known) {
    String lower = typed.toLowerCase(Locale.ROOT);
    Comparator<String> edits =
        Comparator.comparingInt(name -> distance(lower, name.toLowerCase(Locale.ROOT)));
    return known.stream()
        .filter(name -> lower.length() >= BEGINNING)
        .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(lower))
        .min(Comparator.comparingLong(Nearest::parts))
        .or(() ->
            known.stream()
                .filter(
                    name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= allowed(typed, name))
                .min(edits));
  }

  /**
   * {@return the end of a sentence about a name that is not known; empty if no known one is near}
   *
   * @param typed what was given
   * @param known the names there are
   */
  public static String hint(String typed, Collection<String> known) {
    return match(typed, known)
        .map(name -> "; did you mean %s?".formatted(Quote.of(name)))
        .orElse("");
  }

  /** How many words a name is made of: an ending that was not begun is not guessed. */
  private static long parts(String name) {
    return name.chars().filter(c -> !Character.isLetterOrDigit(c)).count();
  }

  private static int allowed(String typed, String name) {
    return Math.max(1, Math.max(typed.length(), name.length()) / 3);
  }

  /** Optimal string alignment: insertions, deletions, substitutions, swaps of two neighbours. */
  private static int distance(String a, String b) {
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(cost[i - 1][j], cost[i][j - 1]) + 1;
        best = Math.min(best, cost[i - 1][j - 1] + change);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        cost[i][j] = swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
      }
    }
    return cost[a.length()][b.length()];
  }
}
