package dev.vitrine.op;

import dev.vitrine.tensor.Shape;
import java.util.Objects;

/**
 * Where ops are applied: the vocabulary in which networks, losses and derivative rules are written.
 * Everything rests on {@link #apply}; the other methods are its shorter names.
 */
public interface Ops {
  /**
   * Applies an op to values.
   *
   * @param op what to apply
   * @param inputs its inputs, in the op's order
   * @return the op's output
   * @throws dev.vitrine.error.UserException if the shapes do not fit
   */
  Value apply(Op op, Value... inputs);

  /**
   * {@return the same number everywhere}
   *
   * @param number what each element is
   * @param shape the shape of the value
   */
  default Value constant(double number, Shape shape) {
    return apply(new Leaf.Constant(shape, number));
  }

  /**
   * {@return given numbers, which are not learned and lie in the graph itself}
   *
   * @param shape the shape of the value
   * @param elements row-major, one for each element of the shape
   */
  default Value constant(Shape shape, double... elements) {
    return apply(new Leaf.Constant(shape, elements));
  }

  /**
   * {@return {@code a + b}; a scalar on either side is broadcast, here and in the next three}
   *
   * @param a the first input
   * @param b the second input, of the same shape or a scalar
   */
  default Value add(Value a, Value b) {
    return binary(Binary.ADD, a, b);
  }

  /**
   * {@return {@code a − b}}
   *
   * @param a the first input
   * @param b the second input, of the same shape or a scalar
   */
  default Value subtract(Value a, Value b) {
    return binary(Binary.SUBTRACT, a, b);
  }

  /**
   * {@return {@code a · b}, element by element}
   *
   * @param a the first input
   * @param b the second input, of the same shape or a scalar
   */
  default Value multiply(Value a, Value b) {
    return binary(Binary.MULTIPLY, a, b);
  }

  /**
   * {@return {@code a / b}, element by element}
   *
   * @param a the first input
   * @param b the second input, of the same shape or a scalar
   */
  default Value divide(Value a, Value b) {
    return binary(Binary.DIVIDE, a, b);
  }

  private Value binary(Binary op, Value a, Value b) {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(b, "b");
    if (a.shape().rank() == 0 && b.shape().rank() > 0) {
      return apply(op, broadcast(a, b.shape()), b);
    }
    if (b.shape().rank() == 0 && a.shape().rank() > 0) {
      return apply(op, a, broadcast(b, a.shape()));
    }
    return apply(op, a, b);
  }

  /**
   * {@return {@code −x}}
   *
   * @param x the input
   */
  default Value negate(Value x) {
    return apply(new Elementary.Negate(), x);
  }

  /**
   * {@return {@code factor · x}}
   *
   * @param x the input
   * @param factor what each element is multiplied by
   */
  default Value scale(Value x, double factor) {
    return apply(new Elementary.Scale(factor), x);
  }

  /**
   * {@return {@code x + addend}}
   *
   * @param x the input
   * @param addend what is added to each element
   */
  default Value shift(Value x, double addend) {
    return apply(new Elementary.Shift(addend), x);
  }

  /**
   * {@return {@code eˣ}}
   *
   * @param x the input
   */
  default Value exp(Value x) {
    return apply(new Elementary.Exp(), x);
  }

  /**
   * {@return the natural logarithm}
   *
   * @param x the input
   */
  default Value log(Value x) {
    return apply(new Elementary.Log(), x);
  }

  /**
   * {@return {@code x²}}
   *
   * @param x the input
   */
  default Value square(Value x) {
    return apply(new Elementary.Square(), x);
  }

  /**
   * {@return {@code x^exponent}}
   *
   * @param x the input
   * @param exponent for negative elements a whole number
   */
  default Value power(Value x, double exponent) {
    return apply(new Elementary.Power(exponent), x);
  }

  /**
   * {@return {@code max(x, 0)}}
   *
   * @param x the input
   */
  default Value relu(Value x) {
    return apply(new Rectifier.Relu(), x);
  }

  /**
   * {@return {@code 1 / (1 + e⁻ˣ)}}
   *
   * @param x the input
   */
  default Value sigmoid(Value x) {
    return apply(new Sigmoidal.Sigmoid(), x);
  }

  /**
   * {@return {@code tanh x}}
   *
   * @param x the input
   */
  default Value tanh(Value x) {
    return apply(new Sigmoidal.Tanh(), x);
  }

  /**
   * {@return {@code log(1 + eˣ)}}
   *
   * @param x the input
   */
  default Value softplus(Value x) {
    return apply(new Sigmoidal.Softplus(), x);
  }

  /**
   * {@return the sum over the given axes, which disappear; over all axes if none is given}
   *
   * @param x the input
   * @param axes which, 0 the slowest
   */
  default Value sum(Value x, int... axes) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(axes, "axes");
    return apply(Sum.over(x.shape(), axes), x);
  }

  /**
   * {@return the mean over the given axes, which disappear; over all axes if none is given}
   *
   * @param x the input
   * @param axes which, 0 the slowest
   */
  default Value mean(Value x, int... axes) {
    Value sum = sum(x, axes);
    return scale(sum, (double) sum.shape().elements() / x.shape().elements());
  }

  /**
   * Repeats along axes of size 1 and new leading axes until the shape is {@code target}.
   *
   * @param x the input
   * @param target the shape of the output
   * @return the repeated value, of shape {@code target}
   */
  default Value broadcast(Value x, Shape target) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(target, "target");
    return x.shape().equals(target) ? x : apply(new Broadcast(target), x);
  }

  /**
   * {@return the same elements in another shape}
   *
   * @param x the input
   * @param target as many elements as x has
   */
  default Value reshape(Value x, Shape target) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(target, "target");
    return x.shape().equals(target) ? x : apply(new Reshape(target), x);
  }

  /**
   * {@return the axes in another order; see {@link Permute}}
   *
   * @param x the input
   * @param order the axes of x as the output has them, each once
   */
  default Value permute(Value x, int... order) {
    Objects.requireNonNull(order, "order");
    return apply(Permute.of(order), x);
  }

  /**
   * {@return the value with zeros before and after it along an axis: the gradient of a {@link
   * Slice}, whose own gradient the slice is}
   *
   * @param x the input
   * @param axis the axis that grows
   * @param before how many zeros before it
   * @param after how many zeros after it
   */
  default Value pad(Value x, int axis, int before, int after) {
    Objects.requireNonNull(x, "x");
    if (before == 0 && after == 0) {
      return x;
    }
    int size = x.shape().size(axis);
    Shape whole = x.shape().with(axis, (long) before + size + after);
    return apply(new Slice.Gradient(new Slice(axis, before, size), whole), x);
  }

  /**
   * {@return all elements as a vector}
   *
   * @param x the input
   */
  default Value flatten(Value x) {
    Objects.requireNonNull(x, "x");
    return reshape(x, Shape.of(x.shape().elements()));
  }

  /**
   * {@return the mean over the examples of the batch: how a loss per example becomes an objective}
   *
   * @param x a value per example
   */
  default Value batchMean(Value x) {
    return apply(BatchReduce.MEAN, x);
  }

  /**
   * {@return the sum over the examples of the batch}
   *
   * @param x a value per example
   */
  default Value batchSum(Value x) {
    return apply(BatchReduce.SUM, x);
  }
}
