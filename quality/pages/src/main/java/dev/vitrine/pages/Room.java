package dev.vitrine.pages;

/** What is around a page that lies on a table or is held: wood, cloth, things, and the fingers. */
final class Room {
  private static final float[] SKIN = {0.8f, 0.58f, 0.47f};

  private final Ink grain;
  private final float[] table;
  private final double period;
  private final double turn;

  /** Things that stand around: middle, half sides, turn, brightness by channel, stripes. */
  private final double[][] things;

  /** Fingers: from beyond the picture to the tip on the page, and the radius. */
  private final double[][] fingers;

  Room(Warp warp, int width, int height, double strength, Dice dice) {
    grain = Wear.noise(width, height, dice, 6);
    float level = (float) dice.uniform(0.12, 0.6);
    table = new float[] {level, level * (float) dice.uniform(0.6, 1), level * 0.75f};
    period = dice.uniform(14, 60);
    turn = dice.uniform(0, Math.PI);
    double side = Math.min(width, height);
    things = new double[(int) Math.round(6 * strength)][];
    for (int i = 0; i < things.length; i++) {
      things[i] =
          new double[] {
            dice.uniform(0, width),
            dice.uniform(0, height),
            side * dice.uniform(0.04, 0.25),
            side * dice.uniform(0.03, 0.2),
            dice.uniform(0, Math.PI),
            dice.uniform(0.03, 0.95),
            dice.uniform(0.03, 0.95),
            dice.uniform(0.03, 0.95),
            dice.chance(0.4) ? dice.uniform(3, 12) : 0
          };
    }
    fingers = new double[1 + dice.below(3)][];
    for (int i = 0; i < fingers.length; i++) {
      boolean left = dice.chance(0.5);
      double y = height * dice.uniform(0.15, 0.85);
      double[] edge = warp.forward(left ? 0 : width, y);
      double radius = Math.min(0.035 * side, 18) * dice.uniform(0.7, 1.2);
      double in = radius * dice.uniform(0.6, 1.6);
      double out = left ? -radius : width + radius;
      double lower = edge[1] + side * dice.uniform(-0.15, 0.15);
      fingers[i] = new double[] {out, lower, edge[0] + (left ? in : -in), edge[1], radius};
    }
  }

  /** How far a place of the picture is inside of a finger, as a share of its radius; 0 outside. */
  float finger(int x, int y) {
    double most = 0;
    for (double[] finger : fingers) {
      double dx = finger[2] - finger[0];
      double dy = finger[3] - finger[1];
      double along = ((x - finger[0]) * dx + (y - finger[1]) * dy) / (dx * dx + dy * dy);
      double t = Math.clamp(along, 0, 1);
      double from = StrictMath.hypot(x - finger[0] - t * dx, y - finger[1] - t * dy);
      most = Math.max(most, 1 - from / finger[4]);
    }
    return (float) most;
  }

  /** How bright it is at a place of the picture that is not paper. */
  float level(int x, int y, int channel, boolean outside) {
    float inside = finger(x, y);
    if (inside > 0 || !outside) {
      return SKIN[channel] * (0.55f + 0.45f * Math.min(1, 2.5f * inside));
    }
    float rough = grain.get(x, y);
    for (double[] thing : things) {
      double dx = x - thing[0];
      double dy = y - thing[1];
      double along = StrictMath.cos(thing[4]) * dx + StrictMath.sin(thing[4]) * dy;
      double across = StrictMath.cos(thing[4]) * dy - StrictMath.sin(thing[4]) * dx;
      if (Math.abs(along) < thing[2] && Math.abs(across) < thing[3]) {
        boolean gap = thing[8] > 0 && Math.floorMod((long) (along / thing[8]), 2L) == 0;
        return (float) (thing[5 + channel] * (gap ? 0.5 : 1)) * (1 + 0.05f * rough);
      }
    }
    double stripe = StrictMath.cos(turn) * x + StrictMath.sin(turn) * y + 3 * rough;
    double wood = 1 + 0.12 * StrictMath.sin(2 * Math.PI * stripe / period);
    return (float) (table[channel] * wood * (1 + 0.08 * rough));
  }
}
