package dev.vitrine.nn;

import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import java.util.Locale;

/** A function of each element by itself; {@link Unary} has the formulas. */
public record Activation(Unary function) implements Layer {
  /** {@code max(x, 0)}. */
  public static Activation relu() {
    return new Activation(new Rectifier.Relu());
  }

  /** {@code x} where positive, else {@code slope · x}; PyTorch's slope is 0.01. */
  public static Activation leakyRelu(double slope) {
    return new Activation(new Rectifier.LeakyRelu(slope));
  }

  /** {@code x} where positive, else {@code alpha · (eˣ − 1)}; the paper's alpha is 1. */
  public static Activation elu(double alpha) {
    return new Activation(new Rectifier.Elu(alpha));
  }

  /** {@code 1 / (1 + e⁻ˣ)}. */
  public static Activation sigmoid() {
    return new Activation(new Sigmoidal.Sigmoid());
  }

  /** {@code tanh x}. */
  public static Activation tanh() {
    return new Activation(new Sigmoidal.Tanh());
  }

  /** {@code ln(1 + eˣ)}. */
  public static Activation softplus() {
    return new Activation(new Sigmoidal.Softplus());
  }

  /** {@code min(max(x, min), max)}. */
  public static Activation clip(double min, double max) {
    return new Activation(new Rectifier.Clip(min, max));
  }

  /** {@code min(max(x, 0), 6)}. */
  public static Activation relu6() {
    return clip(0, 6);
  }

  /** {@code x / (1 + e⁻ˣ)}. */
  public static Activation silu() {
    return new Activation(new Sigmoidal.Silu());
  }

  /** {@code x · Φ(x)}, Φ being the normal distribution: GELU in its exact form. */
  public static Activation gelu() {
    return new Activation(new Sigmoidal.Gelu());
  }

  /** GELU by its approximation with a tanh; see {@link Sigmoidal.GeluTanh}. */
  public static Activation geluTanh() {
    return new Activation(new Sigmoidal.GeluTanh());
  }

  @Override
  public Value apply(NetworkBuilder network, Value x) {
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
