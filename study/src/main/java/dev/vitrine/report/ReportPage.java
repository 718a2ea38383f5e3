package dev.vitrine.report;

import static dev.vitrine.report.Html.element;

import dev.vitrine.format.AtomicFile;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.EvaluationBuilder;
import dev.vitrine.metrics.Interval;
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
   * @throws dev.vitrine.error.UserException if it cannot be written
   */
  public static void write(Path target, RunReport report) {
    AtomicFile.writeText(target, html(report));
  }

  /**
   * {@return the page as HTML, which is well-formed XML too}
   *
   * @param report what it shows
   */
  public static String html(RunReport report) {
    return Page.html(report.title(), "", sections(report));
  }

  private static List<Element> sections(RunReport report) {
    var sections = new ArrayList<Element>();
    sections.add(header(report));
    TrainingCurves.section(report).ifPresent(sections::add);
    sections.add(ConfusionSection.section(report));
    if (!report.evaluation().worst().isEmpty()) {
      sections.add(MistakesSection.section(report));
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
    Evaluation evaluation = report.evaluation();
    Interval interval = evaluation.accuracyInterval();
    String finished = DATE.format(report.provenance().finished());
    return element(
        "header",
        element("p", "Vitrine · " + finished).with("class", "kicker"),
        element("h1", report.title()),
        element(
                "div",
                element("p", Numbers.percent(evaluation.accuracy(), 2)).with("class", "result"),
                element(
                    "p",
                    element(
                        "span",
                        "of %s read right; %s of %s misread."
                            .formatted(
                                report.evaluatedOn(),
                                Numbers.count(evaluation.errors()),
                                Numbers.count(evaluation.examples()))),
                    element("br"),
                    element(
                            "span",
                            "Wilson’s 95 %% interval: %s to %s"
                                .formatted(
                                    Numbers.percentDigits(interval.low(), 2),
                                    Numbers.percent(interval.high(), 2)))
                        .with("class", "note")))
            .with("class", "headline"),
        keyFigures(report));
  }

  private static Element keyFigures(RunReport report) {
    var list = element("dl").with("class", "key");
    list = list.add(figure("model", report.model()), figure("data", report.data()));
    list = list.add(figure("test loss", Numbers.significant(report.evaluation().meanLoss(), 3)));
    int top = report.classNames().size() < MANY_CLASSES ? 2 : EvaluationBuilder.LARGEST_TOP;
    list = list.add(figure("top-" + top, Numbers.percent(report.evaluation().top(top), 2)));
    long parameters = report.layers().stream().mapToLong(LayerRow::parameters).sum();
    if (parameters > 0) {
      list = list.add(figure("parameters", Numbers.count(parameters)));
    }
    if (!report.epochs().isEmpty()) {
      list = list.add(figure("epochs", Numbers.count(report.epochs().size())));
    }
    if (report.provenance().imagesPerSecond() > 0) {
      long speed = Math.round(report.provenance().imagesPerSecond());
      list = list.add(figure("images/s", Numbers.count(speed)));
    }
    return list.add(figure("time", Numbers.duration(report.provenance().duration())));
  }

  private static Element figure(String name, String value) {
    return element("div", element("dt", name), element("dd", value));
  }
}
