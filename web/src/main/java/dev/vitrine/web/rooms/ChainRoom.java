package dev.vitrine.web.rooms;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Layer;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.Detail;
import dev.vitrine.trace.Question;
import dev.vitrine.trace.Trace;
import dev.vitrine.trace.TraceDocument;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.layer.LayerChoice;
import dev.vitrine.trace.layer.LayerJson;
import dev.vitrine.trace.layer.LayerQuestion;
import dev.vitrine.trace.layer.LayerTrace;
import dev.vitrine.trace.page.TracePage;
import dev.vitrine.web.http.Answer;
import dev.vitrine.web.http.Request;
import dev.vitrine.web.http.Routes;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The chain rule on an expression, as a page whose numbers can be dragged. */
public final class ChainRoom implements Room {
  private static final int MOST_INPUTS = 256;

  /** Without state. */
  public ChainRoom() {}

  @Override
  public void open(Routes routes) {
    routes
        .get("/api/chain", request -> Answer.json(Map.of("objective", trace(request).objective())))
        .get("/api/chain/page", ChainRoom::page)
        .get("/api/chain/layer", request -> Answer.json(layer(request)));
  }

  private static Answer page(Request request) {
    Trace trace = trace(request);
    return Reports.of(
        TracePage.html(trace, TracePage.prose(TraceDocument.of(trace, Notation.UNICODE))));
  }

  /** A layer with small numbers, and what each output hands back to each input and weight. */
  private static Map<String, Object> layer(Request request) {
    Shape input = shape(given(request, "input").orElse("1x4x4"));
    if (input.elements() > MOST_INPUTS) {
      throw UserException.expecting(
          "The input",
          "at most " + MOST_INPUTS + " numbers, which one can still look at",
          input.toString());
    }
    Map<String, Object> options = new LinkedHashMap<>();
    for (String name : List.of("kernel", "stride", "padding", "dilation")) {
      given(request, name).ifPresent(_ -> options.put(name, (long) request.number(name, 0)));
    }
    Long units = given(request, "units").map(_ -> (long) request.number("units", 1)).orElse(null);
    Layer layer = LayerChoice.of(request.required("layer"), options, units, input);
    LayerTrace trace =
        LayerTrace.of(
            new LayerQuestion(
                layer,
                input,
                Map.of(),
                request.number("seed", 0),
                Optional.empty(),
                LayerQuestion.Orientation.NUMERATOR));
    Map<String, Object> json = new LinkedHashMap<>(LayerJson.of(trace));
    Map<String, Object> jacobians = new LinkedHashMap<>();
    trace.jacobians().forEach((name, jacobian) -> jacobians.put(name, jacobian.rows()));
    json.put("jacobians", jacobians);
    return json;
  }

  private static Shape shape(String text) {
    if (!text.matches("[1-9]\\d{0,2}(x[1-9]\\d{0,2}){0,2}")) {
      throw UserException.expecting("The input", "a shape such as 1x4x4", Quote.of(text));
    }
    return Shape.of(Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray());
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
