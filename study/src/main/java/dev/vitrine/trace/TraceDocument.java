package dev.vitrine.trace;

import dev.vitrine.trace.Document.Row;
import dev.vitrine.trace.Document.Section;
import dev.vitrine.trace.Trace.Backward;
import dev.vitrine.trace.Trace.Forward;
import dev.vitrine.trace.Trace.Local;
import dev.vitrine.trace.Trace.Path;
import dev.vitrine.trace.Trace.Share;
import dev.vitrine.trace.Trace.Update;
import dev.vitrine.trace.Trace.Wrong;
import dev.vitrine.trace.language.Expression;
import dev.vitrine.trace.language.Expression.Name;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Names;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Operator;
import dev.vitrine.trace.language.Place;
import dev.vitrine.trace.language.Printer;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes traces as documents. */
public final class TraceDocument {
  /** Elements of numbers that are put into an equation: more are read in the values. */
  private static final int FEW = 4;

  private final Trace trace;
  private final Notation notation;
  private final Map<String, Tensor> numbers = new HashMap<>();

  private TraceDocument(Trace trace, Notation notation) {
    this.trace = trace;
    this.notation = notation;
    numbers.putAll(trace.given());
    trace.forward().forEach(step -> numbers.put(step.name(), step.value()));
    trace.locals().forEach(l -> numbers.put(l.symbol(), Tensor.of(l.value())));
    trace.backward().forEach(b -> numbers.put(partial(b.name()), b.value()));
  }

  /**
   * {@return a trace as a document}
   *
   * @param trace what was worked out
   * @param notation of its formulas
   */
  public static Document of(Trace trace, Notation notation) {
    return new TraceDocument(trace, notation).document();
  }

  private Document document() {
    List<Section> sections = new ArrayList<>();
    sections.add(asked());
    sections.add(forward());
    if (!trace.locals().isEmpty()) {
      sections.add(locals());
    }
    sections.add(backward());
    if (!trace.paths().isEmpty()) {
      sections.add(paths());
    }
    sections.add(gradient());
    trace.update().ifPresent(update -> sections.add(update(update)));
    sections.add(order());
    if (!trace.remarks().isEmpty()) {
      sections.add(
          new Section(
              "Where there is no derivative",
              List.of(),
              trace.remarks().stream().map(notation::sentence).toList()));
    }
    return new Document(notation, sections);
  }

  private String partial(String by) {
    return Flow.partial(trace.objective(), by);
  }

  private String name(String name) {
    return notation.name(name);
  }

  private String figure(double number) {
    return Figures.number(number, notation);
  }

  private String value(Tensor value) {
    String shape = Figures.shape(value.shape(), notation);
    String text = Figures.text(value, notation);
    return shape.isEmpty() ? text : text + (notation == Notation.LATEX ? "\\quad " : "   ") + shape;
  }

  /** A formula within a sentence. */
  private String inline(String formula) {
    return notation == Notation.LATEX ? "$%s$".formatted(formula) : formula;
  }

  private Section asked() {
    List<Row> rows = new ArrayList<>();
    List<Program.Line> lines = new ArrayList<>(Program.of(trace.question().expression()).lines());
    int own = lines.size();
    trace.question().loss().ifPresent(loss -> lines.addAll(Program.of(loss).lines()));
    for (int i = 0; i < lines.size(); i++) {
      Program.Line line = lines.get(i);
      String of =
          !line.name().isEmpty() ? line.name() : i < own ? trace.result() : trace.objective();
      rows.add(new Row(name(of), List.of(Printer.text(line.expression(), notation)), ""));
    }
    String at =
        trace.given().entrySet().stream()
            .map(e -> inline(name(e.getKey()) + " = " + Figures.text(e.getValue(), notation)))
            .collect(Collectors.joining(", "));
    String wanted =
        trace.wanted().stream()
            .map(w -> inline(name(partial(w))))
            .collect(Collectors.joining(", "));
    return new Section("Asked", rows, List.of("at " + at, "wanted " + wanted));
  }

  private Section forward() {
    List<Row> rows = new ArrayList<>();
    for (Forward step : trace.forward()) {
      List<String> rights = new ArrayList<>();
      rights.add(Printer.text(step.expression(), notation));
      substituted(step.expression(), trace.question().detail() == Detail.NUMBERS, rights);
      add(rights, value(step.value()));
      rows.add(new Row(name(step.name()), rights, ""));
    }
    return new Section("Forward", rows, List.of());
  }

