package dev.vitrine.trace.page;

import static dev.vitrine.report.Html.element;

import dev.vitrine.format.Json;
import dev.vitrine.report.Html;
import dev.vitrine.report.Html.Element;
import dev.vitrine.report.Page;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.Document;
import dev.vitrine.trace.Document.Section;
import dev.vitrine.trace.Trace;
import dev.vitrine.trace.Trace.Forward;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Printer;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A trace as one page that opens from disk: drawn, worked, and calculated anew by its script. */
public final class TracePage {
  private static final Notation PAPER = Notation.UNICODE;

  /** Elements of an array that can be changed on the page. */
  private static final int MOST_CELLS = 64;

  private final Trace trace;

  private TracePage(Trace trace) {
    this.trace = trace;
  }

  /**
   * {@return the page as HTML, which is well-formed XML too}
   *
   * @param trace what was worked out
   * @param prose parts that are said as they are, such as judgements
   */
  public static String html(Trace trace, List<Section> prose) {
    TracePage page = new TracePage(trace);
    List<Element> sections = new ArrayList<>(List.of(page.header(), page.given(), page.graph()));
    sections.addAll(WorkedLines.of(trace));
    prose.forEach(section -> sections.add(page.prose(section)));
    String data = Json.line(TraceData.of(trace)).replace("<", "\\u003c").replace("&", "\\u0026");
    Html.Script numbers = new Html.Script("trace", "application/json", data);
    Html.Script script = new Html.Script("", "", script());
    String title = "The chain rule, worked: " + trace.objective();
    return Page.html(
        title, "glass", sections, new Html.Style(resource("trace.css")), List.of(numbers, script));
  }

  /**
   * {@return the sections that a page says in words, since it draws and calculates the rest itself:
   * all that follow the order of the pass}
   *
   * @param document of a trace
   */
  public static List<Section> prose(Document document) {
    List<Section> all = document.sections();
    int order =
        IntStream.range(0, all.size())
            .filter(i -> all.get(i).title().startsWith("Order"))
            .findFirst()
            .orElse(all.size() - 1);
    return all.subList(order + 1, all.size());
  }

  /** {@return the script of all such pages, which calculates} */
  public static String script() {
    return Stream.of("trace.js", "written.js", "differences.js", "page.js")
        .map(TracePage::resource)
        .collect(Collectors.joining("\n"));
  }

  /**
   * {@return what the script of a trace's page calculates from, as JSON}
   *
   * @param trace what was worked out
   */
  public static String data(Trace trace) {
    return Json.line(TraceData.of(trace));
  }

  static String resource(String name) {
    try (var resource = TracePage.class.getResourceAsStream(name)) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot read the page's " + name, failure);
    }
  }

  private Element header() {
    Forward end = trace.forward().getLast();
    List<String> asked = asked();
    Element header =
        element("header", element("p", "The chain rule, worked").with("class", "kicker"));
    for (String line : asked.subList(0, asked.size() - 1)) {
      header = header.add(element("p", line).with("class", "asked"));
    }
    return header.add(
        element("h1", asked.getLast()),
        element(
            "p",
            Html.text("At the numbers below, " + PAPER.name(end.name()) + " is "),
            WorkedLines.number("value:" + end.name(), end.value()),
            Html.text(
                ". Values are the engine’s own, and so are the gradients; change a number, and the page calculates all of it anew from the formulas.")));
  }

  /** The lines as they were given, the loss among them. */
  private List<String> asked() {
    List<Program.Line> lines = new ArrayList<>(Program.of(trace.question().expression()).lines());
    int own = lines.size();
    trace.question().loss().ifPresent(loss -> lines.addAll(Program.of(loss).lines()));
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String made = i < own ? trace.result() : trace.objective();
      String name = lines.get(i).name().isEmpty() ? made : lines.get(i).name();
      asked.add(
          "%s = %s".formatted(PAPER.name(name), Printer.text(lines.get(i).expression(), PAPER)));
    }
    return asked;
  }

  static Element section(String title, Html... children) {
    return element("section", element("h2", title)).add(children);
  }

  private Element given() {
    Element all = element("div").with("class", "given");
    for (Map.Entry<String, Tensor> entry : trace.given().entrySet()) {
      all = all.add(fields(entry.getKey(), entry.getValue()));
    }
    Element reset =
        element("button", "Back to the given numbers").with("type", "button").with("id", "reset");
    return section(
        "Given",
        all.add(reset),
        element(
                "p",
                "Drag a number sideways, move it with ↑ and ↓, or type another. A line below unfolds to the same with its numbers put in.")
            .with("class", "note"));
  }

  private static Element fields(String name, Tensor value) {
    String shown = PAPER.name(name);
    Shape shape = value.shape();
    String size = Figures.shape(shape, PAPER);
    Element legend = element("legend", size.isEmpty() ? shown : shown + " " + size);
    if (value.size() > MOST_CELLS) {
      return element("fieldset", legend, element("p", "too many to change here"));
    }
    int columns = shape.rank() < 2 ? 1 : shape.size(1);
    Element cells = element("div").with("class", value.isScalar() ? "cell" : "cells");
    Element grid =
        value.isScalar()
            ? cells
            : cells.with("style", "grid-template-columns: repeat(%s, auto)".formatted(columns));
    for (int k = 0; k < value.size(); k++) {
      grid =
          grid.add(
              element("input")
                  .with("type", "text")
                  .with("inputmode", "decimal")
                  .with("data-given", name)
                  .with("data-element", "" + k)
                  .with(
                      "aria-label",
                      value.isScalar() ? shown : "%s, element %s".formatted(shown, k + 1))
                  .with("value", Figures.brief(value.at(k), Notation.ASCII)));
    }
    return element("fieldset", legend, grid);
  }

  /** All of it; folded, too, if something in it repeats, which the script then shows first. */
  private Element graph() {
    List<Repeats.Chain> chains = Repeats.of(trace);
    Element drawings =
        element("div")
            .with("class", "scroll")
            .with("tabindex", "0")
            .with("role", "region")
            .with("aria-label", "The graph");
    for (GraphView view : GraphView.of(chains)) {
      Element drawing = GraphDrawing.of(trace, view);
      drawings =
          drawings.add(
              view.id().equals(GraphView.OPEN) ? drawing : drawing.with("class", "trace away"));
    }
    String said =
        "Above a box its value, below it the gradient, ∂%s/∂ of it; on a line the local derivative. Point at a box, or reach it with Tab: the ways on which its gradient comes stay lit."
            .formatted(PAPER.name(trace.objective()));
    Element note = element("p", said).with("class", "note");
    if (chains.isEmpty()) {
      return section("The graph", drawings, note);
    }
    String folded =
        " Blocks that repeat are one box, with the value and the gradient of the last: a click, or Enter, unfolds them.";
    return section(
        "The graph",
        drawings,
        element("p", said + folded).with("class", "note"),
        element("button", "Fold what repeats").with("type", "button").with("id", "fold"));
  }

  private Element prose(Section part) {
    List<Element> sentences = new ArrayList<>();
    sentences.add(
        element("p", "Said of the numbers that were given, not of those on the page now.")
            .with("class", "note stale"));
    part.rows()
        .forEach(row ->
            sentences.add(
                element(
                    "p",
                    row.left()
                        + row.rights().stream().map(r -> " = " + r).collect(Collectors.joining())
                        + (row.note().isEmpty() ? "" : "   " + row.note()))));
    part.sentences().forEach(sentence -> sentences.add(element("p", sentence)));
    return section(part.title(), sentences.toArray(Element[]::new));
  }
}
