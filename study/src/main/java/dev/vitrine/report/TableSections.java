package dev.vitrine.report;

import static dev.vitrine.report.Html.element;

import dev.vitrine.report.Html.Element;
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
        "Shapes and multiply–accumulate operations (MACs) are for one image.",
        table(head, body).with("class", "figures layers").add(element("tfoot", total)));
  }

  /** A number with a bar under it that shows its part of the whole. */
  private static Element part(long value, long whole) {
    double share = whole == 0 ? 0 : (double) value / whole;
    return element("td", Numbers.count(value))
        .with("class", "part")
        .with("style", String.format(Locale.ROOT, "--v:%.1f%%", 100 * share));
  }

  static Element epochs(RunReport report) {
    boolean validated = report.epochs().stream().anyMatch(r -> r.validationLoss().isPresent());
    Element head =
        validated
            ? head(
                "epoch",
                "training loss",
                "accuracy, %",
                "validation loss",
                "accuracy, %",
                "learning rate",
                "images/s",
                "time, s")
            : head("epoch", "training loss", "accuracy, %", "learning rate", "images/s", "time, s");
    var body = element("tbody");
    for (EpochRow row : report.epochs()) {
      var cells =
          element("tr", element("th", Integer.toString(row.epoch())).with("scope", "row"))
              .add(td(Numbers.significant(row.trainLoss(), 3)))
              .add(td(Numbers.percentDigits(row.trainAccuracy(), 2)));
      if (validated) {
        cells = cells.add(td(loss(row.validationLoss())), td(share(row.validationAccuracy())));
      }
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
