package dev.vitrine.train;

import dev.vitrine.augment.Augmentation;
import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Schedule;
import dev.vitrine.random.Seed;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How a model is trained. Two trainings of equal recipes on equal data give equal bits, on any
 * number of threads.
 *
 * @param optimizer the rule, with its learning rate
 * @param schedule the factor on the learning rate at each step
 * @param loss what is made small
 * @param batchSize examples to a step; an epoch's last may have fewer
 * @param shards into how many parts a batch is cut, whose gradients are computed apart and summed
 *     by one fixed tree: see {@link Shards}, {@link ShardTree}; empty for none, which is one part
 * @param localSteps in how many steps of its own each part is learned from, before the same tree
 *     takes the mean of what they came to: see {@link LocalRounds}; empty if the gradients of all
 *     parts make one step
 * @param epochs passes over the training data
 * @param maxSteps steps after which training ends in any case, if there is such a number
 * @param biasRate the factor on the learning rate of biases (Caffe's LeNet has 2)
 * @param rates factors on the learning rate of single parameters, by name; they take the place of
 *     {@code biasRate}
 * @param decayBiases whether weight decay applies to biases, and to what normalisations multiply by
 *     and add, too (PyTorch's default)
 * @param restraints what holds gradients and weights back, if anything does
 * @param augmentation how images are changed before they are learned from, if they are
 * @param earlyStop when training ends before its last epoch, if it may
 * @param normalisation how pixels become numbers
 * @param seed the seed of shuffles, augmentation and random ops
 */
public record Recipe(
    Optimizer optimizer,
    Schedule schedule,
    Loss loss,
    int batchSize,
    Optional<Integer> shards,
    Optional<Integer> localSteps,
    int epochs,
    Optional<Long> maxSteps,
    double biasRate,
    Map<String, Double> rates,
    boolean decayBiases,
    Optional<Restraints> restraints,
    Optional<Augmentation> augmentation,
    Optional<EarlyStop> earlyStop,
    Normalisation normalisation,
    Seed seed) {
  /** Checks the ranges. */
  public Recipe {
    Objects.requireNonNull(optimizer, "optimizer");
    Objects.requireNonNull(schedule, "schedule");
    Objects.requireNonNull(loss, "loss");
    Objects.requireNonNull(shards, "shards");
    Objects.requireNonNull(localSteps, "localSteps");
    Objects.requireNonNull(maxSteps, "maxSteps");
    Objects.requireNonNull(rates, "rates");
    Objects.requireNonNull(restraints, "restraints");
    Objects.requireNonNull(normalisation, "normalisation");
    Objects.requireNonNull(seed, "seed");
    Objects.requireNonNull(augmentation, "augmentation");
    Objects.requireNonNull(earlyStop, "earlyStop");
    restraints = restraints.filter(some -> !some.isNone());
    augmentation = augmentation.filter(some -> !some.isNone());
    rates = Map.copyOf(rates);
    rates.forEach((name, rate) -> factor("learning-rate factor of " + name, rate));
    positive("batch size", batchSize);
    shards.ifPresent(parts -> requireShards(parts, batchSize));
    shards = shards.filter(parts -> parts > 1);
    requireLocalSteps(localSteps, shards, batchSize);
    positive("number of epochs", epochs);
    maxSteps.ifPresent(most -> positive("number of steps", most));
    factor("biases' learning-rate factor", biasRate);
  }

  private static void factor(String name, double value) {
    Range.FROM_ZERO.require("The " + name, "0 or more", value);
  }

  private static void requireShards(int parts, int batchSize) {
    if (parts < 1 || parts > batchSize) {
      throw UserException.expecting(
          "The number of shards",
          "1 to the batch size, %s".formatted(batchSize),
          Integer.toString(parts));
    }
  }

  private static void requireLocalSteps(
      Optional<Integer> steps, Optional<Integer> shards, int batchSize) {
    if (steps.isEmpty()) {
      return;
    }
    if (shards.isEmpty()) {
      throw UserException.advising(
          "Local steps are those of a batch's shards, but this recipe cuts it into none",
          "choose a %s of 2 or more",
          "number of shards");
    }
    int least = batchSize / shards.get();
    if (steps.get() < 1 || steps.get() > least) {
      throw UserException.expecting(
          "The number of local steps",
          "1 to the examples of a shard, %s".formatted(least),
          Integer.toString(steps.get()));
    }
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw UserException.expecting("The " + name, "1 or more", Long.toString(value));
    }
  }

  /**
   * {@return a recipe with softmax cross-entropy at a constant rate: batches of 64, one epoch,
   * pixels / 255, seed 0}
   *
   * @param optimizer the rule, with its learning rate
   */
  public static Recipe of(Optimizer optimizer) {
    Objects.requireNonNull(optimizer, "optimizer");
    return new Recipe(
        optimizer,
        new Schedule.Constant(),
        Loss.crossEntropy(),
        64,
        Optional.empty(),
        Optional.empty(),
        1,
        Optional.empty(),
        1,
        Map.of(),
        true,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Normalisation.UNIT,
        Seed.of(0));
  }

  /**
   * {@return this with another rule}
   *
   * @param value the rule, with its learning rate
   */
  public Recipe optimizer(Optimizer value) {
    return with(draft -> draft.optimizer = value);
  }

  /**
   * {@return this with a schedule for the learning rate}
   *
   * @param value the factor on the learning rate at each step
   */
  public Recipe schedule(Schedule value) {
    return with(draft -> draft.schedule = value);
  }

  /**
   * {@return this with another loss}
   *
   * @param value what is made small
   */
  public Recipe loss(Loss value) {
    return with(draft -> draft.loss = value);
  }

  /**
   * {@return this with that many examples to a step}
   *
   * @param value at least 1
   */
  public Recipe batchSize(int value) {
    return with(draft -> draft.batchSize = value);
  }

  /**
   * {@return this with batches that are cut into that many parts} Another number gives other bits,
   * as another order of sums does; normalisations over the batch are over a part of it.
   *
   * @param value 1 for whole batches, and at most the batch size
   */
  public Recipe shards(int value) {
    return with(draft -> draft.shards = Optional.of(value));
  }

  /**
   * {@return this with shards that take steps of their own, before the mean of what they came to is
   * taken} A batch is then what is learned from between two means.
   *
   * @param value 1 or more, and at most the examples of a shard; there must be shards already
   */
  public Recipe localSteps(int value) {
    return with(draft -> draft.localSteps = Optional.of(value));
  }

  /** {@return how many examples are computed at once, at most} */
  public int atOnce() {
    int shard = cut().largest(batchSize);
    return localSteps.map(steps -> new Shards(steps).largest(shard)).orElse(shard);
  }

  /** {@return how batches are cut} */
  public Shards cut() {
    return new Shards(shards.orElse(1));
  }

  /**
   * {@return this with that many passes over the data}
   *
   * @param value passes, at least 1
   */
  public Recipe epochs(int value) {
    return with(draft -> draft.epochs = value);
  }

  /**
   * {@return this, ending after that many steps in any case}
   *
   * @param value steps after which training ends
   */
  public Recipe maxSteps(long value) {
    return with(draft -> draft.maxSteps = Optional.of(value));
  }

  /**
   * {@return this with that factor on the learning rate of biases}
   *
   * @param value 1 for the same rate as the weights'
   */
  public Recipe biasRate(double value) {
    return with(draft -> draft.biasRate = value);
  }

  /**
   * {@return this with or without weight decay on biases}
   *
   * @param value whether they decay
   */
  public Recipe decayBiases(boolean value) {
    return with(draft -> draft.decayBiases = value);
  }

  /**
   * {@return this with gradients and weights held back}
   *
   * @param value by how much; {@link Restraints#NONE} for not at all
   */
  public Recipe restraints(Restraints value) {
    Objects.requireNonNull(value, "value");
    return with(draft -> draft.restraints = Optional.of(value));
  }

  /**
   * {@return this with changed images to learn from}
   *
   * @param value how they are changed; {@link Augmentation#NONE} for not at all
   */
  public Recipe augmentation(Augmentation value) {
    Objects.requireNonNull(value, "value");
    return with(draft -> draft.augmentation = Optional.of(value));
  }

  /**
   * {@return this, ending when validation gets no better}
   *
   * @param value when that is
   */
  public Recipe earlyStop(EarlyStop value) {
    Objects.requireNonNull(value, "value");
    return with(draft -> draft.earlyStop = Optional.of(value));
  }

  /** {@return whether what is computed depends on how the network does on validation data} */
  public boolean watchesValidation() {
    return earlyStop.isPresent() || schedule.watches();
  }

  /**
   * {@return this with another way from pixels to numbers}
   *
   * @param value how pixels become numbers
   */
  public Recipe normalisation(Normalisation value) {
    return with(draft -> draft.normalisation = value);
  }

  /**
   * {@return this with another seed}
   *
   * @param value of shuffles and random ops
   */
  public Recipe seed(Seed value) {
    return with(draft -> draft.seed = value);
  }

  /**
   * {@return this with a factor on the learning rate of one parameter, such as 0 to freeze it}
   *
   * @param parameter its full name, such as {@code conv1.weight}
   * @param factor 0 freezes it
   */
  public Recipe rate(String parameter, double factor) {
    Objects.requireNonNull(parameter, "parameter");
    Map<String, Double> more = new HashMap<>(rates);
    more.put(parameter, factor);
    return with(draft -> draft.rates = more);
  }

  private Recipe with(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.optimizer = optimizer;
    draft.schedule = schedule;
    draft.loss = loss;
    draft.batchSize = batchSize;
    draft.shards = shards;
    draft.localSteps = localSteps;
    draft.epochs = epochs;
    draft.maxSteps = maxSteps;
    draft.biasRate = biasRate;
    draft.rates = rates;
    draft.decayBiases = decayBiases;
    draft.restraints = restraints;
    draft.augmentation = augmentation;
    draft.earlyStop = earlyStop;
    draft.normalisation = normalisation;
    draft.seed = seed;
    change.accept(draft);
    return new Recipe(
        draft.optimizer,
        draft.schedule,
        draft.loss,
        draft.batchSize,
        draft.shards,
        draft.localSteps,
        draft.epochs,
        draft.maxSteps,
        draft.biasRate,
        draft.rates,
        draft.decayBiases,
        draft.restraints,
        draft.augmentation,
        draft.earlyStop,
        draft.normalisation,
        draft.seed);
  }

  /** A recipe that can still change. */
  private static final class Draft {
    private Optimizer optimizer;
    private Schedule schedule;
    private Loss loss;
    private int batchSize;
    private Optional<Integer> shards;
    private Optional<Integer> localSteps;
    private int epochs;
    private Optional<Long> maxSteps;
    private double biasRate;
    private Map<String, Double> rates;
    private boolean decayBiases;
    private Optional<Restraints> restraints;
    private Optional<Augmentation> augmentation;
    private Optional<EarlyStop> earlyStop;
    private Normalisation normalisation;
    private Seed seed;
  }

  /**
   * {@return the factor on the learning rate of a parameter}
   *
   * @param spec what the parameter is to its layer
   */
  public double rateFactor(ParameterSpec spec) {
    Objects.requireNonNull(spec, "spec");
    double ofRole =
        switch (spec.role()) {
          case BIAS, SHIFT -> biasRate;
          case WEIGHT, SCALE, SLOPE, FIXED, RUNNING_MEAN, RUNNING_VARIANCE -> 1;
        };
    return rates.getOrDefault(spec.name(), ofRole);
  }

  /**
   * {@return whether weight decay applies to a parameter}
   *
   * @param spec what the parameter is to its layer
   */
  public boolean decays(ParameterSpec spec) {
    Objects.requireNonNull(spec, "spec");
    return switch (spec.role()) {
      case WEIGHT -> true;
      case BIAS, SCALE, SHIFT -> decayBiases;
      case SLOPE, FIXED, RUNNING_MEAN, RUNNING_VARIANCE -> false;
    };
  }
}
