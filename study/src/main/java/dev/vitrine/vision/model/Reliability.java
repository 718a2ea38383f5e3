package dev.vitrine.vision.model;

import dev.vitrine.error.UserException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was found at one confidence, of cuts that were not learned from.
 *
 * @param confidence the mean probability of the best guess, 0 … 1
 * @param right the share of the cuts that it is right of, 0 … 1
 * @param cuts how many
 */
public record Reliability(double confidence, double right, int cuts) {
  private static final int NUMBERS = 3;

  /**
   * {@return several as one text, which {@link #parse} reads}
   *
   * @param all from the least confidence on
   */
  public static String text(List<Reliability> all) {
    List<String> texts = new ArrayList<>();
    for (Reliability each : all) {
      texts.add(String.format(Locale.ROOT, "%.4f %.4f %d", each.confidence, each.right, each.cuts));
    }
    return String.join("; ", texts);
  }

  /**
   * {@return those of a text}
   *
   * @param text as {@link #text} writes it
   * @throws UserException if it is none
   */
  public static List<Reliability> parse(String text) {
    List<Reliability> all = new ArrayList<>();
    for (String each : text.split("; ", -1)) {
      String[] numbers = each.split(" ", -1);
      try {
        if (numbers.length != NUMBERS) {
          throw new NumberFormatException("three numbers are wanted");
        }
        all.add(
            new Reliability(
                Double.parseDouble(numbers[0]),
                Double.parseDouble(numbers[1]),
                Integer.parseInt(numbers[2])));
      } catch (NumberFormatException none) {
        throw new UserException(
            "A network's reliability expects a confidence, a share and a count, such as \"0.91 0.93 120\", but got \"%s\""
                .formatted(each));
      }
    }
    return List.copyOf(all);
  }
}
