package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.trace.Document;
import dev.vitrine.trace.Review;
import dev.vitrine.trace.ReviewDocument;
import dev.vitrine.trace.Trace;
import dev.vitrine.trace.TraceDocument;
import dev.vitrine.trace.TraceJson;
import dev.vitrine.trace.Verdict;
import dev.vitrine.trace.VerdictDocument;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.page.DocumentPage;
import dev.vitrine.trace.page.TracePage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** How {@code vitrine grad} writes. */
enum GradFormat implements WrittenFormat {
  TEXT("txt"),
  MARKDOWN("md"),
  HTML("html"),
  JSON("json");

  private final String ending;

  GradFormat(String ending) {
    this.ending = ending;
  }

  @Override
  public String ending() {
    return ending;
  }

  /**
   * The format that the options ask for.
   *
   * @throws UserException if they contradict each other
   */
  static GradFormat choose(Optional<String> format, Optional<Output> out, boolean ascii) {
    GradFormat chosen = WrittenFormat.choose(values(), TEXT, format, out);
    if (ascii && chosen != TEXT) {
      throw new UserException(
          "--ascii is about text, but %s is written: leave it out".formatted(chosen.word()));
    }
    return chosen;
  }

  /**
   * The trace in this format, and what is to be said of answers and of a derivation.
   *
   * @param ascii whether text has no other characters
   * @param width of the screen that text is for
   */
  String render(
      Trace trace, List<Verdict> verdicts, Optional<Review> review, boolean ascii, int width) {
    return this == HTML
        ? TracePage.html(
            trace, TracePage.prose(document(trace, verdicts, review, Notation.UNICODE)))
        : render(
            notation -> document(trace, verdicts, review, notation),
            () -> json(trace, verdicts, review),
            ascii,
            width);
  }

  /** Whatever a document and values for scripts are made of, in this format. */
  String render(
      Function<Notation, Document> document,
      Supplier<Map<String, Object>> json,
      boolean ascii,
      int width) {
    return switch (this) {
      case TEXT -> document.apply(ascii ? Notation.ASCII : Notation.UNICODE).text(width);
      case MARKDOWN -> document.apply(Notation.LATEX).markdown();
      case JSON -> Json.pretty(json.get());
      case HTML -> DocumentPage.html("Backpropagation, worked", document.apply(Notation.UNICODE));
    };
  }

  private static Document document(
      Trace trace, List<Verdict> verdicts, Optional<Review> review, Notation notation) {
    Document document = TraceDocument.of(trace, notation);
    List<Document.Section> sections = new ArrayList<>(document.sections());
    verdicts.forEach(verdict -> sections.add(VerdictDocument.of(verdict, notation)));
    review.ifPresent(r -> sections.add(ReviewDocument.of(r, notation)));
    return new Document(notation, sections);
  }

  /** The same for scripts. */
  static Map<String, Object> json(Trace trace, List<Verdict> verdicts, Optional<Review> review) {
    Map<String, Object> json = TraceJson.of(trace);
    if (!verdicts.isEmpty()) {
      json.put("answers", verdicts.stream().map(VerdictDocument::json).toList());
    }
    review.ifPresent(r -> json.put("check", ReviewDocument.json(r)));
    return json;
  }
}
