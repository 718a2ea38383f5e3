package dev.vitrine.nn;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.BatchSpread;
import dev.vitrine.op.ChannelSum;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;

/**
 * Batch normalisation of an image's channels, or of a vector's elements: each with the mean and the
 * variance of the batch in training, and with their running averages in inference. See {@link
 * BatchNorm} for the formula, {@link RunningStatistics} for the averages.
 *
 * <p>Parameters: {@code weight} (C), which starts at 1, and {@code bias} (C), at 0. Buffers: {@code
 * running_mean} (C), which starts at 0, and {@code running_var} (C), at 1.
 *
 * @param eps what is added to the variance
 * @param momentum the weight of the newest batch in the running averages
 */
public record BatchNorm2d(double eps, double momentum) implements Layer {
  /** Checks the ranges. */
  public BatchNorm2d {
    Range.POSITIVE.require("BatchNorm2d", "an eps above 0", eps);
    Range.UP_TO_ONE.require("BatchNorm2d", "a momentum in (0, 1]", momentum);
  }

  /** {@return a normalisation with PyTorch's numbers: eps 1e-5, momentum 0.1} */
  public static BatchNorm2d of() {
    return new BatchNorm2d(1e-5, 0.1);
  }

  /**
   * {@return the same layer with another eps}
   *
   * @param newEps what is added to the variance under the root
   */
  public BatchNorm2d eps(double newEps) {
    return new BatchNorm2d(newEps, momentum);
  }

  /**
   * {@return the same layer with another momentum}
   *
   * @param newMomentum the weight of the newest batch in the running averages, in (0, 1]
   */
  public BatchNorm2d momentum(double newMomentum) {
    return new BatchNorm2d(eps, newMomentum);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    if (x.shape().rank() == 0) {
      throw new UserException(
          "%s expects an image (C, H, W) or a vector (C), but its input is a single number"
              .formatted(this));
    }
    Shape channels = Shape.of(x.shape().size(0));
    Value weight = network.parameter("weight", channels, ParameterSpec.Role.SCALE, 1, 1);
    Value bias = network.parameter("bias", channels, ParameterSpec.Role.SHIFT, 1, 1);
    if (network.mode() == Mode.TRAINING) {
      return ofBatch(network, x, weight, bias);
    }
    Value mean = network.buffer("running_mean", channels, ParameterSpec.Role.RUNNING_MEAN);
    Value variance = network.buffer("running_var", channels, ParameterSpec.Role.RUNNING_VARIANCE);
    return network.apply(new BatchNorm(eps, false), x, mean, variance, weight, bias);
  }

  private Value ofBatch(NetworkBuilder network, Value given, Value weight, Value bias) {
    Value x = given.perExample() ? given : network.apply(new BatchSpread(BatchReduce.SUM), given);
    Value mean = network.apply(new ChannelSum.Mean(), x);
    Value variance = network.apply(new ChannelSum.Variance(), x, mean);
    network.track(
        new RunningStatistics(
            network.name("running_mean"),
            network.name("running_var"),
            mean,
            variance,
            x.shape().elements() / x.shape().size(0),
            momentum));
    return network.apply(new BatchNorm(eps, true), x, mean, variance, weight, bias);
  }

  @Override
  public String label() {
    return "batchnorm";
  }

  @Override
  public String toString() {
    return "BatchNorm2d(eps %s, momentum %s)".formatted(Decimal.text(eps), Decimal.text(momentum));
  }
}
