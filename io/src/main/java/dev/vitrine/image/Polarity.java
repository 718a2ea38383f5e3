package dev.vitrine.image;

/**
 * Whether a picture shows something light on a dark ground or the other way round. What encloses a
 * sheet as a straight frame of one level is left out first. Then three looks are taken, of which
 * the first that is clear counts:
 *
 * <ol>
 *   <li>At the border. The ground is a surface between its levels, so it may brighten towards a
 *       lamp; of all differences from it, the 1st and the 99th percentile say how much darker and
 *       how much lighter something is. The larger of the two counts, if it is 60 of 255 levels at
 *       least (20 where 70 % of the picture and its border are plain), three times the other, three
 *       times how rough the border is, and twice as much as the border's levels are apart in all
 *       (as much if four fifths of the picture are near the ground, as those of paper on which a
 *       shadow lies). If what stands out is itself a card of convex outline with something on it,
 *       such as a sheet that lies askew on a desk, what is on the card counts instead; where that
 *       might as well be the loop of a bold letter, nothing is clear.
 *   <li>At every pixel's surroundings, for small things on a large page: what a few pixels differ
 *       by from the median of the square around them counts, if it is 20 levels and three times the
 *       opposite at least, and 97 % of the picture are near that median.
 *   <li>Both again, of a coloured picture whose greys are nearly alike, in red, green or blue,
 *       whichever varies most: yellow on white is dark on light in blue.
 * </ol>
 *
 * <p>In each, the ground itself must not be dark where something is darker, or light where it is
 * lighter. Pictures are judged at 256 pixels a side at most.
 */
public enum Polarity {
  /** Something light on a dark ground, as MNIST's digits. */
  LIGHT_ON_DARK("light on dark"),
  /** Something dark on a light ground, as ink on paper. */
  DARK_ON_LIGHT("dark on light"),
  /** Neither, or both: the border is mixed, or nothing stands out. */
  UNCLEAR("unclear");

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
    return FigureGround.of(picture);
  }
}
