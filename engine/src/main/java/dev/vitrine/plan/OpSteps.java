package dev.vitrine.plan;

import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.Affine;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.BatchSpread;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Broadcast;
import dev.vitrine.op.ChannelSum;
import dev.vitrine.op.Concat;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.CustomOp;
import dev.vitrine.op.DropoutMask;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.LogSoftmax;
import dev.vitrine.op.Lrn;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.PRelu;
import dev.vitrine.op.Permute;
import dev.vitrine.op.Reshape;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.SoftmaxCrossEntropy;
import dev.vitrine.op.Sum;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.plan.convolution.ConvolutionSteps;
import dev.vitrine.plan.convolution.ConvolutionWeightGradient;
import dev.vitrine.plan.steps.AffineSteps;
import dev.vitrine.plan.steps.BatchNormSteps;
import dev.vitrine.plan.steps.BatchSteps;
import dev.vitrine.plan.steps.CustomSteps;
import dev.vitrine.plan.steps.ElementwiseSteps;
import dev.vitrine.plan.steps.Lowering;
import dev.vitrine.plan.steps.LrnSteps;
import dev.vitrine.plan.steps.MoveSteps;
import dev.vitrine.plan.steps.PoolSteps;
import dev.vitrine.plan.steps.SoftmaxSteps;

/**
 * Which steps each op becomes. The {@code switch} is exhaustive: an op without a rule does not
 * compile.
 */
final class OpSteps {
  private OpSteps() {}

  /** Adds the steps that compute a value, unless an earlier one's steps already do. */
  static void lower(Lowering l, Value y) {
    if (l.isDone(y) || (l.few != null && ChannelOps.lower(l, y))) {
      return;
    }
    switch (y.op()) {
      case Leaf leaf -> l.leaf(leaf, y);
      case Unary f -> ElementwiseSteps.unary(l, f, y);
      case Unary.Gradient g -> ElementwiseSteps.unaryGradient(l, g, y);
      case Binary op -> ElementwiseSteps.binary(l, op, y);
      case DropoutMask op -> ElementwiseSteps.dropoutMask(l, op, y);
      case Affine op -> AffineSteps.forward(l, op, y);
      case Affine.InputGradient _ -> AffineSteps.inputGradient(l, y);
      case Affine.WeightGradient _ -> AffineSteps.weightGradient(l, y);
      case Convolution op -> ConvolutionSteps.forward(l, op, y);
      case Convolution.InputGradient op -> ConvolutionSteps.inputGradient(l, op, y);
      case Convolution.WeightGradient op -> ConvolutionWeightGradient.lower(l, op, y);
      case Convolution.BiasGradient _ -> BatchSteps.biasGradient(l, y);
      case MaxPool op -> PoolSteps.max(l, op, y);
      case MaxPool.Gradient op -> PoolSteps.maxGradient(l, op, y);
      case AveragePool op -> PoolSteps.average(l, op, y);
      case AveragePool.Gradient op -> PoolSteps.averageGradient(l, op, y);
      case AdaptiveAveragePool op -> PoolSteps.adaptive(l, op, y);
      case AdaptiveAveragePool.Gradient op -> PoolSteps.adaptiveGradient(l, op, y);
      case PRelu _ -> ElementwiseSteps.prelu(l, y);
      case PRelu.InputGradient _ -> ElementwiseSteps.preluGradient(l, y);
      case Permute op -> MoveSteps.permute(l, op, y);
      case Reshape _ -> l.same(y, y.inputs().getFirst());
      case Concat op -> MoveSteps.concat(l, op, y);
      case Slice op -> MoveSteps.slice(l, op, y);
      case Slice.Gradient op -> MoveSteps.sliceGradient(l, op, y);
      case Sum op -> MoveSteps.sum(l, op, y);
      case Broadcast op -> MoveSteps.broadcast(l, op, y);
      case Softmax _ -> SoftmaxSteps.softmax(l, y);
      case Softmax.Gradient _ -> SoftmaxSteps.softmaxGradient(l, y);
      case LogSoftmax _ -> SoftmaxSteps.logSoftmax(l, y);
      case LogSoftmax.Gradient _ -> SoftmaxSteps.logSoftmaxGradient(l, y);
      case SoftmaxCrossEntropy op -> SoftmaxSteps.crossEntropy(l, op, y);
      case SoftmaxCrossEntropy.Gradient op -> SoftmaxSteps.crossEntropyGradient(l, op, y);
      case Lrn op -> LrnSteps.forward(l, op, y);
      case Lrn.Gradient op -> LrnSteps.gradient(l, op, y);
      case BatchNorm op -> BatchNormSteps.forward(l, op, y);
      case ChannelSum.Mean _ -> BatchNormSteps.mean(l, y);
      case ChannelSum.Variance _ -> BatchNormSteps.variance(l, y);
      case ChannelSum.BiasGradient _ -> BatchNormSteps.biasGradient(l, y);
      case ChannelSum.WeightGradient op -> BatchNormSteps.weightGradient(l, op, y);
      case BatchNorm.InputGradient op -> BatchNormSteps.inputGradient(l, op, y);
      case BatchReduce op -> BatchSteps.reduce(l, op, y);
      case BatchSpread op -> BatchSteps.spread(l, op, y);
      case CustomOp op -> CustomSteps.custom(l, op, y);
    }
  }
}
