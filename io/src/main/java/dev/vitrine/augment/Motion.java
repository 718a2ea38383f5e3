package dev.vitrine.augment;

import dev.vitrine.random.RandomStream;
import dev.vitrine.tensor.Shape;
import java.util.Optional;

/**
 * Where an image's pixels come from: {@code (a x + b y + c, d x + e y + f)} of the image before,
 * with a displacement of each pixel added.
 */
final class Motion {
  private final Shape shape;
  private final float a;
  private final float b;
  private final float c;
  private final float d;
  private final float e;
  private final float f;

  /**
   * A pixel at (u, v) from the middle comes from there turned back, scaled back and flipped back.
   */
  private Motion(
      Shape shape, double turn, double scale, double right, double down, boolean[] flipped) {
    this.shape = shape;
    double middleX = (shape.size(2) - 1) / 2.0;
    double middleY = (shape.size(1) - 1) / 2.0;
    double cos = StrictMath.cos(turn) / scale;
    double sin = StrictMath.sin(turn) / scale;
    double signX = flipped[0] ? -1 : 1;
    double signY = flipped[1] ? -1 : 1;
    a = (float) (signX * cos);
    b = (float) (signX * sin);
    d = (float) (-signY * sin);
    e = (float) (signY * cos);
    double u = middleX + right;
    double v = middleY + down;
    c = (float) (middleX - signX * (cos * u + sin * v));
    f = (float) (middleY - signY * (cos * v - sin * u));
  }

  /** Draws 0 to 7 decide it. */
  static Motion drawn(Augmentation how, Shape shape, RandomStream random) {
    double turn = StrictMath.toRadians(random.uniform(0, -how.rotate(), how.rotate()));
    double scale = random.uniform(1, 1 - how.scale(), 1 + how.scale());
    int width = 2 * how.crop() + 1;
    double right =
        random.uniform(2, -how.shift(), how.shift()) + random.below(3, width) - how.crop();
    double down =
        random.uniform(4, -how.shift(), how.shift()) + random.below(5, width) - how.crop();
    boolean[] flipped = {
      how.flip() && random.bits(6) < 0, how.verticalFlip() && random.bits(7) < 0
    };
    return new Motion(shape, turn, scale, right, down, flipped);
  }

  /** Bilinear, all channels alike; beyond the edge is what is nearest on it. */
  void move(byte[] from, int start, byte[] to, Optional<Bending.Field> field) {
    float[] bentX = field.map(Bending.Field::x).orElse(null);
    float[] bentY = field.map(Bending.Field::y).orElse(null);
    int height = shape.size(1);
    int width = shape.size(2);
    int plane = height * width;
    for (int y = 0; y < height; y++) {
      float rowX = b * y + c;
      float rowY = e * y + f;
      for (int x = 0; x < width; x++) {
        int at = y * width + x;
        float sx = a * x + rowX;
        float sy = d * x + rowY;
        if (bentX != null && bentY != null) {
          sx += bentX[at];
          sy += bentY[at];
        }
        sx = Math.max(0, Math.min(width - 1, sx));
        sy = Math.max(0, Math.min(height - 1, sy));
        int left = (int) sx;
        int top = (int) sy;
        int across = left + 1 < width ? 1 : 0;
        int below = top + 1 < height ? width : 0;
        float shareX = sx - left;
        float shareY = sy - top;
        int corner = start + top * width + left;
        for (int p = 0; p < to.length; p += plane) {
          int q = corner + p;
          float upper = mix(from[q], from[q + across], shareX);
          float lower = mix(from[q + below], from[q + below + across], shareX);
          to[at + p] = (byte) (int) (upper + shareY * (lower - upper) + 0.5f);
        }
      }
    }
  }

  private static float mix(byte one, byte other, float share) {
    int first = one & 0xFF;
    return first + share * ((other & 0xFF) - first);
  }
}
