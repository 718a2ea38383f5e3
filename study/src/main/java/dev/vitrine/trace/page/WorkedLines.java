package dev.vitrine.trace.page;

import static dev.vitrine.report.Html.element;

import dev.vitrine.report.Html;
import dev.vitrine.report.Html.Element;
import dev.vitrine.report.Page;
import dev.vitrine.trace.Check;
import dev.vitrine.trace.Trace;
import dev.vitrine.trace.Trace.Backward;
import dev.vitrine.trace.Trace.Local;
import dev.vitrine.trace.Trace.Path;
import dev.vitrine.trace.Trace.Update;
import dev.vitrine.trace.Trace.Wrong;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Printer;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The lines of a trace's page, each with a number that the script finds and calculates anew. */
final class WorkedLines {
  private static final Notation PAPER = Notation.UNICODE;

  private final Trace trace;

  private WorkedLines(Trace trace) {
    this.trace = trace;
  }

  /** The sections, from the values to the order of the pass. */
  static List<Element> of(Trace trace) {
    WorkedLines lines = new WorkedLines(trace);
    List<Element> sections = new ArrayList<>();
    sections.add(lines.forward());
    if (!trace.locals().isEmpty()) {
      sections.add(lines.locals());
    }
    sections.add(lines.backward());
    if (!trace.paths().isEmpty()) {
      sections.add(lines.paths());
    }
    trace.update().ifPresent(update -> sections.add(lines.update(update)));
    sections.add(lines.order());
    return sections;
  }

  static Element number(String key, Tensor value) {
    return element("span", Figures.text(value, PAPER)).with("data-number", key);
  }

  private static Element row(String left, Element formula, String key, Tensor value, Html note) {
    Element cell = element("td", number(key, value)).with("class", "value");
    String size = Figures.shape(value.shape(), PAPER);
    Element whole =
        size.isEmpty() ? cell : cell.add(element("span", "  " + size).with("class", "shape"));
    return element(
        "tr",
        element("td", left),
        formula,
        element("td", "="),
        whole,
        element("td", note).with("class", "note"));
  }

  private static Element formula(String formula, String key) {
    return formula.isEmpty() ? element("td", "") : element("td", worked("= " + formula, key));
  }

  /** A step that unfolds to the line with its numbers put in, which the script writes. */
  private static Element worked(String formula, String key) {
    return element("details", element("summary", formula), element("p").with("data-worked", key))
        .with("class", "worked");
  }

  private static Element lines(String title, List<Element> rows) {
    Element table = element("table").with("class", "lines").add(element("tbody").addAll(rows));
    return TracePage.section(title, Page.scrolling(title, table));
  }

  private Element forward() {
    return lines(
        "Forward",
        trace.forward().stream()
            .map(step -> {
              String key = "value:" + step.name();
              String formula = Printer.text(step.expression(), PAPER);
              return row(
                  PAPER.name(step.name()), formula(formula, key), key, step.value(), Html.text(""));
            })
            .toList());
  }

  private Element locals() {
    return lines("Local derivatives", trace.locals().stream().map(this::local).toList());
  }

  private Element local(Local local) {
    List<String> formulas = new ArrayList<>();
    local
        .function()
        .ifPresent(
            f -> formulas.add("%s(%s)".formatted(PAPER.derivative(f), PAPER.name(local.by()))));
    formulas.add(wrapped(local.formula()));
    local.byOutput().map(WorkedLines::wrapped).ifPresent(formulas::add);
    String key = "local:%s|%s".formatted(local.of(), local.by());
    return row(
        PAPER.name(local.symbol()),
        formula(formulas.stream().distinct().collect(Collectors.joining(" = ")), key),
        key,
        Tensor.of(local.value()),
        check(key, local.check()));
  }

  /** Cases among equal signs. */
  private static String wrapped(Expression formula) {
    String text = Printer.text(formula, PAPER);
    return formula instanceof Expression.Cases ? "(%s)".formatted(text) : text;
  }

  private Element backward() {
    return lines("Backward", trace.backward().stream().map(this::back).toList());
  }

  private Element back(Backward step) {
    String sum =
        step.shares().stream()
            .map(share -> Printer.text(share.term(), PAPER))
            .collect(Collectors.joining(" + "));
    String symbol = PAPER.name(TraceData.partial(trace, step.name()));
    String key = "gradient:" + step.name();
    return row(
        symbol,
        formula(sum.equals(symbol) ? "" : sum, key),
        key,
        step.value(),
        check(key, step.check()));
  }

