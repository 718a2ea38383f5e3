package dev.vitrine.report;

import dev.vitrine.tensor.Shape;
import java.awt.image.BufferedImage;

/** An example as a person sees it: grey or red, green and blue, eight bits each. */
public final class Picture {
  private final Shape shape;
  private final byte[] pixels;

  private Picture(Shape shape, byte[] pixels) {
    this.shape = shape;
    this.pixels = pixels;
  }

  /**
   * A picture.
   *
   * @param shape {@code (1, H, W)} if it is grey, {@code (3, H, W)} if it is red, green and blue
   * @param pixels unsigned, plane by plane and row by row, 0 is black; copied
   * @throws IllegalArgumentException if the shape is another or the array does not fit it
   */
  public static Picture of(Shape shape, byte[] pixels) {
    if (shape.rank() != 3 || (shape.size(0) != 1 && shape.size(0) != 3)) {
      throw new IllegalArgumentException(
          "A picture expects shape (1, H, W) or (3, H, W), but got " + shape);
    }
    if (pixels.length != shape.elements()) {
      throw new IllegalArgumentException(
          "A picture of shape %s expects %d bytes, but got %d"
              .formatted(shape, shape.elements(), pixels.length));
    }
    return new Picture(shape, pixels.clone());
  }

  /** {@code (1, H, W)} or {@code (3, H, W)}. */
  public Shape shape() {
    return shape;
  }

  /** In pixels. */
  public int width() {
    return shape.size(2);
  }

  /** In pixels. */
  public int height() {
    return shape.size(1);
  }

  /** A copy as an image of eight-bit grey or of red, green and blue. */
  public BufferedImage toImage() {
    boolean grey = shape.size(0) == 1;
    int type = grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    var image = new BufferedImage(width(), height(), type);
    int plane = width() * height();
    for (int row = 0; row < height(); row++) {
      for (int column = 0; column < width(); column++) {
        int at = row * width() + column;
        if (grey) {
          // The raster takes the value as it is; setRGB would convert it between colour spaces.
          image.getRaster().setSample(column, row, 0, pixels[at] & 0xFF);
        } else {
          int rgb = (pixels[at] & 0xFF) << 16;
          rgb |= (pixels[plane + at] & 0xFF) << 8;
          image.setRGB(column, row, rgb | pixels[2 * plane + at] & 0xFF);
        }
      }
    }
    return image;
  }
}
