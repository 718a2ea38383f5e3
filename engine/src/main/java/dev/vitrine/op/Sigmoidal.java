package dev.vitrine.op;

/** The logistic function {@code σ(x) = 1 / (1 + e⁻ˣ)}, its kin, and smooth rectifiers from them. */
public sealed interface Sigmoidal extends Unary {
  /** {@code y = σ(x)}, {@code dx = y · (1 − y) · dy}. */
  record Sigmoid() implements Sigmoidal {
    @Override
    public double apply(double x) {
      return sigma(x);
    }

    @Override
    public double derivative(double y) {
      return y * (1 - y);
    }

    @Override
    public Formula formula() {
      return Formula.ofNumber("1/(1 + exp(-x))", "sigmoid(x)*(1 - sigmoid(x))")
          .orByOutput("y*(1 - y)");
    }

    @Override
    public boolean fromOutput() {
      return true;
    }
  }

  /** {@code y = tanh x}, {@code dx = (1 − y²) · dy}. */
  record Tanh() implements Sigmoidal {
    @Override
    public double apply(double x) {
      return Math.tanh(x);
    }

    @Override
    public double derivative(double y) {
      return 1 - y * y;
    }

    @Override
    public Formula formula() {
      return Formula.ofNumber("(exp(x) - exp(-x))/(exp(x) + exp(-x))", "1 - tanh(x)^2")
          .orByOutput("1 - y^2");
    }

    @Override
    public boolean fromOutput() {
      return true;
    }
  }

  /** {@code y = ln(1 + eˣ)}, {@code dx = σ(x) · dy}. */
  record Softplus() implements Sigmoidal {
    @Override
    public double apply(double x) {
      return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
    }

    @Override
    public double derivative(double x) {
      return sigma(x);
    }

    @Override
    public Formula formula() {
      return Formula.ofNumber("ln(1 + exp(x))", "sigmoid(x)");
    }
  }

  /**
   * {@code y = x · σ(x)}, {@code dx = σ(x) · (1 + x · σ(−x)) · dy} (SiLU, Hendrycks and Gimpel,
   * 2016; also called swish).
   */
  record Silu() implements Sigmoidal {
    @Override
    public double apply(double x) {
      return gated(x, x);
    }

    @Override
    public double derivative(double x) {
      return (1 + x / (1 + Math.exp(x))) / (1 + Math.exp(-x));
    }

    @Override
    public Formula formula() {
      return Formula.ofNumber("x*sigmoid(x)", "sigmoid(x)*(1 + x*sigmoid(-x))");
    }
  }

  /**
   * {@code y = x · Φ(x)}, {@code dx = (Φ(x) + x · φ(x)) · dy} with the normal distribution Φ and
   * its density φ (GELU in its exact form, Hendrycks and Gimpel, 2016): {@code Φ(x) = (1 + erf(x /
   * √2)) / 2}.
   */
  record Gelu() implements Sigmoidal {
    @Override
    public double apply(double x) {
      return x == Double.NEGATIVE_INFINITY ? -0.0 : x * Normal.cumulative(x);
    }

    @Override
    public double derivative(double x) {
      return Normal.cumulative(x) + x * Normal.density(x);
    }

    @Override
    public Formula formula() {
      return Formula.ofNumber("x*Phi(x)", "Phi(x) + x*phi(x)");
    }
  }

  /**
   * {@code y = x · σ(u)}, {@code dx = σ(u) · (1 + x · u′ · σ(−u)) · dy} with {@code u = 2√(2/π) ·
   * (x + 0.044715 · x³)}: GELU by its approximation {@code x/2 · (1 + tanh(u/2))} (Hendrycks and
   * Gimpel, 2016; ONNX's and PyTorch's {@code approximate="tanh"}).
   */
  record GeluTanh() implements Sigmoidal {
    private static final double LINEAR = 2 * Math.sqrt(2 / Math.PI);
    private static final double CUBIC = 0.044715 * LINEAR;

    @Override
    public double apply(double x) {
      return gated(x, x * (LINEAR + CUBIC * x * x));
    }

    @Override
    public double derivative(double x) {
      double u = x * (LINEAR + CUBIC * x * x);
      double w = x * (LINEAR + 3 * CUBIC * x * x);
      return (1 + w / (1 + Math.exp(u))) / (1 + Math.exp(-u));
    }

    @Override
    public Formula formula() {
      String u = "u = 2*sqrt(2/pi)*(x + 0.044715*x^3); ";
      String slope = "v = 2*sqrt(2/pi)*(1 + 0.134145*x^2); ";
      return Formula.ofNumber(u + "x*sigmoid(u)", u + slope + "sigmoid(u)*(1 + x*v*sigmoid(-u))");
    }
  }

  private static double sigma(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** {@code x · σ(u)}; 0 times −∞ is 0 here. */
  private static double gated(double x, double u) {
    return x == Double.NEGATIVE_INFINITY ? -0.0 : x / (1 + Math.exp(-u));
  }
}
