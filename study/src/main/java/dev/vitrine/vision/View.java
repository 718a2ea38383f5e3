package dev.vitrine.vision;

import dev.vitrine.image.Raster;
import dev.vitrine.vision.find.Box;

/**
 * How the picture that was looked at came from the photograph: reduced or enlarged, then turned.
 *
 * @param scale how many of its pixels one of the photograph's is
 * @param quarters of a turn, clockwise, beyond what the file says
 * @param width columns before it was turned
 * @param height rows before it was turned
 */
public record View(double scale, int quarters, int width, int height) {
  private static final int WHOLE = 4;

  /** {@return the same view with further quarters of a turn} */
  View turned(int more) {
    return new View(scale, (quarters + more) % WHOLE, width, height);
  }

  /**
   * {@return where a box is in the photograph, in its pixels}
   *
   * @param box in the picture that was looked at
   */
  public Box inPhoto(Box box) {
    Box back =
        switch (quarters) {
          case 1 -> new Box(box.top(), height - box.right(), box.height(), box.width());
          case 2 -> new Box(width - box.right(), height - box.bottom(), box.width(), box.height());
          case 3 -> new Box(width - box.bottom(), box.left(), box.height(), box.width());
          default -> box;
        };
    int left = (int) Math.floor(back.left() / scale);
    int top = (int) Math.floor(back.top() / scale);
    return new Box(
        left,
        top,
        (int) Math.ceil(back.right() / scale) - left,
        (int) Math.ceil(back.bottom() / scale) - top);
  }

  /** {@return a picture turned as this view is} */
  Raster turned(Raster picture) {
    Raster from = picture;
    for (int i = 0; i < quarters; i++) {
      Raster to = Raster.black(from.height(), from.width(), from.channels());
      for (int y = 0; y < from.height(); y++) {
        for (int x = 0; x < from.width(); x++) {
          for (int channel = 0; channel < from.channels(); channel++) {
            to.set(from.height() - 1 - y, x, channel, from.get(x, y, channel));
          }
        }
      }
      from = to;
    }
    return from;
  }
}