  private static Element check(String key, Check check) {
    String said =
        check.kink().isPresent()
            ? "at a kink"
            : check.holds() ? "by differences the same ✓" : "by differences not equal ✗";
    return element("span", said).with("data-check", key);
  }

  /** Ways that meet are numbered, and summed up behind the last. */
  private Element paths() {
    Map<String, List<Integer>> ways = new LinkedHashMap<>();
    for (int i = 0; i < trace.paths().size(); i++) {
      ways.computeIfAbsent(trace.paths().get(i).to(), _ -> new ArrayList<>()).add(i);
    }
    List<Element> rows = new ArrayList<>();
    ways.forEach((to, all) -> {
      String symbol = PAPER.name(TraceData.partial(trace, to));
      for (int k = 0; k < all.size(); k++) {
        String which = all.size() == 1 ? symbol : "%s on way %s".formatted(symbol, k + 1);
        rows.add(path(which, all.get(k)));
      }
      if (all.size() > 1) {
        rows.add(
            row(
                symbol,
                element("td", ""),
                "gradient:" + to,
                trace.gradient(to),
                Html.text("the sum over %s ways".formatted(all.size()))));
      }
    });
    return lines("Paths", rows);
  }

  private Element path(String which, int i) {
    Path path = trace.paths().get(i);
    List<String> symbols = new ArrayList<>();
    for (int k = 1; k < path.steps().size(); k++) {
      symbols.add(PAPER.name("∂%s/∂%s".formatted(path.steps().get(k - 1), path.steps().get(k))));
    }
    return row(
        which,
        formula(String.join(" · ", symbols), "path:" + i),
        "path:" + i,
        Tensor.of(path.product()),
        Html.text(""));
  }

  private Element update(Update update) {
    List<Element> rows = new ArrayList<>();
    for (String name : trace.wanted()) {
      String shown = PAPER.name(name);
      String step = "%s − η·%s".formatted(shown, PAPER.name(TraceData.partial(trace, name)));
      rows.add(
          row(
              shown + " ←",
              element("td", worked(step, "after:" + name)),
              "after:" + name,
              update.after().get(name),
              Html.text("")));
    }
    String objective = PAPER.name(trace.objective());
    Element rate =
        element("label", Html.text("η "))
            .add(
                element("input")
                    .with("type", "text")
                    .with("inputmode", "decimal")
                    .with("id", "rate")
                    .with("value", Figures.brief(update.rate(), Notation.ASCII)));
    return lines("Update", rows)
        .add(
            element("p", rate).with("class", "rate"),
            element(
                "p",
                Html.text(objective + " was "),
                number("value:" + trace.objective(), Tensor.of(update.objectiveBefore())),
                Html.text(" and is "),
                number("stepped:end", Tensor.of(update.objectiveAfter())),
                Html.text(" after the step.")));
  }

  private Element order() {
    String names =
        trace.order().names().stream().map(PAPER::name).collect(Collectors.joining(", "));
    if (names.isEmpty()) {
      return TracePage.section(
          "Order of the backward pass",
          element("p", "None: %s depends on no name.".formatted(PAPER.name(trace.objective()))));
    }
    Element first =
        element("p", names + ": a gradient is done only when those of all its users are.");
    return TracePage.section(
        "Order of the backward pass",
        first,
        trace.order().example().map(this::wrong).orElseGet(this::harmless));
  }

  private Element harmless() {
    List<String> shared = trace.order().shared();
    return shared.isEmpty()
        ? element("p", "Here each has one user, so no other order gives another number.")
        : element(
            "p",
            "%s has several users; at the numbers that were given, what another order would lose is 0."
                .formatted(PAPER.name(shared.getFirst())));
  }

  private Element wrong(Wrong wrong) {
    String users = wrong.users().stream().map(PAPER::name).collect(Collectors.joining(" and "));
    return element(
        "p",
        Html.text(
            "%s is used by %s: gone on from after %s alone, %s would be "
                .formatted(
                    PAPER.name(wrong.shared()),
                    users,
                    PAPER.name(wrong.users().getFirst()),
                    PAPER.name(TraceData.partial(trace, wrong.wanted())))),
        number("early:" + wrong.wanted(), wrong.wrong()),
        Html.text(" instead of "),
        number("gradient:" + wrong.wanted(), wrong.right()),
        Html.text("."));
  }
}
