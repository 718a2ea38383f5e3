package dev.vitrine.nn;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;
import dev.vitrine.op.Lrn;
import dev.vitrine.op.Value;

/**
 * Local response normalisation across channels: {@code y = x · (bias + k · Σ x²)^−beta} over a
 * window of {@code size} channels; see {@link Lrn}. Two conventions are about, which differ in k:
 *
 * <ul>
 *   <li>ONNX, Caffe and PyTorch divide alpha by the window, k = alpha / size: {@link #of};
 *   <li>the paper and TensorFlow do not, k = alpha: {@link #undivided}.
 * </ul>
 *
 * A window of even size reaches one channel farther behind than in front, as in ONNX.
 *
 * @param size channels of the window, its own included
 * @param alpha the factor on the squares, before any division
 * @param divided whether alpha is divided by the size
 * @param beta the exponent
 * @param bias what is added to the weighted squares, before the power
 */
public record LocalResponseNorm(int size, double alpha, boolean divided, double beta, double bias)
    implements Layer {
  /** Checks the ranges. */
  public LocalResponseNorm {
    if (size < 1) {
      throw new UserException(
          "LocalResponseNorm expects a size of 1 or more channels, but got %s".formatted(size));
    }
    Range.FROM_ZERO.require("LocalResponseNorm", "an alpha of 0 or more", alpha);
    op(size, alpha, divided, beta, bias);
  }

  /**
   * {@return the convention of ONNX and Caffe, with their alpha 1e-4, beta 0.75 and bias 1}
   *
   * @param size channels of the window, its own included
   */
  public static LocalResponseNorm of(int size) {
    return new LocalResponseNorm(size, 1e-4, true, 0.75, 1);
  }

  /**
   * {@return the variant in which alpha is not divided by the window, of {@code radius} channels on
   * either side: beta 0.75 and bias 1} Toronto's AlexNet has radius 2 and alpha 2e-5.
   *
   * @param radius channels on either side of its own
   * @param alpha the factor on the squares
   */
  public static LocalResponseNorm undivided(int radius, double alpha) {
    return new LocalResponseNorm(2 * radius + 1, alpha, false, 0.75, 1);
  }

  /**
   * {@return the same layer, its alpha divided by the size or not}
   *
   * @param on whether alpha is divided
   */
  public LocalResponseNorm divided(boolean on) {
    return new LocalResponseNorm(size, alpha, on, beta, bias);
  }

  /**
   * {@return the same layer with another factor on the squares}
   *
   * @param newAlpha the factor, before any division
   */
  public LocalResponseNorm alpha(double newAlpha) {
    return new LocalResponseNorm(size, newAlpha, divided, beta, bias);
  }

  /**
   * {@return the same layer with another exponent}
   *
   * @param newBeta the exponent
   */
  public LocalResponseNorm beta(double newBeta) {
    return new LocalResponseNorm(size, alpha, divided, newBeta, bias);
  }

  /**
   * {@return the same layer with another bias; the paper's is 2}
   *
   * @param newBias what is added to the weighted squares, before the power
   */
  public LocalResponseNorm bias(double newBias) {
    return new LocalResponseNorm(size, alpha, divided, beta, newBias);
  }

  private static Lrn op(int size, double alpha, boolean divided, double beta, double bias) {
    return new Lrn((size - 1) / 2, size / 2, divided ? alpha / size : alpha, beta, bias);
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    return network.apply(op(size, alpha, divided, beta, bias), x);
  }

  @Override
  public String label() {
    return "lrn";
  }

  @Override
  public String toString() {
    return "LocalResponseNorm(%s, alpha %s%s, beta %s, bias %s)"
        .formatted(
            size,
            Decimal.text(alpha),
            divided ? "/" + size : "",
            Decimal.text(beta),
            Decimal.text(bias));
  }
}
