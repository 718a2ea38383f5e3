package dev.vitrine.train;

import dev.vitrine.augment.AugmentedImages;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.EpochOrder;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Plan;
import dev.vitrine.random.Seed;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * The batches of a dataset: every epoch uses each example once, in an order of its own, and changed
 * as the recipe's augmentation says.
 */
public final class DatasetBatches implements BatchSource {
  private final Dataset data;
  private final int batchSize;
  private final Seed seed;
  private final TargetFeed targets;
  private final ExampleFeed examples;
  private final View view = new View();
  private int[] order;
  private long orderEpoch = -1;

  private DatasetBatches(Dataset data, Recipe recipe, Model model) {
    this.data = data;
    Optional<AugmentedImages> augmented =
        recipe.augmentation().map(how -> AugmentedImages.of(data, how, recipe.seed()));
    examples = new ExampleFeed(data, recipe.normalisation(), model.input(), augmented);
    targets = TargetFeed.of(data, recipe.loss().target(), model, model.output());
    batchSize = recipe.batchSize();
    seed = recipe.seed();
  }

  /**
   * {@return the batches that a recipe makes of a dataset}
   *
   * @param data images and targets
   * @param recipe batch size, normalisation, loss, and the seed of the orders
   * @param model the network that they are for
   * @throws UserException if the data do not fit the model, they do not have the targets that the
   *     loss wants, they cannot be augmented, or a batch is larger than the data
   */
  public static DatasetBatches of(Dataset data, Recipe recipe, Model model) {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(recipe, "recipe");
    Objects.requireNonNull(model, "model");
    require(data.name(), data.size(), recipe.batchSize());
    return new DatasetBatches(data, recipe, model);
  }

  /**
   * Refuses batches that are larger than the data.
   *
   * @param data what the data are called, for the sentence
   * @param size how many examples they have
   * @param batchSize how many a batch is to have
   * @throws UserException if there are not so many
   */
  public static void require(String data, long size, int batchSize) {
    Objects.requireNonNull(data, "data");
    if (batchSize > size) {
      throw UserException.advising(
          String.format(
              Locale.ROOT,
              "The batch size %s is larger than the %,d training examples of data set %s",
              batchSize,
              size,
              data),
          "choose a smaller %s",
          "batch size");
    }
  }

  @Override
  public int batchSize() {
    return batchSize;
  }

  @Override
  public int stepsPerEpoch() {
    return (data.size() + batchSize - 1) / batchSize;
  }

  @Override
  public boolean labelled() {
    return targets.classes();
  }

  @Override
  public Batch at(long step) {
    if (step < 0) {
      throw new IllegalArgumentException("A batch expects a step of 0 or more, but got " + step);
    }
    long epoch = step / stepsPerEpoch();
    if (orderEpoch != epoch) {
      order = EpochOrder.of(data.size(), seed, epoch);
      orderEpoch = epoch;
    }
    view.from = (int) (step % stepsPerEpoch()) * batchSize;
    return view;
  }

  /** A stretch of the epoch's order. */
  private final class View implements Batch {
    private int from;

    @Override
    public int size() {
      return Math.min(batchSize, data.size() - from);
    }

    @Override
    public void feed(Plan plan, int start, int count) {
      examples.at(order, from + start, orderEpoch);
      examples.feed(plan, Model.INPUT, count);
      targets.feed(plan, examples, count);
    }

    @Override
    public int label(int example) {
      return data.label(order[from + example]);
    }
  }
}
