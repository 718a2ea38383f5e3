package dev.vitrine.look;

import java.util.List;
import java.util.Locale;

/** Numbers and lists in sentences. */
final class Say {
  private static final int DIGITS = 4;
  private static final double SMALL = 1e-3;
  private static final double LARGE = 1e5;

  private Say() {}

  /** A number with four significant digits. */
  static String number(double value) {
    double size = Math.abs(value);
    if (size == 0) {
      return "0";
    }
    if (!Double.isFinite(value) || size < SMALL || size >= LARGE) {
      return String.format(Locale.ROOT, "%.2e", value).replace('-', '−');
    }
    int decimals = Math.max(0, DIGITS - 1 - (int) Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%." + decimals + "f", value).replace('-', '−');
  }

  /** Names with commas, the last after "and"; of very many the first few. */
  static String list(List<String> names, int most) {
    if (names.size() > most) {
      return "%s and %s more"
          .formatted(String.join(", ", names.subList(0, most)), names.size() - most);
    }
    return names.size() < 2
        ? String.join("", names)
        : "%s and %s"
            .formatted(String.join(", ", names.subList(0, names.size() - 1)), names.getLast());
  }

  /** A count with its noun: {@code 1 unit}, {@code 3 units}. */
  static String count(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }
}
