package dev.vitrine.pages;

import dev.vitrine.data.digits.Handwriting;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * What a reader finds that is no digit: signs and letters, dots, dirt, pieces of rules, parts of
 * digits; and two digits that touch, which are no single one.
 */
final class NoDigits {
  private static final int SIGNS = 38;

  private final Script digits;
  private final Handwriting signs;

  NoDigits(Script digits) {
    this.digits = digits;
    try (InputStream in = NoDigits.class.getResourceAsStream("signs.txt")) {
      String table = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      signs = Handwriting.of(table.lines(), SIGNS);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("signs.txt is missing from the module", unreadable);
    }
  }

  /** One of them, about as high as a digit of this height would be, or as small as dirt is. */
  Ink draw(Dice dice, double height, double pen) {
    double kind = dice.uniform(0, 1);
    if (kind < 0.48) {
      return sign(dice, height, pen);
    } else if (kind < 0.72) {
      return piece(dice, height, pen);
    } else if (kind < 0.79) {
      return blot(dice, height);
    } else if (kind < 0.85) {
      return speck(dice, height);
    } else if (kind < 0.94) {
      return rule(dice, height);
    }
    return scribble(dice, height, pen);
  }

  /** A letter or another sign. */
  Ink sign(Dice dice, double height, double pen) {
    return Script.fitted(
        signs.write(dice.below(SIGNS), dice.stream(), dice.uniform(0.2, 1.2)), height, pen);
  }

  /** Two digits that touch, or that one box holds. */
  static Ink pair(Script digits, Dice dice, double height, double pen) {
    Ink left = digits.write(dice.below(10), dice, height * dice.uniform(0.8, 1), pen);
    Ink right = digits.write(dice.below(10), dice, height * dice.uniform(0.8, 1), pen);
    int gap = (int) (height * dice.uniform(-0.12, 0.1)) - 4;
    int tall = Math.max(left.height, right.height);
    Ink pair = new Ink(Math.max(left.width, left.width + right.width + gap), tall);
    pair.paint(left, 0, dice.below(tall - left.height + 1));
    pair.paint(right, Math.max(0, left.width + gap), dice.below(tall - right.height + 1));
    return pair;
  }

  /**
   * A part of a digit or sign, as a break or a wrong cut leaves it; never one that is a stroke like
   * a 1.
   */
  private Ink piece(Dice dice, double height, double pen) {
    double tall = height * dice.ratio(1, 1.6);
    Ink whole =
        dice.chance(0.3) ? sign(dice, tall, pen) : digits.write(2 + dice.below(8), dice, tall, pen);
    boolean across = dice.chance(0.45);
    double share = dice.uniform(0.3, 0.65);
    int w = across ? whole.width : (int) (whole.width * share);
    int h = across ? (int) (whole.height * share) : whole.height;
    boolean first = dice.chance(0.5);
    Ink piece = whole.part(first ? 0 : whole.width - w, first ? 0 : whole.height - h, w, h);
    int[] box = piece.box(0.3f);
    boolean likeOne = box[2] - box[0] < 0.4 * (box[3] - box[1]);
    return likeOne || box[2] <= box[0] ? rule(dice, height) : piece;
  }

  /** An irregular spot of smooth noise. */
  private static Ink blot(Dice dice, double height) {
    int size = Math.max(6, (int) height);
    Ink noise = Wear.noise(size, size, dice, Math.max(1, size / dice.uniform(2, 9)));
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double r = 2 * StrictMath.hypot(x + 0.5 - size / 2.0, y + 0.5 - size / 2.0) / size;
        double inside = noise.at[y * size + x] + 1.6 - 2.4 * r;
        noise.at[y * size + x] = (float) Math.clamp(0.5 + 2 * inside, 0, 1);
      }
    }
    return noise;
  }

  /** A dot, a comma, a grain of dust. */
  private static Ink speck(Dice dice, double height) {
    int size = Math.max(5, (int) (height * dice.uniform(0.08, 0.4)));
    Ink speck = new Ink(size + 4, size + 4);
    double[] from = {2 + size * dice.uniform(0.3, 0.7), 2 + size * dice.uniform(0.3, 0.7)};
    double[] to = {from[0] + size * 0.15 * dice.bell(), from[1] + size * 0.1 * dice.bell()};
    Nib.line(speck, from, to, size * dice.uniform(0.15, 0.4), size * dice.uniform(0.1, 0.4), 1);
    return speck;
  }

  /** A piece of a rule or of a table: lying, seldom a corner or a crossing. */
  private static Ink rule(Dice dice, double height) {
    int length = Math.max(8, (int) (height * dice.uniform(0.6, 2.5)));
    double radius = Math.max(0.4, height * dice.uniform(0.008, 0.06));
    int tall = (int) Math.ceil(2 * radius + 6 + Math.abs(0.25 * length));
    Ink rule = new Ink(length, tall);
    double lean = 0.08 * dice.bell() * length;
    double[] from = {1, tall / 2.0 - lean / 2};
    double[] to = {length - 1.0, tall / 2.0 + lean / 2};
    Nib.line(rule, from, to, radius, radius * dice.uniform(0.6, 1.3), 1);
    if (dice.chance(0.3)) {
      double x = dice.uniform(0, length);
      Nib.line(
          rule,
          new double[] {x, 0},
          new double[] {x, tall * dice.uniform(0.3, 1)},
          radius,
          radius,
          1);
    }
    return rule;
  }

  /** Where somebody crossed out, or tried the pen. */
  private static Ink scribble(Dice dice, double height, double pen) {
    int size = Math.max(8, (int) height);
    int wide = (int) (size * dice.uniform(0.7, 1.8));
    Ink scribble = new Ink(wide, size);
    double radius = Math.max(0.4, pen * height / 2);
    double[] from = {dice.uniform(0, wide), dice.uniform(0, size)};
    int lines = 4 + dice.below(9);
    for (int i = 0; i < lines; i++) {
      double[] to = {dice.uniform(2, wide - 2), dice.uniform(2, size - 2)};
      Nib.line(scribble, from, to, radius, radius, 1);
      from = to;
    }
    return scribble;
  }
}
