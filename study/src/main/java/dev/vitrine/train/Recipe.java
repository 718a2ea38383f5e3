package dev.vitrine.train;

import dev.vitrine.data.Normalisation;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Schedule;
import dev.vitrine.random.Seed;

/**
 * How a model is trained. Two trainings of equal recipes on equal data give equal bits, on any number
 * of threads.
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

  /** The factor on the learning rate of a parameter. */
  double rateFactor(ParameterSpec spec) {
    return spec.role() == ParameterSpec.Role.BIAS ? biasRate : 1;
  }

  /** Whether weight decay applies to a parameter. */
  boolean decays(ParameterSpec spec) {
    return decayBiases || spec.role() != ParameterSpec.Role.BIAS;
  }
}
