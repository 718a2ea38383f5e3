package dev.vitrine.report;

import static dev.vitrine.report.Html.element;

import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.Regression;
import dev.vitrine.report.Html.Element;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** The sections that are tables: the network, the epochs, where the result comes from. */
final class TableSections {
  private TableSections() {}

  static Element network(RunReport report) {
    long parameters = report.layers().stream().mapToLong(LayerRow::parameters).sum();
    long macs = report.layers().stream().mapToLong(LayerRow::macs).sum();
    var body = element("tbody");
    for (LayerRow layer : report.layers()) {
      body =
          body.add(
              element(
                  "tr",
                  element("th", layer.name()).with("scope", "row"),
                  element("td", element("code", layer.type())).with("class", "left"),
                  element("td", layer.output().toString()),
                  part(layer.parameters(), parameters),
                  part(layer.macs(), macs)));
    }
    var total =
        element(
            "tr",
            element("th", "total").with("scope", "row"),
            element("td"),
            element("td"),
            element("td", Numbers.count(parameters)),
            element("td", Numbers.count(macs)));
    var head = head("layer", "type", "output", "parameters", "MACs");
    return section(
        "The network",
        "Shapes and multiply–accumulate operations (MACs) are for one %s."
            .formatted(report.judgement() instanceof Evaluation ? "image" : "example"),
        table(head, body).with("class", "figures layers").add(element("tfoot", total)));
  }

  /** A number with a bar under it that shows its part of the whole. */
  private static Element part(long value, long whole) {
    double share = whole == 0 ? 0 : (double) value / whole;
    return element("td", Numbers.count(value))
        .with("class", "part")
        .with("style", String.format(Locale.ROOT, "--v:%.1f%%", 100 * share));
  }

  /** How near each of several numbers comes. */
  static Element targets(Regression numbers) {
    var body = element("tbody");
    int number = 1;
    for (Regression.Fit fit : numbers.targets()) {
      body =
          body.add(
              element(
                  "tr",
                  element("th", Integer.toString(number++)).with("scope", "row"),
                  td(Numbers.significant(fit.mse(), 4)),
                  td(Numbers.significant(fit.rmse(), 4)),
                  td(fit.r2().isPresent() ? Numbers.significant(fit.r2().getAsDouble(), 5) : "–")));
    }
    return section(
        "Target by target",
        "In the order in which they were named.",
        table(head("target", "squared error", "its root", "R²"), body));
  }

  static Element epochs(RunReport report) {
    boolean validated = report.epochs().stream().anyMatch(r -> r.validationLoss().isPresent());
    boolean classes = report.judgement() instanceof Evaluation;
    List<String> titles = new ArrayList<>(List.of("epoch", "training loss"));
    titles.addAll(classes ? List.of("accuracy, %") : List.of());
    titles.addAll(validated ? List.of("validation loss") : List.of());
    titles.addAll(validated && classes ? List.of("accuracy, %") : List.of());
    titles.addAll(List.of("learning rate", classes ? "images/s" : "examples/s", "time, s"));
    Element head = head(titles.toArray(String[]::new));
    var body = element("tbody");
    for (EpochRow row : report.epochs()) {
      var cells =
          element("tr", element("th", Integer.toString(row.epoch())).with("scope", "row"))
              .add(td(Numbers.significant(row.trainLoss(), 3)));
      cells = classes ? cells.add(td(Numbers.percentDigits(row.trainAccuracy(), 2))) : cells;
      cells = validated ? cells.add(td(loss(row.validationLoss()))) : cells;
      cells = validated && classes ? cells.add(td(share(row.validationAccuracy()))) : cells;
      body =
          body.add(
              cells.add(
                  td(Numbers.significant(row.learningRate(), 3)),
                  td(Numbers.count(Math.round(row.imagesPerSecond()))),
                  td(String.format(Locale.ROOT, "%,.1f", row.seconds()))));
    }
    return section("Epoch by epoch", "", table(head, body));
  }

  private static String loss(OptionalDouble value) {
    return value.isPresent() ? Numbers.significant(value.getAsDouble(), 3) : "–";
  }

  private static String share(OptionalDouble value) {
    return value.isPresent() ? Numbers.percentDigits(value.getAsDouble(), 2) : "–";
  }

  static Element provenance(RunReport report) {
    Provenance provenance = report.provenance();
    var list = element("dl").with("class", "facts");
    list = list.add(element("dt", "seed"), element("dd", Long.toString(provenance.seed().value())));
    list =
        list.add(
            element("dt", "parameters"),
            element("dd", element("code", provenance.parametersHash())));
    list = list.addAll(facts(provenance.machine())).addAll(facts(provenance.versions()));
    list = list.addAll(facts(provenance.data()));
    var command = element("pre", element("code", provenance.command())).with("tabindex", "0");
    return element(
        "section",
        element("h2", "To get it again"),
        element(
            "div",
            command,
            element("p", "The same command gives the same parameters, bit for bit, on any machine.")
                .with("class", "note"),
            list));
  }

  private static List<Element> facts(Map<String, String> facts) {
    return facts.entrySet().stream()
        .flatMap(fact ->
            Arrays.asList(element("dt", fact.getKey()), element("dd", fact.getValue())).stream())
        .toList();
  }

  private static Element section(String title, String note, Element table) {
    var body = element("div");
    if (!note.isEmpty()) {
      body = body.add(element("p", note).with("class", "note"));
    }
    return element("section", element("h2", title), body.add(Page.scrolling(title, table)));
  }

  private static Element table(Element head, Element body) {
    return element("table").with("class", "figures").add(element("thead", head), body);
  }

  private static Element head(String... titles) {
    return element("tr")
        .addAll(Arrays.stream(titles).map(t -> element("th", t).with("scope", "col")).toList());
  }

  private static Element td(String text) {
    return element("td", text);
  }
}
