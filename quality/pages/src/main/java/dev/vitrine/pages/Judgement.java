package dev.vitrine.pages;

import dev.vitrine.data.Dataset;
import dev.vitrine.vision.model.DigitModel;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a model gets right of cuts.
 *
 * @param name what was judged
 * @param confusion by the true class, then by the best guess
 * @param reliability by confidence
 */
record Judgement(String name, int[][] confusion, List<Calibration.Bin> reliability) {
  static Judgement of(String name, Dataset cuts, DigitModel model) {
    float[][] said = model.probabilities(Taught.inputs(cuts));
    int[][] confusion = new int[DigitModel.CLASSES][DigitModel.CLASSES];
    for (int i = 0; i < said.length; i++) {
      confusion[cuts.label(i)][Calibration.best(said[i])]++;
    }
    return new Judgement(name, confusion, Calibration.reliability(said, Taught.labels(cuts)));
  }

  int count() {
    return Arrays.stream(confusion).flatMapToInt(Arrays::stream).sum();
  }

  double accuracy() {
    int right = 0;
    for (int c = 0; c < confusion.length; c++) {
      right += confusion[c][c];
    }
    return (double) right / count();
  }

  /** The share of digits that are taken for none. */
  double refused() {
    int refused = 0;
    int digits = 0;
    for (int c = 0; c < DigitModel.DIGITS; c++) {
      refused += confusion[c][DigitModel.NONE] + confusion[c][DigitModel.SEVERAL];
      digits += Arrays.stream(confusion[c]).sum();
    }
    return (double) refused / Math.max(1, digits);
  }

  void print() {
    System.out.println(
        String.format(
            Locale.ROOT,
            "%s: %.2f %% of %,d right, %.2f %% of the digits taken for none; calibration error %.2f %%",
            name,
            100 * accuracy(),
            count(),
            100 * refused(),
            100 * Calibration.expectedError(reliability)));
    for (int[] row : confusion) {
      StringBuilder line = new StringBuilder(" ");
      for (int number : row) {
        line.append(String.format(Locale.ROOT, "%5d", number));
      }
      System.out.println(line);
    }
    System.out.println(Calibration.table(reliability));
  }
}
