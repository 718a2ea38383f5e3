package dev.vitrine.look.maps;

/**
 * What a map may be to the original picture, brought to the map's size; the first that holds is
 * taken. Correlations are Pearson's over all places. Changes are Sobel's differences of the
 * original to the right and downwards; a map follows them as well as their best weighted sum
 * correlates with it, and the weights are the direction.
 */
public enum MapKind {
  /** Its range is at most 1 % of the largest of the layer's maps. */
  BLANK("blank"),
  /** Correlation with the original at least 0.97, contrast within a tenth of it. */
  COPY("near copy"),
  /** Correlation at least 0.97, another contrast. */
  CONTRAST("copy of another contrast"),
  /** Correlation at most −0.97. */
  INVERTED("inverted copy"),
  /** Correlation at least 0.97 with the original blurred, whatever the sign. */
  BLURRED("blurred copy"),
  /** Follows changes to 0.6 or more, within 22.5° of those from left to right. */
  VERTICAL("answers to vertical edges"),
  /** Follows changes to 0.6 or more, within 22.5° of those from top to bottom. */
  HORIZONTAL("answers to horizontal edges"),
  /** Follows changes to 0.6 or more, in another direction. */
  SLANTED("answers to slanted edges"),
  /** Its distance from its median correlates with the size of changes at least 0.5. */
  EDGES("edges of all directions"),
  /** None of these. */
  OTHER("something else");

  private final String words;

  MapKind(String words) {
    this.words = words;
  }

  /** {@return the kind in a few words} */
  public String words() {
    return words;
  }

  /**
   * {@return the same of several maps, or of one: {@code near copies}}
   *
   * @param count how many
   */
  public String words(int count) {
    return count == 1 ? words : words.replaceFirst("^answers", "answer").replace("copy", "copies");
  }
}
