package dev.vitrine.report;

import static dev.vitrine.report.Html.element;

import dev.vitrine.metrics.Evaluation;
import dev.vitrine.report.Html.Element;
import dev.vitrine.report.Series.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The section with the curves of loss and accuracy. */
final class TrainingCurves {
  private static final int WIDTH = 480;
  private static final int WIDE = 996;
  private static final int HEIGHT = 290;
  private static final int MOST_STEP_POINTS = 200;

  /** Losses further apart than this factor are drawn on a logarithmic axis. */
  private static final double LOG_FROM = 5;

  private TrainingCurves() {}

  /** The section, if there is a curve to draw: a single point is none. */
  static Optional<Element> section(RunReport report) {
    var charts = new ArrayList<Element>();
    if (report.epochs().size() > 1) {
      charts.add(loss(report));
      if (report.judgement() instanceof Evaluation) {
        charts.add(accuracy(report.epochs()));
      }
    }
    if (report.steps().size() > 1) {
      charts.add(steps(report.steps(), report.unit()));
    }
    return charts.isEmpty()
        ? Optional.empty()
        : Optional.of(
            element(
                "section",
                element("h2", "Training"),
                element("div").with("class", "charts").addAll(charts)));
  }

  private static Element loss(RunReport report) {
    List<EpochRow> epochs = report.epochs();
    List<Series> series = series(epochs, EpochRow::validationLoss, EpochRow::trainLoss, 1);
    return figure(
        "Loss by epoch",
        "Mean %s. Training figures average over the epoch, while the parameters still move; validation follows at its end."
            .formatted(report.loss()),
        new LineChart(
            "Loss by epoch: " + ends(series),
            epochAxis(epochs),
            lossAxis(series, report.unit()),
            series,
            WIDTH,
            HEIGHT));
  }

  private static Element accuracy(List<EpochRow> epochs) {
    List<Series> series =
        series(epochs, EpochRow::validationAccuracy, EpochRow::trainAccuracy, 100);
    var range = finite(series).summaryStatistics();
    Axis y =
        range.getCount() == 0
            ? Axis.linear("%", 0, 100, 6)
            : Axis.linear("%", range.getMin(), range.getMax(), 6);
    return figure(
        "Accuracy by epoch",
        "In per cent of the images.",
        new LineChart(
            "Accuracy by epoch: " + ends(series), epochAxis(epochs), y, series, WIDTH, HEIGHT));
  }

  private static Element steps(List<StepLoss> steps, String unit) {
    var points = steps.stream().map(s -> new Point(s.step(), s.loss())).toList();
    Series series = Series.of("training", 1, points).thinned(MOST_STEP_POINTS);
    String note = each(steps);
    if (!series.band().isEmpty()) {
      note +=
          " There are %s of them: the line is the mean of about %s in a row, the band their range."
              .formatted(
                  Numbers.count(steps.size()),
                  Numbers.count(Math.round((double) steps.size() / MOST_STEP_POINTS)));
    }
    double first = points.getFirst().x();
    double last = points.getLast().x();
    Axis x = Axis.exact("step", first, last, 6);
    List<Series> one = List.of(series);
    var desk =
        new LineChart("Loss by step: " + ends(one), x, lossAxis(one, unit), one, WIDE, HEIGHT);
    // Scaled to a phone, the wide drawing's letters would vanish; the style sheet shows one of two.
    var phone = new LineChart(desk.description(), x, desk.y(), one, WIDTH, HEIGHT);
    return figure("Loss by step", note, desk)
        .with("class", "wide")
        .add(phone.svg().with("class", "chart phone"));
  }

  /** What a point is, which follows from how far apart they are. */
  private static String each(List<StepLoss> steps) {
    long before = steps.size() > 1 ? steps.get(steps.size() - 2).step() : 0;
    long batches = steps.getLast().step() - before;
    return batches == 1
        ? "The loss of each batch."
        : "The mean loss of every %s batches.".formatted(Numbers.count(batches));
  }

  private static Element figure(String title, String note, LineChart chart) {
    return element(
        "figure",
        element("figcaption", element("strong", title), Html.text(" "), element("span", note)),
        chart.svg().with("class", "chart desk"));
  }

  /** Validation, if there is any, in the accent and on top; training quietly below it. */
  private static List<Series> series(
      List<EpochRow> epochs,
      Function<EpochRow, OptionalDouble> validation,
      ToDoubleFunction<EpochRow> training,
      double unit) {
    var series = new ArrayList<Series>();
    var validated = epochs.stream().filter(row -> validation.apply(row).isPresent()).toList();
    if (!validated.isEmpty()) {
      var points =
          validated.stream()
              .map(r -> new Point(r.epoch(), unit * validation.apply(r).getAsDouble()))
              .toList();
      series.add(Series.of("validation", 0, points));
    }
    var points =
        epochs.stream().map(r -> new Point(r.epoch(), unit * training.applyAsDouble(r))).toList();
    series.add(Series.of("training", 1, points));
    return series;
  }

  private static Axis epochAxis(List<EpochRow> epochs) {
    int first = epochs.getFirst().epoch();
    int last = epochs.getLast().epoch();
    return Axis.exact("epoch", first, last, Math.min(last - first + 1, 10));
  }

  private static Axis lossAxis(List<Series> series, String unit) {
    var bands =
        series.stream()
            .flatMap(s -> s.band().stream())
            .flatMapToDouble(r -> DoubleStream.of(r.low(), r.high()))
            .filter(Double::isFinite);
    var range = DoubleStream.concat(finite(series), bands).summaryStatistics();
    if (range.getCount() == 0) {
      return Axis.linear(unit, 0, 1, 6);
    }
    return range.getMin() > 0 && range.getMax() > LOG_FROM * range.getMin()
        ? Axis.log(unit, range.getMin(), range.getMax())
        : Axis.linear(unit, Math.min(0, range.getMin()), range.getMax(), 6);
  }

  private static DoubleStream finite(List<Series> series) {
    return series.stream()
        .flatMap(s -> s.points().stream())
        .mapToDouble(Point::y)
        .filter(Double::isFinite);
  }

  /** What a chart says, in words: where each line begins and ends. */
  private static String ends(List<Series> series) {
    var words = new ArrayList<String>();
    for (Series one : series) {
      words.add(
          "%s from %s to %s"
              .formatted(
                  one.name(),
                  Numbers.significant(one.points().getFirst().y(), 3),
                  Numbers.significant(one.points().getLast().y(), 3)));
    }
    return String.join("; ", words);
  }
}
