package dev.vitrine.nn;

import dev.vitrine.op.Ops;
import dev.vitrine.op.SoftmaxCrossEntropy;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;

/**
 * What training makes small: a number per example, from a network's output and a target. Losses of
 * classes take logits, never probabilities.
 */
@FunctionalInterface
public interface Loss {
  /**
   * Adds the loss to a graph.
   *
   * @param output the network's output
   * @param target what it should have been, of {@link #target}'s shape
   * @return the loss of each example, of shape ()
   */
  Value apply(Ops ops, Value output, Value target);

  /** The shape of the target for an output of the given shape; by default the same. */
  default Shape target(Shape output) {
    return output;
  }

  /** {@link #crossEntropy(double)} without smoothing. */
  static Loss crossEntropy() {
    return crossEntropy(0);
  }

  /** Softmax cross-entropy from logits against a class number; see {@link SoftmaxCrossEntropy}. */
  static Loss crossEntropy(double labelSmoothing) {
    SoftmaxCrossEntropy op = new SoftmaxCrossEntropy(labelSmoothing);
    return new Loss() {
      @Override
      public Value apply(Ops ops, Value output, Value target) {
        return ops.apply(op, output, target);
      }

      @Override
      public Shape target(Shape output) {
        return Shape.scalar();
      }
    };
  }

  /**
   * Binary cross-entropy from logits z against targets t in [0, 1], the mean over the elements:
   * {@code log(1 + eᶻ) − t · z}.
   */
  static Loss binaryCrossEntropy() {
    return (ops, z, t) -> ops.mean(ops.subtract(ops.softplus(z), ops.multiply(t, z)));
  }

  /** The mean over the elements of {@code (y − t)²}. */
  static Loss meanSquaredError() {
    return (ops, y, t) -> ops.mean(ops.square(ops.subtract(y, t)));
  }

  /** The mean over the elements of {@code max(0, 1 − t · y)}, with targets −1 and 1. */
  static Loss hinge() {
    return (ops, y, t) -> ops.mean(ops.relu(ops.shift(ops.negate(ops.multiply(t, y)), 1)));
  }
}
