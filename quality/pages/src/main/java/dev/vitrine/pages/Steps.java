package dev.vitrine.pages;

import dev.vitrine.nn.ParameterSpec;

/**
 * Weights as whole steps, −127 … 127, of a scale that each output has for itself: a quarter of
 * single precision. The largest weight of an output is 127 steps.
 *
 * @param steps as many as there are weights
 * @param scales one for each output
 */
record Steps(byte[] steps, float[] scales) {
  private static final int MOST = 127;

  /** Whether a parameter is weights; biases and statistics, one number an output, are not. */
  static boolean suit(ParameterSpec spec) {
    return spec.shape().rank() > 1;
  }

  /** The nearest to some weights. */
  static Steps of(float[] weights, int outputs) {
    int inputs = weights.length / outputs;
    byte[] steps = new byte[weights.length];
    float[] scales = new float[outputs];
    for (int output = 0; output < outputs; output++) {
      int first = output * inputs;
      float most = 0;
      for (int i = first; i < first + inputs; i++) {
        most = Math.max(most, Math.abs(weights[i]));
      }
      scales[output] = most == 0 ? 1 : most / MOST;
      for (int i = first; i < first + inputs; i++) {
        steps[i] = (byte) Math.clamp(Math.round(weights[i] / scales[output]), -MOST, MOST);
      }
    }
    return new Steps(steps, scales);
  }

  /** The weights that they stand for. */
  float[] weights() {
    int inputs = steps.length / scales.length;
    float[] weights = new float[steps.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = steps[i] * scales[i / inputs];
    }
    return weights;
  }
}
