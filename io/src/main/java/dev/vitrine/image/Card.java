package dev.vitrine.image;

import java.util.function.IntPredicate;

/**
 * A sheet, a card or a label on which something is written, as a figure on the picture's ground:
 * its outline is convex, and it encloses holes. So do the rings of letters, such as of a bold
 * {@code 0}, but their holes are convex or large.
 */
final class Card {
  /** How sure it is that a figure is a card. */
  enum Verdict {
    NONE,
    PERHAPS,
    SURELY
  }

  /** The area of an outline, of that of its convex hull, at least. */
  private static final double CONVEX = 0.97;

  /** The same of a hole, for it to be like that of a ring. */
  private static final double RING = 0.85;

  /** What is written covers of a card at least; less is dirt. */
  private static final double LEAST = 0.003;

  /** What is written covers of a card at most, surely and perhaps. */
  private static final double INK = 0.2;

  private static final double MUCH_INK = 0.4;

  /** The same of holes like that of a ring, surely and perhaps. */
  private static final double BAR = 0.05;

  private static final double THICK_BAR = 0.12;

  /** The least pixels of a hole. */
  private static final int FEW = 4;

  private final int pixels;
  private final IntPredicate ground;
  private final Regions regions;
  private int area;
  private int holes;
  private double convexity;

  private Card(int width, int height, IntPredicate ground) {
    pixels = width * height;
    this.ground = ground;
    regions = new Regions(width, height);
  }

  /**
   * Whether the largest figure is a card.
   *
   * @param ground whether a pixel, counted row by row, is like the ground
   */
  static Verdict of(int width, int height, IntPredicate ground) {
    return new Card(width, height, ground).verdict();
  }

  private Verdict verdict() {
    markGround();
    int figure = largestFigure();
    if (area == 0 || area < CONVEX * regions.hull(figure)) {
      return Verdict.NONE;
    }
    markHoles(figure);
    double ink = (double) holes / area;
    boolean ring = convexity >= RING;
    if (ink < LEAST || ink > (ring ? THICK_BAR : MUCH_INK)) {
      return Verdict.NONE;
    }
    return ink <= (ring ? BAR : INK) ? Verdict.SURELY : Verdict.PERHAPS;
  }

  private void markGround() {
    for (int pixel = 0; pixel < pixels; pixel++) {
      if (regions.at(pixel) == 0 && regions.isBorder(pixel) && ground.test(pixel)) {
        regions.grow(pixel, ground);
      }
    }
  }

  /** With what it encloses. */
  private int largestFigure() {
    int largest = 0;
    for (int pixel = 0; pixel < pixels; pixel++) {
      if (regions.at(pixel) == 0) {
        int size = regions.grow(pixel, _ -> true);
        if (size > area) {
          area = size;
          largest = regions.newest();
        }
      }
    }
    return largest;
  }

  private void markHoles(int figure) {
    int largest = 0;
    for (int pixel = 0; pixel < pixels; pixel++) {
      if (regions.at(pixel) == figure && ground.test(pixel)) {
        int size = regions.grow(pixel, ground);
        holes += size >= FEW ? size : 0;
        if (size > largest) {
          largest = size;
          convexity = size / regions.hull(regions.newest());
        }
      }
    }
  }
}
