package dev.vitrine.data;

import dev.vitrine.error.UserException;
import dev.vitrine.random.Seed;
import java.util.Arrays;
import java.util.Objects;

/**
 * A data set in two parts that share no example.
 *
 * @param train the examples to learn from
 * @param validation the examples held out
 */
public record Split(Dataset train, Dataset validation) {
  /** Refuses {@code null}. */
  public Split {
    Objects.requireNonNull(train, "train");
    Objects.requireNonNull(validation, "validation");
  }

  /**
   * Holds out ⌊{@code fraction}·size + ½⌋ examples, chosen by the seed (purpose {@code "split"}).
   * Both parts keep the order of the data set.
   *
   * @param dataset what is divided
   * @param fraction the share that is held out
   * @param seed where the choice comes from
   * @return the two parts
   * @throws UserException unless both parts have examples
   */
  public static Split of(Dataset dataset, double fraction, Seed seed) {
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(seed, "seed");
    long held = Math.round(fraction * dataset.size());
    if (!(fraction > 0 && fraction < 1) || held == 0 || held == dataset.size()) {
      throw new UserException(
          ("Validation of data set %s expects a fraction that leaves examples on both sides,"
                  + " but got %s")
              .formatted(dataset.name(), fraction));
    }
    int[] order = seed.stream("split").permutation(dataset.size());
    return new Split(
        part(dataset, order, (int) held, order.length), part(dataset, order, 0, (int) held));
  }

  private static Dataset part(Dataset dataset, int[] order, int from, int to) {
    int[] examples = Arrays.copyOfRange(order, from, to);
    Arrays.sort(examples);
    return dataset.subset(examples);
  }
}
