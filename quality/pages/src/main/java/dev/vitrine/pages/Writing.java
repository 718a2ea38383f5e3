package dev.vitrine.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Digits in lines, as ink on a page that is large enough for them. */
final class Writing {
  /**
   * A digit's value, its box on the page (left, top, right, bottom), and of each row of it that has
   * ink the first column and the one behind the last: left, top, right.
   */
  record Placed(int value, int[] box, List<int[]> rows) {}

  /** How wide a table's cells are, in heights of digits, and of how many parts a line is. */
  private static final double CELL = 1.25;

  private static final int PARTS = 12;

  /** From so much on a pixel is a digit's. */
  private static final float INK = 0.3f;

  private final Script script;
  private final Script styled;
  private final NoDigits noDigits;
  private final Map<Fault, Double> faults;
  private final Dice dice;
  private final double height;
  private final double pen;
  final Ink ink;

  /** Which pen each column and row was last written with: an index of a colour, by line. */
  final List<List<Placed>> lines = new ArrayList<>();

  final List<int[]> bands = new ArrayList<>();

  Writing(Script script, Script styled, NoDigits noDigits, Map<Fault, Double> faults, Dice dice) {
    this.script = script;
    this.styled = styled;
    this.noDigits = noDigits;
    this.faults = faults;
    this.dice = dice;
    double small = of(Fault.SMALL);
    double large = of(Fault.LARGE);
    double usual = small > 0 ? 46 - 30 * small : dice.uniform(56, 90);
    height = large > 0 ? usual * (3 + 5 * large) : usual;
    pen = large > 0 ? 0.7 * penWidth() : penWidth();
    int rows = large > 0 ? 1 : 1 + dice.below(4);
    int columns = large > 0 ? 1 + dice.below(3) : 3 + dice.below(5);
    int margin = (int) (large > 0 ? 0.12 * height : 1.2 * height) + 8;
    double pitch = height * dice.uniform(1.9, 2.3);
    double rise = 0.14 * of(Fault.SLANTED);
    int wide = (int) (columns * 1.25 * height) + 2 * margin;
    int extra = (int) (rise * wide);
    ink =
        new Ink(
            wide, (int) (rows * pitch + 0.4 * height) + 2 * margin + extra - (int) (0.5 * height));
    for (int row = 0; row < rows; row++) {
      double slope = rise * dice.uniform(0.4, 1) * dice.sign() * (of(Fault.SLANTED) > 0 ? 1 : 0);
      slope += 0.008 * dice.bell();
      line(margin, margin + extra / 2.0 + row * pitch, slope, columns);
    }
    if (of(Fault.TABLE) > 0) {
      cells(margin, pitch, rows, columns);
    }
  }

  /** The lines of a table around all digits, drawn with the same pen or a finer one. */
  private void cells(int margin, double pitch, int rows, int columns) {
    Dice own = dice.part("table");
    double radius = Math.max(0.6, pen * height / 2 * own.uniform(0.4, 1));
    double wide = CELL * height;
    double left = margin - 0.1 * height;
    double top = margin - (pitch - height) / 2;
    double right = left + columns * wide;
    double bottom = top + rows * pitch;
    for (int row = 0; row <= rows; row++) {
      double y = top + row * pitch;
      stroke(new double[] {left, y}, new double[] {right, y}, radius, own);
    }
    for (int column = 0; column <= columns; column++) {
      double x = left + column * wide;
      stroke(new double[] {x, top}, new double[] {x, bottom}, radius, own);
    }
  }

  /**
   * A line from one place to another as a hand draws it: not quite from and to, and not straight.
   */
  private void stroke(double[] from, double[] to, double radius, Dice own) {
    double stray = 0.03 * height * (0.5 + of(Fault.TABLE));
    double[] last = strayed(from, stray, own);
    double[] end = strayed(to, stray, own);
    double[] bow = {stray * own.bell(), stray * own.bell()};
    for (int i = 1; i <= PARTS; i++) {
      double t = (double) i / PARTS;
      double[] next = new double[2];
      for (int axis = 0; axis < 2; axis++) {
        double straight = from[axis] + t * (to[axis] - from[axis]);
        next[axis] =
            straight
                + t * (end[axis] - to[axis])
                + 4 * t * (1 - t) * bow[axis]
                + 0.15 * stray * own.bell();
      }
      Nib.line(ink, last, next, radius, radius, 1);
      last = next;
    }
  }

  private static double[] strayed(double[] place, double stray, Dice own) {
    return new double[] {place[0] + stray * own.bell(), place[1] + stray * own.bell()};
  }

