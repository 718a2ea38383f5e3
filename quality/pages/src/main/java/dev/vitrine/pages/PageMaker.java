package dev.vitrine.pages;

import dev.vitrine.data.Dataset;
import dev.vitrine.image.Raster;
import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Makes pages of digits that look as people photograph them. Page {@code n} is a function of the
 * seed, the faults and {@code n}: the same bits on every machine.
 */
public final class PageMaker {
  private static final float[][] PENS = {
    {0.07f, 0.07f, 0.09f}, {0.08f, 0.1f, 0.35f}, {0.15f, 0.14f, 0.14f}
  };
  private static final float[][] COLOURS = {
    {0.78f, 0.12f, 0.14f},
    {0.12f, 0.45f, 0.2f},
    {0.15f, 0.25f, 0.75f},
    {0.85f, 0.4f, 0.1f},
    {0.45f, 0.15f, 0.55f}
  };

  private final Seed seed;
  private final Script script;
  private final Script styled;
  private final NoDigits noDigits;

  /**
   * A maker of pages.
   *
   * @param seed what they depend on
   * @param digits the digits to write with, such as MNIST's test images; drawn ones if there are
   *     none
   */
  public PageMaker(Seed seed, Optional<Dataset> digits) {
    Objects.requireNonNull(seed, "seed");
    Objects.requireNonNull(digits, "digits");
    this.seed = seed;
    Script drawn = Script.drawn();
    script = digits.map(Script::of).orElse(drawn);
    styled = Script.styled();
    noDigits = new NoDigits(drawn);
  }

  /**
   * {@return a page}
   *
   * @param number which one, from 0
   * @param faults what is wrong with it, and how strongly: 0 … 1
   */
  public Page make(int number, Map<Fault, Double> faults) {
    Objects.requireNonNull(faults, "faults");
    Dice dice = new Dice(seed, "page", number);
    Writing writing = new Writing(script, styled, noDigits, faults, dice.part("writing"));
    Ink ink = writing.ink;
    double digits = writing.bands.getFirst()[1] - writing.bands.getFirst()[0];
    Paper paper = new Paper(faults, ink.width, ink.height, digits, dice.part("paper"));
    Warp warp = warp(ink, faults, dice.part("camera"));
    Ink[] planes = lit(writing, paper, warp, faults, dice.part("light"));
    Camera.take(planes, faults, digits, dice.part("sensor"));
    Raster picture = Raster.black(ink.width, ink.height, 3);
    for (int y = 0; y < ink.height; y++) {
      for (int x = 0; x < ink.width; x++) {
        for (int channel = 0; channel < 3; channel++) {
          float value = planes[channel].at[y * ink.width + x];
          picture.set(x, y, channel, Math.round(255 * Math.clamp(value, 0, 1)));
        }
      }
    }
    return new Page(picture, truth(writing, warp));
  }

  private static double of(Map<Fault, Double> faults, Fault fault) {
    return faults.getOrDefault(fault, 0.0);
  }

  private static Warp warp(Ink ink, Map<Fault, Double> faults, Dice dice) {
    double turn = 0.01 * dice.bell();
    if (of(faults, Fault.ROTATED) > 0) {
      turn = dice.sign() * StrictMath.toRadians(12) * of(faults, Fault.ROTATED);
    }
    double tilt = 0.45 * of(faults, Fault.PERSPECTIVE);
    double room = of(faults, Fault.DESK) > 0 ? 0.92 : 1;
    return new Warp(
        ink.width,
        ink.height,
        turn,
        tilt * dice.uniform(-1, 1),
        tilt * dice.sign() * dice.uniform(0.5, 1),
        room);
  }