  /** The formula with its numbers in, if it is short enough and not what stands there already. */
  private void substituted(Expression expression, boolean wanted, List<String> rights) {
    boolean few =
        Names.all(expression).stream()
            .allMatch(n -> numbers.containsKey(n) && numbers.get(n).size() <= FEW);
    if (wanted && few) {
      add(rights, Printer.withNumbers(expression, notation, numbers));
    }
  }

  private static void add(List<String> rights, String right) {
    if (rights.isEmpty() || !rights.getLast().equals(right)) {
      rights.add(right);
    }
  }

  private Section locals() {
    List<Row> rows = new ArrayList<>();
    for (Local local : trace.locals()) {
      List<String> rights = new ArrayList<>();
      local
          .function()
          .ifPresent(f -> rights.add("%s(%s)".formatted(notation.derivative(f), name(local.by()))));
      add(rights, wrapped(local.formula()));
      local.byOutput().ifPresent(by -> add(rights, wrapped(by)));
      substituted(local.formula(), trace.question().detail() == Detail.NUMBERS, rights);
      add(rights, figure(local.value()));
      String direct = local.direct() ? ", directly" : "";
      rows.add(new Row(name(local.symbol()), rights, check(local.check()) + direct));
    }
    return new Section("Local derivatives", rows, List.of());
  }

  /** Cases among equal signs; in LaTeX they have a brace. */
  private String wrapped(Expression formula) {
    String text = Printer.text(formula, notation);
    return formula instanceof Expression.Cases && notation != Notation.LATEX
        ? "(%s)".formatted(text)
        : text;
  }

  /** In words; numbers among them are plain in LaTeX, where they stand in a text. */
  private String check(Check check) {
    Notation plain = notation == Notation.LATEX ? Notation.ASCII : notation;
    if (check.kink().isPresent()) {
      return "a kink: slopes %s and %s"
          .formatted(
              Figures.number(check.kink().get().left(), plain),
              Figures.number(check.kink().get().right(), plain));
    }
    String mark =
        notation == Notation.ASCII ? check.holds() ? "ok" : "NOT EQUAL" : check.holds() ? "✓" : "✗";
    return check.quotient().isScalar()
        ? "by differences %s %s".formatted(Figures.text(check.quotient(), plain), mark)
        : "by differences within %s %s".formatted(Figures.rough(check.off(), plain), mark);
  }

  private Section backward() {
    List<Row> rows = new ArrayList<>();
    for (Backward step : trace.backward()) {
      String symbol = partial(step.name());
      List<String> rights = new ArrayList<>();
      if (!step.shares().isEmpty()) {
        Expression sum =
            step.shares().stream()
                .map(Share::term)
                .reduce((a, b) -> new Expression.Arithmetic(Operator.ADD, a, b, Place.NONE))
                .orElseThrow();
        boolean itself = sum instanceof Name named && named.name().equals(symbol);
        if (!itself) {
          rights.add(Printer.text(sum, notation));
          boolean scalar = step.value().isScalar();
          substituted(sum, scalar || trace.question().detail() == Detail.NUMBERS, rights);
          if (scalar && step.shares().size() > 1) {
            add(rights, sum(step.shares().stream().map(s -> s.value().at(0)).toList()));
          }
        }
      }
      add(rights, value(step.value()));
      rows.add(new Row(name(symbol), rights, ""));
    }
    return new Section("Backward", rows, List.of());
  }

  /** Numbers with signs between. */
  private String sum(List<Double> numbers) {
    StringBuilder text = new StringBuilder(figure(numbers.getFirst()));
    for (double number : numbers.subList(1, numbers.size())) {
      String sign = notation == Notation.UNICODE ? " − " : " - ";
      text.append(number < 0 ? sign : " + ").append(figure(Math.abs(number)));
    }
    return text.toString();
  }

  private Section paths() {
    List<Row> rows = new ArrayList<>();
    String dot = notation == Notation.ASCII ? "*" : notation == Notation.LATEX ? " \\cdot " : " · ";
    for (String to : trace.wanted()) {
      List<Path> ways = trace.paths().stream().filter(path -> path.to().equals(to)).toList();
      for (int i = 0; i < ways.size(); i++) {
        rows.add(path(ways.get(i), ways.size() == 1 ? "" : " (path %s)".formatted(i + 1), dot));
      }
      if (ways.size() > 1) {
        List<Double> products = ways.stream().map(Path::product).toList();
        rows.add(
            new Row(
                name(partial(to)),
                List.of(sum(products), figure(products.stream().mapToDouble(p -> p).sum())),
                "the sum over %s paths".formatted(ways.size())));
      }
    }
    return new Section("Paths", rows, List.of());
  }

