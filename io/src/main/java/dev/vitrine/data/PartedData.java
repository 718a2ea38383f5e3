package dev.vitrine.data;

import dev.vitrine.error.UserException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Data in parts of their own. Those without a test part are divided here.
 *
 * @param name what messages call them
 * @param train all there are, or those to learn from
 * @param validation those for validation, if they are known
 * @param test those to be judged by, if they are known
 * @param division of {@code train} where there is no {@code test}, from how many there are
 */
record PartedData(
    String name,
    Heap train,
    Optional<Heap> validation,
    Optional<Heap> test,
    LongFunction<Division> division)
    implements DataSource {
  PartedData {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(train, "train");
    Objects.requireNonNull(validation, "validation");
    Objects.requireNonNull(test, "test");
    Objects.requireNonNull(division, "division");
  }

  /** Data with the parts that they have. */
  static PartedData of(
      String name, Reading reading, Heap train, Optional<Heap> validation, Optional<Heap> test) {
    if (test.isPresent()) {
      reading.refuseTestShare(name);
    }
    double share = reading.testShare().orElse(Reading.USUAL_TEST_SHARE);
    return new PartedData(name, train, validation, test, _ -> new Division.Shares(0, share));
  }

  /** Data in one heap. */
  static PartedData of(String name, Reading reading, Heap all) {
    return of(name, reading, all, Optional.empty(), Optional.empty());
  }

  /** The same, divided in a way of its own, unless a share is said. */
  PartedData divided(Reading reading, LongFunction<Division> usual) {
    return reading.testShare().isPresent()
        ? this
        : new PartedData(name, train, validation, test, usual);
  }

  private Division.Sizes sizes(DataOutline whole) {
    Division.Sizes sizes =
        test.isPresent()
            ? new Division.Sizes(whole.train(), 0, test.get().outline().train())
            : division.apply(whole.train()).sizes(whole.train());
    long own = validation.map(heap -> heap.outline().train()).orElse(sizes.validation());
    return new Division.Sizes(sizes.train(), own, sizes.test());
  }

  @Override
  public DataOutline outline() {
    DataOutline whole = train.outline();
    Division.Sizes sizes = sizes(whole);
    return whole.parts(sizes.train(), sizes.validation(), sizes.test());
  }

  @Override
  public DataSplits load() {
    Dataset whole = train.load();
    DataSplits parts =
        test.isPresent()
            ? DataSplits.of(whole, test.get().load())
            : division.apply(whole.size()).of(whole);
    DataSplits all =
        validation
            .map(heap -> new DataSplits(parts.train(), Optional.of(heap.load()), parts.test()))
            .orElse(parts);
    requireAlike("test", all.train(), all.test());
    all.validation().ifPresent(part -> requireAlike("validation", all.train(), part));
    return all;
  }

  private void requireAlike(String part, Dataset learned, Dataset other) {
    if (!learned.shape().equals(other.shape())) {
      throw new UserException(
          "%s: the training examples are %s, but the %s examples are %s: expected equal shapes"
              .formatted(name, learned.shape(), part, other.shape()));
    }
  }

  @Override
  public Dataset loadTest() {
    if (test.isPresent()) {
      return test.get().load();
    }
    Dataset whole = train.load();
    Division parts = division.apply(whole.size());
    return parts.sizes(whole.size()).test() == whole.size() ? whole : parts.of(whole).test();
  }

  @Override
  public Optional<String> remark() {
    if (test.isPresent()) {
      return Optional.empty();
    }
    long size = train.outline().train();
    Division how = division.apply(size);
    return how.sizes(size).test() == size ? Optional.empty() : Optional.of(how.remark(size));
  }
}
