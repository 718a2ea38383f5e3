package dev.vitrine.image;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Tells what a picture shows from its ground, as {@link Polarity} says. */
final class FigureGround {
  private static final int SIDE = 256;

  /** The least difference from the ground that stands out, of 255. */
  private static final int LEAST = 60;

  /** The same on a plain ground. */
  private static final int FAINT = 20;

  /** How far greys are apart at most for colours to be looked at. */
  private static final int GREYS = 48;

  /** How many times the difference is larger than what speaks against it. */
  private static final int CLEARLY = 3;

  /** How far a light ground is from black at least, and a dark one from white. */
  private static final int GROUND = 100;

  /** Pixels that are no accident, in a small picture; in a large one 1 of so many. */
  private static final int FEW = 8;

  private static final int OF = 5000;
  private static final int WHITE = 255;

  private FigureGround() {}

  static Polarity of(Raster picture) {
    Raster small = reduced(picture);
    Raster within = Frame.sheet(small, grey(small));
    boolean empty = Levels.of(mostVaried(within)).range(FEW) < FAINT; // a bar, not a sheet
    Raster sheet = empty ? small : within;
    Raster grey = grey(sheet);
    Polarity seen = ofPlane(grey);
    return seen == Polarity.UNCLEAR && sheet.channels() > 1 && Levels.of(grey).range(FEW) < GREYS
        ? ofPlane(mostVaried(sheet))
        : seen;
  }

  private static Raster reduced(Raster picture) {
    long longer = Math.max(picture.width(), picture.height());
    return longer <= SIDE
        ? picture
        : Resampler.resize(picture, side(picture.width(), longer), side(picture.height(), longer));
  }

  private static int side(int side, long longer) {
    return (int) Math.max(1, (long) SIDE * side / longer);
  }

  private static Raster grey(Raster picture) {
    return picture.channels() == 1 ? picture : Grey.of(picture);
  }

  private static Raster mostVaried(Raster picture) {
    return IntStream.range(0, picture.channels())
        .mapToObj(channel -> Parts.plane(picture, channel))
        .max(Comparator.comparingInt(plane -> Levels.of(plane).range(FEW)))
        .orElseThrow();
  }

  private static Polarity ofPlane(Raster plane) {
    Polarity seen = byBorder(plane);
    return seen == Polarity.UNCLEAR ? bySurroundings(plane) : seen;
  }

  private static Polarity byBorder(Raster plane) {
    Ground ground = Ground.of(plane);
    Levels differences = ground.differences(plane);
    int darker = -differences.percentile(1);
    int lighter = differences.percentile(99);
    int most = Math.max(darker, lighter);
    int unrest = (nearGround(differences, most / 4, 80) ? 1 : 2) * ground.spread();
    boolean plain =
        nearGround(differences, most / 8, 70)
            && 6 * ground.roughness() <= most
            && 4 * ground.spread() <= most;
    boolean stands = most >= Math.max(plain ? FAINT : LEAST, unrest);
    int against = Math.max(Math.min(darker, lighter), ground.roughness());
    if (!stands || most < CLEARLY * against) {
      return Polarity.UNCLEAR;
    }
    int sign = darker > lighter ? -1 : 1;
    return switch (card(plane, ground, sign, most)) {
      case NONE -> on(ground.level(), darker, lighter);
      case PERHAPS -> Polarity.UNCLEAR;
      case SURELY -> on(ground.level() + sign * most, lighter, darker);
    };
  }

  /** Whether the figure is a card, at one of two levels between it and the ground. */
  private static Card.Verdict card(Raster plane, Ground ground, int sign, int most) {
    return IntStream.of(2, 3)
        .mapToObj(quarters ->
            Card.of(
                plane.width(),
                plane.height(),
                pixel -> 4 * sign * ground.difference(plane, pixel) < quarters * most))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  private static Polarity bySurroundings(Raster plane) {
    Levels differences = Surroundings.differences(plane);
    int few = Math.max(FEW, differences.total() / OF);
    int darker = -differences.smallest(few);
    int lighter = differences.largest(few);
    int most = Math.max(darker, lighter);
    int against = Math.max(Math.min(darker, lighter), differences.spread());
    boolean clear = most >= Math.max(FAINT, CLEARLY * against);
    return clear && nearGround(differences, most / 4, 97)
        ? on(Levels.of(plane).percentile(50), darker, lighter)
        : Polarity.UNCLEAR;
  }

  private static boolean nearGround(Levels differences, int near, int percent) {
    return 100L * differences.within(near) >= (long) percent * differences.total();
  }

  private static Polarity on(int ground, int darker, int lighter) {
    if (darker > lighter) {
      return ground >= GROUND ? Polarity.DARK_ON_LIGHT : Polarity.UNCLEAR;
    }
    return ground <= WHITE - GROUND ? Polarity.LIGHT_ON_DARK : Polarity.UNCLEAR;
  }
}
