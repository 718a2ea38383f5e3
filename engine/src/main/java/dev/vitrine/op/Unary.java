package dev.vitrine.op;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * A function of one number, applied to each element: {@code y = f(x)}, {@code dx = f′(x) · dy}.
 * This file is the table of the functions and their derivatives. A derivative that can be had from
 * the output is written in terms of it ({@link #fromOutput}), so that the input need not be kept.
 */
public sealed interface Unary extends Op {
  /** The function. */
  double apply(double x);

  /** The derivative at {@code x}, given {@code y = f(x)}; only one of them is used. */
  double derivative(double x, double y);

  /** Whether {@link #derivative} uses the output alone ({@code true}) or the input alone. */
  boolean fromOutput();

  @Override
  default int arity() {
    return 1;
  }

  @Override
  default Shape shape(List<Shape> inputs) {
    return inputs.getFirst();
  }

  @Override
  default Cost cost(List<Shape> inputs, Shape output) {
    return Cost.functions(output.elements());
  }

  @Override
  default void evaluate(Call call) {
    double[] x = call.in(0);
    double[] y = call.out();
    for (int i = 0; i < y.length; i++) {
      y[i] = apply(x[i]);
    }
  }

  @Override
  default void gradient(Adjoint a) {
    a.to(0, () -> a.ops().apply(new Gradient(this), fromOutput() ? a.y() : a.x(0), a.dy()));
  }

  /** {@code dx = f′ · dy}; inputs: f's output or input, whichever the derivative uses, and dy. */
  record Gradient(Unary of) implements Op {
    @Override
    public int arity() {
      return 2;
    }

    @Override
    public Shape shape(List<Shape> inputs) {
      return inputs.getFirst();
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return of.cost(inputs, output).plus(Cost.multiplications(output.elements()));
    }

    @Override
    public void evaluate(Call call) {
      double[] v = call.in(0);
      double[] dy = call.in(1);
      double[] dx = call.out();
      for (int i = 0; i < dx.length; i++) {
        dx[i] = of.derivative(v[i], v[i]) * dy[i];
      }
    }
  }

  /** {@code y = −x}, {@code dx = −dy}. */
  record Negate() implements Unary {
    @Override
    public double apply(double x) {
      return -x;
    }

    @Override
    public void gradient(Adjoint a) {
      a.to(0, () -> a.ops().negate(a.dy()));
    }

    @Override
    public double derivative(double x, double y) {
      return -1;
    }

    @Override
    public boolean fromOutput() {
      return true;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return Cost.ZERO;
    }
  }

  /** {@code y = factor · x}, {@code dx = factor · dy}. */
  record Scale(double factor) implements Unary {
    @Override
    public double apply(double x) {
      return factor * x;
    }

    @Override
    public void gradient(Adjoint a) {
      a.to(0, () -> a.ops().scale(a.dy(), factor));
    }

    @Override
    public double derivative(double x, double y) {
      return factor;
    }

    @Override
    public boolean fromOutput() {
      return true;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return Cost.multiplications(output.elements());
    }
  }

  /** {@code y = x + addend}, {@code dx = dy}. */
  record Shift(double addend) implements Unary {
    @Override
    public double apply(double x) {
      return x + addend;
    }

    @Override
    public void gradient(Adjoint a) {
      a.to(0, a::dy);
    }

    @Override
    public double derivative(double x, double y) {
      return 1;
    }

    @Override
    public boolean fromOutput() {
      return true;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return Cost.additions(output.elements());
    }
  }

  /** {@code y = eˣ}, {@code dx = y · dy}. */
  record Exp() implements Unary {
    @Override
    public double apply(double x) {
      return Math.exp(x);
    }

    @Override
    public double derivative(double x, double y) {
      return y;
    }

    @Override
    public boolean fromOutput() {
      return true;
    }
  }

  /** {@code y = ln x}, {@code dx = dy / x}. */
  record Log() implements Unary {
    @Override
    public double apply(double x) {
      return Math.log(x);
    }

    @Override
    public double derivative(double x, double y) {
      return 1 / x;
    }

    @Override
    public boolean fromOutput() {
      return false;
    }
  }

  /** {@code y = x²}, {@code dx = 2x · dy}. */
  record Square() implements Unary {
    @Override
    public double apply(double x) {
      return x * x;
    }

    @Override
    public double derivative(double x, double y) {
      return 2 * x;
    }

    @Override
    public boolean fromOutput() {
      return false;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return Cost.multiplications(output.elements());
    }
  }

  /** {@code y = x^p}, {@code dx = p · x^(p−1) · dy}; for x &lt; 0, p must be a whole number. */
  record Power(double exponent) implements Unary {
    @Override
    public double apply(double x) {
      return Math.pow(x, exponent);
    }

    @Override
    public double derivative(double x, double y) {
      return exponent * Math.pow(x, exponent - 1);
    }

    @Override
    public boolean fromOutput() {
      return false;
    }
  }

  /** {@code y = max(x, 0)}, {@code dx = dy where y > 0, else 0}. */
  record Relu() implements Unary {
    @Override
    public double apply(double x) {
      return Math.max(x, 0);
    }

    @Override
    public double derivative(double x, double y) {
      return y > 0 ? 1 : 0;
    }

    @Override
    public boolean fromOutput() {
      return true;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return Cost.comparisons(output.elements());
    }
  }

  /** {@code y = x where x > 0, else slope · x}, {@code dx = dy or slope · dy}. */
  record LeakyRelu(double slope) implements Unary {
    @Override
    public double apply(double x) {
      return x > 0 ? x : slope * x;
    }

    @Override
    public double derivative(double x, double y) {
      return x > 0 ? 1 : slope;
    }

    @Override
    public boolean fromOutput() {
      return false;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return Cost.comparisons(output.elements()).plus(Cost.multiplications(output.elements()));
    }
  }

  /**
   * {@code y = x where x > 0, else alpha · (eˣ − 1)}, {@code dx = dy or (y + alpha) · dy} (Clevert
   * et al., 2015).
   */
  record Elu(double alpha) implements Unary {
    @Override
    public double apply(double x) {
      return x > 0 ? x : alpha * Math.expm1(x);
    }

    @Override
    public double derivative(double x, double y) {
      return x > 0 ? 1 : alpha * Math.exp(x);
    }

    @Override
    public boolean fromOutput() {
      return false;
    }
  }

  /** {@code y = σ(x) = 1 / (1 + e⁻ˣ)}, {@code dx = y · (1 − y) · dy}. */
  record Sigmoid() implements Unary {
    @Override
    public double apply(double x) {
      return 1 / (1 + Math.exp(-x));
    }

    @Override
    public double derivative(double x, double y) {
      return y * (1 - y);
    }

    @Override
    public boolean fromOutput() {
      return true;
    }
  }

  /** {@code y = tanh x}, {@code dx = (1 − y²) · dy}. */
  record Tanh() implements Unary {
    @Override
    public double apply(double x) {
      return Math.tanh(x);
    }

    @Override
    public double derivative(double x, double y) {
      return 1 - y * y;
    }

    @Override
    public boolean fromOutput() {
      return true;
    }
  }

  /** {@code y = ln(1 + eˣ)}, {@code dx = σ(x) · dy}. */
  record Softplus() implements Unary {
    @Override
    public double apply(double x) {
      return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    @Override
    public double derivative(double x, double y) {
      return 1 / (1 + Math.exp(-x));
    }

    @Override
    public boolean fromOutput() {
      return false;
    }
  }

  /**
   * {@code y = min(max(x, min), max)}, {@code dx = dy where min < y < max, else 0}; ReLU6 is {@code
   * Clip(0, 6)}, and either bound may be infinite.
   */
  record Clip(double min, double max) implements Unary {
    /** Checks the order. */
    public Clip {
      if (!(min < max)) {
        throw new UserException("Clip expects a min below its max, but got " + min + " and " + max);
      }
    }

    @Override
    public double apply(double x) {
      return Math.min(Math.max(x, min), max);
    }

    @Override
    public double derivative(double x, double y) {
      return y > min && y < max ? 1 : 0;
    }

    @Override
    public boolean fromOutput() {
      return true;
    }

    @Override
    public Cost cost(List<Shape> inputs, Shape output) {
      return Cost.comparisons(2L * output.elements());
    }
  }

  /**
   * {@code y = x · σ(x)}, {@code dx = σ(x) · (1 + x · σ(−x)) · dy} (SiLU, Hendrycks and Gimpel,
   * 2016; also called swish).
   */
  record Silu() implements Unary {
    @Override
    public double apply(double x) {
      return x == Double.NEGATIVE_INFINITY ? -0.0 : x / (1 + Math.exp(-x));
    }

    @Override
    public double derivative(double x, double y) {
      return (1 + x / (1 + Math.exp(x))) / (1 + Math.exp(-x));
    }

    @Override
    public boolean fromOutput() {
      return false;
    }
  }

  /**
   * {@code y = x · Φ(x)}, {@code dx = (Φ(x) + x · φ(x)) · dy} with the normal distribution Φ and
   * its density φ (GELU in its exact form, Hendrycks and Gimpel, 2016): {@code Φ(x) = (1 + erf(x /
   * √2)) / 2}.
   */
  record Gelu() implements Unary {
    @Override
    public double apply(double x) {
      return x == Double.NEGATIVE_INFINITY ? -0.0 : x * Normal.cumulative(x);
    }

    @Override
    public double derivative(double x, double y) {
      return Normal.cumulative(x) + x * Normal.density(x);
    }

    @Override
    public boolean fromOutput() {
      return false;
    }
  }

  /**
   * {@code y = x · σ(u)}, {@code dx = σ(u) · (1 + x · u′ · σ(−u)) · dy} with {@code u = 2√(2/π) ·
   * (x + 0.044715 · x³)}: GELU by its approximation {@code x/2 · (1 + tanh(u/2))} (Hendrycks and
   * Gimpel, 2016; ONNX's and PyTorch's {@code approximate="tanh"}).
   */
  record GeluTanh() implements Unary {
    private static final double LINEAR = 2 * Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715 * LINEAR;

    @Override
    public double apply(double x) {
      double u = x * (LINEAR + CUBIC * x * x);
      return x == Double.NEGATIVE_INFINITY ? -0.0 : x / (1 + Math.exp(-u));
    }

    @Override
    public double derivative(double x, double y) {
      double u = x * (LINEAR + CUBIC * x * x);
      double w = x * (LINEAR + 3 * CUBIC * x * x);
      return (1 + w / (1 + Math.exp(u))) / (1 + Math.exp(-u));
    }

    @Override
    public boolean fromOutput() {
      return false;
    }
  }
}
