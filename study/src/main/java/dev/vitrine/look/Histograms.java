package dev.vitrine.look;

import dev.vitrine.look.View.Chart;
import dev.vitrine.report.Axis;
import dev.vitrine.report.LineChart;
import dev.vitrine.report.Series;
import dev.vitrine.spread.Sizes;
import dev.vitrine.spread.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Histograms as charts. Exact zeros, of which a ReLU has many, are said and not drawn. */
final class Histograms {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 220;
  private static final int FEW = 200;
  private static final int MANY = 2000;

  private Histograms() {}

  /** By value, in buckets of equal width. */
  static Chart chart(String title, float... values) {
    float[] drawn = withoutZeros(values);
    Optional<Spread> spread = Spread.of(drawn);
    String caption = zeros(values.length - drawn.length, values.length);
    if (spread.isEmpty()) {
      return flat(title, caption);
    }
    Spread s = spread.get();
    List<Series.Point> points = new ArrayList<>();
    double[] counts = merged(s.counts(), drawn.length);
    double width = (s.greatest() - s.least()) / counts.length;
    for (int i = 0; i < counts.length; i++) {
      double middle = s.least() + (i + 0.5) * width;
      points.add(new Series.Point(middle, 100 * counts[i] / values.length));
    }
    double low = s.least() == s.greatest() ? s.least() - 1 : s.least();
    double high = s.least() == s.greatest() ? s.greatest() + 1 : s.greatest();
    return new Chart(title, caption, drawn("value", Axis.exact("", low, high, 5), title, points));
  }

  /** Few numbers would leave most of so many buckets empty. */
  private static double[] merged(double[] counts, int numbers) {
    int together = counts.length == 1 || numbers >= MANY ? 1 : numbers < FEW ? 6 : 2;
    double[] merged = new double[counts.length / together];
    for (int i = 0; i < counts.length; i++) {
      merged[i / together] += counts[i];
    }
    return merged;
  }

  /** By the power of ten of their size. */
  static Chart sizes(String title, float... values) {
    Sizes sizes = Sizes.of(values);
    List<Series.Point> points = new ArrayList<>();
    int first = -1;
    int last = -1;
    for (int i = 0; i < sizes.histogram().size(); i++) {
      if (sizes.histogram().get(i) > 0) {
        first = first < 0 ? i : first;
        last = i;
      }
    }
    String caption = zeros(sizes.zeros(), values.length);
    if (first < 0) {
      return flat(title, caption);
    }
    first = Math.max(0, first - 1);
    last = Math.min(sizes.histogram().size() - 1, last + 1);
    for (int i = first; i <= last; i++) {
      double share = 100.0 * sizes.histogram().get(i) / values.length;
      points.add(new Series.Point(Sizes.LOW + (double) i / Sizes.FINE, share));
    }
    Axis x = Axis.linear("log₁₀ |gradient|", points.getFirst().x(), points.getLast().x(), 6);
    return new Chart(title, caption, drawn("size", x, title, points));
  }

  private static Chart flat(String title, String caption) {
    return new Chart(
        title,
        caption,
        drawn("value", Axis.linear("", -1, 1, 3), title, List.of(new Series.Point(0, 100))));
  }

  private static LineChart drawn(String what, Axis x, String title, List<Series.Point> points) {
    List<Series.Range> filled =
        points.stream().map(p -> new Series.Range(p.x(), 0, p.y())).toList();
    double most = points.stream().mapToDouble(Series.Point::y).max().orElse(1);
    return new LineChart(
        "%s: a histogram by %s".formatted(title, what),
        x,
        Axis.linear("%", 0, most, 4),
        List.of(new Series("share", 0, points, filled)),
        WIDTH,
        HEIGHT);
  }

  private static float[] withoutZeros(float... values) {
    int kept = 0;
    float[] others = new float[values.length];
    for (float value : values) {
      if (value != 0) {
        others[kept++] = value;
      }
    }
    return java.util.Arrays.copyOf(others, kept);
  }

  private static String zeros(long zeros, long all) {
    if (zeros == 0) {
      return "";
    }
    return zeros == all
        ? "All are exactly 0."
        : String.format(Locale.ROOT, "%.1f %% are exactly 0, and not drawn.", 100.0 * zeros / all);
  }
}