  private double of(Fault fault) {
    return faults.getOrDefault(fault, 0.0);
  }

  /** The stroke's width as a share of the height. */
  private double penWidth() {
    if (of(Fault.THIN) > 0) {
      return 0.065 - 0.045 * of(Fault.THIN);
    } else if (of(Fault.THICK) > 0) {
      return 0.13 + 0.11 * of(Fault.THICK);
    }
    return dice.uniform(0.075, 0.125);
  }

  private void line(double left, double top, double slope, int columns) {
    int count = columns - dice.below(Math.max(1, columns / 2));
    List<Placed> line = new ArrayList<>();
    double x = left;
    int end = ink.width - (int) left;
    boolean joined = false;
    for (int i = 0; i < count && x < end; i++) {
      Dice own = dice.part("digit " + lines.size() + " " + i);
      int value = own.below(10);
      double tall = height * own.uniform(0.9, 1.08);
      if (of(Fault.SIZES) > 0) {
        tall *= 1 - 0.55 * of(Fault.SIZES) * own.uniform(0, 1);
      }
      Script by = own.chance(of(Fault.STYLES)) ? styled : script;
      Ink digit = by.write(value, own, tall, pen * height / tall);
      if (own.chance(0.8 * of(Fault.BROKEN) + (of(Fault.BROKEN) > 0 ? 0.2 : 0))) {
        Wear.cut(digit, own, 1 + 2 * of(Fault.BROKEN));
      }
      if (of(Fault.FAINT) > 0) {
        Wear.dry(digit, own, 0.3 + 0.5 * of(Fault.FAINT));
      }
      double lift = 0.06 * height * own.bell() * (1 + of(Fault.SIZES));
      double y = top + (height - digit.height) * (0.5 + 0.2 * own.bell() * of(Fault.SIZES));
      y += lift + slope * (x - ink.width / 2.0);
      if (i > 0 && !joined && own.chance(of(Fault.TOUCHING))) {
        x = touching(line.getLast().box(), digit, (int) y) + 1;
        joined = true;
      } else {
        joined = false;
      }
      if (of(Fault.TABLE) > 0) {
        x = left + (i + 0.5) * CELL * height - 0.1 * height - digit.width / 2.0;
      }
      if (x + digit.width > ink.width - 4) {
        break;
      }
      line.add(place(value, digit, (int) x, (int) y));
      x = line.getLast().box()[2] + gap(own);
    }
    if (of(Fault.LETTERS) > 0 && x + 1.2 * height < ink.width) {
      Ink sign = noDigits.sign(dice, height, pen);
      if (x + 0.3 * height + sign.width < ink.width) {
        ink.paint(sign, (int) (x + 0.3 * height), (int) (top + slope * (x - ink.width / 2.0)));
      }
    }
    lines.add(line);
    bands.add(new int[] {(int) top, (int) (top + height)});
  }

  private double gap(Dice own) {
    if (of(Fault.CLOSE) > 0) {
      return Math.max(3, height * (0.16 - 0.13 * of(Fault.CLOSE)));
    }
    return height * own.uniform(0.22, 0.5);
  }

  private Placed place(int value, Ink digit, int x, int y) {
    ink.paint(digit, x, y);
    int[] box = digit.box(INK);
    List<int[]> rows = new ArrayList<>();
    for (int row = box[1]; row < box[3]; row++) {
      int left = box[2];
      int right = box[0];
      for (int column = box[0]; column < box[2]; column++) {
        if (digit.get(column, row) > INK) {
          left = Math.min(left, column);
          right = column + 1;
        }
      }
      if (right > left) {
        rows.add(new int[] {x + left, y + row, x + right});
      }
    }
    return new Placed(value, new int[] {x + box[0], y + box[1], x + box[2], y + box[3]}, rows);
  }

  /** The leftmost place at which a digit's ink just meets what stands before it. */
  private double touching(int[] before, Ink digit, int y) {
    int[] own = digit.box(0.3f);
    for (int x = before[2] - own[0] + 1; x > before[0] + (before[2] - before[0]) / 2; x--) {
      int meeting = 0;
      for (int row = own[1]; row < own[3]; row++) {
        for (int column = own[0]; column < own[2]; column++) {
          if (digit.get(column, row) > 0.5f && ink.get(x + column, y + row) > 0.5f) {
            meeting++;
          }
        }
      }
      if (meeting >= 2 + pen * height) {
        return x;
      }
    }
    return before[2] - own[0];
  }
}
