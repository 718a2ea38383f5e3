package dev.vitrine.web.rooms;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.trace.Detail;
import dev.vitrine.trace.Question;
import dev.vitrine.trace.Trace;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.page.TracePage;
import dev.vitrine.web.http.Answer;
import dev.vitrine.web.http.Request;
import dev.vitrine.web.http.Routes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The chain rule on an expression, as a page whose numbers can be dragged. */
public final class ChainRoom implements Room {
  /** Without state. */
  public ChainRoom() {}

  @Override
  public void open(Routes routes) {
    routes
        .get("/api/chain", request -> Answer.json(Map.of("objective", trace(request).objective())))
        .get("/api/chain/page", request -> Reports.of(TracePage.html(trace(request), List.of())));
  }

  private static Trace trace(Request request) {
    return Trace.of(
        new Question(
            request.required("expression"),
            given(request, "at").map(Program::assignments).orElse(Map.of()),
            List.of(),
            given(request, "loss"),
            given(request, "rate").map(ChainRoom::rate),
            Detail.MAIN));
  }

  private static Optional<String> given(Request request, String name) {
    return request.query(name).filter(Predicate.not(String::isBlank));
  }

  private static double rate(String text) {
    try {
      return Decimal.parse(text);
    } catch (NumberFormatException _) {
      throw UserException.expecting("The rate", "a finite number", Quote.of(text));
    }
  }
}
