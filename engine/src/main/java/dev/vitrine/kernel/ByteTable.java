package dev.vitrine.kernel;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What number each byte stands for. Most tables are made by a formula {@code slope · v + intercept}
 * in double, rounded once; where a {@link Line} gives all 256 numbers to the last bit, kernels may
 * compute what they would look up.
 */
public final class ByteTable {
  /** How many values a byte has. */
  public static final int VALUES = 256;

  /** Newton's steps towards an end of the intercepts: a dozen do. */
  private static final int STEPS = 40;

  /**
   * A line in floats alone, measured from near where it meets 0: there numbers are small, and so is
   * what rounding takes from them. The difference of a byte and {@code zero} is exact, and so is
   * its product with {@code slope} until the last addition rounds.
   *
   * @param zero near the value whose number is 0, with so few bits that bytes less it are exact
   * @param slope the slope
   * @param slopeRest what rounding took from it
   * @param rest the number for {@code zero}
   */
  public record Line(float zero, float slope, float slopeRest, float rest) {
    private static Line of(double slope, double intercept) {
      double meets = -intercept / slope;
      double grain = Math.ulp((float) (Math.abs(meets) + VALUES));
      float zero = (float) (Math.rint(meets / grain) * grain);
      float rounded = (float) slope;
      return new Line(zero, rounded, (float) (slope - rounded), (float) (slope * zero + intercept));
    }

    /**
     * {@return the line's number}
     *
     * @param v 0 … 255
     */
    public float at(int v) {
      float from = v - zero;
      return Math.fma(from, slope, Math.fma(from, slopeRest, rest));
    }
  }

  private final float[] numbers;
  private final Optional<Line> line;
  private double slope;
  private double intercept;

  /**
   * The table of some numbers.
   *
   * @param all several tables, one after the other
   * @param from where the table's {@value #VALUES} numbers start in it
   */
  public ByteTable(float[] all, int from) {
    Objects.requireNonNull(all, "all");
    numbers = Arrays.copyOfRange(all, from, from + VALUES);
    fit();
    line = Optional.of(Line.of(slope, intercept)).filter(this::gives);
  }

  /**
   * {@return the number of a byte}
   *
   * @param value any byte; it counts as 0 … 255
   */
  public float of(byte value) {
    return numbers[value & 0xFF];
  }

  /** {@return the line that gives the number of each byte, 0 … 255, if there is one} */
  public Optional<Line> line() {
    return line;
  }

  /**
   * A line goes through what is rounded to each number. Its intercept lies between two ends, at
   * which one slope is left, and halfway there is most room for the slope; or it is 0, of either
   * sign.
   */
  private void fit() {
    if (numbers[0] == 0) {
      intercept = numbers[0];
    } else {
      double least = end(below(0));
      intercept = least + (end(above(0)) - least) / 2;
    }
    slope = least(intercept).slope / 2 + most(intercept).slope / 2;
  }

  /** A slope that a value asks for. */
  private record Limit(double slope, int value) {}

  /** From outside, an intercept at which the least slope is the most: Newton's method. */
  private double end(double from) {
    double at = from;
    for (int i = 0; i < STEPS; i++) {
      Limit least = least(at);
      Limit most = most(at);
      if (least.slope <= most.slope) {
        return at;
      }
      at =
          (below(least.value) * most.value - above(most.value) * least.value)
              / (most.value - least.value);
    }
    return at;
  }

  private Limit least(double at) {
    int value = 1;
    double slope = Double.NEGATIVE_INFINITY;
    for (int v = 1; v < VALUES; v++) {
      double wanted = (below(v) - at) / v;
      if (wanted > slope) {
        slope = wanted;
        value = v;
      }
    }
    return new Limit(slope, value);
  }

  private Limit most(double at) {
    int value = 1;
    double slope = Double.POSITIVE_INFINITY;
    for (int v = 1; v < VALUES; v++) {
      double wanted = (above(v) - at) / v;
      if (wanted < slope) {
        slope = wanted;
        value = v;
      }
    }
    return new Limit(slope, value);
  }

  /** The least that may be rounded to a value's number. */
  private double below(int value) {
    return ((double) numbers[value] + Math.nextDown(numbers[value])) / 2;
  }

  private double above(int value) {
    return ((double) numbers[value] + Math.nextUp(numbers[value])) / 2;
  }

  private boolean gives(Line candidate) {
    for (int v = 0; v < VALUES; v++) {
      float number = candidate.at(v);
      boolean same = Float.floatToRawIntBits(number) == Float.floatToRawIntBits(numbers[v]);
      if (!same || Float.isNaN(number)) {
        return false;
      }
    }
    return true;
  }
}
