package dev.vitrine.cli;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How {@code vitrine grad} writes. */
enum GradFormat {
  TEXT("txt"),
  MARKDOWN("md"),
  JSON("json");

  private final String ending;

  GradFormat(String ending) {
    this.ending = ending;
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format that the options ask for.
   *
   * @throws UserException if they contradict each other
   */
  static GradFormat choose(Optional<String> format, Optional<Output> out, boolean ascii) {
    Optional<GradFormat> named = format.map(GradFormat::named);
    Optional<GradFormat> ended = out.flatMap(GradFormat::byEnding);
    if (named.isPresent() && ended.isPresent() && named.get() != ended.get()) {
      throw new UserException(
          "--format %s contradicts --out %s, which is named like %s: change one of them"
              .formatted(named.get().word(), out.get(), ended.get().word()));
    }
    if (named.isEmpty() && ended.isEmpty() && out.isPresent() && out.get().hasEnding()) {
      throw new UserException(
          "--out expects a name that ends with %s, but got %s: change it, or add --format"
              .formatted(endings(), Quote.of(out.get())));
    }
    GradFormat chosen = named.or(() -> ended).orElse(TEXT);
    if (ascii && chosen != TEXT) {
      throw new UserException(
          "--ascii is about text, but %s is written: leave it out".formatted(chosen.word()));
    }
    return chosen;
  }

  private static String endings() {
    List<String> all = Arrays.stream(values()).map(f -> "." + f.ending).toList();
    return "%s or %s".formatted(String.join(", ", all.subList(0, all.size() - 1)), all.getLast());
  }

  private static GradFormat named(String word) {
    List<String> words = Arrays.stream(values()).map(GradFormat::word).toList();
    return Arrays.stream(values())
        .filter(f -> f.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                "--format expects %s, but got %s%s"
                    .formatted(
                        String.join(", ", words), Quote.of(word), Nearest.hint(word, words))));
  }

  private static Optional<GradFormat> byEnding(Output file) {
    return Arrays.stream(values()).filter(f -> file.endsWith("." + f.ending)).findFirst();
  }

  /**
   * The trace in this format, and what is to be said of answers and of a derivation.
   *
   * @param ascii whether text has no other characters
   */
  String render(Trace trace, List<Verdict> verdicts, Optional<Review> review, boolean ascii) {
    Notation text = ascii ? Notation.ASCII : Notation.UNICODE;
    return switch (this) {
      case TEXT -> document(trace, verdicts, review, text).text();
      case MARKDOWN -> document(trace, verdicts, review, Notation.LATEX).markdown();
      case JSON -> Json.pretty(json(trace, verdicts, review));
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
