package dev.vitrine.bench;

import java.nio.file.Path;

/** A framework that answers: a network's outputs for its inputs, nothing learned. */
public interface Answerer {
  /**
   * Does all that a user's request costs, from the inputs' floats to the outputs'.
   *
   * @param inputs {@code [example][element]}, row-major, always as many as it was opened for
   * @return the outputs of one example after the other
   */
  float[] answer(float[][] inputs);

  /** Makes answerers. */
  interface Factory {
    /** The framework's name and version. */
    String title();

    /**
     * A network that is ready to answer.
     *
     * @param network an ONNX file
     * @param input the sizes of one example
     * @param batch how many examples it is asked at once
     * @param threads how many threads the framework may use
     */
    Answerer open(Path network, int[] input, int batch, int threads);
  }
}
