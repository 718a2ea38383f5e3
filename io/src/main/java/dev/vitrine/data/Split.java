package dev.vitrine.data;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import dev.vitrine.random.Seed;
import java.util.Arrays;
import java.util.Locale;
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
   * {@return how many examples {@link #of} holds out: ⌊{@code fraction}·size + ½⌋}
   *
   * @param size how many there are
   * @param fraction the share that is held out
   */
  public static long held(long size, double fraction) {
    return Math.round(fraction * size);
  }

  /**
   * Refuses a share that leaves one of the two parts without examples.
   *
   * @param data what the data are called, for the sentence
   * @param size how many examples they have
   * @param fraction the share that is to be held out
   * @throws UserException if it is not between 0 and 1, or too near one of them
   */
  public static void require(String data, long size, double fraction) {
    Objects.requireNonNull(data, "data");
    long held = held(size, fraction);
    if (!(fraction > 0 && fraction < 1) || held == 0 || held == size) {
      throw UserException.expecting(
          "The validation share",
          String.format(
              Locale.ROOT,
              "a share of the %,d training examples of data set %s that leaves some on both sides",
              size,
              data),
          Decimal.text(fraction));
    }
  }

  /**
   * Holds out {@link #held} examples, chosen by the seed (purpose {@code "split"}). Both parts keep
   * the order of the data set.
   *
   * @param dataset what is divided
   * @param fraction the share that is held out
   * @param seed where the choice comes from
   * @return the two parts
   * @throws UserException as {@link #require}
   */
  public static Split of(Dataset dataset, double fraction, Seed seed) {
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(seed, "seed");
    require(dataset.name(), dataset.size(), fraction);
    int held = (int) held(dataset.size(), fraction);
    int[] order = seed.stream("split").permutation(dataset.size());
    return new Split(part(dataset, order, held, order.length), part(dataset, order, 0, held));
  }

  private static Dataset part(Dataset dataset, int[] order, int from, int to) {
    int[] examples = Arrays.copyOfRange(order, from, to);
    Arrays.sort(examples);
    return dataset.subset(examples);
  }
}
