package com.example.ownloop;

import dev.vitrine.nn.*;
import dev.vitrine.op.*;
import dev.vitrine.tensor.Shape;

/**
 * A layer from ops alone: every channel with mean 0 and variance 1, then times a learned gain; the
 * batch's statistics in training, their running averages in inference. Its gradient, its plan and
 * its cost follow from the ops.
 */
record Standardise(double momentum) implements Layer {
  private static final double EPS = 1e-5;

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Shape channels = Shape.of(x.shape().size(0));
    Value gain = network.parameter("gain", channels, ParameterSpec.Role.SCALE, 1, 1);
    Value mean;
    Value variance;
    if (network.mode() == Mode.TRAINING) {
      mean = network.batchMean(network.mean(x, 1, 2));
      Value deviation = network.subtract(x, spread(network, mean, x));
      variance = network.batchMean(network.mean(network.square(deviation), 1, 2));
      network.track(
          new RunningStatistics(
              network.name("running_mean"),
              network.name("running_var"),
              mean,
              variance,
              x.shape().elements() / channels.elements(),
              momentum));
    } else {
      mean = network.buffer("running_mean", channels, ParameterSpec.Role.RUNNING_MEAN);
      variance = network.buffer("running_var", channels, ParameterSpec.Role.RUNNING_VARIANCE);
    }
    Value factor = network.multiply(gain, network.power(network.shift(variance, EPS), -0.5));
    Value centred = network.subtract(x, spread(network, mean, x));
    return network.multiply(centred, spread(network, factor, x));
  }

  /** A number for each channel at every place of the image. */
  private static Value spread(NetworkBuilder network, Value perChannel, Value x) {
    Shape column = Shape.of(perChannel.shape().size(0), 1, 1);
    return network.broadcast(network.reshape(perChannel, column), x.shape());
  }
}
