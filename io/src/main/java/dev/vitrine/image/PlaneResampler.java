package dev.vitrine.image;

import dev.vitrine.tensor.Shape;
import java.util.Arrays;

/**
 * Resizes images in the order {@code C H W} from one size to another, with the very bits of {@link
 * Resampler}. Any number of threads may use it.
 */
public final class PlaneResampler {
  private static final int HALF = 1 << (Resampler.BITS - 1);

  private final Shape from;
  private final Shape to;
  private final Resampler.Weights across;
  private final Resampler.Weights down;

  private PlaneResampler(Shape from, ImageSize size) {
    this.from = from;
    to = Shape.of(from.size(0), size.height(), size.width());
    across = Resampler.Weights.of(from.size(2), size.width(), 0, size.width());
    down = Resampler.Weights.of(from.size(1), size.height(), 0, size.height());
  }

  /**
   * {@return a resampler from images of a shape}
   *
   * @param from {@code (C, H, W)}
   * @param size of the images after resizing
   */
  public static PlaneResampler of(Shape from, ImageSize size) {
    return new PlaneResampler(from, size);
  }

  /** {@return the shape of what comes out} */
  public Shape shape() {
    return to;
  }

  /**
   * Resizes one image.
   *
   * @param pixels hold it from {@code offset} on
   * @param offset where in {@code pixels} the image begins
   * @return a new array
   */
  public byte[] resize(byte[] pixels, int offset) {
    int rows = from.size(1);
    int width = to.size(2);
    byte[] narrow = new byte[rows * width];
    byte[] resized = new byte[to.elements()];
    int[] sums = new int[width];
    for (int channel = 0; channel < from.size(0); channel++) {
      for (int y = 0; y < rows; y++) {
        int row = offset + (channel * rows + y) * from.size(2);
        row(pixels, row, narrow, y * width);
      }
      for (int y = 0; y < to.size(1); y++) {
        column(narrow, y, sums, resized, (channel * to.size(1) + y) * width);
      }
    }
    return resized;
  }

  private void row(byte[] pixels, int row, byte[] narrow, int to) {
    for (int x = 0; x < across.outputs(); x++) {
      int[] weight = across.weight(x);
      int first = row + across.first(x);
      int sum = HALF;
      for (int i = 0; i < weight.length; i++) {
        sum += weight[i] * (pixels[first + i] & 0xFF);
      }
      narrow[to + x] = rounded(sum);
    }
  }

  private void column(byte[] narrow, int y, int[] sums, byte[] resized, int to) {
    int width = sums.length;
    Arrays.fill(sums, HALF);
    int[] weights = down.weight(y);
    for (int i = 0; i < weights.length; i++) {
      int weight = weights[i];
      int row = (down.first(y) + i) * width;
      for (int x = 0; x < width; x++) {
        sums[x] += weight * (narrow[row + x] & 0xFF);
      }
    }
    for (int x = 0; x < width; x++) {
      resized[to + x] = rounded(sums[x]);
    }
  }

  private static byte rounded(int sum) {
    return (byte) Math.min(255, sum >> Resampler.BITS);
  }
}
