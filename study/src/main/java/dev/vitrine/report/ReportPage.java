package dev.vitrine.report;

import static dev.vitrine.report.Html.element;

import dev.vitrine.format.AtomicFile;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.EvaluationBuilder;
import dev.vitrine.metrics.Interval;
import dev.vitrine.metrics.Regression;
import dev.vitrine.report.Html.Element;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run as one page: a file without script or outer resources that opens from disk, in light or
 * dark, on paper or on a phone.
 */
public final class ReportPage {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** From so many classes on, the top-5 accuracy says more than the top-2. */
  private static final int MANY_CLASSES = 20;

  private ReportPage() {}

  /**
   * Writes the page to a file, replacing one that is there, whole or not at all.
   *
   * @param target the file
   * @param report what it shows
   * @param more sections that follow the training's curves
   * @throws dev.vitrine.error.UserException if it cannot be written
   */
  public static void write(Path target, RunReport report, List<Element> more) {
    AtomicFile.writeText(target, Page.html(report.title(), "", sections(report, more)));
  }

  /**
   * Writes the page to a file, replacing one that is there, whole or not at all.
   *
   * @param target the file
   * @param report what it shows
   * @throws dev.vitrine.error.UserException if it cannot be written
   */
  public static void write(Path target, RunReport report) {
    write(target, report, List.of());
  }

  /**
   * {@return the page as HTML, which is well-formed XML too}
   *
   * @param report what it shows
   */
  public static String html(RunReport report) {
    return Page.html(report.title(), "", sections(report, List.of()));
  }

  private static List<Element> sections(RunReport report, List<Element> more) {
    var sections = new ArrayList<Element>();
    sections.add(header(report));
    TrainingCurves.section(report).ifPresent(sections::add);
    sections.addAll(more);
    switch (report.judgement()) {
      case Evaluation classes -> {
        sections.add(ConfusionSection.section(report));
        if (!classes.worst().isEmpty()) {
          sections.add(MistakesSection.section(report));
        }
      }
      case Regression numbers when numbers.targets().size() > 1 ->
          sections.add(TableSections.targets(numbers));
      case Regression _ -> {} // the headline says all
    }
    if (!report.layers().isEmpty()) {
      sections.add(TableSections.network(report));
    }
    if (!report.epochs().isEmpty()) {
      sections.add(TableSections.epochs(report));
    }
    sections.add(TableSections.provenance(report));
    return sections;
  }

  private static Element header(RunReport report) {
    String finished = DATE.format(report.provenance().finished());
    return element(
        "header",
        element("p", "Vitrine · " + finished).with("class", "kicker"),
        element("h1", report.title()),
        switch (report.judgement()) {
          case Evaluation classes -> accuracy(report, classes);
          case Regression numbers -> error(report, numbers);
        },
        keyFigures(report));
  }

  private static Element accuracy(RunReport report, Evaluation evaluation) {
    Interval interval = evaluation.accuracyInterval();
    return headline(
        Numbers.percent(evaluation.accuracy(), 2),
        "of %s read right; %s of %s misread."
            .formatted(
                report.evaluatedOn(),
                Numbers.count(evaluation.errors()),
                Numbers.count(evaluation.examples())),
        "Wilson’s 95 %% interval: %s to %s"
            .formatted(
                Numbers.percentDigits(interval.low(), 2), Numbers.percent(interval.high(), 2)));
  }

  private static Element error(RunReport report, Regression numbers) {
    String share =
        numbers.r2().isEmpty()
            ? "What is right is one number, so R² is not known."
            : "R² %s: the share of the targets’ variance that is explained."
                .formatted(Numbers.significant(numbers.r2().getAsDouble(), 5));
    return headline(
        Numbers.significant(numbers.rmse(), 4),
        "is the root of the mean squared error on %s, %s of them."
            .formatted(report.evaluatedOn(), Numbers.count(numbers.examples())),
        share);
  }

  private static Element headline(String result, String what, String note) {
    return element(
            "div",
            element("p", result).with("class", "result"),
            element(
                "p",
                element("span", what),
                element("br"),
                element("span", note).with("class", "note")))
        .with("class", "headline");
  }

  private static Element keyFigures(RunReport report) {
    var list = element("dl").with("class", "key");
    list = list.add(figure("model", report.model()), figure("data", report.data()));
    list = list.add(figure("test loss", Numbers.significant(report.judgement().meanLoss(), 3)));
    if (report.judgement() instanceof Evaluation classes) {
      int top = report.classNames().size() < MANY_CLASSES ? 2 : EvaluationBuilder.LARGEST_TOP;
      list = list.add(figure("top-" + top, Numbers.percent(classes.top(top), 2)));
    }
    long parameters = report.layers().stream().mapToLong(LayerRow::parameters).sum();
    if (parameters > 0) {
      list = list.add(figure("parameters", Numbers.count(parameters)));
    }
    if (!report.epochs().isEmpty()) {
      list = list.add(figure("epochs", Numbers.count(report.epochs().size())));
    }
    if (report.provenance().imagesPerSecond() > 0) {
      long speed = Math.round(report.provenance().imagesPerSecond());
      String what = report.judgement() instanceof Evaluation ? "images/s" : "examples/s";
      list = list.add(figure(what, Numbers.count(speed)));
    }
    return list.add(figure("time", Numbers.duration(report.provenance().duration())));
  }

  private static Element figure(String name, String value) {
    return element("div", element("dt", name), element("dd", value));
  }
}
