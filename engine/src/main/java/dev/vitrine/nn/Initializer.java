package dev.vitrine.nn;

import dev.vitrine.error.Quote;
import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;
import dev.vitrine.random.RandomStream;
import java.util.Objects;

/**
 * The numbers a parameter starts from: a pure function of its description and the random numbers of
 * its name. Bounds and deviations are stated beside each.
 */
@FunctionalInterface
public interface Initializer {
  /**
   * {@return the number of element {@code i}}
   *
   * @param spec what the parameter is to its layer
   * @param random where its draws come from
   * @param i its index, row-major
   */
  float value(ParameterSpec spec, RandomStream random, int i);

  /**
   * The same number everywhere.
   *
   * @param number what every element starts as
   */
  record Constant(double number) implements Initializer {
    /** Checks the number. */
    public Constant {
      Range.FINITE.require("An initialiser", "a finite number", number);
    }

    @Override
    public float value(ParameterSpec spec, RandomStream random, int i) {
      requireNonNull(spec, random);
      return (float) number;
    }
  }

  /**
   * {@return given numbers, one for each element, row-major}
   *
   * @param numbers row-major
   * @throws UserException where a parameter has another number of elements
   */
  static Initializer values(float... numbers) {
    Objects.requireNonNull(numbers, "numbers");
    float[] own = numbers.clone();
    return (spec, random, i) -> {
      requireNonNull(spec, random);
      if (spec.shape().elements() != own.length) {
        throw new UserException(
            "%s of %s expects %s numbers to start with, but got %s"
                .formatted(
                    Quote.of(spec.name()), spec.shape(), spec.shape().elements(), own.length));
      }
      return own[i];
    };
  }

  /**
   * Uniform in ±bound.
   *
   * @param bound the largest magnitude
   */
  record Uniform(double bound) implements Initializer {
    /** Checks the bound. */
    public Uniform {
      requireSpread(bound);
    }

    @Override
    public float value(ParameterSpec spec, RandomStream random, int i) {
      requireNonNull(spec, random);
      return (float) random.uniform(i, -bound, bound);
    }
  }

  /**
   * Normal with mean 0 and a standard deviation.
   *
   * @param deviation the standard deviation
   */
  record Normal(double deviation) implements Initializer {
    /** Checks the deviation. */
    public Normal {
      requireSpread(deviation);
    }

    @Override
    public float value(ParameterSpec spec, RandomStream random, int i) {
      requireNonNull(spec, random);
      return (float) (deviation * random.normal(i));
    }
  }

  /**
   * Uniform with the variance of a rule.
   *
   * @param rule how the variance follows from the fans
   */
  record ScaledUniform(Rule rule) implements Initializer {
    /** Refuses {@code null}. */
    public ScaledUniform {
      Objects.requireNonNull(rule, "rule");
    }

    @Override
    public float value(ParameterSpec spec, RandomStream random, int i) {
      requireNonNull(spec, random);
      double bound = StrictMath.sqrt(3 * rule.over / rule.fan(spec));
      return (float) random.uniform(i, -bound, bound);
    }
  }

  /**
   * Normal with the variance of a rule.
   *
   * @param rule how the variance follows from the fans
   */
  record ScaledNormal(Rule rule) implements Initializer {
    /** Refuses {@code null}. */
    public ScaledNormal {
      Objects.requireNonNull(rule, "rule");
    }

    @Override
    public float value(ParameterSpec spec, RandomStream random, int i) {
      requireNonNull(spec, random);
      return (float) (StrictMath.sqrt(rule.over / rule.fan(spec)) * random.normal(i));
    }
  }

  /** Which variance keeps numbers of one size from layer to layer. */
  enum Rule {
    /** 1 / fanIn (LeCun et al., 1998; Caffe's "xavier"). */
    LECUN(1),
    /** 2 / (fanIn + fanOut) (Glorot and Bengio, 2010). */
    XAVIER(2),
    /** 2 / fanIn, for ReLUs (He et al., 2015). */
    KAIMING(2);

    private final double over;

    Rule(double over) {
      this.over = over;
    }

    private int fan(ParameterSpec spec) {
      return this == XAVIER ? spec.fanIn() + spec.fanOut() : spec.fanIn();
    }
  }

  /**
   * {@return the same number everywhere}
   *
   * @param number what every element starts as
   */
  static Initializer constant(double number) {
    return new Constant(number);
  }

  /**
   * {@return draws uniform in ±bound}
   *
   * @param bound the largest magnitude
   */
  static Initializer uniform(double bound) {
    return new Uniform(bound);
  }

  /**
   * {@return normal draws with mean 0 and the given standard deviation}
   *
   * @param deviation the standard deviation
   */
  static Initializer normal(double deviation) {
    return new Normal(deviation);
  }

  /** {@return draws of variance 1 / fanIn: uniform in ±√(3 / fanIn)} */
  static Initializer leCunUniform() {
    return new ScaledUniform(Rule.LECUN);
  }

  /** {@return normal draws of variance 1 / fanIn} */
  static Initializer leCunNormal() {
    return new ScaledNormal(Rule.LECUN);
  }

  /** {@return draws of variance 2 / (fanIn + fanOut): uniform in ±√(6 / (fanIn + fanOut))} */
  static Initializer xavierUniform() {
    return new ScaledUniform(Rule.XAVIER);
  }

  /** {@return normal draws of variance 2 / (fanIn + fanOut)} */
  static Initializer xavierNormal() {
    return new ScaledNormal(Rule.XAVIER);
  }

  /** {@return draws of variance 2 / fanIn: uniform in ±√(6 / fanIn)} */
  static Initializer kaimingUniform() {
    return new ScaledUniform(Rule.KAIMING);
  }

  /** {@return normal draws of variance 2 / fanIn} */
  static Initializer kaimingNormal() {
    return new ScaledNormal(Rule.KAIMING);
  }

  private static void requireNonNull(ParameterSpec spec, RandomStream random) {
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(random, "random");
  }

  private static void requireSpread(double spread) {
    Range.FROM_ZERO.require("An initialiser", "a spread of 0 or more", spread);
  }
}
