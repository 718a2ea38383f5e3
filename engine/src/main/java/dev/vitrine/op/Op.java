package dev.vitrine.op;

import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * One operation of a graph: a function of per-example values. An op is immutable and has no state;
 * what it needs beside its inputs (window sizes, rates) are its record components.
 *
 * <p>To add an op: write its record, add it to the list below (or to that of {@link Derivative}),
 * and follow the compiler to every exhaustive {@code switch} that must know it (the planner, the
 * summary).
 */
public sealed interface Op
    permits Leaf,
        Unary,
        Derivative,
        Binary,
        DropoutMask,
        Affine,
        Convolution,
        MaxPool,
        AveragePool,
        AdaptiveAveragePool,
        PRelu,
        Permute,
        Reshape,
        Concat,
        Slice,
        Sum,
        Broadcast,
        Softmax,
        LogSoftmax,
        SoftmaxCrossEntropy,
        Lrn,
        BatchNorm,
        ChannelSum,
        BatchReduce,
        BatchSpread,
        CustomOp {

  /** How an op stands to the batch. */
  enum Batching {
    /** One output per example (or one shared output, if every input is shared). */
    MAP,
    /** One shared output: the sum over the examples of what {@link #evaluate} adds. */
    REDUCE,
    /** One output per example from shared inputs. */
    SPREAD
  }

  /** {@return how many inputs the op takes; −1 for any number above zero} */
  int arity();

  /**
   * {@return the shape of the output}
   *
   * @param inputs the shapes of one example's inputs, in order
   * @throws dev.vitrine.error.UserException if the inputs' shapes do not fit, naming the op
   */
  Shape shape(List<Shape> inputs);

  /** {@return how the op stands to the batch} */
  default Batching batching() {
    return Batching.MAP;
  }

  /**
   * {@return whether an input must be shared (a weight), not per example}
   *
   * @param input its place, from 0
   */
  default boolean needsShared(int input) {
    return false;
  }

  /**
   * {@return whether an input must be per example, so that there is a batch to take statistics of}
   *
   * @param input its place, from 0
   */
  default boolean needsExamples(int input) {
    return false;
  }

  /**
   * {@return the arithmetic of one example}
   *
   * @param inputs the shapes of one example's inputs, in order
   * @param output the shape of one example's output
   */
  default Cost cost(List<Shape> inputs, Shape output) {
    return Cost.ZERO;
  }

  /**
   * The forward function in plain {@code double} loops: the definition that every kernel is tested
   * against. {@code call.out()} arrives zeroed, or, for a {@linkplain Batching#REDUCE reducing} op,
   * holding the sum over the examples so far: such an op adds.
   *
   * @param call the inputs' elements, and where the output goes
   */
  void evaluate(Call call);

  /**
   * {@return the op and its derivatives as text, from which traces are written}
   *
   * @throws UnsupportedOperationException if the op has no derivative (it is one itself)
   */
  Formula formula();

  /**
   * The derivative rule: for each input, how its gradient follows from the output's.
   *
   * @param adjoint the op's values in the graph, and where the inputs' gradients go
   * @throws UnsupportedOperationException if the op has no derivative (it is one itself)
   */
  default void gradient(Adjoint adjoint) {
    throw Derivative.second(this);
  }
}
