package dev.vitrine.trace;

import dev.vitrine.trace.Document.Section;
import dev.vitrine.trace.Review.Fault;
import dev.vitrine.trace.Review.Part;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Notation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes what is to be said of derivations. */
public final class ReviewDocument {
  private ReviewDocument() {}

  /**
   * {@return a review as a part of a document}
   *
   * @param review what was found
   * @param notation of its formulas
   */
  public static Section of(Review review, Notation notation) {
    List<String> sentences = new ArrayList<>();
    review
        .right()
        .forEach(part ->
            sentences.add("line %s: %s is right.".formatted(part.line(), said(part, notation))));
    review.fault().ifPresent(fault -> fault(fault, notation, sentences));
    if (review.fault().isEmpty()) {
      sentences.add("All of it is right.");
    }
    return new Section("Your derivation", List.of(), sentences);
  }

  private static String said(Part part, Notation notation) {
    return notation.sentence("%s = %s".formatted(part.left(), part.text()));
  }

  private static void fault(Fault fault, Notation notation, List<String> sentences) {
    String at =
        fault.at().entrySet().stream()
            .map(e -> notation.name(e.getKey()) + " = " + Figures.text(e.getValue(), notation))
            .collect(Collectors.joining(", "));
    String off =
        fault.right().isScalar()
            ? ", off by %s"
                .formatted(Figures.number(fault.given().at(0) - fault.right().at(0), notation))
            : "";
    sentences.add(
        "line %s: %s is wrong, the first that is."
            .formatted(fault.part().line(), said(fault.part(), notation)));
    sentences.add(
        "It comes to %s and should be %s%s."
            .formatted(
                Figures.text(fault.given(), notation), Figures.text(fault.right(), notation), off));
    sentences.add("That is where %s.".formatted(at));
    sentences.addAll(VerdictDocument.slips(fault.slips(), fault.pairs(), notation));
  }

  /**
   * {@return a review for scripts}
   *
   * @param review what was found
   */
  public static Map<String, Object> json(Review review) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("right", review.right().stream().map(ReviewDocument::json).toList());
    review
        .fault()
        .ifPresent(fault -> {
          Map<String, Object> wrong = json(fault.part());
          wrong.put("right", TraceJson.number(fault.right()));
          wrong.put("given", TraceJson.number(fault.given()));
          wrong.put("at", TraceJson.numbers(fault.at()));
          wrong.put("slips", fault.slips());
          wrong.put("pairs", fault.pairs());
          json.put("fault", wrong);
        });
    return json;
  }

  private static Map<String, Object> json(Part part) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("line", part.line());
    json.put("of", part.left());
    json.put("text", part.text());
    return json;
  }
}
