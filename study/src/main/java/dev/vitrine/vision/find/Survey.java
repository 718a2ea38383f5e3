package dev.vitrine.vision.find;

import dev.vitrine.vision.cut.MnistCut;
import dev.vitrine.vision.model.DigitModel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * A first look at all pieces: how high digits are here, and which way up they stand.
 *
 * @param height how high digits usually are, in pixels; 0 if there is nothing that could be one
 * @param quarters by how many quarters of a turn, clockwise, the picture might have to be turned
 * @param turnedHeight how high digits usually are then
 * @param tall how high clear digits are that are much higher than that, such as a number beside
 *     print; 0 if there are not two
 * @param clear how many of the pieces that were looked at are clearly digits, as a share, the
 *     better way up: nearly all of a page of digits, less than half of a page of letters
 */
public record Survey(double height, int quarters, double turnedHeight, double tall, double clear) {
  private static final int MOST = 160;
  private static final int LEAST_SIDE = 5;
  private static final int QUARTERS = 4;

  /** By how many nats a piece another way up must be likelier, on average. */
  private static final double SIDEWAYS = 0.35;

  /** How much a 1 counts. */
  private static final double ONE = 0.3;

  private static final double FLOOR = 1e-3;
  private static final double CLEAR = 0.9;

  /**
   * {@return what is seen}
   *
   * @param pieces of the picture
   * @param model says what each is
   */
  public static Survey of(List<Piece> pieces, DigitModel model) {
    Objects.requireNonNull(model, "model");
    List<Piece> looked =
        pieces.stream()
            .filter(piece -> piece.box().longer() >= LEAST_SIDE && !piece.alongEdge())
            .filter(piece -> !Words.isWord(piece))
            .sorted(Comparator.comparingInt((Piece piece) -> piece.box().longer()).reversed())
            .limit(MOST)
            .toList();
    if (looked.isEmpty()) {
      return new Survey(0, 0, 0, 0, 0);
    }
    float[][] upright =
        looked.stream().map(piece -> MnistCut.of(piece.ink())).toArray(float[][]::new);
    float[][][] seen = new float[QUARTERS][][];
    for (int quarters = 0; quarters < QUARTERS; quarters++) {
      float[][] turned = new float[upright.length][];
      for (int i = 0; i < turned.length; i++) {
        turned[i] = turned(upright[i], quarters);
      }
      seen[quarters] = model.probabilities(turned);
    }
    int best = 0;
    double most = SIDEWAYS;
    for (int quarters = 1; quarters < QUARTERS; quarters++) {
      double more = likelier(looked, seen[quarters], seen[0]);
      if (more > most) {
        most = more;
        best = quarters;
      }
    }
    double height = height(looked, seen[0], false);
    return new Survey(
        height,
        best,
        height(looked, seen[best], best % 2 == 1),
        tall(looked, seen[0], height),
        Math.max(clear(seen[0]), clear(seen[best])));
  }

  /**
   * By how many nats pieces are likelier, on average, than as they stand. What is a 1 either way
   * counts little: a word, a scribble, a dash, anything long is one when it stands on its end.
   */
  private static double likelier(List<Piece> pieces, float[][] turned, float[][] upright) {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < upright.length; i++) {
      float now = most(upright[i]);
      float then = most(turned[i]);
      boolean one = then == turned[i][1] || now == upright[i][1];
      double weight = Math.pow(pieces.get(i).area(), 0.75) * (one ? ONE : 1);
      sum += weight * (Math.log(Math.max(FLOOR, then)) - Math.log(Math.max(FLOOR, now)));
      weights += weight;
    }
    return sum / weights;
  }

  /** The middle one of heights of clear digits that a line of digits so high would not hold. */
  private static double tall(List<Piece> pieces, float[][] seen, double height) {
    List<Integer> heights = new ArrayList<>();
    for (int i = 0; i < seen.length; i++) {
      int own = pieces.get(i).box().height();
      if (own > Lines.MOST * height && most(seen[i]) >= CLEAR && most(seen[i]) > seen[i][1]) {
        heights.add(own);
      }
    }
    heights.sort(Comparator.naturalOrder());
    return heights.size() < 2 ? 0 : heights.get(heights.size() / 2);
  }

  private static double clear(float[][] seen) {
    int clear = 0;
    for (float[] each : seen) {
      clear += most(each) >= CLEAR ? 1 : 0;
    }
    return (double) clear / seen.length;
  }

  private static float most(float[] probabilities) {
    float most = 0;
    for (int digit = 0; digit < DigitModel.DIGITS; digit++) {
      most = Math.max(most, probabilities[digit]);
    }
    return most;
  }

  /** The median of heights, weighted with how surely each piece is a digit and how large it is. */
  private static double height(List<Piece> pieces, float[][] seen, boolean sideways) {
    record Weighted(double height, double weight) {}
    List<Weighted> heights = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < seen.length; i++) {
      Box box = pieces.get(i).box();
      float sure = most(seen[i]);
      // Whatever is long and thin looks like a 1: an edge, a fold, a rule.
      double weight = sure * sure * sure * (seen[i][1] == sure ? ONE : 1);
      weight *= Math.pow(pieces.get(i).area(), 0.75);
      heights.add(new Weighted(sideways ? box.width() : box.height(), weight));
      sum += weight;
    }
    heights.sort(Comparator.comparingDouble(Weighted::height));
    double passed = 0;
    for (Weighted each : heights) {
      passed += each.weight;
      if (passed >= sum / 2) {
        return each.height;
      }
    }
    return heights.getLast().height;
  }

  private static float[] turned(float[] cut, int quarters) {
    float[] from = cut;
    for (int i = 0; i < quarters; i++) {
      float[] to = new float[from.length];
      for (int y = 0; y < MnistCut.SIDE; y++) {
        for (int x = 0; x < MnistCut.SIDE; x++) {
          to[x * MnistCut.SIDE + MnistCut.SIDE - 1 - y] = from[y * MnistCut.SIDE + x];
        }
      }
      from = to;
    }
    return from;
  }
}
