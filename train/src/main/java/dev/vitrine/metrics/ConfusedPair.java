package dev.vitrine.metrics;

import java.util.List;

/**
 * Examples of one class that were read as another.
 *
 * @param actual the class they are of
 * @param predicted the class they were read as, another one
 * @param count how many, at least one
 */
public record ConfusedPair(int actual, int predicted, long count) {
  /**
   * {@return the pair in words: {@code 7 read as 2: 19 times}}
   *
   * @param classNames the name of each class, by index
   */
  public String sentence(List<String> classNames) {
    return "%s read as %s: %s"
        .formatted(
            classNames.get(actual),
            classNames.get(predicted),
            count == 1 ? "once" : count + " times");
  }
}
