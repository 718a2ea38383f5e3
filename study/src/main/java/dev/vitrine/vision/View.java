package dev.vitrine.vision;

import dev.vitrine.image.Raster;
import dev.vitrine.vision.find.Box;

/**
 * How the picture that was looked at came from the photograph: reduced or enlarged, then turned by
 * quarters, then levelled.
 *
 * @param scale how many of its pixels one of the photograph's is
 * @param quarters of a turn, clockwise, beyond what the file says
 * @param tilt by how much it was then turned counter-clockwise, so that its lines are level, in
 *     radians
 * @param width columns before it was turned
 * @param height rows before it was turned
 */
public record View(double scale, int quarters, double tilt, int width, int height) {
  private static final int WHOLE = 4;

  /** {@return the same view with further quarters of a turn, not levelled} */
  View turned(int more) {
    return new View(scale, (quarters + more) % WHOLE, 0, width, height);
  }

  /** {@return the same view levelled} */
  View levelled(double by) {
    return new View(scale, quarters, by, width, height);
  }

  private int turnedWidth() {
    return quarters % 2 == 0 ? width : height;
  }

  private int turnedHeight() {
    return quarters % 2 == 0 ? height : width;
  }

  /**
   * {@return where a box is in the photograph, in its pixels}
   *
   * @param box in the picture that was looked at
   */
  public Box inPhoto(Box box) {
    Box turned = tilt == 0 ? box : unlevelled(box);
    Box back =
        switch (quarters) {
          case 1 -> new Box(turned.top(), height - turned.right(), turned.height(), turned.width());
          case 2 ->
              new Box(
                  width - turned.right(),
                  height - turned.bottom(),
                  turned.width(),
                  turned.height());
          case 3 ->
              new Box(width - turned.bottom(), turned.left(), turned.height(), turned.width());
          default -> turned;
        };
    int left = (int) Math.floor(back.left() / scale);
    int top = (int) Math.floor(back.top() / scale);
    return new Box(
        left,
        top,
        (int) Math.ceil(back.right() / scale) - left,
        (int) Math.ceil(back.bottom() / scale) - top);
  }

  /** A box of the same size around the same middle, before the picture was levelled. */
  private Box unlevelled(Box box) {
    double x = box.middleX() - turnedWidth() / 2.0;
    double y = box.middleY() - turnedHeight() / 2.0;
    double middleX = Math.cos(tilt) * x - Math.sin(tilt) * y + turnedWidth() / 2.0;
    double middleY = Math.sin(tilt) * x + Math.cos(tilt) * y + turnedHeight() / 2.0;
    return new Box(
        (int) Math.round(middleX - box.width() / 2.0),
        (int) Math.round(middleY - box.height() / 2.0),
        box.width(),
        box.height());
  }

  /** {@return a picture turned and levelled as this view is} */
  Raster of(Raster picture) {
    Raster turned = picture;
    for (int i = 0; i < quarters; i++) {
      turned = quarter(turned);
    }
    return tilt == 0 ? turned : levelled(turned);
  }

  private static Raster quarter(Raster from) {
    Raster to = Raster.black(from.height(), from.width(), from.channels());
    for (int y = 0; y < from.height(); y++) {
      for (int x = 0; x < from.width(); x++) {
        for (int channel = 0; channel < from.channels(); channel++) {
          to.set(from.height() - 1 - y, x, channel, from.get(x, y, channel));
        }
      }
    }
    return to;
  }

  /** Of the same size, bilinearly; beyond the border lies what is on it. */
  private Raster levelled(Raster from) {
    Raster to = Raster.black(from.width(), from.height(), from.channels());
    double cosine = Math.cos(tilt);
    double sine = Math.sin(tilt);
    for (int y = 0; y < to.height(); y++) {
      double down = y - (to.height() - 1) / 2.0;
      for (int x = 0; x < to.width(); x++) {
        double right = x - (to.width() - 1) / 2.0;
        double atX = cosine * right - sine * down + (to.width() - 1) / 2.0;
        double atY = sine * right + cosine * down + (to.height() - 1) / 2.0;
        for (int channel = 0; channel < from.channels(); channel++) {
          to.set(x, y, channel, between(from, atX, atY, channel));
        }
      }
    }
    return to;
  }

  private static int between(Raster from, double x, double y, int channel) {
    double inX = Math.clamp(x, 0, from.width() - 1.0);
    double inY = Math.clamp(y, 0, from.height() - 1.0);
    int left = (int) inX;
    int top = (int) inY;
    int right = Math.min(left + 1, from.width() - 1);
    int below = Math.min(top + 1, from.height() - 1);
    double shareX = inX - left;
    double shareY = inY - top;
    double upper =
        from.get(left, top, channel) * (1 - shareX) + from.get(right, top, channel) * shareX;
    double lower =
        from.get(left, below, channel) * (1 - shareX) + from.get(right, below, channel) * shareX;
    return (int) Math.round(upper * (1 - shareY) + lower * shareY);
  }
}
