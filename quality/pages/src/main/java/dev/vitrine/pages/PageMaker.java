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
    return new Page(picture, truth(writing, warp)).turned(quarters(faults, dice.part("turn")));
  }

  private static int quarters(Map<Fault, Double> faults, Dice dice) {
    int quarters = of(faults, Fault.UPSIDE_DOWN) > 0 ? 2 : 0;
    return (quarters + (of(faults, Fault.SIDEWAYS) > 0 ? 2 + dice.sign() : 0)) % 4;
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
    double indoors = of(faults, Fault.ROOM);
    if (indoors > 0) {
      turn += dice.sign() * StrictMath.toRadians(10) * indoors * dice.uniform(0.3, 1);
      tilt += 0.25 * indoors;
      room = 1 - 0.35 * indoors * dice.uniform(0.5, 1);
    }
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
    Pens pens = new Pens(faults, writing, dice);
    Optional<Room> room =
        of(faults, Fault.ROOM) > 0
            ? Optional.of(new Room(warp, width, height, of(faults, Fault.ROOM), dice.part("room")))
            : Optional.empty();
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
        float[] pen = pens.at(px, py);
        double light = paper.light(px, py);
        float grain = 1 + 0.008f * coarse.at[i] + 0.012f * fine.at[i];
        for (int channel = 0; channel < 3; channel++) {
          float value;
          if (room.isPresent() && (outside || room.get().finger(x, y) > 0)) {
            value = room.get().level(x, y, channel, outside);
          } else if (outside && desk) {
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

  /**
   * The box around its ink as it is in the picture: of a leaning 1 it is narrower than the box's.
   */
  private static Page.Digit seen(Writing.Placed placed, Warp warp) {
    double[] low = {1e9, 1e9};
    double[] high = {-1e9, -1e9};
    for (int[] row : placed.rows()) {
      for (int corner = 0; corner < 4; corner++) {
        double x = (corner & 1) == 0 ? row[0] : row[2];
        double[] at = warp.forward(x, row[1] + (corner >> 1));
        for (int axis = 0; axis < 2; axis++) {
          low[axis] = Math.min(low[axis], at[axis]);
          high[axis] = Math.max(high[axis], at[axis]);
        }
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
