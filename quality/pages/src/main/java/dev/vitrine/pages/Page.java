package dev.vitrine.pages;

import static java.util.stream.Collectors.joining;

import dev.vitrine.image.Raster;
import java.util.List;

/**
 * A photograph of digits, and what stands on it.
 *
 * @param picture in colour
 * @param lines from top to bottom
 */
public record Page(Raster picture, List<Line> lines) {
  /**
   * A line of digits.
   *
   * @param digits from left to right
   */
  public record Line(List<Digit> digits) {
    /** {@return the digits as text} */
    public String text() {
      return digits.stream().map(digit -> Integer.toString(digit.value())).collect(joining());
    }
  }

  /**
   * A digit and the box around its ink, in pixels of the picture.
   *
   * @param value 0 … 9
   * @param left its leftmost column
   * @param top its uppermost row
   * @param right one past its last column
   * @param bottom one past its last row
   */
  public record Digit(int value, int left, int top, int right, int bottom) {}

  /** {@return what a reader should say, lines joined by {@code /}} */
  public String text() {
    return lines.stream().map(Line::text).collect(joining("/"));
  }

  /** {@return how many digits there are} */
  public int count() {
    return lines.stream().mapToInt(line -> line.digits().size()).sum();
  }
}
