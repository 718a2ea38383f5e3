package dev.vitrine.data.csv;

/** Decimal numbers as tables have them: nothing else that Java would take for one. */
final class Numbers {
  private static final String SIGNS = "+-.eE";

  private Numbers() {}

  /** The number of a text from {@code start} to before {@code end}; NaN if it is none. */
  static float parse(char[] text, int start, int end) {
    boolean digit = false;
    for (int i = start; i < end; i++) {
      boolean here = text[i] >= '0' && text[i] <= '9';
      if (!here && SIGNS.indexOf(text[i]) < 0) {
        return Float.NaN;
      }
      digit |= here;
    }
    if (!digit) {
      return Float.NaN;
    }
    try {
      return Float.parseFloat(new String(text, start, end - start));
    } catch (NumberFormatException _) {
      return Float.NaN;
    }
  }
}
