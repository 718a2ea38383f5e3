package dev.vitrine.pages;

import java.util.Map;

/** Paper, what is printed on it, and the light on it, at any place of the page. */
final class Paper {
  private final Map<Fault, Double> faults;
  private final int width;
  private final int height;
  private final float[] tint;
  private final float[] rules;
  private final double pitch;
  private final double offset;
  private final double thick;
  private final double[][] folds;
  private final double[] light;
  private final double[] shadow;
  private final double shade;
  private final double soft;

  Paper(Map<Fault, Double> faults, int width, int height, double digits, Dice dice) {
    this.faults = faults;
    this.width = width;
    this.height = height;
    boolean dark = of(Fault.LIGHT_ON_DARK) > 0;
    float base = (float) (dark ? 0.3 - 0.1 * of(Fault.LIGHT_ON_DARK) : dice.uniform(0.84, 0.95));
    float warm = (float) dice.uniform(-0.03, 0.04);
    tint = new float[] {base + warm, base, base - warm};
    float ruleInk = (float) (0.25 + 0.5 * Math.max(of(Fault.RULED), of(Fault.SQUARED)));
    rules =
        dice.chance(0.5)
            ? new float[] {ruleInk, 0.75f * ruleInk, 0.35f * ruleInk}
            : new float[] {ruleInk, ruleInk, ruleInk};
    pitch =
        of(Fault.SQUARED) > 0 ? digits * dice.uniform(0.3, 0.75) : digits * dice.uniform(1, 1.5);
    offset = dice.uniform(0, pitch);
    thick = Math.max(0.8, digits * dice.uniform(0.014, 0.026));
    folds = new double[(int) Math.ceil(4 * of(Fault.FOLDS))][];
    for (int i = 0; i < folds.length; i++) {
      double angle = dice.chance(0.5) ? 0.1 * dice.bell() : Math.PI / 2 + 0.1 * dice.bell();
      double place = dice.uniform(0.15, 0.85);
      folds[i] =
          new double[] {
            StrictMath.cos(angle),
            StrictMath.sin(angle),
            place * (Math.abs(StrictMath.cos(angle)) > 0.5 ? width : height),
            dice.sign() * dice.uniform(0.5, 1)
          };
    }
    double angle = dice.uniform(0, 2 * Math.PI);
    light = new double[] {StrictMath.cos(angle) / width, StrictMath.sin(angle) / height};
    double edge = dice.uniform(0, 2 * Math.PI);
    double through = dice.uniform(-0.25, 0.25);
    shadow =
        new double[] {
          StrictMath.cos(edge),
          StrictMath.sin(edge),
          through * Math.min(width, height),
          dice.uniform(0.002, 0.006)
        };
    shade = 0.2 + 0.45 * of(Fault.SHADOW);
    soft = dice.uniform(2, 10);
  }

  private double of(Fault fault) {
    return faults.getOrDefault(fault, 0.0);
  }

  /** The bare paper's colour. */
  float tint(int channel) {
    return tint[channel];
  }

  /** How much of the light a printed rule or a fold leaves here. */
  float printed(double x, double y, int channel) {
    double cover = 0;
    if (of(Fault.RULED) > 0 || of(Fault.SQUARED) > 0) {
      cover = stripe(y);
    }
    if (of(Fault.SQUARED) > 0) {
      cover = Math.max(cover, stripe(x));
    }
    return (float) (1 - cover * rules[channel]);
  }

  private double stripe(double at) {
    double from = Math.abs(at - offset - pitch * Math.rint((at - offset) / pitch));
    return Math.clamp(thick / 2 - from + 0.5, 0, 1);
  }

  /** The light at a place. */
  double light(double x, double y) {
    double u = x - width / 2.0;
    double v = y - height / 2.0;
    double all = 1;
    double uneven = of(Fault.UNEVEN_LIGHT);
    if (uneven > 0) {
      all *= 1 - 0.55 * uneven * (0.5 + u * light[0] + v * light[1]);
      double corner = (4 * u * u / width / width + 4 * v * v / height / height) / 2;
      all *= 1 - 0.4 * uneven * corner;
    }
    if (of(Fault.SHADOW) > 0) {
      double bow = shadow[3] * (u * -shadow[1] + v * shadow[0]);
      double from = u * shadow[0] + v * shadow[1] - shadow[2] + 20 * StrictMath.sin(bow * 6);
      all *= 1 - shade * Math.clamp(0.5 + from / soft, 0, 1);
    }
    for (double[] fold : folds) {
      double from = x * fold[0] + y * fold[1] - fold[2];
      double strength = (0.12 + 0.2 * of(Fault.FOLDS)) * fold[3];
      all *= 1 + strength * StrictMath.exp(-Math.abs(from) / 40) * (from < 0 ? 1 : -1) * 0.6;
      all *= 1 - Math.abs(strength) * 1.1 * StrictMath.exp(-from * from / 3);
    }
    return all;
  }
}
