package dev.vitrine.report;

import dev.vitrine.image.Lettering;
import dev.vitrine.image.Raster;
import dev.vitrine.metrics.ConfusionMatrix;
import java.text.Normalizer;
import java.util.List;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/**
 * A confusion matrix as a picture: rows are actual classes, columns what they were read as. What is
 * right is blue, darker with the share of its row; what is wrong is orange, darker with its count,
 * under a root; the two scales stand below. Blue and orange stay apart for the colour-blind. Equal
 * matrices give equal pixels everywhere, for no font of the machine is used.
 */
public final class ConfusionPicture {
  /** Above this many classes the cells are small squares without counts or heads. */
  private static final int MOST_LETTERED = 32;

  private static final int SCALE = 2;
  private static final int SMALL_CELL = 6;
  private static final int LEAST_CELL = 52;
  private static final int MARGIN = 28;
  private static final int GAP = 12;
  private static final int LINE = 26;
  private static final int STRIP = 140;
  private static final int LONGEST_NAME = 32;
  private static final int BLACK = 0x1c;
  private static final int GREY = 0x62;
  private static final int WHITE = 0xff;
  private static final int[] BLUE = {0x12, 0x4f, 0x8c};
  private static final int[] ORANGE = {0xd9, 0x6a, 0x14};

  private final ConfusionMatrix matrix;
  private final List<String> names;
  private final boolean lettered;
  private final boolean indexed;
  private final long worst;
  private final int cell;
  private final int left;
  private final int top;
  private final Raster picture;

  private ConfusionPicture(ConfusionMatrix matrix, List<String> classNames) {
    this.matrix = matrix;
    names = classNames.stream().map(ConfusionPicture::plain).toList();
    int classes = matrix.classes();
    lettered = classes <= MOST_LETTERED;
    worst = matrix.confusedPairs().stream().mapToLong(pair -> pair.count()).findFirst().orElse(0);
    cell = lettered ? Math.max(LEAST_CELL, widestCount() + GAP) : SMALL_CELL;
    indexed = names.stream().anyMatch(name -> Lettering.width(name, SCALE) > cell - GAP / 2);
    int heads = IntStream.range(0, classes).map(c -> width(rowHead(c))).max().orElseThrow();
    left = MARGIN + Math.max(width("ACTUAL"), lettered ? heads : 0) + GAP;
    top = MARGIN + LINE + (lettered ? LINE : 0);
    int legend = width("RIGHT 0") + width("100%") + width("WRONG 0") + width(Long.toString(worst));
    int width = left + Math.max(classes * cell, legend + 2 * STRIP + 6 * GAP) + MARGIN;
    int height = top + classes * cell + 2 * LINE + MARGIN;
    picture = Raster.black(width, height, 3);
    picture.fill(WHITE);
  }

  /**
   * Draws the matrix.
   *
   * @param matrix the counts
   * @param classNames the name of each class; capitals are drawn, accents dropped
   * @return a picture in red, green and blue; with ten classes of short names about 650 points wide
   * @throws IllegalArgumentException if there are not as many names as classes
   */
  public static Raster draw(ConfusionMatrix matrix, List<String> classNames) {
    if (classNames.size() != matrix.classes()) {
      throw new IllegalArgumentException(
          "A confusion matrix of %s classes expects as many names, but got %s"
              .formatted(matrix.classes(), classNames.size()));
    }
    return new ConfusionPicture(matrix, classNames).draw();
  }

  private Raster draw() {
    int side = matrix.classes() * cell;
    letter("READ AS", left, MARGIN, GREY);
    letter("ACTUAL", MARGIN, top - LINE, GREY);
    for (int actual = 0; actual < matrix.classes(); actual++) {
      if (lettered) {
        heads(actual);
      }
      for (int predicted = 0; predicted < matrix.classes(); predicted++) {
        cell(actual, predicted);
      }
    }
    int y = top + side + LINE;
    int next = strip("RIGHT", "100%", share -> mix(BLUE, share), left, y);
    strip("WRONG", Long.toString(worst), share -> mix(ORANGE, Math.sqrt(share)), next + 2 * GAP, y);
    return picture;
  }

