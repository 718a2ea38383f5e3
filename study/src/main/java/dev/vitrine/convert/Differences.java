package dev.vitrine.convert;

import java.util.List;
import java.util.stream.IntStream;

/** The largest differences of one output so far. */
final class Differences {
  private static final int TOP = 5;

  private final String name;
  private final int numbers;
  private final int top;
  private int examples;
  private int stored;
  private double absolute;
  private double relative;
  private int topEqual;

  Differences(String name, int numbers) {
    this.name = name;
    this.numbers = numbers;
    top = Math.min(TOP, numbers);
  }

  /** Counts that an example's output was stored, not computed. */
  void countStored() {
    stored++;
  }

  void add(double[] expected, double[] got) {
    double largest = 0;
    double scale = 0;
    for (int i = 0; i < got.length; i++) {
      double difference = expected[i] == got[i] ? 0 : Math.abs(expected[i] - got[i]);
      largest = Math.max(largest, difference); // NaN and infinity stay
      scale = Math.max(scale, Double.isInfinite(expected[i]) ? 0 : Math.abs(expected[i]));
    }
    absolute = Math.max(absolute, largest);
    relative = Math.max(relative, largest == 0 ? 0 : largest / scale);
    boolean alike = !Double.isNaN(largest) && ranksAlike(expected, best(expected), best(got));
    topEqual += alike ? 1 : 0;
    examples++;
  }

  private List<Integer> best(double[] output) {
    return IntStream.range(0, output.length)
        .boxed()
        .sorted((a, b) -> Float.compare(single(output[b]), single(output[a])))
        .limit(top)
        .toList();
  }

  private static boolean ranksAlike(double[] expected, List<Integer> wanted, List<Integer> got) {
    return IntStream.range(0, wanted.size())
        .allMatch(rank ->
            single(expected[wanted.get(rank)]) == single(expected[got.get(rank)])
                || wanted.get(rank).equals(got.get(rank)));
  }

  /** Numbers that are one in single precision are tied, as are the two zeros. */
  private static float single(double number) {
    return (float) number + 0f;
  }

  Certificate.Output found() {
    return new Certificate.Output(
        name, numbers, examples, stored, absolute, relative, top, topEqual);
  }
}
