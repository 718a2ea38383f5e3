package dev.vitrine.summary;

/** Works out what {@link Formula}s are written in: + − · /, brackets, floors and ceilings. */
final class PaperReader {
  private final String text;
  private int at;

  PaperReader(String text) {
    this.text = text.replace(" ", "").replace(",", "");
  }

  double value() {
    double value = sum();
    if (at != text.length()) {
      throw new IllegalArgumentException("Unread: " + text.substring(at));
    }
    return value;
  }

  private double sum() {
    double value = product();
    while (at < text.length() && "+−".indexOf(text.charAt(at)) >= 0) {
      value = text.charAt(at++) == '+' ? value + product() : value - product();
    }
    return value;
  }

  private double product() {
    double value = factor();
    while (at < text.length() && "·/".indexOf(text.charAt(at)) >= 0) {
      value = text.charAt(at++) == '·' ? value * factor() : value / factor();
    }
    return value;
  }

  private double factor() {
    char c = text.charAt(at);
    if ("(⌊⌈".indexOf(c) >= 0) {
      at++;
      double inner = sum();
      at++;
      return c == '⌊' ? Math.floor(inner) : c == '⌈' ? Math.ceil(inner) : inner;
    }
    int start = at;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    return Double.parseDouble(text.substring(start, at));
  }
}
