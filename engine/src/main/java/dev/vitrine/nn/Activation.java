package dev.vitrine.nn;

import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import java.util.Locale;
import java.util.Objects;

/**
 * A function of each element by itself; {@link Unary} has the formulas.
 *
 * @param function what is applied to each element
 */
public record Activation(Unary function) implements Layer {
  /** Refuses {@code null}. */
  public Activation {
    Objects.requireNonNull(function, "function");
  }

  /** {@return {@code max(x, 0)}} */
  public static Activation relu() {
    return new Activation(new Rectifier.Relu());
  }

  /**
   * {@return {@code x} where positive, else {@code slope · x}; PyTorch's slope is 0.01}
   *
   * @param slope the factor below 0
   */
  public static Activation leakyRelu(double slope) {
    return new Activation(new Rectifier.LeakyRelu(slope));
  }

  /**
   * {@return {@code x} where positive, else {@code alpha · (eˣ − 1)}; the paper's alpha is 1}
   *
   * @param alpha the negated limit as x goes to −∞
   */
  public static Activation elu(double alpha) {
    return new Activation(new Rectifier.Elu(alpha));
  }

  /** {@return {@code 1 / (1 + e⁻ˣ)}} */
  public static Activation sigmoid() {
    return new Activation(new Sigmoidal.Sigmoid());
  }

  /** {@return {@code tanh x}} */
  public static Activation tanh() {
    return new Activation(new Sigmoidal.Tanh());
  }

  /** {@return {@code ln(1 + eˣ)}} */
  public static Activation softplus() {
    return new Activation(new Sigmoidal.Softplus());
  }

  /**
   * {@return {@code min(max(x, min), max)}}
   *
   * @param min the lower bound
   * @param max the upper bound, above {@code min}
   */
  public static Activation clip(double min, double max) {
    return new Activation(new Rectifier.Clip(min, max));
  }

  /** {@return {@code min(max(x, 0), 6)}} */
  public static Activation relu6() {
    return clip(0, 6);
  }

  /** {@return {@code x / (1 + e⁻ˣ)}} */
  public static Activation silu() {
    return new Activation(new Sigmoidal.Silu());
  }

  /** {@return {@code x · Φ(x)}, Φ being the normal distribution: GELU in its exact form} */
  public static Activation gelu() {
    return new Activation(new Sigmoidal.Gelu());
  }

  /** {@return GELU by its approximation with a tanh; see {@link Sigmoidal.GeluTanh}} */
  public static Activation geluTanh() {
    return new Activation(new Sigmoidal.GeluTanh());
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
    Layers.requireNonNull(network, x);
    return network.apply(function, x);
  }

  @Override
  public String label() {
    return function.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return function.toString().replaceAll("\\[]|\\w+=", "").replace('[', '(').replace(']', ')');
  }
}