  private Row path(Path path, String which, String dot) {
    List<String> symbols = new ArrayList<>();
    for (int i = 1; i < path.steps().size(); i++) {
      symbols.add(name(Flow.partial(path.steps().get(i - 1), path.steps().get(i))));
    }
    String factors =
        path.factors().stream()
            .map(f -> f < 0 ? "(%s)".formatted(figure(f)) : figure(f))
            .collect(Collectors.joining(dot));
    List<String> rights = new ArrayList<>();
    if (symbols.size() > 1) {
      rights.add(String.join(dot, symbols));
    }
    add(rights, path.factors().size() == 1 ? figure(path.product()) : factors);
    add(rights, figure(path.product()));
    return new Row(
        name(partial(path.to())) + (notation == Notation.LATEX ? "" : which), rights, "");
  }

  private Section gradient() {
    List<Row> rows = new ArrayList<>();
    for (String wanted : trace.wanted()) {
      String note =
          trace.backward().stream()
              .filter(step -> step.name().equals(wanted))
              .map(step -> check(step.check()))
              .findFirst()
              .orElse("it does not depend on it");
      rows.add(new Row(name(partial(wanted)), List.of(value(trace.gradient(wanted))), note));
    }
    return new Section("Gradient", rows, List.of());
  }

  private Section update(Update update) {
    List<Row> rows = new ArrayList<>();
    String eta = notation == Notation.ASCII ? "eta" : notation == Notation.LATEX ? "\\eta" : "η";
    String arrow =
        notation == Notation.ASCII ? " <- " : notation == Notation.LATEX ? " \\leftarrow " : " ← ";
    String minus = notation == Notation.UNICODE ? " − " : " - ";
    String dot = notation == Notation.ASCII ? "*" : notation == Notation.LATEX ? " \\cdot " : "·";
    for (String wanted : trace.wanted()) {
      Tensor old = trace.given().get(wanted);
      Tensor gradient = trace.gradient(wanted);
      List<String> rights = new ArrayList<>();
      if (old.isScalar()) {
        String g = figure(gradient.at(0));
        rights.add(
            figure(old.at(0))
                + minus
                + (update.rate() < 0 ? "(" + figure(update.rate()) + ")" : figure(update.rate()))
                + dot
                + (gradient.at(0) < 0 ? "(" + g + ")" : g));
      }
      add(rights, value(update.after().get(wanted)));
      String left = name(wanted) + arrow + name(wanted) + minus + eta + dot + name(partial(wanted));
      rows.add(new Row(left, rights, ""));
    }
    String o = inline(name(trace.objective()));
    String after =
        "%s was %s and is %s after the step."
            .formatted(
                o,
                inline(figure(update.objectiveBefore())),
                inline(figure(update.objectiveAfter())));
    return new Section(
        "Update with %s".formatted(inline("%s = %s".formatted(eta, figure(update.rate())))),
        rows,
        List.of(after));
  }

  private Section order() {
    String names =
        trace.order().names().stream().map(n -> inline(name(n))).collect(Collectors.joining(", "));
    List<String> sentences = new ArrayList<>();
    if (names.isEmpty()) {
      sentences.add("None: %s depends on no name.".formatted(inline(name(trace.objective()))));
      return new Section("Order of the backward pass", List.of(), sentences);
    }
    sentences.add(names + ": a gradient is done only when those of all its users are.");
    sentences.add(trace.order().example().map(this::wrong).orElseGet(this::harmless));
    return new Section("Order of the backward pass", List.of(), sentences);
  }

  private String harmless() {
    List<String> shared = trace.order().shared();
    return shared.isEmpty()
        ? "Here each has one user, so no other order gives another number."
        : "%s has several users; at this point what another order would lose is 0."
            .formatted(inline(name(shared.getFirst())));
  }

  private String wrong(Wrong wrong) {
    String users =
        wrong.users().stream().map(u -> inline(name(u))).collect(Collectors.joining(" and "));
    return "%s is used by %s: gone on from after %s alone, %s would be %s instead of %s."
        .formatted(
            inline(name(wrong.shared())),
            users,
            inline(name(wrong.users().getFirst())),
            inline(name(partial(wrong.wanted()))),
            inline(Figures.text(wrong.wrong(), notation)),
            inline(Figures.text(wrong.right(), notation)));
  }
}
