package dev.vitrine.train;

import dev.vitrine.data.Normalisation;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Schedule;
import dev.vitrine.random.Seed;

/**
 * How a model is trained. Two trainings of equal recipes on equal data give equal bits, on any
 * number of threads.
 *
 * @param epochs passes over the training data
 * @param maxSteps steps after which training ends in any case
 * @param biasRate the factor on the learning rate of biases (Caffe's LeNet has 2)
 * @param decayBiases whether weight decay applies to biases too (PyTorch's default)
 * @param normalisation how pixels become numbers
 * @param seed the seed of shuffles and of random ops
 */
public record Recipe(
    Optimizer optimizer,
    Schedule schedule,
    Loss loss,
    int batchSize,
    int epochs,
    long maxSteps,
    double biasRate,
    boolean decayBiases,
    Normalisation normalisation,
    Seed seed) {
  /** Checks the ranges. */
  public Recipe {
    positive("batch size", batchSize);
    positive("number of epochs", epochs);
    positive("number of steps", maxSteps);
    if (!(biasRate >= 0 && biasRate < Double.POSITIVE_INFINITY)) {
      throw new UserException(
          "The biases' learning-rate factor expects 0 or more, but got " + biasRate);
    }
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw new UserException("The %s expects 1 or more, but got %d".formatted(name, value));
    }
  }

  /** Softmax cross-entropy at a constant rate: batches of 64, one epoch, pixels / 255, seed 0. */
  public static Recipe of(Optimizer optimizer) {
    return new Recipe(
        optimizer,
        new Schedule.Constant(),
        Loss.crossEntropy(),
        64,
        1,
        Long.MAX_VALUE,
        1,
        true,
        Normalisation.UNIT,
        Seed.of(0));
  }

  /** With a schedule for the learning rate. */
  public Recipe schedule(Schedule value) {
    return new Recipe(
        optimizer,
        value,
        loss,
        batchSize,
        epochs,
        maxSteps,
        biasRate,
        decayBiases,
        normalisation,
        seed);
  }

  /** With another loss. */
  public Recipe loss(Loss value) {
    return new Recipe(
        optimizer,
        schedule,
        value,
        batchSize,
        epochs,
        maxSteps,
        biasRate,
        decayBiases,
        normalisation,
        seed);
  }

  /** With that many examples to a step. */
  public Recipe batchSize(int value) {
    return new Recipe(
        optimizer,
        schedule,
        loss,
        value,
        epochs,
        maxSteps,
        biasRate,
        decayBiases,
        normalisation,
        seed);
  }

  /** With that many passes over the data. */
  public Recipe epochs(int value) {
    return new Recipe(
        optimizer,
        schedule,
        loss,
        batchSize,
        value,
        maxSteps,
        biasRate,
        decayBiases,
        normalisation,
        seed);
  }

  /** Ending after that many steps in any case. */
  public Recipe maxSteps(long value) {
    return new Recipe(
        optimizer,
        schedule,
        loss,
        batchSize,
        epochs,
        value,
        biasRate,
        decayBiases,
        normalisation,
        seed);
  }

  /** With that factor on the learning rate of biases. */
  public Recipe biasRate(double value) {
    return new Recipe(
        optimizer,
        schedule,
        loss,
        batchSize,
        epochs,
        maxSteps,
        value,
        decayBiases,
        normalisation,
        seed);
  }

  /** With or without weight decay on biases. */
  public Recipe decayBiases(boolean value) {
    return new Recipe(
        optimizer,
        schedule,
        loss,
        batchSize,
        epochs,
        maxSteps,
        biasRate,
        value,
        normalisation,
        seed);
  }

  /** With another way from pixels to numbers. */
  public Recipe normalisation(Normalisation value) {
    return new Recipe(
        optimizer, schedule, loss, batchSize, epochs, maxSteps, biasRate, decayBiases, value, seed);
  }

  /** With another seed. */
  public Recipe seed(Seed value) {
    return new Recipe(
        optimizer,
        schedule,
        loss,
        batchSize,
        epochs,
        maxSteps,
        biasRate,
        decayBiases,
        normalisation,
        value);
  }

  /** The factor on the learning rate of a parameter. */
  double rateFactor(ParameterSpec spec) {
    return spec.role() == ParameterSpec.Role.BIAS ? biasRate : 1;
  }

  /** Whether weight decay applies to a parameter. */
  boolean decays(ParameterSpec spec) {
    return decayBiases || spec.role() != ParameterSpec.Role.BIAS;
  }
}
