package dev.vitrine.trace.function;

import dev.vitrine.op.Formula;
import dev.vitrine.trace.Document;
import dev.vitrine.trace.Document.Row;
import dev.vitrine.trace.Document.Section;
import dev.vitrine.trace.function.FunctionTrace.Interval;
import dev.vitrine.trace.function.Identity.Counterexample;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Printer;
import dev.vitrine.trace.language.Program;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes what was found of a function. */
public final class FunctionDocument {
  /** The title of the part with the drawing. */
  public static final String CURVE = "Its curve";

  private final FunctionTrace trace;
  private final Notation notation;

  private FunctionDocument(FunctionTrace trace, Notation notation) {
    this.trace = trace;
    this.notation = notation;
  }

  /**
   * {@return what was found of a function as a document}
   *
   * @param trace the function
   * @param identity an identity that was asked about
   * @param notation of its formulas
   */
  public static Document of(FunctionTrace trace, Optional<Identity> identity, Notation notation) {
    FunctionDocument writer = new FunctionDocument(trace, notation);
    List<Section> sections = new ArrayList<>(List.of(writer.formulas(), writer.facts()));
    identity.ifPresent(i -> sections.add(writer.identity(i)));
    return new Document(notation, sections);
  }

  private String function() {
    return trace.function().settingsText().isEmpty()
        ? Printer.text(Program.of(trace.function().name() + "(x)").inlined(), notation)
        : Printer.text(
            Program.of(
                    "%s(x%s)".formatted(trace.function().name(), trace.function().settingsText()))
                .inlined(),
            notation);
  }

  private Section formulas() {
    Formula formula = trace.op().formula();
    List<Row> rows = new ArrayList<>();
    Map<String, String> lines = new LinkedHashMap<>();
    rows.addAll(rows("y", function(), formula.value(), lines));
    String slope = notation.derivative(trace.function()) + "(x)";
    rows.addAll(rows(slope, "", formula.derivatives().getFirst(), lines));
    if (!formula.byOutput().isEmpty()) {
      rows.add(
          new Row(
              slope,
              List.of(Printer.text(Program.of(formula.byOutput()).inlined(), notation)),
              "from the output alone"));
    }
    Notation plain = notation == Notation.LATEX ? Notation.ASCII : notation;
    return new Section(
        "Function",
        rows,
        List.of(),
        List.of(
            notation.sentence(
                "The slope by differences: the same, within %s ✓"
                    .formatted(Figures.rough(trace.off(), plain))
                    .replace("✓", notation == Notation.ASCII ? "ok" : "✓"))));
  }

  /** The lines of a formula; a line that another formula has is not said again. */
  private List<Row> rows(String left, String first, String text, Map<String, String> known) {
    List<Row> rows = new ArrayList<>();
    for (Program.Line line : Program.of(text).lines()) {
      String right = Printer.text(line.expression(), notation);
      List<String> rights =
          line.name().isEmpty() && !first.isEmpty() && !first.equals(right)
              ? List.of(first, right)
              : List.of(right);
      if (line.name().isEmpty() || !right.equals(known.put(line.name(), right))) {
        rows.add(new Row(line.name().isEmpty() ? left : notation.name(line.name()), rights, ""));
      }
    }
    return rows;
  }

  private String number(double value) {
    double near = Math.abs(value) < 1e-7 ? 0 : value;
    return inline(Figures.brief(near, notation));
  }

  private String inline(String formula) {
    return notation == Notation.LATEX ? "$%s$".formatted(formula) : formula;
  }

  private Section facts() {
    FunctionTrace.Range range = trace.range();
    List<String> sentences = new ArrayList<>();
    sentences.add(
        "Range: from %s%s to %s%s."
            .formatted(
                bound(range.low()),
                reached(range.low(), range.reachesLow()),
                bound(range.high()),
                reached(range.high(), range.reachesHigh())));
    sentences.add(
        trace
            .steepest()
            .map(s -> "Largest slope: %s, %s.".formatted(number(s.slope()), where(s.where())))
            .orElse("Largest slope: none, it grows without bound."));
    String saturated =
        trace.saturated().stream().map(this::interval).collect(Collectors.joining(" and "));
    sentences.add(
        saturated.isEmpty()
            ? "Saturated (a slope below 0.01 in size): nowhere."
            : "Saturated (a slope below 0.01 in size): where %s.".formatted(saturated));
    boolean ascii = notation == Notation.ASCII;
    return new Section(
        CURVE,
        List.of(),
        Plot.of(trace, ascii),
        sentences.stream().map(notation::sentence).toList());
  }

  private String bound(double bound) {
    return Double.isInfinite(bound)
        ? bound > 0 ? infinity() : (notation == Notation.UNICODE ? "−" : "-") + infinity()
        : number(bound);
  }

  private String infinity() {
    return notation == Notation.ASCII ? "infinity" : notation == Notation.LATEX ? "$\\infty$" : "∞";
  }

  private static String reached(double bound, boolean reached) {
    return Double.isInfinite(bound) ? "" : reached ? " (reached)" : " (never reached)";
  }

  private String where(Interval interval) {
    if (interval.from() == interval.to() && Double.isInfinite(interval.from())) {
      return "never reached: it comes near as x goes to " + bound(interval.to());
    }
    if (interval.from() == interval.to()) {
      return "at x = " + number(interval.from());
    }
    boolean all = Double.isInfinite(interval.from()) && Double.isInfinite(interval.to());
    return all ? "everywhere" : "where " + interval(interval);
  }

  private String interval(Interval interval) {
    if (Double.isInfinite(interval.from())) {
      return "x < " + number(interval.to());
    }
    return Double.isInfinite(interval.to())
        ? "x > " + number(interval.from())
        : "%s < x < %s".formatted(number(interval.from()), number(interval.to()));
  }

  private Section identity(Identity identity) {
    Row row = new Row(function(), List.of(Printer.text(identity.other(), notation)), "");
    String sentence =
        switch (identity.outcome()) {
          case PROVED ->
              "Proved: with the op's own formula both sides are quotients of sums of powers of x and exp(x), and their cross products have the same terms, in exact fractions. Equal at %s points, too."
                  .formatted(identity.points());
          case SAME_FORMULA ->
              "Proved: both sides are the same formula once functions are what their ops say. Equal at %s points, too."
                  .formatted(identity.points());
          case EQUAL_AT_POINTS ->
              "Equal at all of %s points tried, which is no proof: there is no exact form of both sides here."
                  .formatted(identity.points());
          case REFUTED -> refuted(identity.counterexample().orElseThrow());
        };
    return new Section("Identity", List.of(row), List.of(), List.of(notation.sentence(sentence)));
  }

  private String refuted(Counterexample found) {
    String function = Figures.number(found.function(), notation);
    String other = Figures.number(found.other(), notation);
    String apart =
        function.equals(other)
            ? ", " + inline(Figures.rough(found.apart(), notation)) + " apart"
            : "";
    return "Refuted: where x = %s the function is %s and the other side %s%s."
        .formatted(
            inline(Figures.number(found.x(), notation)), inline(function), inline(other), apart);
  }
}
