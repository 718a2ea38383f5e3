package dev.vitrine.op;

import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * An op that occurs in derivatives: a gradient with respect to one of another op's inputs. Its
 * inputs are what it needs of the other op's, and dy, the gradient of that op's output. Most have
 * two, x (or y) and dy, and give dx, of the first one's shape; others say so.
 */
public sealed interface Derivative extends Op
    permits Unary.Gradient,
        Affine.InputGradient,
        Affine.WeightGradient,
        Convolution.InputGradient,
        Convolution.WeightGradient,
        Convolution.BiasGradient,
        MaxPool.Gradient,
        AveragePool.Gradient,
        AdaptiveAveragePool.Gradient,
        PRelu.InputGradient,
        Slice.Gradient,
        Softmax.Gradient,
        LogSoftmax.Gradient,
        SoftmaxCrossEntropy.Gradient,
        Lrn.Gradient,
        BatchNorm.InputGradient {
  @Override
  default int arity() {
    return 2;
  }

  @Override
  default Shape shape(List<Shape> inputs) {
    return inputs.getFirst();
  }

  @Override
  default Formula formula() {
    throw second(this);
  }

  /**
   * {@return what is said of a derivative that has none itself}
   *
   * @param op the derivative
   */
  static UnsupportedOperationException second(Op op) {
    return new UnsupportedOperationException(
        op + " has no derivative rule: only first derivatives are taken");
  }
}
