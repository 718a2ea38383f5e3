package dev.vitrine.pages;

import java.util.Map;

/** Which pen each line of a page is written with. */
final class Pens {
  private static final float[][] USUAL = {
    {0.07f, 0.07f, 0.09f}, {0.08f, 0.1f, 0.35f}, {0.15f, 0.14f, 0.14f}
  };
  private static final float[][] COLOURS = {
    {0.78f, 0.12f, 0.14f},
    {0.12f, 0.45f, 0.2f},
    {0.15f, 0.25f, 0.75f},
    {0.85f, 0.4f, 0.1f},
    {0.45f, 0.15f, 0.55f}
  };

  private final Map<Fault, Double> faults;
  private final Writing writing;

  /** By line: what its beginning is written with, then its end. */
  private final float[][][] pens;

  private final double[] changes;

  Pens(Map<Fault, Double> faults, Writing writing, Dice dice) {
    this.faults = faults;
    this.writing = writing;
    int lines = writing.bands.size();
    pens = new float[lines][][];
    changes = new double[lines];
    double pencil = of(Fault.PENCIL);
    int first = pencil > 0 ? dice.below(2) : 0;
    for (int line = 0; line < lines; line++) {
      float[] pen = pen(dice);
      pens[line] = new float[][] {pen, pen};
      changes[line] = writing.ink.width;
      if (pencil > 0) {
        float grey = (float) (0.4 + 0.3 * pencil);
        float[] lead = {grey, grey, grey + 0.01f};
        boolean faint = (line + first) % 2 == 0;
        boolean changing = lines == 1 || dice.chance(0.3);
        changes[line] = changing ? dice.uniform(0.35, 0.65) * writing.ink.width : changes[line];
        pens[line] = faint ? new float[][] {lead, pen} : new float[][] {pen, lead};
      }
    }
  }

  private double of(Fault fault) {
    return faults.getOrDefault(fault, 0.0);
  }

  /** Red, green and blue of the pen at a place of the page. */
  float[] at(double x, double y) {
    int line = line(y);
    return pens[line][x < changes[line] ? 0 : 1];
  }

  /** The line whose band is nearest to a row of the page. */
  private int line(double y) {
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int line = 0; line < writing.bands.size(); line++) {
      int[] band = writing.bands.get(line);
      double from = Math.abs(y - (band[0] + band[1]) / 2.0);
      if (from < least) {
        least = from;
        best = line;
      }
    }
    return best;
  }

  private float[] pen(Dice dice) {
    if (of(Fault.LIGHT_ON_DARK) > 0) {
      return new float[] {0.88f, 0.9f, 0.86f};
    }
    float[] pen = USUAL[dice.below(USUAL.length)];
    if (of(Fault.COLOUR) > 0) {
      pen = COLOURS[dice.below(COLOURS.length)];
    }
    float pale = (float) (0.35 * of(Fault.FAINT) + 0.2 * of(Fault.COLOUR));
    float[] mixed = new float[3];
    for (int channel = 0; channel < 3; channel++) {
      mixed[channel] = pen[channel] + pale * (0.9f - pen[channel]);
    }
    return mixed;
  }
}
