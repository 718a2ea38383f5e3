package dev.vitrine.transfer;

/**
 * How the numbers of a file lie, where its names and sizes cannot tell. Of each kind a file has one
 * convention.
 */
public enum Convention {
  /** Filters of a true convolution, as Theano has them: turned by half a turn. */
  FLIP("flip", Kind.FILTERS, "filters are flipped"),
  /** Trained on pictures whose rows and columns were exchanged. */
  TRANSPOSED("transposed", Kind.PICTURES, "pictures are transposed"),
  /** Trained on pictures whose colours come in the order blue, green, red: OpenCV's and Caffe's. */
  BGR("bgr", Kind.COLOURS, "colours are blue, green and red"),
  /** An image is flattened channel by channel, each row by row, as in Vitrine and PyTorch. */
  CHW("chw", Kind.FLATTENING, "flattened as C H W"),
  /** Position by position, all channels of each, as in Keras and TensorFlow. */
  HWC("hwc", Kind.FLATTENING, "flattened as H W C"),
  /** Channel by channel, each column by column, as MATLAB flattens its H W C. */
  CWH("cwh", Kind.FLATTENING, "flattened by columns, as C W H"),
  /** Position by position and column by column. */
  WHC("whc", Kind.FLATTENING, "flattened as W H C"),
  /** A dense layer's matrix has a row for each output. */
  OUT_IN("out-in", Kind.MATRICES, "matrices are (out, in)"),
  /** It has a row for each input. */
  IN_OUT("in-out", Kind.MATRICES, "matrices are (in, out)"),
  /** A bias within a matrix stands before the weights. */
  BIAS_FIRST("bias-first", Kind.BIAS, "the bias within a matrix comes first"),
  /** It stands behind them. */
  BIAS_LAST("bias-last", Kind.BIAS, "the bias within a matrix comes last"),
  /** One vector holds parameter after parameter, each row by row. */
  ROWS("rows", Kind.VECTOR, "the vector is unrolled parameter by parameter, row by row"),
  /** One vector holds matrix after matrix, each with its bias and column by column. */
  COLUMNS("columns", Kind.VECTOR, "the vector is unrolled matrix by matrix, column by column"),
  /** The file's network has further layers, which are left over. */
  PART("part", Kind.SCOPE, "the network is a part of the file's");

  /** What a convention is about. */
  enum Kind {
    FILTERS,
    PICTURES,
    COLOURS,
    FLATTENING,
    MATRICES,
    BIAS,
    VECTOR,
    SCOPE
  }

  private final String key;
  private final Kind kind;
  private final String words;

  Convention(String key, Kind kind, String words) {
    this.key = key;
    this.kind = kind;
    this.words = words;
  }

  /** {@return what it is called in settings and records, such as {@code hwc}} */
  public String key() {
    return key;
  }

  /** {@return what it says of a file, in mid-sentence} */
  public String words() {
    return words;
  }

  Kind kind() {
    return kind;
  }
}
