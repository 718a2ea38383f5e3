package dev.vitrine.vision;

import dev.vitrine.vision.model.DigitModel;

/** A model that takes everything for a digit. It does not close the one that it asks. */
record NeverNone(DigitModel model) implements DigitModel {
  @Override
  public float[][] probabilities(float[][] cuts) {
    float[][] all = model.probabilities(cuts);
    for (float[] one : all) {
      float digits = Math.max(1e-6f, 1 - one[NONE] - one[SEVERAL]);
      for (int digit = 0; digit < DIGITS; digit++) {
        one[digit] /= digits;
      }
      one[NONE] = 0;
      one[SEVERAL] = 0;
    }
    return all;
  }

  @Override
  public String title() {
    return model.title();
  }

  @Override
  public void close() {
    // Whoever made the other closes it.
  }
}
