package dev.vitrine.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * How many examples of each class were read as each class. Immutable; matrices of parts of a data
 * set add up with {@link #plus}.
 */
public final class ConfusionMatrix {
  private final long[][] counts;

  private ConfusionMatrix(long[][] counts) {
    this.counts = counts;
  }

  /**
   * {@return the matrix of the given counts}
   *
   * @param counts {@code [actual][predicted]}, square, copied
   * @throws IllegalArgumentException if it has fewer than two classes, is not square or has a
   *     negative count
   */
  public static ConfusionMatrix of(long[][] counts) {
    if (counts.length < 2) {
      throw new IllegalArgumentException(
          "A confusion matrix expects at least 2 classes, but got %s".formatted(counts.length));
    }
    long[][] copy = new long[counts.length][];
    for (int actual = 0; actual < counts.length; actual++) {
      long[] row = counts[actual].clone();
      if (row.length != counts.length) {
        throw new IllegalArgumentException(
            "A confusion matrix expects %s counts in each row, but row %s has %s"
                .formatted(counts.length, actual, row.length));
      }
      if (Arrays.stream(row).anyMatch(count -> count < 0)) {
        throw new IllegalArgumentException(
            "A confusion matrix expects no negative count, but row %s is %s"
                .formatted(actual, Arrays.toString(row)));
      }
      copy[actual] = row;
    }
    return new ConfusionMatrix(copy);
  }

  /**
   * {@return the matrix of no examples}
   *
   * @param classes how many, at least two
   */
  public static ConfusionMatrix empty(int classes) {
    return of(new long[classes][classes]);
  }

  /**
   * {@return the matrix that counts both this one's examples and the other's}
   *
   * @param other of as many classes
   * @throws IllegalArgumentException if they differ in the number of classes
   */
  public ConfusionMatrix plus(ConfusionMatrix other) {
    if (other.classes() != classes()) {
      throw new IllegalArgumentException(
          "Confusion matrices expect equal numbers of classes to be added, but got %s and %s"
              .formatted(classes(), other.classes()));
    }
    long[][] sum = counts();
    for (int actual = 0; actual < sum.length; actual++) {
      for (int predicted = 0; predicted < sum.length; predicted++) {
        sum[actual][predicted] += other.counts[actual][predicted];
      }
    }
    return new ConfusionMatrix(sum);
  }

  /** {@return how many classes, at least two} */
  public int classes() {
    return counts.length;
  }

  /**
   * {@return how many examples of class {@code actual} were read as class {@code predicted}}
   *
   * @param actual the index of the class that is right
   * @param predicted the index of the class that was given
   */
  public long count(int actual, int predicted) {
    return counts[actual][predicted];
  }

  /** {@return a copy of the counts, {@code [actual][predicted]}} */
  public long[][] counts() {
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  /** {@return how many examples} */
  public long total() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  /** {@return how many examples were read as what they are} */
  public long correct() {
    return IntStream.range(0, classes()).mapToLong(c -> counts[c][c]).sum();
  }

  /** {@return the share of examples that were read as what they are; 0 without examples} */
  public double accuracy() {
    return ClassScores.ratio(correct(), total());
  }

  /**
   * {@return the figures of one class}
   *
   * @param index the class, from 0
   */
  public ClassScores scores(int index) {
    long support = Arrays.stream(counts[index]).sum();
    long predicted = Arrays.stream(counts).mapToLong(row -> row[index]).sum();
    return new ClassScores(index, support, predicted, counts[index][index]);
  }

  /** {@return the figures of every class, by index} */
  public List<ClassScores> scores() {
    return IntStream.range(0, classes()).mapToObj(this::scores).toList();
  }

  /** {@return the mean of the classes' precision; see {@link #macroF1} for which classes count} */
  public double macroPrecision() {
    return macro(ClassScores::precision);
  }

  /** {@return the mean of the classes' recall; see {@link #macroF1} for which classes count} */
  public double macroRecall() {
    return macro(ClassScores::recall);
  }

  /**
   * {@return the mean of the classes' F1, every class weighing the same however many examples it
   * has} A class that is neither a label nor a prediction of any example does not count (as in
   * scikit-learn); one that was predicted without occurring, or the reverse, counts with 0.
   */
  public double macroF1() {
    return macro(ClassScores::f1);
  }

  private double macro(ToDoubleFunction<ClassScores> measure) {
    return scores().stream().filter(ClassScores::occurs).mapToDouble(measure).average().orElse(0);
  }

  /**
   * {@return the pairs of classes that were confused, most often first, then by actual and
   * predicted}
   */
  public List<ConfusedPair> confusedPairs() {
    var pairs = new ArrayList<ConfusedPair>();
    for (int actual = 0; actual < counts.length; actual++) {
      for (int predicted = 0; predicted < counts.length; predicted++) {
        if (actual != predicted && counts[actual][predicted] > 0) {
          pairs.add(new ConfusedPair(actual, predicted, counts[actual][predicted]));
        }
      }
    }
    // A stable sort keeps the order of the loops among equal counts.
    pairs.sort(Comparator.comparingLong(ConfusedPair::count).reversed());
    return List.copyOf(pairs);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ConfusionMatrix that && Arrays.deepEquals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(counts);
  }

  /** The counts, row by row. */
  @Override
  public String toString() {
    return Arrays.deepToString(counts);
  }
}
