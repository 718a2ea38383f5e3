package dev.vitrine.data;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import dev.vitrine.random.Seed;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How examples that come in one heap are divided. Copies of one another stay on one side. It never
 * depends on the seed of a training: what is kept apart for the test in one is not learned from in
 * another.
 */
sealed interface Division {
  /** Of all divisions; another would mix what earlier runs kept apart. */
  Seed SEED = Seed.of(0);

  /** The parts of so many examples. */
  Sizes sizes(long all);

  /** The parts. */
  DataSplits of(Dataset all);

  /** What was done, a sentence without its full stop. */
  String remark(long all);

  /** How many examples each part has. */
  record Sizes(long train, long validation, long test) {}

  /** The first of the file to learn from, the next for validation, the rest for the test. */
  record InOrder(int train, int validation) implements Division {
    @Override
    public Sizes sizes(long all) {
      return new Sizes(train, validation, all - train - validation);
    }

    @Override
    public DataSplits of(Dataset all) {
      int[] order = IntStream.range(0, all.size()).toArray();
      List<Dataset> parts = Split.parts(all, order, train, validation);
      return new DataSplits(parts.get(0), Optional.of(parts.get(1)), parts.get(2));
    }

    @Override
    public String remark(long all) {
      return String.format(
          Locale.ROOT,
          "divided in the file's order as the course does it, %,d, %,d and %,d, with copies of one picture on one side",
          train,
          validation,
          all - train - validation);
    }
  }

  /** Shares for the test and, unless it is 0, for validation, drawn. */
  record Shares(double validation, double test) implements Division {
    @Override
    public Sizes sizes(long all) {
      long forTest = Split.held(all, test);
      long forValidation = Split.held(all, validation);
      return new Sizes(all - forTest - forValidation, forValidation, forTest);
    }

    @Override
    public DataSplits of(Dataset all) {
      Sizes sizes = sizes(all.size());
      requireParts(all);
      int[] order = SEED.stream("test").permutation(all.size());
      int forTest = (int) sizes.test();
      if (validation == 0) {
        List<Dataset> parts = Split.parts(all, order, forTest);
        return DataSplits.of(parts.get(1), parts.get(0));
      }
      List<Dataset> parts = Split.parts(all, order, forTest, (int) sizes.validation());
      return new DataSplits(parts.get(2), Optional.of(parts.get(1)), parts.get(0));
    }

    private void requireParts(Dataset all) {
      Sizes sizes = sizes(all.size());
      if (sizes.test() == 0 || sizes.train() <= 0 || (validation > 0 && sizes.validation() == 0)) {
        throw UserException.expecting(
            "The test share",
            String.format(
                Locale.ROOT,
                "a share of the %,d examples of data set %s that leaves some on both sides",
                all.size(),
                all.name()),
            Decimal.text(test));
      }
    }

    @Override
    public String remark(long all) {
      Sizes sizes = sizes(all);
      String also =
          validation == 0
              ? ""
              : String.format(Locale.ROOT, " and %,d for validation", sizes.validation());
      return String.format(
          Locale.ROOT,
          "it has no test part: of its %,d examples %,d are kept apart for the test%s, the same whatever the seed",
          all,
          sizes.test(),
          also);
    }
  }
}
