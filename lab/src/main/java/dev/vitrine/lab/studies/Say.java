package dev.vitrine.lab.studies;

import dev.vitrine.error.Decimal;
import dev.vitrine.lab.statistics.Interval;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.report.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Numbers and lists within sentences and tables. */
final class Say {
  private Say() {}

  /** A number to so many significant digits. */
  static String number(double value, int digits) {
    if (Double.isNaN(value)) {
      return "not a number";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "∞" : "−∞";
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
    return Decimal.text(rounded.doubleValue()).replace('-', '−');
  }

  /** A setting as it was written. */
  static String setting(double value) {
    return Decimal.text(value).replace('-', '−');
  }

  /** The elements of a vector. */
  static String vector(double[] values, int digits) {
    return Arrays.stream(values)
        .mapToObj(value -> number(value, digits))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** {@code a, b and c}. */
  static String list(List<String> parts) {
    return parts.size() < 2
        ? String.join("", parts)
        : String.join(", ", parts.subList(0, parts.size() - 1)) + " and " + parts.getLast();
  }

  /** The settings of which something holds. */
  static String settings(List<Double> values) {
    return list(values.stream().map(Say::setting).toList());
  }

  /** The same beginning with a capital. */
  static String capital(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** {@code mean ± deviation}. */
  static String mean(Sample sample) {
    return "%s ± %s"
        .formatted(
            Numbers.significant(sample.mean(), 4), Numbers.significant(sample.deviation(), 2));
  }

  /** {@code low to high}. */
  static String interval(Interval interval, int digits) {
    return "%s to %s".formatted(number(interval.low(), digits), number(interval.high(), digits));
  }
}
