package dev.vitrine.lab.sweep;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.report.Figure.Line;
import dev.vitrine.lab.report.Figure.Scale;
import dev.vitrine.lab.search.Point;
import dev.vitrine.lab.spec.Parameter;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.report.EpochRow;
import dev.vitrine.report.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** The figures of a sweep. */
final class SweepFigures {
  /** Parameters whose values differ by this factor are drawn on a log axis. */
  private static final double WIDE = 8;

  private final Findings findings;
  private final List<Arm> drawn;

  SweepFigures(Findings findings) {
    this.findings = findings;
    drawn = findings.best(Series.STYLES);
  }

  /** What a caption says if not all arms are drawn. */
  private String some() {
    int all = findings.arms().size();
    return drawn.size() == all ? "" : " The best %s of %s arms.".formatted(drawn.size(), all);
  }

  /** Validation accuracy; NaN if there is none. */
  static double accuracy(EpochRow row) {
    return row.validationAccuracy().orElse(Double.NaN);
  }

  /** Cost and accuracy by epoch, of what was chosen for each arm. */
  List<Figure> curves() {
    List<Figure> figures = new ArrayList<>();
    add(
        figures,
        "training-loss",
        "Training loss by epoch: the mean over the seeds, and from the least to the largest.",
        Scale.log("loss"),
        EpochRow::trainLoss);
    add(
        figures,
        "validation-loss",
        "Validation loss by epoch.",
        Scale.log("loss"),
        row -> row.validationLoss().orElse(Double.NaN));
    add(
        figures,
        "validation-accuracy",
        "Validation accuracy by epoch.",
        Scale.linear("%"),
        row -> 100 * accuracy(row));
    overTime().ifPresent(figures::add);
    return figures;
  }

  /** Validation accuracy over the time that the training took, of the first seed. */
  private Optional<Figure> overTime() {
    List<Line> lines = new ArrayList<>();
    for (Arm arm : drawn) {
      List<Series.Point> points = new ArrayList<>();
      double seconds = 0;
      for (EpochRow row : arm.curves().stream().findFirst().orElse(List.of())) {
        seconds += row.seconds();
        points.add(new Series.Point(seconds, 100 * accuracy(row)));
      }
      if (points.size() > 1 && points.stream().anyMatch(p -> Double.isFinite(p.y()))) {
        lines.add(Line.of(arm.name(), points));
      }
    }
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                "accuracy-by-time",
                "Validation accuracy over the time of training, of the first seed; trials ran side by side on this machine.",
                Scale.linear("seconds"),
                Scale.linear("%"),
                lines));
  }

  private void add(
      List<Figure> figures, String id, String caption, Scale y, ToDoubleFunction<EpochRow> curve) {
    List<Line> lines = new ArrayList<>();
    for (Arm arm : drawn) {
      Line line = folded(arm.name(), arm.curves(), curve);
      if (line.points().stream().anyMatch(point -> Double.isFinite(point.y()))) {
        lines.add(line);
      }
    }
    boolean several = lines.stream().anyMatch(line -> line.points().size() > 1);
    if (several) {
      figures.add(new Figure(id, caption + some(), Scale.linear("epoch"), y, lines));
    }
  }

  /** The mean over curves, with the range from the least to the largest. */
  private static Line folded(
      String name, List<List<EpochRow>> curves, ToDoubleFunction<EpochRow> curve) {
    Map<Integer, List<Double>> byEpoch = new TreeMap<>();
    for (List<EpochRow> rows : curves) {
      for (EpochRow row : rows) {
        byEpoch.computeIfAbsent(row.epoch(), _ -> new ArrayList<>()).add(curve.applyAsDouble(row));
      }
    }
    List<Series.Point> points = new ArrayList<>();
    List<Series.Range> band = new ArrayList<>();
    byEpoch.forEach((epoch, values) -> {
      points.add(new Series.Point(epoch, new Sample(values).mean()));
      var range = values.stream().mapToDouble(v -> v).summaryStatistics();
      band.add(new Series.Range(epoch, range.getMin(), range.getMax()));
    });
    return new Line(name, points, curves.size() > 1 ? band : List.of(), true);
  }

  /** The metric over each parameter that is a number and alone, one line an arm. */
  List<Figure> search() {
    List<Figure> figures = new ArrayList<>();
    for (String name :
        findings.spec().parameters().stream().map(Parameter::name).distinct().toList()) {
      over(name).ifPresent(figures::add);
    }
    return figures;
  }

  private Optional<Figure> over(String parameter) {
    List<Line> lines = new ArrayList<>();
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    boolean compared = findings.spec().compare().contains(parameter);
    for (Arm arm : compared ? findings.armsWithout(parameter) : findings.arms()) {
      TreeMap<Double, Double> best = new TreeMap<>();
      for (Point point : arm.points()) {
        Optional<Double> value = number(point.varied().get(parameter));
        Optional<Sample> sample = arm.sample(point, findings::metric);
        if (value.isPresent() && sample.isPresent()) {
          best.merge(value.get(), sample.get().mean(), this::better);
        }
      }
      if (best.size() > 2) {
        low = Math.min(low, best.firstKey());
        high = Math.max(high, best.lastKey());
        lines.add(line(arm.name(), best));
      }
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    String metric = findings.spec().metric().key().replace('-', ' ');
    return Optional.of(
        new Figure(
            "over-" + parameter,
            "%s by %s: the best of the points with that value, mean over the seeds."
                .formatted(
                    metric.substring(0, 1).toUpperCase(Locale.ROOT) + metric.substring(1),
                    parameter),
            scale(parameter, low, high),
            findings.byAccuracy() ? Scale.linear("%") : Scale.log("loss"),
            lines));
  }

  /** The axis of a parameter with values from the least to the largest. */
  static Scale scale(String parameter, double low, double high) {
    return low > 0 && high / low >= WIDE ? Scale.log(parameter) : Scale.linear(parameter);
  }

  private Line line(String name, Map<Double, Double> best) {
    List<Series.Point> points = new ArrayList<>();
    double factor = findings.byAccuracy() ? 100 : 1;
    best.forEach((value, metric) -> points.add(new Series.Point(value, factor * metric)));
    return Line.of(name, points);
  }

  private double better(double a, double b) {
    return findings.spec().metric().cost(a) <= findings.spec().metric().cost(b) ? a : b;
  }

  private static Optional<Double> number(String text) {
    try {
      return text == null ? Optional.empty() : Optional.of(Double.valueOf(text));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  /** Test accuracy by epoch, from kept checkpoints, read after the choice was fixed. */
  Optional<Figure> test() {
    List<Line> lines = new ArrayList<>();
    for (Arm arm : drawn) {
      Map<Integer, List<Double>> byEpoch = new TreeMap<>();
      for (TrialRecord trial : arm.chosen().values()) {
        for (Event.Tested test : trial.tests().values()) {
          test.epoch()
              .ifPresent(epoch ->
                  byEpoch
                      .computeIfAbsent(epoch, _ -> new ArrayList<>())
                      .add(100 * test.accuracy()));
        }
      }
      List<Series.Point> points = new ArrayList<>();
      byEpoch.forEach(
          (epoch, values) -> points.add(new Series.Point(epoch, new Sample(values).mean())));
      if (points.size() > 1) {
        lines.add(Line.of(arm.name(), points));
      }
    }
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Figure(
                "test-accuracy",
                "Test accuracy by epoch, of checkpoints that were kept; read after the choice was fixed, and counted.",
                Scale.linear("epoch"),
                Scale.linear("%"),
                lines));
  }
}
