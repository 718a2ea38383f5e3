package dev.vitrine.nn;

import dev.vitrine.error.UserException;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.SoftmaxCrossEntropy;
import dev.vitrine.op.Value;
import java.util.Objects;

/**
 * What training makes small: a number per example, from a network's output and a target. Losses of
 * classes take logits, never probabilities. A formula of one's own compares with {@link
 * Target#VALUES}, unless it is {@link #against} something else.
 */
@FunctionalInterface
public interface Loss {
  /**
   * Adds the loss to a graph.
   *
   * @param ops where the loss is added
   * @param output the network's output
   * @param target what it should have been, of {@link #target}'s shape; it must be read
   * @return the loss of each example, of shape ()
   */
  Value apply(Ops ops, Value output, Value target);

  /**
   * {@return what the output is compared with; by default whatever the data have of the output's
   * shape}
   */
  default Target target() {
    return Target.VALUES;
  }

  /**
   * {@return the same formula, compared with something else}
   *
   * @param other what the output is compared with
   */
  default Loss against(Target other) {
    Objects.requireNonNull(other, "other");
    Loss formula = this;
    return new Loss() {
      @Override
      public Value apply(Ops ops, Value output, Value target) {
        return formula.apply(ops, output, target);
      }

      @Override
      public Target target() {
        return other;
      }
    };
  }

  /** {@return softmax cross-entropy as {@link #crossEntropy(double)} has it, without smoothing} */
  static Loss crossEntropy() {
    return crossEntropy(0);
  }

  /**
   * {@return softmax cross-entropy from logits against a class number; see {@link
   * SoftmaxCrossEntropy}} It refuses an output that is a softmax already.
   *
   * @param labelSmoothing ε, in [0, 1); 0 for none
   */
  static Loss crossEntropy(double labelSmoothing) {
    return new CrossEntropy(labelSmoothing);
  }

  /**
   * What {@link #crossEntropy(double)} gives.
   *
   * @param labelSmoothing the share of the target that is spread over all classes, in [0, 1)
   */
  record CrossEntropy(double labelSmoothing) implements Loss {
    /** Checks the share. */
    public CrossEntropy {
      SoftmaxCrossEntropy.requireShare(labelSmoothing);
    }

    @Override
    public Value apply(Ops ops, Value output, Value target) {
      requireNonNull(ops, output, target);
      if (Softmax.isOutput(output)) {
        throw new UserException(
            "Cross-entropy has a softmax of its own and expects logits, but the network ends in a softmax: leave that out, or use a loss of your own that takes probabilities");
      }
      return ops.apply(new SoftmaxCrossEntropy(labelSmoothing), output, target);
    }

    @Override
    public Target target() {
      return Target.CLASS_NUMBER;
    }
  }

  /**
   * {@return binary cross-entropy from logits z against targets t in [0, 1], the mean over the
   * elements: {@code log(1 + eᶻ) − t · z}}
   */
  static Loss binaryCrossEntropy() {
    return new BinaryCrossEntropy();
  }

  /** What {@link #binaryCrossEntropy} gives. */
  record BinaryCrossEntropy() implements Loss {
    @Override
    public Value apply(Ops ops, Value z, Value t) {
      requireAlike("Binary cross-entropy", ops, z, t);
      return ops.mean(ops.subtract(ops.softplus(z), ops.multiply(t, z)));
    }
  }

  /** {@return the mean over the elements of {@code (y − t)²}} */
  static Loss meanSquaredError() {
    return new MeanSquaredError();
  }

  /** What {@link #meanSquaredError} gives. */
  record MeanSquaredError() implements Loss {
    @Override
    public Value apply(Ops ops, Value y, Value t) {
      requireAlike("Mean squared error", ops, y, t);
      return ops.mean(ops.square(ops.subtract(y, t)));
    }
  }

  /** {@return the mean over the elements of {@code max(0, 1 − t · y)}, with targets −1 and 1} */
  static Loss hinge() {
    return new Hinge();
  }

  /** What {@link #hinge} gives. */
  record Hinge() implements Loss {
    @Override
    public Value apply(Ops ops, Value y, Value t) {
      requireAlike("Hinge loss", ops, y, t);
      return ops.mean(ops.relu(ops.shift(ops.negate(ops.multiply(t, y)), 1)));
    }

    @Override
    public Target target() {
      return Target.SIGNS;
    }
  }

  /** A class number, say, would be compared with every output alike. */
  private static void requireAlike(String name, Ops ops, Value output, Value target) {
    requireNonNull(ops, output, target);
    if (!output.shape().equals(target.shape())) {
      throw new UserException(
          "%s expects a target of the output's shape, %s, but got %s: compare with other targets, such as Target.VALUES"
              .formatted(name, output.shape(), target.shape()));
    }
  }

  private static void requireNonNull(Ops ops, Value output, Value target) {
    Objects.requireNonNull(ops, "ops");
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(target, "target");
  }
}
