package dev.vitrine.lab.sweep;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.report.Figure.Line;
import dev.vitrine.lab.report.Figure.Scale;
import dev.vitrine.lab.search.Point;
import dev.vitrine.lab.spec.Values;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.report.Series;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/** Training, validation and test errors over the values of a parameter that are arms. */
final class ErrorFigures {
  private static final int LEAST_VALUES = 3;

  private final Findings findings;

  ErrorFigures(Findings findings) {
    this.findings = findings;
  }

  /** A chart for each such parameter and each arm that would be if it were tuned. */
  List<Figure> all() {
    List<Figure> figures = new ArrayList<>();
    for (String parameter : findings.spec().compare()) {
      for (Arm arm : findings.armsWithout(parameter)) {
        figure(parameter, arm).ifPresent(figures::add);
      }
    }
    return figures;
  }

  private Optional<Figure> figure(String parameter, Arm arm) {
    List<Line> lines = new ArrayList<>();
    line(parameter, arm, "training", t -> t.measured().map(Event.Measured::accuracy))
        .ifPresent(lines::add);
    line(parameter, arm, "validation", t -> t.end().map(end -> end.figures().validationAccuracy()))
        .ifPresent(lines::add);
    line(
            parameter,
            arm,
            "test",
            t -> Optional.ofNullable(t.tests().get(Optional.empty())).map(Event.Tested::accuracy))
        .ifPresent(lines::add);
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    DoubleSummaryStatistics values =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(Series.Point::x)
            .summaryStatistics();
    return Optional.of(
        new Figure(
            "errors-%s-%s".formatted(SweepNetworks.slug(arm.name()), parameter),
            "%s: errors over %s, the mean over the seeds, and from the least to the largest."
                .formatted(arm.name(), parameter),
            SweepFigures.scale(parameter, values.getMin(), values.getMax()),
            Scale.log("error, %"),
            lines));
  }

  private Optional<Line> line(
      String parameter, Arm arm, String name, Function<TrialRecord, Optional<Double>> accuracy) {
    Map<Double, Sample> byValue = new TreeMap<>();
    for (Point point : arm.points()) {
      OptionalDouble value = Values.number(point.varied().getOrDefault(parameter, ""));
      List<Double> errors =
          arm.ended(point).values().stream()
              .flatMap(trial -> accuracy.apply(trial).stream())
              .filter(Double::isFinite)
              .map(share -> 100 * (1 - share))
              .toList();
      if (value.isPresent() && !errors.isEmpty()) {
        byValue.put(value.getAsDouble(), new Sample(errors));
      }
    }
    List<Series.Point> points = new ArrayList<>();
    List<Series.Range> band = new ArrayList<>();
    byValue.forEach((value, errors) -> {
      var range = errors.values().stream().mapToDouble(v -> v).summaryStatistics();
      points.add(new Series.Point(value, errors.mean()));
      band.add(new Series.Range(value, range.getMin(), range.getMax()));
    });
    return points.size() < LEAST_VALUES
        ? Optional.empty()
        : Optional.of(new Line(name, points, band, true));
  }
}