  private void heads(int index) {
    String row = rowHead(index);
    int middle = (cell - Lettering.height(SCALE)) / 2;
    letter(row, left - GAP - width(row), top + index * cell + middle, BLACK);
    String column = indexed ? Integer.toString(index) : names.get(index);
    letter(column, left + index * cell + (cell - width(column)) / 2, top - LINE, BLACK);
  }

  private void cell(int actual, int predicted) {
    long count = matrix.count(actual, predicted);
    boolean right = actual == predicted;
    double strength =
        right ? matrix.scores(actual).recall() : worst == 0 ? 0 : Math.sqrt((double) count / worst);
    int[] colour = mix(right ? BLUE : ORANGE, strength);
    int x = left + predicted * cell;
    int y = top + actual * cell;
    // One point between the cells stays white: the grid.
    int filled = lettered ? cell - 1 : cell;
    fill(x, y, filled, filled, colour);
    if (lettered && count > 0) {
      String text = Long.toString(count);
      int textX = x + (cell - width(text)) / 2;
      letter(text, textX, y + (cell - Lettering.height(SCALE)) / 2, inkOn(colour));
    }
  }

  /** A scale from nothing to its end, with its name before and its ends beside it. */
  private int strip(String name, String end, DoubleFunction<int[]> colour, int x, int y) {
    String start = name + " 0";
    letter(start, x, y, GREY);
    int from = x + width(start) + GAP;
    for (int i = 0; i < STRIP; i++) {
      fill(from + i, y, 1, Lettering.height(SCALE), colour.apply((i + 0.5) / STRIP));
    }
    letter(end, from + STRIP + GAP, y, GREY);
    return from + STRIP + GAP + width(end);
  }

  /** White at nothing, the colour at 1; a faint tint marks the cells. */
  private static int[] mix(int[] colour, double strength) {
    int[] mixed = new int[colour.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = (int) Math.round(WHITE + (0.04 + 0.96 * strength) * (colour[i] - WHITE));
    }
    return mixed;
  }

  /** Black or white, whichever contrasts more by WCAG 2's relative luminance. */
  private static int inkOn(int[] colour) {
    double luminance =
        0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2]);
    double white = 1.05 / (luminance + 0.05);
    double black = (luminance + 0.05) / (linear(BLACK) + 0.05);
    return white > black ? WHITE : BLACK;
  }

  private static double linear(int sample) {
    double value = sample / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  private void fill(int x, int y, int width, int height, int[] colour) {
    for (int row = y; row < y + height; row++) {
      for (int column = x; column < x + width; column++) {
        for (int channel = 0; channel < colour.length; channel++) {
          picture.set(column, row, channel, colour[channel]);
        }
      }
    }
  }

  private void letter(String text, int x, int y, int value) {
    Lettering.paint(picture, text, x, y, SCALE, value);
  }

  private String rowHead(int index) {
    return indexed ? index + " " + names.get(index) : names.get(index);
  }

  private int widestCount() {
    return IntStream.range(0, matrix.classes())
        .flatMap(a -> IntStream.range(0, matrix.classes()).map(p -> countWidth(a, p)))
        .max()
        .orElseThrow();
  }

  private int countWidth(int actual, int predicted) {
    return width(Long.toString(matrix.count(actual, predicted)));
  }

  private static int width(String text) {
    return Lettering.width(text, SCALE);
  }

  /**
   * The letters without their accents, which the lettering lacks; of a long name, its beginning.
   */
  private static String plain(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    return plain.length() <= LONGEST_NAME ? plain : plain.substring(0, LONGEST_NAME - 2) + "..";
  }
}
