package dev.vitrine.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a chart: a range that begins and ends at round numbers, and the round numbers in it.
 *
 * @param label what it measures, with its unit
 * @param scale whether equal distances are equal differences or equal ratios
 * @param low the value at its start
 * @param high the value at its end, larger
 * @param ticks the round numbers to mark, ascending
 */
public record Axis(String label, Scale scale, double low, double high, List<Tick> ticks) {
  /** Into so many parts at least an axis is read off. */
  private static final double FINENESS = 30;

  /** How values become distances. */
  public enum Scale {
    /** Equal distances are equal differences. */
    LINEAR,
    /** Equal distances are equal ratios; values are positive. */
    LOG
  }

  /**
   * A marked value.
   *
   * @param value where it is
   * @param text how it reads
   */
  public record Tick(double value, String text) {}

  /** Copies the ticks. */
  public Axis {
    ticks = List.copyOf(ticks);
    if (!(low < high) || (scale == Scale.LOG && !(low > 0))) {
      throw new IllegalArgumentException(
          "Axis %s expects low < high (both positive if logarithmic), but got %s to %s"
              .formatted(label, low, high));
    }
  }

  /**
   * {@return a linear axis of about so many ticks, 1, 2 or 5 times a power of ten apart, its ends
   * moved outwards to ticks}
   *
   * @param label what the axis shows, with its unit
   * @param low the least value to show
   * @param high the largest; if it equals the least, the range is widened around it
   * @param count how many ticks to aim at, at least 2
   */
  public static Axis linear(String label, double low, double high, int count) {
    requireFinite(label, low, high);
    if (low == high) {
      double reach = low == 0 ? 1 : Math.abs(low) / 2;
      return linear(label, low - reach, high + reach, count);
    }
    return covering(label, low, high, Step.about((high - low) / (count - 1)));
  }

  /**
   * {@return an axis like {@link #linear}'s of something that is counted: its ticks are whole}
   *
   * @param label what the axis shows
   * @param low the least value to show
   * @param high the largest
   * @param count how many ticks to aim at, at least 2
   */
  public static Axis whole(String label, double low, double high, int count) {
    requireFinite(label, low, high);
    if (low == high) {
      return whole(label, low - 1, high + 1, count);
    }
    return covering(label, low, high, Step.about(Math.max(1, (high - low) / (count - 1))));
  }

  private static Axis covering(String label, double low, double high, Step step) {
    // The slack keeps 0.3 / 0.1 from counting as more than 3.
    long first = (long) Math.floor(low / step.size() + 1e-9);
    long last = (long) Math.ceil(high / step.size() - 1e-9);
    return new Axis(
        label, Scale.LINEAR, step.times(first), step.times(last), step.ticks(first, last));
  }

  /**
   * {@return an axis like {@link #linear}'s, but it ends exactly where asked; only the ticks are
   * round}
   *
   * @param label what the axis shows, with its unit
   * @param low the value at its start
   * @param high the value at its end
   * @param count how many ticks to aim at, at least 2
   */
  public static Axis exact(String label, double low, double high, int count) {
    requireFinite(label, low, high);
    Step step = Step.about((high - low) / (count - 1));
    long first = (long) Math.ceil(low / step.size() - 1e-9);
    long last = (long) Math.floor(high / step.size() + 1e-9);
    return new Axis(label, Scale.LINEAR, low, high, step.ticks(first, last));
  }

  /**
   * {@return a logarithmic axis with ticks at 1, 2 and 5 times the powers of ten (at the powers
   * alone if it spans more than three), its ends moved outwards to ticks}
   *
   * @param label what the axis shows, with its unit
   * @param low the least value to show
   * @param high the largest
   * @throws IllegalArgumentException unless both values are positive
   */
  public static Axis log(String label, double low, double high) {
    requireFinite(label, low, high);
    if (low <= 0 || high <= 0) {
      throw new IllegalArgumentException(
          "A logarithmic axis expects positive values, but %s has %s to %s"
              .formatted(label, low, high));
    }
    int[] mantissas = high / low > 1e3 ? new int[] {1} : new int[] {1, 2, 5};
    var ticks = new ArrayList<Tick>();
    int lastExponent = (int) Math.ceil(Math.log10(high)) + 1;
    for (int e = (int) Math.floor(Math.log10(low)) - 1; e <= lastExponent; e++) {
      for (int mantissa : mantissas) {
        Step step = new Step(mantissa, e);
        if (step.size() <= low * (1 + 1e-9)) {
          ticks.clear();
        }
        ticks.add(new Tick(step.size(), step.text(1)));
        if (step.size() >= high * (1 - 1e-9) && ticks.size() > 1) {
          return new Axis(
              label, Scale.LOG, ticks.getFirst().value(), ticks.getLast().value(), ticks);
        }
      }
    }
    throw new AssertionError("no power of ten above " + high);
  }

  /**
   * {@return where a value lies: 0 at the start of the axis, 1 at its end}
   *
   * @param value in the axis's unit
   */
  public double position(double value) {
    return switch (scale) {
      case LINEAR -> (value - low) / (high - low);
      case LOG -> Math.log(value / low) / Math.log(high / low);
    };
  }

  /**
   * {@return a value as it is read off: whole if it is, such as an epoch or a step, else to a
   * thirtieth of the axis or finer, or to three digits of a logarithmic one}
   *
   * @param value in the axis's unit, finite
   */
  public String reading(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Numbers.decimals(value, 0);
    }
    if (scale == Scale.LOG) {
      return Numbers.significant(value, 3);
    }
    int decimals = (int) Math.ceil(-Math.log10((high - low) / FINENESS));
    return Numbers.decimals(value, Math.max(1, decimals));
  }

  /**
   * {@return whether a value can be shown: finite and, on a logarithmic axis, positive}
   *
   * @param value in the axis's unit
   */
  public boolean shows(double value) {
    return Double.isFinite(value) && (scale == Scale.LINEAR || value > 0);
  }

  private static void requireFinite(String label, double low, double high) {
    if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
      throw new IllegalArgumentException(
          "Axis %s expects finite ends in order, but got %s to %s".formatted(label, low, high));
    }
  }

  /** A distance {@code mantissa · 10^exponent}, kept apart so that multiples of it are exact. */
  private record Step(int mantissa, int exponent) {
    static Step about(double size) {
      int exponent = (int) Math.floor(Math.log10(size));
      double ratio = size / Math.pow(10, exponent);
      if (ratio > Math.sqrt(50)) {
        return new Step(1, exponent + 1);
      }
      int mantissa = ratio > Math.sqrt(10) ? 5 : ratio > Math.sqrt(2) ? 2 : 1;
      return new Step(mantissa, exponent);
    }

    double size() {
      return times(1);
    }

    double times(long factor) {
      double units = (double) mantissa * factor;
      // Dividing by an exact power of ten gives the double next to the decimal number.
      return exponent < 0 ? units / Math.pow(10, -exponent) : units * Math.pow(10, exponent);
    }

    String text(long factor) {
      if (factor != 0 && Math.abs(times(factor)) < 1e-5) {
        return "%se−%s".formatted(mantissa * factor, -exponent);
      }
      String text = String.format(Locale.ROOT, "%,." + Math.max(0, -exponent) + "f", times(factor));
      return text.replace('-', '−');
    }

    List<Tick> ticks(long first, long last) {
      var ticks = new ArrayList<Tick>();
      for (long i = first; i <= last; i++) {
        ticks.add(new Tick(times(i), text(i)));
      }
      return ticks;
    }
  }
}
