package dev.vitrine.transfer;

/** What is done to a tensor's numbers so that they lie as a parameter's do. */
public enum Change {
  /** A part is cut out of a tensor that holds several parameters. */
  SPLIT("split"),
  /** Sizes of 1 are left out or put in, or neighbouring axes are taken as one. */
  RESHAPED("reshaped"),
  /** (in, out) becomes (out, in). */
  TRANSPOSED("transposed"),
  /** A filter of H W I O becomes O I H W. */
  FROM_HWIO("from H W I O"),
  /** A filter of O H W I becomes O I H W. */
  FROM_OHWI("from O H W I"),
  /** A filter is turned by half a turn. */
  FLIPPED("flipped"),
  /** Filters of colours had those in the order blue, green, red. */
  COLOURS_REVERSED("colours reversed"),
  /** The rows and columns of a filter are exchanged. */
  PICTURES_TRANSPOSED("rows and columns exchanged"),
  /** A dense layer's inputs lay in another order of the flattened image. */
  INPUTS_REORDERED("inputs reordered"),
  /** The outputs stood for other classes, or some were missing. */
  CLASSES("outputs put to their classes"),
  /** Two tensors are one: a sum by its number of summands, a direction by its length. */
  FOLDED("folded"),
  /** Another quantity says the same: 1 / √(variance + ε) for the variance. */
  RESTATED("restated");

  private final String words;

  Change(String words) {
    this.words = words;
  }

  /** {@return what is done, in a word or four} */
  public String words() {
    return words;
  }
}
