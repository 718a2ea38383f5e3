package dev.vitrine.pages;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.digits.Handwriting;
import dev.vitrine.data.digits.PenPath;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Somebody's digits, in any size and by any pen. */
interface Script {
  /**
   * One digit as ink.
   *
   * @param digit 0 … 9
   * @param dice what its form depends on
   * @param height in pixels, about
   * @param pen the stroke's width, as a share of the height
   */
  Ink write(int digit, Dice dice, double height, double pen);

  /** The digits that Vitrine draws. */
  static Script drawn() {
    return by(Handwriting.digits());
  }

  /** Crossed 7s, 1s with a long flag, open 6s: styles that are rare among the drawn digits. */
  static Script styled() {
    return by(Handwriting.styles());
  }

  private static Script by(Handwriting hand) {
    return (digit, dice, height, pen) -> {
      double sloppiness = dice.uniform(0.3, 1.3);
      return fitted(hand.write(digit, dice.stream(), sloppiness), height, pen);
    };
  }

  /** A path as ink of this height, or less if it is wider than high. */
  static Ink fitted(PenPath path, double height, double pen) {
    double[] low = {1e9, 1e9};
    double[] high = {-1e9, -1e9};
    for (int i = 0; i < path.size(); i++) {
      low[0] = Math.min(low[0], path.x(i));
      high[0] = Math.max(high[0], path.x(i));
      low[1] = Math.min(low[1], path.y(i));
      high[1] = Math.max(high[1], path.y(i));
    }
    double extent = Math.max(high[1] - low[1], 0.8 * (high[0] - low[0]));
    double radius = Math.max(0.35, pen * height / 2);
    double scale = Math.max(1, height - 2 * radius) / Math.max(1, extent);
    return Nib.draw(path, scale, radius, 1);
  }

  /**
   * Digits of a data set like MNIST, enlarged; their strokes' width follows the pen a little way.
   */
  static Script of(Dataset data) {
    List<int[]> byDigit = new ArrayList<>();
    for (int digit = 0; digit < 10; digit++) {
      int wanted = digit;
      byDigit.add(IntStream.range(0, data.size()).filter(i -> data.label(i) == wanted).toArray());
    }
    return (digit, dice, height, pen) -> {
      int[] examples = byDigit.get(digit);
      return enlarged(data, examples[dice.below(examples.length)], height, pen);
    };
  }

  /** Between the pixels of an example, its soft edges made as sharp as a pixel. */
  static Ink enlarged(Dataset data, int example, double height, double pen) {
    int side = data.shape().size(1);
    Ink small = new Ink(side, side);
    data.read(example, small.at);
    for (int i = 0; i < small.at.length; i++) {
      small.at[i] /= 255;
    }
    double scale = height / 20;
    // Bilinear pictures have corners at the pixels' middles; a little blur takes them away.
    int size = (int) Math.ceil(side * scale);
    Ink large = new Ink(size, size);
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        large.at[y * size + x] = small.sample((x + 0.5) / scale - 0.5, (y + 0.5) / scale - 0.5);
      }
    }
    large.blur(0.55 * scale);
    // A stroke of MNIST is about an eighth of the height wide; the level says where its edge is.
    float level = (float) Math.clamp(0.42 - 2.6 * (pen - 0.11), 0.2, 0.55);
    float steep = (float) Math.clamp(scale / 1.1, 1, 6);
    for (int i = 0; i < large.at.length; i++) {
      large.at[i] = Math.clamp(0.5f + (large.at[i] - level) * steep * 1.6f, 0, 1);
    }
    int[] box = large.box(0.02f);
    if (box[2] <= box[0]) {
      return large;
    }
    return large.part(box[0] - 2, box[1] - 2, box[2] - box[0] + 4, box[3] - box[1] + 4);
  }
}
