package dev.vitrine.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them: 431,080 · 99.08 % · 0.0311 · 3 min 07 s. */
public final class Numbers {
  /** Stands between a number and its unit: narrow, and no line breaks there. */
  private static final char THIN = '\u202f';

  private Numbers() {}

  /**
   * {@return a whole number with a comma at every three digits}
   *
   * @param value of any sign
   */
  public static String count(long value) {
    return signed(grouped(Long.toString(value)));
  }

  /**
   * {@return a share in per cent} Rounding never makes it perfect: only 1 itself is {@code 100 %},
   * and only 0 itself is {@code 0 %}.
   *
   * @param share in [0, 1]; a ratio beyond is rounded as it is
   * @param decimals how many, unless the share is 0 or 1
   */
  public static String percent(double share, int decimals) {
    return percentDigits(share, decimals) + THIN + "%";
  }

  /**
   * {@return what {@link #percent} gives without the sign, for columns that are headed by it}
   *
   * @param share in [0, 1]; a ratio beyond is rounded as it is
   * @param decimals how many, unless the share is 0 or 1
   */
  public static String percentDigits(double share, int decimals) {
    if (share == 0 || share == 1) {
      return share == 0 ? "0" : "100";
    }
    var smallest = BigDecimal.ONE.movePointLeft(decimals);
    var rounded = new BigDecimal(100 * share).setScale(decimals, RoundingMode.HALF_EVEN);
    if (share < 0 || share > 1) {
      return signed(rounded.toPlainString());
    }
    return rounded.max(smallest).min(new BigDecimal(100).subtract(smallest)).toPlainString();
  }

  /**
   * {@return a measured number to so many significant digits: {@code 0.0311}, {@code 12,300}; with
   * an exponent below a hundred-thousandth}
   *
   * @param value any number
   * @param digits at least 1
   */
  public static String significant(double value, int digits) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "not a number" : value > 0 ? "∞" : "−∞";
    }
    var rounded = new BigDecimal(value).round(new MathContext(digits));
    double magnitude = Math.abs(rounded.doubleValue());
    if (magnitude != 0 && magnitude < 1e-5) {
      String text = String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
      return signed(text.replace("e-0", "e-"));
    }
    int decimals = magnitude == 0 ? 0 : Math.max(0, digits - rounded.precision() + rounded.scale());
    return signed(grouped(rounded.setScale(decimals, RoundingMode.HALF_UP).toPlainString()));
  }

  /**
   * {@return a number to so many decimals, with commas and a true minus}
   *
   * @param value a finite number
   * @param decimals how many
   */
  static String decimals(double value, int decimals) {
    var rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_UP);
    return signed(grouped(rounded.toPlainString()));
  }

  /** Digits with commas: {@link String#format} takes ten times as long, of tables a second. */
  private static String grouped(String digits) {
    int point = digits.indexOf('.');
    int first = digits.startsWith("-") ? 1 : 0;
    StringBuilder text = new StringBuilder(digits);
    for (int at = (point < 0 ? digits.length() : point) - 3; at > first; at -= 3) {
      text.insert(at, ',');
    }
    return text.toString();
  }

  private static String signed(String text) {
    return text.replace('-', '−');
  }

  /**
   * {@return a time to about three digits: {@code 4.2 s}, {@code 3 min 07 s}, {@code 2 h 05 min}}
   *
   * @param time not negative
   */
  public static String duration(Duration time) {
    if (time.compareTo(Duration.ofSeconds(60)) < 0) {
      double seconds = time.toMillis() / 1000.0;
      return String.format(Locale.ROOT, "%.1f%cs", Math.min(seconds, 59.9), THIN);
    }
    if (time.toHours() == 0) {
      return String.format(
          Locale.ROOT, "%d%cmin %02d%cs", time.toMinutes(), THIN, time.toSecondsPart(), THIN);
    }
    return String.format(
        Locale.ROOT, "%s%ch %02d%cmin", count(time.toHours()), THIN, time.toMinutesPart(), THIN);
  }
}
