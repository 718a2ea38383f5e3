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
  public record Digit(int value, int left, int top, int right, int bottom) {
    private Digit turned(int height) {
      return new Digit(value, height - bottom, left, height - top, right);
    }
  }

  /** {@return what a reader should say, lines joined by {@code /}} */
  public String text() {
    return lines.stream().map(Line::text).collect(joining("/"));
  }

  /** {@return how many digits there are} */
  public int count() {
    return lines.stream().mapToInt(line -> line.digits().size()).sum();
  }

  /**
   * {@return the same page turned clockwise}
   *
   * @param quarters of a turn, 0 … 3
   */
  public Page turned(int quarters) {
    if (quarters == 0) {
      return this;
    }
    int width = picture.width();
    int height = picture.height();
    Raster side = Raster.black(height, width, picture.channels());
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int channel = 0; channel < picture.channels(); channel++) {
          side.set(height - 1 - y, x, channel, picture.get(x, y, channel));
        }
      }
    }
    List<Line> moved =
        lines.stream()
            .map(line -> new Line(line.digits().stream().map(each -> each.turned(height)).toList()))
            .toList();
    return new Page(side, moved).turned(quarters - 1);
  }
}
