package dev.vitrine.op;

import dev.vitrine.tensor.Shape;

/**
 * Where ops are applied: the vocabulary in which networks, losses and derivative rules are written.
 * Everything rests on {@link #apply}; the other methods are its shorter names.
 */
public interface Ops {
  /**
   * Applies an op to values.
   *
   * @return the op's output
   * @throws dev.vitrine.error.UserException if the shapes do not fit
   */
  Value apply(Op op, Value... inputs);

  /** The same number everywhere. */
  default Value constant(double number, Shape shape) {
    return apply(new Leaf.Constant(shape, number));
  }

  /**
   * Given numbers, which are not learned and lie in the graph itself.
   *
   * @param elements row-major, one for each element of the shape
   */
  default Value constant(Shape shape, double... elements) {
    return apply(new Leaf.Constant(shape, elements));
  }

  /** {@code a + b}; a scalar on either side is broadcast, here and in the next three. */
  default Value add(Value a, Value b) {
    return binary(Binary.ADD, a, b);
  }

  /** {@code a − b}. */
  default Value subtract(Value a, Value b) {
    return binary(Binary.SUBTRACT, a, b);
  }

  /** {@code a · b}, element by element. */
  default Value multiply(Value a, Value b) {
    return binary(Binary.MULTIPLY, a, b);
  }

  /** {@code a / b}, element by element. */
  default Value divide(Value a, Value b) {
    return binary(Binary.DIVIDE, a, b);
  }

  private Value binary(Binary op, Value a, Value b) {
    if (a.shape().rank() == 0 && b.shape().rank() > 0) {
      return apply(op, broadcast(a, b.shape()), b);
    }
    if (b.shape().rank() == 0 && a.shape().rank() > 0) {
      return apply(op, a, broadcast(b, a.shape()));
    }
    return apply(op, a, b);
  }

  /** {@code −x}. */
  default Value negate(Value x) {
    return apply(new Elementary.Negate(), x);
  }

  /** {@code factor · x}. */
  default Value scale(Value x, double factor) {
    return apply(new Elementary.Scale(factor), x);
  }

  /** {@code x + addend}. */
  default Value shift(Value x, double addend) {
    return apply(new Elementary.Shift(addend), x);
  }

  /** {@code eˣ}. */
  default Value exp(Value x) {
    return apply(new Elementary.Exp(), x);
  }

  /** The natural logarithm. */
  default Value log(Value x) {
    return apply(new Elementary.Log(), x);
  }

  /** {@code x²}. */
  default Value square(Value x) {
    return apply(new Elementary.Square(), x);
  }

  /** {@code x^exponent}. */
  default Value power(Value x, double exponent) {
    return apply(new Elementary.Power(exponent), x);
  }

  /** {@code max(x, 0)}. */
  default Value relu(Value x) {
    return apply(new Rectifier.Relu(), x);
  }

  /** {@code 1 / (1 + e⁻ˣ)}. */
  default Value sigmoid(Value x) {
    return apply(new Sigmoidal.Sigmoid(), x);
  }

  /** {@code tanh x}. */
  default Value tanh(Value x) {
    return apply(new Sigmoidal.Tanh(), x);
  }

  /** {@code log(1 + eˣ)}. */
  default Value softplus(Value x) {
    return apply(new Sigmoidal.Softplus(), x);
  }

  /** The sum over the given axes, which disappear; over all axes if none is given. */
  default Value sum(Value x, int... axes) {
    return apply(Sum.over(x.shape(), axes), x);
  }

  /** The mean over the given axes, which disappear; over all axes if none is given. */
  default Value mean(Value x, int... axes) {
    Value sum = sum(x, axes);
    return scale(sum, (double) sum.shape().elements() / x.shape().elements());
  }

  /** Repeats along axes of size 1 and new leading axes until the shape is {@code target}. */
  default Value broadcast(Value x, Shape target) {
    return x.shape().equals(target) ? x : apply(new Broadcast(target), x);
  }

  /** The same elements in another shape. */
  default Value reshape(Value x, Shape target) {
    return x.shape().equals(target) ? x : apply(new Reshape(target), x);
  }

  /** The axes in another order; see {@link Permute}. */
  default Value permute(Value x, int... order) {
    return apply(Permute.of(order), x);
  }

  /**
   * The value with zeros before and after it along an axis: the gradient of a {@link Slice}, whose
   * own gradient the slice is.
   */
  default Value pad(Value x, int axis, int before, int after) {
    if (before == 0 && after == 0) {
      return x;
    }
    int size = x.shape().size(axis);
    Shape whole = x.shape().with(axis, (long) before + size + after);
    return apply(new Slice.Gradient(new Slice(axis, before, size), whole), x);
  }

  /** All elements as a vector. */
  default Value flatten(Value x) {
    return reshape(x, Shape.of(x.shape().elements()));
  }

  /** The mean over the examples of the batch: how a loss per example becomes an objective. */
  default Value batchMean(Value x) {
    return apply(BatchReduce.MEAN, x);
  }

  /** The sum over the examples of the batch. */
  default Value batchSum(Value x) {
    return apply(BatchReduce.SUM, x);
  }
}
