package dev.vitrine.data;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import dev.vitrine.random.Seed;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;

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
   * Holds out {@link #held} examples, chosen by the seed (purpose {@code "split"}); examples that
   * are exact copies of one another stay on one side. Both parts keep the order of the data set.
   *
   * @param dataset what is divided
   * @param fraction the share that is held out
   * @param seed where the choice comes from
   * @return the two parts
   * @throws UserException as {@link #require}, or if copies leave no such part
   */
  public static Split of(Dataset dataset, double fraction, Seed seed) {
    Objects.requireNonNull(dataset, "dataset");
    Objects.requireNonNull(seed, "seed");
    require(dataset.name(), dataset.size(), fraction);
    int held = (int) held(dataset.size(), fraction);
    int[] order = seed.stream("split").permutation(dataset.size());
    List<Dataset> parts = parts(dataset, order, held);
    return new Split(parts.getLast(), parts.getFirst());
  }

  /**
   * Divides a data set. Copies of one another go together into the first part that has room for all
   * of them when the first of them is reached; so each part has the size that is asked for as long
   * as there are single examples to fill it up with.
   *
   * @param order in which examples are given away, each of them once
   * @param sizes of all parts but the last, which gets the rest
   * @return the parts; each keeps the order of the data set
   * @throws UserException if one of them is empty
   */
  static List<Dataset> parts(Dataset dataset, int[] order, int... sizes) {
    Duplicates copies = Duplicates.of(dataset);
    int[] part = new int[order.length];
    Arrays.fill(part, -1);
    int[] left = sizes.clone();
    for (int example : order) {
      int first = copies.first(example);
      if (part[first] < 0) {
        int to = firstWithRoom(left, copies.count(first));
        for (int copy = first; copy >= 0; copy = copies.next(copy)) {
          part[copy] = to;
        }
      }
    }
    return IntStream.rangeClosed(0, sizes.length).mapToObj(p -> members(dataset, part, p)).toList();
  }

  private static int firstWithRoom(int[] left, int count) {
    for (int p = 0; p < left.length; p++) {
      if (left[p] >= count) {
        left[p] -= count;
        return p;
      }
    }
    return left.length;
  }

  private static Dataset members(Dataset dataset, int[] part, int wanted) {
    int[] examples = IntStream.range(0, part.length).filter(i -> part[i] == wanted).toArray();
    if (examples.length == 0) {
      throw UserException.advising(
          String.format(
              Locale.ROOT,
              "Data set %s (%,d examples) cannot be divided: so many of them are copies of one another, which stay together, that a part is empty",
              dataset.name(),
              dataset.size()),
          "hold none out (%s 0), or give data that are divided already",
          "the validation share");
    }
    return dataset.subset(examples);
  }
}
