package dev.vitrine.data;

import dev.vitrine.image.Normalisation;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The normalisation that gives the examples of a data set the mean 0 and the deviation 1, channel
 * by channel of images, feature by feature of anything else. It is to be measured on what is
 * learned from alone: whatever is judged by must not be known before.
 */
public final class Standardisation {
  /** Of images, so that numbers are on the scale that others give them on. */
  private static final double WHITE = 255;

  /** Means are rounded to a millionth of the deviation, which is more than they are worth. */
  private static final int DIGITS = 6;

  private Standardisation() {}

  /**
   * Measures. Sums are in double precision, in the order of the examples; a channel that is the
   * same everywhere is divided by 1.
   *
   * @param data what is learned from
   * @return mean and deviation (of all, not of a sample) by channel or feature
   */
  public static Normalisation of(Dataset data) {
    Objects.requireNonNull(data, "data");
    double divisor = data.shape().rank() == 3 ? WHITE : 1;
    double[] means = means(data, new double[data.shape().size(0)], 1);
    double[] squares = means(data, means, 2);
    List<Double> mean = new ArrayList<>();
    List<Double> deviation = new ArrayList<>();
    for (int c = 0; c < means.length; c++) {
      double each = Math.sqrt(squares[c]) / divisor;
      double step = each == 0 ? 1 : each;
      mean.add(rounded(means[c] / divisor, step));
      deviation.add(rounded(step, step));
    }
    return new Normalisation(divisor, mean, deviation);
  }

  /** By channel the mean of {@code (v − from)} or its square. */
  private static double[] means(Dataset data, double[] from, int power) {
    int each = data.shape().elements() / from.length;
    float[] example = new float[data.shape().elements()];
    double[] sums = new double[from.length];
    for (int i = 0; i < data.size(); i++) {
      data.read(i, example);
      for (int e = 0; e < example.length; e++) {
        double distance = example[e] - from[e / each];
        sums[e / each] += power == 1 ? distance : distance * distance;
      }
    }
    for (int c = 0; c < sums.length; c++) {
      sums[c] /= (double) data.size() * each;
    }
    return sums;
  }

  private static double rounded(double value, double step) {
    int scale = DIGITS - 1 - (int) Math.floor(Math.log10(step));
    return BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_EVEN).doubleValue();
  }
}
