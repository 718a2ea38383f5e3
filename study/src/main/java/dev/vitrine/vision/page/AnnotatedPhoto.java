package dev.vitrine.vision.page;

import dev.vitrine.image.Lettering;
import dev.vitrine.image.Raster;
import dev.vitrine.vision.ReadDigit;
import dev.vitrine.vision.ReadLine;
import dev.vitrine.vision.Reading;
import dev.vitrine.vision.find.Box;
import dev.vitrine.vision.find.Rejected;
import java.util.Locale;
import java.util.Objects;

/**
 * The photograph as it was looked at, each digit in a box with what it was read as and how surely
 * in per cent: green if sure, orange if not; what was rejected in thin red.
 */
public final class AnnotatedPhoto {
  private static final int[] SURE = {0, 130, 60};
  private static final int[] UNSURE = {225, 100, 0};
  private static final int[] REJECTED = {200, 50, 60};
  private static final int WHITE = 255;

  /** Rejected ink of less than so many parts of a usual digit's height is dust: not shown. */
  private static final int DUST = 5;

  private final Raster picture;
  private final int pen;

  private AnnotatedPhoto(Raster picture) {
    this.picture = picture;
    pen = Math.max(1, Math.max(picture.width(), picture.height()) / 600);
  }

  /**
   * {@return the annotated picture, in colour}
   *
   * @param reading what is drawn
   */
  public static Raster of(Reading reading) {
    Objects.requireNonNull(reading, "reading");
    Raster seen = reading.seen();
    Raster picture = Raster.black(seen.width(), seen.height(), 3);
    picture.paint(seen, 0, 0);
    AnnotatedPhoto drawing = new AnnotatedPhoto(picture);
    int usual = usualHeight(reading);
    for (Rejected rejected : reading.rejected()) {
      if (rejected.piece().box().longer() * DUST >= usual) {
        drawing.frame(rejected.piece().box(), REJECTED, 1);
      }
    }
    for (ReadLine line : reading.lines()) {
      for (ReadDigit digit : line.digits()) {
        drawing.digit(digit, usual);
      }
    }
    return picture;
  }

  private static int usualHeight(Reading reading) {
    int[] heights =
        reading.lines().stream()
            .flatMap(line -> line.digits().stream())
            .mapToInt(digit -> digit.box().height())
            .sorted()
            .toArray();
    return heights.length == 0 ? 0 : heights[heights.length / 2];
  }

  private void digit(ReadDigit digit, int usual) {
    int[] colour = digit.unsure() ? UNSURE : SURE;
    Box box = digit.box();
    frame(box, colour, pen);
    int most = Math.max(1, Math.max(picture.width(), picture.height()) / 260);
    int scale = Math.clamp(usual / 26, 1, most);
    String percent =
        String.format(Locale.ROOT, "%s %.0f", digit.digit(), 100 * digit.probability());
    // Where the whole label does not fit over a narrow digit, the digit alone does.
    String text =
        Lettering.width(percent, scale) <= box.width() + usual / 3
            ? percent
            : Integer.toString(digit.digit());
    int width = Lettering.width(text, scale) + 2 * scale;
    int height = Lettering.height(scale) + 2 * scale;
    if (width > picture.width() || height > picture.height()) {
      return;
    }
    int left = Math.clamp(box.left() - pen, 0, picture.width() - width);
    int above = box.top() - pen - height;
    int top = above >= 0 ? above : Math.clamp(box.top(), 0, picture.height() - height);
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        point(x, y, colour);
      }
    }
    Lettering.paint(picture, text, left + scale, top + scale, scale, WHITE);
  }

  private void frame(Box box, int[] colour, int width) {
    for (int k = 1; k <= width; k++) {
      for (int x = box.left() - k; x < box.right() + k; x++) {
        point(x, box.top() - k, colour);
        point(x, box.bottom() - 1 + k, colour);
      }
      for (int y = box.top() - k; y < box.bottom() + k; y++) {
        point(box.left() - k, y, colour);
        point(box.right() - 1 + k, y, colour);
      }
    }
  }

  private void point(int x, int y, int[] colour) {
    if (x >= 0 && y >= 0 && x < picture.width() && y < picture.height()) {
      for (int channel = 0; channel < colour.length; channel++) {
        picture.set(x, y, channel, colour[channel]);
      }
    }
  }
}
