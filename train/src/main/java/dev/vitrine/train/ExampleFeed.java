package dev.vitrine.train;

import dev.vitrine.augment.AugmentedImages;
import dev.vitrine.data.Dataset;
import dev.vitrine.image.Normalisation;
import dev.vitrine.plan.Plan;
import dev.vitrine.tensor.Shape;
import java.util.Optional;

/**
 * A stretch of a dataset's examples, in a given order, as a plan reads them: normalised. Reused, so
 * mutable.
 */
final class ExampleFeed implements Plan.Bytes {
  private final Dataset data;
  private final Normalisation normalisation;
  private final float[] table;
  private final float[] numbers;
  private final Optional<AugmentedImages> augmented;
  private int[] order;
  private int from;
  private long epoch;

  /**
   * A feed.
   *
   * @param input the shape that the network expects
   * @throws dev.vitrine.error.UserException if the normalisation does not fit it
   */
  ExampleFeed(Dataset data, Normalisation normalisation, Shape input) {
    this(data, normalisation, input, Optional.empty());
  }

  /** A feed of the same, as the epochs of a training see them. */
  ExampleFeed(
      Dataset data, Normalisation normalisation, Shape input, Optional<AugmentedImages> augmented) {
    this.data = data;
    this.augmented = augmented;
    this.normalisation = normalisation;
    normalisation.requireFit(input);
    table = data.hasFloats() ? new float[0] : normalisation.table(input);
    numbers = new float[data.hasFloats() ? input.elements() : 0];
  }

  void at(int[] newOrder, int newFrom) {
    order = newOrder;
    from = newFrom;
  }

  /** The same in an epoch, from 0. */
  void at(int[] newOrder, int newFrom, long newEpoch) {
    at(newOrder, newFrom);
    epoch = newEpoch;
  }

  /** The dataset's number of example {@code i}. */
  int example(int i) {
    return order == null ? from + i : order[from + i];
  }

  /** Gives the first {@code count} examples as an input of a graph. */
  void feed(Plan plan, String input, int count) {
    if (!data.hasFloats()) {
      plan.input(input, count, this, table);
      return;
    }
    for (int i = 0; i < count; i++) {
      data.read(example(i), numbers);
      normalisation.apply(numbers, data.shape());
      plan.input(input, i, numbers);
    }
  }

  @Override
  public byte[] array(int i) {
    int example = example(i);
    return augmented.isPresent() ? augmented.get().bytes(example, epoch) : data.array(example);
  }

  @Override
  public int start(int i) {
    return augmented.isPresent() ? 0 : data.offset(example(i));
  }
}
