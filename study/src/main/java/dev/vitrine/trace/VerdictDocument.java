package dev.vitrine.trace;

import dev.vitrine.trace.Document.Section;
import dev.vitrine.trace.Verdict.Counterexample;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what is to be said of answers. */
public final class VerdictDocument {
  private final Verdict verdict;
  private final Notation notation;

  private VerdictDocument(Verdict verdict, Notation notation) {
    this.verdict = verdict;
    this.notation = notation;
  }

  /**
   * {@return a verdict as a part of a document}
   *
   * @param verdict what was found
   * @param notation of its formulas
   */
  public static Section of(Verdict verdict, Notation notation) {
    return new VerdictDocument(verdict, notation).section();
  }

  /**
   * {@return a verdict for scripts}
   *
   * @param verdict what was found
   */
  public static Map<String, Object> json(Verdict verdict) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("of", verdict.of());
    json.put("answer", verdict.text());
    json.put("outcome", verdict.outcome().name().toLowerCase(Locale.ROOT));
    json.put("right", TraceJson.number(verdict.right()));
    json.put("given", TraceJson.number(verdict.given()));
    verdict.counterexample().ifPresent(c -> json.put("counterexample", TraceJson.numbers(c.at())));
    json.put("slips", verdict.slips());
    json.put("pairs", verdict.pairs());
    return json;
  }

  private Section section() {
    String of = inline(notation.name(verdict.of()));
    List<String> sentences = new ArrayList<>(List.of(outcome()));
    verdict.counterexample().ifPresent(c -> sentences.add(counterexample(c)));
    if (verdict.searched()) {
      sentences.addAll(slips(verdict.slips(), verdict.pairs(), notation));
    }
    return new Section(
        "Answer: %s = %s".formatted(of, notation.sentence(verdict.text())), List.of(), sentences);
  }

  /** What is said of slips. */
  static List<String> slips(List<String> slips, List<List<String>> pairs, Notation notation) {
    List<String> sentences = new ArrayList<>();
    slips.forEach(
        slip -> sentences.add("A usual slip gives it: %s.".formatted(notation.sentence(slip))));
    pairs.forEach(pair ->
        sentences.add(
            "%s slips together give it: %s."
                .formatted(
                    pair.size() == 2 ? "Two" : "Three",
                    notation.sentence(String.join("; and ", pair)))));
    if (sentences.isEmpty()) {
      sentences.add("No usual slip fits.");
    }
    return sentences;
  }

  private String inline(String formula) {
    return notation == Notation.LATEX ? "$%s$".formatted(formula) : formula;
  }

  private String figure(Tensor value) {
    return inline(Figures.text(value, notation));
  }

  private String figure(double value) {
    return inline(Figures.number(value, notation));
  }

  private String outcome() {
    String right = figure(verdict.right());
    return switch (verdict.outcome()) {
      case EQUAL -> "Right: it is %s.".formatted(right);
      case EQUAL_TO_DIGITS -> "Right to the digits given: it is %s.".formatted(right);
      case CUT_OFF -> "Right, but cut off and not rounded: it is %s.".formatted(right);
      case UNEQUAL ->
          verdict.counterexample().isPresent()
              ? "Wrong."
              : "Wrong: it is %s%s.".formatted(right, difference());
    };
  }

  private String difference() {
    if (!verdict.right().isScalar()) {
      return "";
    }
    double right = verdict.right().at(0);
    double given = verdict.given().at(0);
    String more = given > right ? "more" : "less";
    String off = ", and the answer %s %s".formatted(figure(Math.abs(given - right)), more);
    boolean telling = right != 0 && !figure(given / right).equals(figure(1));
    return telling ? off + ", %s times it".formatted(figure(given / right)) : off;
  }

  private String counterexample(Counterexample counterexample) {
    String at =
        counterexample.at().entrySet().stream()
            .map(e ->
                inline(notation.name(e.getKey()) + " = " + Figures.text(e.getValue(), notation)))
            .collect(Collectors.joining(", "));
    return "Where %s, it is %s, and the answer comes to %s."
        .formatted(at, figure(counterexample.right()), figure(counterexample.given()));
  }
}
