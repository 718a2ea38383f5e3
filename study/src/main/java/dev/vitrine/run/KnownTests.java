package dev.vitrine.run;

import dev.vitrine.data.Dataset;
import java.util.BitSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Test examples that are exact copies of examples that a training sees, as parts that data bring
 * along may hold: a network has seen them, so what it says of them is no test.
 *
 * @param copies how many of the test examples
 * @param all how many test examples there are
 */
public record KnownTests(int copies, int all) {
  /**
   * {@return those of a training}
   *
   * @param data what it sees, to learn from or to watch on
   * @param test what it is to be judged by
   */
  public static KnownTests of(TuningData data, Dataset test) {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(test, "test");
    BitSet copies = test.copiesOf(data.train());
    data.validation().map(test::copiesOf).ifPresent(copies::or);
    return new KnownTests(copies.cardinality(), test.size());
  }

  /** {@return what to say of them, a sentence without its full stop; empty if there are none} */
  public Optional<String> sentence() {
    return copies == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                copies == 1
                    ? "%,d of the %,d test examples is an exact copy of one that the training sees: test figures are better than they would be on new ones"
                    : "%,d of the %,d test examples are exact copies of some that the training sees: test figures are better than they would be on new ones",
                copies,
                all));
  }
}