  /** Paper, ink and desk under the light, as three planes of brightness. */
  private static Ink[] lit(
      Writing writing, Paper paper, Warp warp, Map<Fault, Double> faults, Dice dice) {
    int width = writing.ink.width;
    int height = writing.ink.height;
    Ink[] planes = {new Ink(width, height), new Ink(width, height), new Ink(width, height)};
    Ink coarse = Wear.noise(width, height, dice, 9);
    Ink fine = Wear.noise(width, height, dice, 0.5);
    Ink wood = Wear.noise(width, height, dice, 25);
    Ink dirt = dirt(width, height, of(faults, Fault.DIRT), dice);
    float[][] pens = new float[writing.bands.size()][];
    for (int line = 0; line < pens.length; line++) {
      pens[line] = pen(faults, dice);
    }
    boolean desk = of(faults, Fault.DESK) > 0;
    float deskLevel = (float) (0.5 - 0.38 * of(faults, Fault.DESK));
    double[] place = new double[2];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int i = y * width + x;
        warp.back(x + 0.5, y + 0.5, place);
        double px = place[0];
        double py = place[1];
        boolean outside = px < 0 || py < 0 || px >= width || py >= height;
        float cover = writing.ink.sample(px - 0.5, py - 0.5);
        float[] pen = pens[line(writing, py)];
        double light = paper.light(px, py);
        float grain = 1 + 0.008f * coarse.at[i] + 0.012f * fine.at[i];
        for (int channel = 0; channel < 3; channel++) {
          float value;
          if (outside && desk) {
            value = deskLevel * (1 - 0.15f * channel) * (1 + 0.12f * wood.at[i]);
          } else {
            float bare = paper.tint(channel) * grain * paper.printed(px, py, channel);
            bare *= 1 - 0.75f * dirt.at[i];
            value = (float) (light * (bare + cover * (pen[channel] - bare)));
          }
          planes[channel].at[i] = value;
        }
      }
    }
    return planes;
  }

  /** The line whose band is nearest to a row of the page. */
  private static int line(Writing writing, double y) {
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

  private static float[] pen(Map<Fault, Double> faults, Dice dice) {
    if (of(faults, Fault.LIGHT_ON_DARK) > 0) {
      return new float[] {0.88f, 0.9f, 0.86f};
    }
    float[] pen = PENS[dice.below(PENS.length)];
    if (of(faults, Fault.COLOUR) > 0) {
      pen = COLOURS[dice.below(COLOURS.length)];
    }
    float pale = (float) (0.35 * of(faults, Fault.FAINT) + 0.2 * of(faults, Fault.COLOUR));
    float[] mixed = new float[3];
    for (int channel = 0; channel < 3; channel++) {
      mixed[channel] = pen[channel] + pale * (0.9f - pen[channel]);
    }
    return mixed;
  }

  /** Dots and stains. */
  private static Ink dirt(int width, int height, double strength, Dice dice) {
    Ink dirt = new Ink(width, height);
    int dots = (int) Math.round(24 * strength);
    for (int i = 0; i < dots; i++) {
      double x = dice.uniform(0, width);
      double y = dice.uniform(0, height);
      double r = dice.ratio(0.5, 1.5 + 2.5 * strength);
      Nib.line(
          dirt,
          new double[] {x, y},
          new double[] {x + r * dice.bell(), y + r * dice.bell()},
          r,
          r,
          1);
    }
    int stains = (int) Math.round(2 * strength);
    for (int i = 0; i < stains; i++) {
      double r = height * dice.uniform(0.05, 0.15);
      Ink stain = new Ink(width, height);
      double[] at = {dice.uniform(0, width), dice.uniform(0, height)};
      Nib.line(stain, at, at, r, r, r / 2);
      for (int k = 0; k < dirt.at.length; k++) {
        dirt.at[k] = Math.max(dirt.at[k], 0.22f * stain.at[k]);
      }
    }
    return dirt;
  }

  private static List<Page.Line> truth(Writing writing, Warp warp) {
    List<Page.Line> lines = new ArrayList<>();
    for (List<Writing.Placed> line : writing.lines) {
      lines.add(new Page.Line(line.stream().map(placed -> seen(placed, warp)).toList()));
    }
    return List.copyOf(lines);
  }

  /** The box around a box's corners in the picture. */
  private static Page.Digit seen(Writing.Placed placed, Warp warp) {
    int[] box = placed.box();
    double[] low = {1e9, 1e9};
    double[] high = {-1e9, -1e9};
    for (int corner = 0; corner < 4; corner++) {
      double[] at = warp.forward(box[(corner & 1) == 0 ? 0 : 2], box[(corner & 2) == 0 ? 1 : 3]);
      for (int axis = 0; axis < 2; axis++) {
        low[axis] = Math.min(low[axis], at[axis]);
        high[axis] = Math.max(high[axis], at[axis]);
      }
    }
    return new Page.Digit(
        placed.value(),
        (int) Math.floor(low[0]),
        (int) Math.floor(low[1]),
        (int) Math.ceil(high[0]),
        (int) Math.ceil(high[1]));
  }
}
