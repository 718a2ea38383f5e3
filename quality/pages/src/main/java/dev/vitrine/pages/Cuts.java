package dev.vitrine.pages;

import dev.vitrine.data.Dataset;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.vision.cut.MnistCut;
import dev.vitrine.vision.model.DigitModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the embedded reader learns from: digits and what is none, worn as photographs wear them and
 * cut as reading cuts them. Cut {@code i} is a function of the seed and {@code i} alone.
 */
final class Cuts {
  /** What each of the twelve outputs stands for. */
  static final List<String> NAMES =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "none", "several");

  static final int NONE = DigitModel.NONE;
  static final int SEVERAL = DigitModel.SEVERAL;
  static final int SIDE = MnistCut.SIDE;

  /** How many of the cuts are no digits. */
  private static final double NO_DIGITS = 0.2;

  /** How many are two digits that touch. */
  private static final double PAIRS = 0.08;

  private final Seed seed;
  private final Script drawn;
  private final Optional<Script> real;
  private final double realShare;
  private final NoDigits noDigits;

  /**
   * Cuts of drawn digits and, if given, of real ones.
   *
   * @param realShare how many of the digits are real, 0 … 1
   */
  Cuts(Seed seed, Optional<Script> real, double realShare) {
    this.seed = seed;
    this.real = real;
    this.realShare = realShare;
    drawn = Script.drawn();
    noDigits = new NoDigits(drawn);
  }

  /** That many cuts of one purpose, such as learning or validation. */
  Dataset make(String purpose, int count) {
    byte[] pixels = new byte[Math.multiplyExact(count, SIDE * SIDE)];
    byte[] labels = new byte[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(i -> {
          Dice dice = new Dice(seed, "cuts." + purpose, i);
          int label = label(i, dice.uniform(0, 1));
          labels[i] = (byte) label;
          cut(worn(label, dice), pixels, i * SIDE * SIDE);
        });
    return Dataset.of("cuts", Shape.of(1, SIDE, SIDE), pixels, labels, NAMES);
  }

  private static int label(int i, double share) {
    if (share < NO_DIGITS) {
      return NONE;
    }
    return share < NO_DIGITS + PAIRS ? SEVERAL : i % 10;
  }

  /** The pictures of a data set like MNIST, found and cut as reading does it. */
  static Dataset recut(Dataset data) {
    byte[] pixels = new byte[data.size() * SIDE * SIDE];
    byte[] labels = new byte[data.size()];
    IntStream.range(0, data.size())
        .parallel()
        .forEach(i -> {
          Ink ink = new Ink(SIDE, SIDE);
          data.read(i, ink.at);
          for (int k = 0; k < ink.at.length; k++) {
            ink.at[k] /= 255;
          }
          cut(ink, pixels, i * SIDE * SIDE);
          labels[i] = (byte) data.label(i);
        });
    return Dataset.of(data.name(), data.shape(), pixels, labels, NAMES);
  }

  /** Cuts ink as reading does, into bytes from an offset on. */
  static void cut(Ink ink, byte[] pixels, int offset) {
    float[] cut = MnistCut.of(new dev.vitrine.vision.cut.Ink(ink.width, ink.height, ink.at));
    for (int k = 0; k < cut.length; k++) {
      pixels[offset + k] = (byte) Math.round(255 * cut[k]);
    }
  }

  /** The ink of a digit, or of none, as a reader would find it in a photograph. */
  private Ink worn(int label, Dice dice) {
    double height = dice.ratio(11, 64);
    double pen = dice.ratio(0.035, 0.2);
    Script script = real.filter(_ -> dice.chance(realShare)).orElse(drawn);
    Ink form =
        switch (label) {
          case NONE -> noDigits.draw(dice, height, pen);
          case SEVERAL -> NoDigits.pair(script, dice, height, pen);
          default -> script.write(label, dice, height, pen);
        };
    if (dice.chance(0.5)) {
      double turn = 0.09 * dice.bell();
      form = Wear.bent(form, turn, 0.12 * dice.bell(), dice.ratio(0.8, 1.25));
    }
    int margin = 3 + (int) (0.2 * height);
    Ink ink = new Ink(form.width + 2 * margin, form.height + 2 * margin);
    ink.paint(form, margin, margin);
    if (label < NONE) {
      ink = neighboured(ink, dice, height, pen, margin);
    }
    if (dice.chance(0.12)) {
      rule(ink, dice, height);
    }
    for (int breaks = dice.chance(0.18) ? 1 + dice.below(3) : 0; breaks > 0; breaks--) {
      Wear.cut(ink, dice, Math.min(3, 0.07 * height) * dice.uniform(0.4, 1.1));
    }
    photographed(ink, dice, height);
    return ink;
  }

  /** With a piece of the digit beside it, cut off where a reader would cut. */
  private Ink neighboured(Ink ink, Dice dice, double height, double pen, int margin) {
    if (!dice.chance(0.13)) {
      return ink;
    }
    Ink other = drawn.write(dice.below(10), dice, height * dice.uniform(0.7, 1.1), pen);
    int over = (int) (height * dice.uniform(0.02, 0.14)) + 2;
    boolean left = dice.chance(0.5);
    Ink part = other.part(left ? other.width - over : 0, 0, over, other.height);
    int room = Math.max(1, ink.height - 2 * margin - other.height / 2);
    int y = margin - other.height / 4 + dice.below(room);
    ink.paint(part, left ? margin - over / 2 : ink.width - margin - over / 2, y);
    return ink;
  }

  /** A rule that was left standing, or one whose removal took some of the digit away. */
  private static void rule(Ink ink, Dice dice, double height) {
    int[] box = ink.box(0.3f);
    double y = dice.uniform(box[1], Math.max(box[1] + 1, box[3] + 1));
    double thick = Math.max(0.8, height * dice.uniform(0.01, 0.06));
    double lean = 0.05 * dice.bell();
    boolean taken = dice.chance(0.6);
    double reach = height * dice.uniform(0, 0.2);
    double strength = dice.uniform(0.3, 1);
    for (int row = 0; row < ink.height; row++) {
      for (int x = 0; x < ink.width; x++) {
        double off = Math.abs(row + 0.5 - y - lean * (x - ink.width / 2.0));
        float cover = (float) (strength * Math.clamp(thick / 2 - off + 0.5, 0, 1));
        int i = row * ink.width + x;
        if (taken) {
          ink.at[i] *= 1 - cover;
        } else if (x > box[0] - reach && x < box[2] + reach) {
          ink.at[i] = Math.max(ink.at[i], cover);
        }
      }
    }
  }

  /**
   * Pale or uneven ink, blur, noise and the blocks of a codec; then the paper is taken away, and
   * what is left is measured by the ink around it, a little too generously or too strictly.
   */
  private static void photographed(Ink ink, Dice dice, double height) {
    if (dice.chance(0.25)) {
      Wear.dry(ink, dice, dice.uniform(0.1, 0.6));
    }
    if (dice.chance(0.3)) {
      Wear.fade(ink, dice, dice.uniform(0.1, 0.35));
    }
    ink.blur(dice.chance(0.7) ? dice.ratio(0.3, Math.max(0.5, 0.045 * height)) : 0.3);
    double noise = dice.chance(0.4) ? dice.uniform(0, 0.12) : 0;
    boolean coded = dice.chance(0.25);
    if (noise > 0 || coded) {
      noisy(ink, dice, noise, coded);
    }
    double full = fullInk(ink);
    double strict = dice.ratio(0.72, 1.5);
    for (int i = 0; i < ink.at.length; i++) {
      ink.at[i] = (float) Math.clamp(ink.at[i] / full * strict, 0, 1);
    }
  }

  private static void noisy(Ink ink, Dice dice, double noise, boolean coded) {
    Ink near = ink.copy();
    near.blur(0.8);
    double contrast = dice.uniform(0.25, 0.9);
    for (int i = 0; i < ink.at.length; i++) {
      double ideal = ink.at[i] + noise * dice.bell();
      ink.at[i] = (float) Math.clamp(0.95 - contrast * ideal, 0, 1);
    }
    if (coded) {
      Jpeg.spoil(ink, 20 + dice.below(70), dice.below(8), dice.below(8));
    }
    for (int i = 0; i < ink.at.length; i++) {
      float found = (float) Math.clamp((0.95 - ink.at[i]) / contrast, 0, 1);
      // Grains of noise beside the stroke are pieces of their own, not of the digit.
      ink.at[i] = near.at[i] < 0.08 ? 0 : found;
    }
  }

  /** What a point in the middle of a stroke has, nearly. */
  private static double fullInk(Ink ink) {
    float most = 0;
    for (float value : ink.at) {
      most = Math.max(most, value);
    }
    float[] inked = new float[ink.at.length];
    int found = 0;
    for (float value : ink.at) {
      if (value > 0.3f * most) {
        inked[found++] = value;
      }
    }
    Arrays.sort(inked, 0, found);
    return found == 0 ? 1 : Math.max(0.05, inked[(int) (0.75 * (found - 1))]);
  }
}
