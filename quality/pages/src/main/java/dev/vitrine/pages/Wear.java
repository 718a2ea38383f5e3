package dev.vitrine.pages;

/** What happens to ink between the pen and the reader: breaks, rules, dry strokes, blur, codecs. */
final class Wear {
  private Wear() {}

  /** Takes ink away along a straight band through the picture, as a fold or a lifted pen does. */
  static void cut(Ink ink, Dice dice, double width) {
    int[] box = ink.box(0.3f);
    double x = dice.uniform(box[0], Math.max(box[0] + 1, box[2]));
    double y = dice.uniform(box[1], Math.max(box[1] + 1, box[3]));
    double angle = dice.uniform(0, Math.PI);
    double nx = StrictMath.cos(angle);
    double ny = StrictMath.sin(angle);
    double reach = dice.chance(0.5) ? 1e9 : 0.3 * ink.height;
    for (int row = 0; row < ink.height; row++) {
      for (int column = 0; column < ink.width; column++) {
        double across = Math.abs((column + 0.5 - x) * nx + (row + 0.5 - y) * ny);
        double along = Math.abs((column + 0.5 - x) * -ny + (row + 0.5 - y) * nx);
        double keep = Math.clamp(across - width / 2 + 0.5, 0, 1);
        if (along < reach) {
          ink.at[row * ink.width + column] *= (float) keep;
        }
      }
    }
  }

  /** A pen that runs dry, a pencil on rough paper: smooth and fine irregularities of the ink. */
  static void dry(Ink ink, Dice dice, double strength) {
    Ink coarse = noise(ink.width, ink.height, dice, Math.max(1, ink.height / 8.0));
    Ink fine = noise(ink.width, ink.height, dice, 0.6);
    for (int i = 0; i < ink.at.length; i++) {
      double loss = strength * (0.5 + 0.35 * coarse.at[i] + 0.45 * fine.at[i]);
      ink.at[i] *= (float) Math.clamp(1 - loss, 0, 1);
    }
  }

  /** Darker on one side than on the other. */
  static void fade(Ink ink, Dice dice, double strength) {
    double angle = dice.uniform(0, 2 * Math.PI);
    double dx = StrictMath.cos(angle) / ink.width;
    double dy = StrictMath.sin(angle) / ink.height;
    for (int y = 0; y < ink.height; y++) {
      for (int x = 0; x < ink.width; x++) {
        double t = (x - ink.width / 2.0) * dx + (y - ink.height / 2.0) * dy;
        ink.at[y * ink.width + x] *= (float) Math.clamp(1 - strength * (0.5 + t), 0, 1);
      }
    }
  }

  /** Noise of deviation 1 that is smooth over so many pixels. */
  static Ink noise(int width, int height, Dice dice, double smooth) {
    Ink noise = new Ink(width, height);
    int cell = Math.max(1, (int) smooth);
    // Coarse noise is drawn coarsely and enlarged: the same look for a part of the time.
    Ink grid = new Ink(width / cell + 3, height / cell + 3);
    for (int i = 0; i < grid.at.length; i++) {
      grid.at[i] = (float) dice.bell();
    }
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        noise.at[y * width + x] =
            cell == 1
                ? grid.at[y * grid.width + x]
                : 1.3f * grid.sample((double) x / cell + 0.5, (double) y / cell + 0.5);
      }
    }
    return noise;
  }

  /** Turned and scaled about the middle, slanted and with the sides of a trapezium. */
  static Ink bent(Ink ink, double turn, double slant, double widen) {
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    int grow = (int) Math.ceil(Math.abs(sin) * ink.height + Math.abs(slant) * ink.height) + 2;
    int rise = (int) Math.ceil(Math.abs(sin) * ink.width) + 2;
    Ink bent = new Ink((int) (ink.width * widen) + 2 * grow, ink.height + 2 * rise);
    for (int y = 0; y < bent.height; y++) {
      for (int x = 0; x < bent.width; x++) {
        double u = x + 0.5 - bent.width / 2.0;
        double v = y + 0.5 - bent.height / 2.0;
        double p = cos * u + sin * v;
        double q = -sin * u + cos * v;
        double sx = (p + slant * q) / widen;
        bent.at[y * bent.width + x] =
            ink.sample(sx + ink.width / 2.0 - 0.5, q + ink.height / 2.0 - 0.5);
      }
    }
    return bent;
  }
}
