package dev.vitrine.data;

import dev.vitrine.error.UserException;

/**
 * How a pixel becomes a network's input: {@code (pixel/255 − mean)/deviation}.
 *
 * @param mean what is subtracted, on the scale of 0 … 1
 * @param deviation what is divided by, on the same scale; positive
 */
public record Normalisation(double mean, double deviation) {
  /** 0 … 255 to 0 … 1. */
  public static final Normalisation UNIT = new Normalisation(0, 1);

  /** Mean and deviation of MNIST's training images, as commonly rounded. */
  public static final Normalisation MNIST = new Normalisation(0.1307, 0.3081);

  /**
   * The normalisation.
   *
   * @throws UserException if a number is not finite or the deviation is not positive
   */
  public Normalisation {
    if (!Double.isFinite(mean) || !Double.isFinite(deviation) || deviation <= 0) {
      throw new UserException(
          "Normalisation expects a finite mean and a positive deviation, but got %s and %s"
              .formatted(mean, deviation));
    }
  }

  /** The inputs of all 256 pixel values, computed in double and rounded once. */
  public float[] table() {
    float[] table = new float[256];
    for (int pixel = 0; pixel < table.length; pixel++) {
      table[pixel] = (float) ((pixel / 255.0 - mean) / deviation);
    }
    return table;
  }
}
