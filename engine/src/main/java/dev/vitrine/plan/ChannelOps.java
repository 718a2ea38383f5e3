package dev.vitrine.plan;

import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Concat;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Lrn;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Reshape;
import dev.vitrine.op.Sum;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.plan.convolution.ChannelConvolution;
import dev.vitrine.plan.steps.ChannelAffine;
import dev.vitrine.plan.steps.ChannelSteps;
import dev.vitrine.plan.steps.Lowering;
import dev.vitrine.plan.steps.LrnSteps;

/**
 * Which ops of few examples are computed 16 channels side by side. The others are computed in lanes
 * of 16 examples, most of them empty, as in larger batches: their inputs are turned first.
 */
final class ChannelOps {
  private ChannelOps() {}

  /** Adds a value's steps; if there are none for it, says so and adds nothing. */
  static boolean lower(Lowering l, Value y) {
    return switch (y.op()) {
      case Convolution op -> ChannelConvolution.forward(l, op, y);
      case Affine op -> ChannelAffine.forward(l, op, y);
      case Lrn op -> LrnSteps.channels(l, op, y);
      case MaxPool op -> ChannelSteps.max(l, op, y);
      case AveragePool op -> ChannelSteps.average(l, op, y);
      case AdaptiveAveragePool op -> ChannelSteps.adaptive(l, op, y);
      case Sum op -> ChannelSteps.sum(l, op, y);
      case Unary f -> ChannelSteps.unary(l, f, y);
      case Binary op -> ChannelSteps.binary(l, op, y);
      case Concat op -> ChannelSteps.concat(l, op, y);
      case Reshape _ -> ChannelSteps.reshape(l, y);
      default -> false;
    };
  }
}
