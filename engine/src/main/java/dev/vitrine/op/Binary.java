package dev.vitrine.op;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;

/** A function of two numbers, applied element by element to values of equal shape. */
public enum Binary implements Op {
  /** {@code y = a + b}, {@code da = dy}, {@code db = dy}. */
  ADD {
    @Override
    public double apply(double a, double b) {
      return a + b;
    }

    @Override
    public Formula formula() {
      return Formula.ofNumbers("a + b", "1", "1");
    }

    @Override
    public void gradient(Adjoint j) {
      j.to(0, j::dy);
      j.to(1, j::dy);
    }
  },
  /** {@code y = a − b}, {@code da = dy}, {@code db = −dy}. */
  SUBTRACT {
    @Override
    public double apply(double a, double b) {
      return a - b;
    }

    @Override
    public Formula formula() {
      return Formula.ofNumbers("a - b", "1", "-1");
    }

    @Override
    public void gradient(Adjoint j) {
      j.to(0, j::dy);
      j.to(1, () -> j.ops().negate(j.dy()));
    }
  },
  /** {@code y = a · b}, {@code da = dy · b}, {@code db = dy · a}. */
  MULTIPLY {
    @Override
    public double apply(double a, double b) {
      return a * b;
    }

    @Override
    public Formula formula() {
      return Formula.ofNumbers("a*b", "b", "a");
    }

    @Override
    public void gradient(Adjoint j) {
      j.to(0, () -> j.ops().multiply(j.dy(), j.x(1)));
      j.to(1, () -> j.ops().multiply(j.dy(), j.x(0)));
    }
  },
  /** {@code y = a / b}, {@code da = dy / b}, {@code db = −dy · y / b}. */
  DIVIDE {
    @Override
    public double apply(double a, double b) {
      return a / b;
    }

    @Override
    public Formula formula() {
      return Formula.ofNumbers("a/b", "1/b", "-a/b^2");
    }

    @Override
    public void gradient(Adjoint j) {
      Ops g = j.ops();
      j.to(0, () -> g.divide(j.dy(), j.x(1)));
      j.to(1, () -> g.negate(g.divide(g.multiply(j.dy(), j.y()), j.x(1))));
    }
  };

  /**
   * {@return the value of the function}
   *
   * @param a the first input's element
   * @param b the second input's element
   */
  public abstract double apply(double a, double b);

  @Override
  public int arity() {
    return 2;
  }

  @Override
  public Shape shape(List<Shape> inputs) {
    if (!inputs.get(0).equals(inputs.get(1))) {
      throw new UserException(
          "%s expects two values of the same shape, but got %s and %s: broadcast one of them"
              .formatted(this, inputs.get(0), inputs.get(1)));
    }
    return inputs.getFirst();
  }

  @Override
  public Cost cost(List<Shape> inputs, Shape output) {
    long n = output.elements();
    return this == ADD || this == SUBTRACT ? Cost.additions(n) : Cost.multiplications(n);
  }

  @Override
  public void evaluate(Call call) {
    double[] a = call.in(0);
    double[] b = call.in(1);
    double[] y = call.out();
    for (int i = 0; i < y.length; i++) {
      y[i] = apply(a[i], b[i]);
    }
  }

  /** As written: {@code Add}, {@code Multiply}. */
  @Override
  public String toString() {
    return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
  }
}
