package dev.vitrine.image;

/**
 * Whether a picture shows something light on a dark ground or the other way round, as its border
 * tells. The ground is a surface between the levels of the border ({@link Ground}), so it may
 * brighten towards a lamp; of all differences from it, the 1st and the 99th percentile say how much
 * darker and how much lighter something is. The larger of the two counts, if
 *
 * <ul>
 *   <li>it is a good fifth of the way from black to white at least,
 *   <li>three times the other, and three times how rough the border is (its noise, its texture),
 *   <li>twice as much as the border's levels are apart in all, or as much if four fifths of the
 *       picture are near the ground, as those of paper on which a shadow lies,
 *   <li>and the ground itself is not dark where something is darker, or light where it is lighter.
 * </ul>
 *
 * <p>Pictures are judged at 256 pixels a side at most, and colours by their grey.
 */
public enum Polarity {
  /** Something light on a dark ground, as MNIST's digits. */
  LIGHT_ON_DARK("light on dark"),
  /** Something dark on a light ground, as ink on paper. */
  DARK_ON_LIGHT("dark on light"),
  /** Neither, or both: the border is mixed, or nothing stands out. */
  UNCLEAR("unclear");

  private static final int SIDE = 256;

  /** The least difference from the ground that stands out, of 255. */
  private static final int LEAST = 56;

  /** How many times the difference is larger than what speaks against it. */
  private static final int CLEARLY = 3;

  /** How far a light ground is from black at least, and a dark one from white. */
  private static final int GROUND = 100;

  private static final int WHITE = 255;

  private final String words;

  Polarity(String words) {
    this.words = words;
  }

  /** {@return its name in mid-sentence: {@code dark on light}} */
  public String words() {
    return words;
  }

  /** {@return its name in JSON: {@code dark-on-light}} */
  public String key() {
    return words.replace(' ', '-');
  }

  /**
   * {@return whether one is light on dark and the other dark on light}
   *
   * @param other of another picture
   */
  public boolean contradicts(Polarity other) {
    return this != other && this != UNCLEAR && other != UNCLEAR;
  }

  /**
   * {@return that of a picture}
   *
   * @param picture of any size, grey or coloured
   */
  public static Polarity of(Raster picture) {
    Raster small = reduced(picture);
    Raster grey = small.channels() == 1 ? small : Grey.of(small);
    Ground ground = Ground.of(grey);
    Levels differences = ground.differences(grey);
    int darker = -differences.percentile(1);
    int lighter = differences.percentile(99);
    int most = Math.max(darker, lighter);
    boolean quiet = 5 * differences.within(most / 4) >= 4 * differences.total();
    int unrest = (quiet ? 1 : 2) * ground.spread();
    int against = Math.max(unrest, CLEARLY * ground.roughness());
    if (most < LEAST || most < against || most < CLEARLY * Math.min(darker, lighter)) {
      return UNCLEAR;
    }
    if (darker > lighter) {
      return ground.level() >= GROUND ? DARK_ON_LIGHT : UNCLEAR;
    }
    return ground.level() <= WHITE - GROUND ? LIGHT_ON_DARK : UNCLEAR;
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
}
