package dev.vitrine.web.rooms;

import dev.vitrine.inside.Recording;
import dev.vitrine.web.http.Answer;
import dev.vitrine.web.http.Request;
import dev.vitrine.web.http.Routes;
import dev.vitrine.web.live.TrainingQueue;
import dev.vitrine.web.live.Within;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is seen within a network while it is trained. */
public final class WithinRoom implements Room {
  private final TrainingQueue queue;

  /**
   * @param queue trains them
   */
  public WithinRoom(TrainingQueue queue) {
    this.queue = queue;
  }

  @Override
  public void open(Routes routes) {
    routes.get("/api/trainings/{number}/within", this::within);
  }

  /** A layer, and one of its parameters if it has some. */
  private record Choice(Optional<String> layer, Optional<String> parameter) {
    boolean has(Recording.Named named) {
      Optional<String> mine = named.kind() == Recording.Kind.ACTIVATIONS ? layer : parameter;
      return mine.equals(Optional.of(named.name()));
    }

    String title() {
      return parameter.or(() -> layer).orElseThrow();
    }
  }

  private Answer within(Request request) {
    Within within = queue.within(TrainRoom.number(request));
    Map<String, Object> json = new LinkedHashMap<>();
    List<Recording> recordings = within.recordings();
    if (!recordings.isEmpty()) {
      Recording newest = recordings.getLast();
      List<Choice> choices = choices(newest);
      String asked = request.query("of").orElse("");
      Choice chosen =
          choices.stream()
              .filter(c -> c.title().equals(asked))
              .findFirst()
              .orElse(choices.getFirst());
      json.put("step", newest.step());
      json.put("choices", choices.stream().map(Choice::title).toList());
      json.put("chosen", chosen.title());
      json.put(
          "parts",
          newest.spreads().stream()
              .filter(chosen::has)
              .map(named -> part(named, within, recordings))
              .toList());
      json.put("all", newest.spreads().stream().map(WithinRoom::row).toList());
    }
    within.confusion().ifPresent(c -> json.put("confusion", confusion(c)));
    return Answer.json(json);
  }

  /** Each layer's parameters; a layer without one, alone. */
  private static List<Choice> choices(Recording newest) {
    List<String> parameters = names(newest, Recording.Kind.WEIGHTS);
    List<String> layers = names(newest, Recording.Kind.ACTIVATIONS);
    List<Choice> choices = new ArrayList<>();
    for (String layer : layers) {
      List<String> own = parameters.stream().filter(p -> layerOf(p).equals(layer)).toList();
      own.forEach(p -> choices.add(new Choice(Optional.of(layer), Optional.of(p))));
      if (own.isEmpty()) {
        choices.add(new Choice(Optional.of(layer), Optional.empty()));
      }
    }
    parameters.stream()
        .filter(p -> !layers.contains(layerOf(p)))
        .forEach(p -> choices.add(new Choice(Optional.empty(), Optional.of(p))));
    return choices;
  }

  private static String layerOf(String parameter) {
    return parameter.substring(0, Math.max(0, parameter.lastIndexOf('.')));
  }

  private static List<String> names(Recording of, Recording.Kind kind) {
    return of.spreads().stream().filter(s -> s.kind() == kind).map(Recording.Named::name).toList();
  }

  /** A histogram of the newest numbers, and quantiles in the course of the training. */
  private static Map<String, Object> part(
      Recording.Named named, Within within, List<Recording> recordings) {
    Map<String, Object> json = new LinkedHashMap<>(row(named));
    json.put("histogram", Spreads.json(within.histogram(named.kind(), named.name())));
    List<Long> steps = new ArrayList<>();
    List<List<Double>> course = new ArrayList<>();
    for (Recording each : recordings) {
      each.spreads().stream()
          .filter(s -> s.kind() == named.kind() && s.name().equals(named.name()))
          .findFirst()
          .ifPresent(s -> {
            steps.add(each.step());
            course.add(s.spread().at());
          });
    }
    json.put("steps", steps);
    json.put("course", course);
    return json;
  }

  private static Map<String, Object> row(Recording.Named named) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", named.kind().name().toLowerCase(Locale.ROOT));
    json.put("name", named.name());
    json.put("count", named.spread().count());
    json.put("zeros", named.spread().zeros());
    json.put("odd", named.spread().odd());
    json.put("rms", named.spread().rms());
    json.put("quantiles", named.spread().at());
    json.put("faulty", named.faulty());
    return json;
  }

  private static Map<String, Object> confusion(Within.Confusion of) {
    Map<String, Object> json = new LinkedHashMap<>(Confusions.json(of.matrix(), of.names()));
    json.put("on", of.on());
    json.put("epoch", of.epoch());
    return json;
  }
}
