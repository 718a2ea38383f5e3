package dev.vitrine.optim;

import dev.vitrine.error.Range;

/** How the learning rate changes: a factor on it for every step. */
public sealed interface Schedule {
  /**
   * {@return the factor at a step, counted from 0}
   *
   * @param step the step's number
   */
  double factor(long step);

  /** Always 1. */
  record Constant() implements Schedule {
    @Override
    public double factor(long step) {
      return 1;
    }
  }

  /**
   * {@code gamma^⌊step / every⌋}.
   *
   * @param gamma the factor of each stair, above 0; 1 keeps the rate
   * @param every steps between two stairs, at least 1
   */
  record Step(double gamma, long every) implements Schedule {
    /** Checks the ranges. */
    public Step {
      check(Range.POSITIVE, "a gamma above 0", gamma);
      check(Range.POSITIVE, "an every of 1 or more", every);
    }

    @Override
    public double factor(long step) {
      return StrictMath.pow(gamma, Math.floorDiv(step, every));
    }
  }

  /**
   * {@code gamma^step}.
   *
   * @param gamma the factor of each step, above 0; 1 keeps the rate
   */
  record Exponential(double gamma) implements Schedule {
    /** Checks the range. */
    public Exponential {
      check(Range.POSITIVE, "a gamma above 0", gamma);
    }

    @Override
    public double factor(long step) {
      return StrictMath.pow(gamma, step);
    }
  }

  /**
   * {@code (1 + gamma · step)^−power}: Caffe's "inv".
   *
   * @param gamma what each step adds to the base, 0 or more
   * @param power the exponent, 0 or more
   */
  record InverseDecay(double gamma, double power) implements Schedule {
    /** Checks the ranges. */
    public InverseDecay {
      check(Range.FROM_ZERO, "a gamma of 0 or more", gamma);
      check(Range.FROM_ZERO, "a power of 0 or more", power);
    }

    @Override
    public double factor(long step) {
      return StrictMath.pow(1 + gamma * step, -power);
    }
  }

  private static void check(Range range, String expected, double value) {
    range.require("The schedule", expected, value);
  }
}
