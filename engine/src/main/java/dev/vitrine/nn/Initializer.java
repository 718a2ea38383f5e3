package dev.vitrine.nn;

import dev.vitrine.error.UserException;
import dev.vitrine.random.RandomStream;
import java.util.function.ToDoubleFunction;

/**
 * The numbers a parameter starts from: a pure function of its description and the random numbers of
 * its name. Bounds and deviations are stated beside each.
 */
@FunctionalInterface
public interface Initializer {
  /** The number of element {@code i}. */
  float value(ParameterSpec spec, RandomStream random, int i);

  /** The same number everywhere. */
  static Initializer constant(double number) {
    return (spec, random, i) -> (float) number;
  }

  /** Uniform in ±bound. */
  static Initializer uniform(double bound) {
    return uniform(spec -> bound);
  }

  /** Normal with mean 0 and the given standard deviation. */
  static Initializer normal(double deviation) {
    return normal(spec -> deviation);
  }

  /** Variance 1 / fanIn (LeCun et al., 1998; Caffe's "xavier"): uniform in ±√(3 / fanIn). */
  static Initializer leCunUniform() {
    return uniform(spec -> StrictMath.sqrt(3.0 / spec.fanIn()));
  }

  /** Variance 1 / fanIn (LeCun et al., 1998). */
  static Initializer leCunNormal() {
    return normal(spec -> StrictMath.sqrt(1.0 / spec.fanIn()));
  }

  /**
   * Variance 2 / (fanIn + fanOut) (Glorot and Bengio, 2010): uniform in ±√(6 / (fanIn + fanOut)).
   */
  static Initializer xavierUniform() {
    return uniform(spec -> StrictMath.sqrt(6.0 / (spec.fanIn() + spec.fanOut())));
  }

  /** Variance 2 / (fanIn + fanOut) (Glorot and Bengio, 2010). */
  static Initializer xavierNormal() {
    return normal(spec -> StrictMath.sqrt(2.0 / (spec.fanIn() + spec.fanOut())));
  }

  /** Variance 2 / fanIn, for ReLUs (He et al., 2015): uniform in ±√(6 / fanIn). */
  static Initializer kaimingUniform() {
    return uniform(spec -> StrictMath.sqrt(6.0 / spec.fanIn()));
  }

  /** Variance 2 / fanIn, for ReLUs (He et al., 2015). */
  static Initializer kaimingNormal() {
    return normal(spec -> StrictMath.sqrt(2.0 / spec.fanIn()));
  }

  private static Initializer uniform(ToDoubleFunction<ParameterSpec> bound) {
    return (spec, random, i) -> {
      double b = positive(bound.applyAsDouble(spec));
      return (float) random.uniform(i, -b, b);
    };
  }

  private static Initializer normal(ToDoubleFunction<ParameterSpec> deviation) {
    return (spec, random, i) ->
        (float) (positive(deviation.applyAsDouble(spec)) * random.normal(i));
  }

  private static double positive(double spread) {
    if (!(spread >= 0 && spread < Double.POSITIVE_INFINITY)) {
      throw new UserException("An initialiser expects a spread of 0 or more, but got " + spread);
    }
    return spread;
  }
}
