package dev.vitrine.lab.search;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.spec.Parameter;
import dev.vitrine.lab.spec.Search;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.lab.spec.Values;
import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** All points of a study, none twice in an arm, in an order that follows from the study alone. */
public final class Points {
  /** Draws to a point that is wanted, after which no new ones are to be expected. */
  private static final int PATIENCE = 1000;

  private Points() {}

  /**
   * {@return the points of a study}
   *
   * @param spec the study
   * @throws UserException if a parameter would be varied twice in a point, or the baseline is no
   *     arm
   */
  public static List<Point> of(StudySpec spec) {
    return of(List.of(spec));
  }

  /**
   * {@return the points of a study that was extended: those that it had, and what is new} Of a
   * range that became wider a random search draws only what lies outside the old one.
   *
   * @param history the study as it began, and as it was after each extension
   */
  public static List<Point> of(List<StudySpec> history) {
    Map<String, Map<String, Point>> arms = new LinkedHashMap<>();
    for (int i = 0; i < history.size(); i++) {
      StudySpec spec = history.get(i);
      Optional<StudySpec> before = i == 0 ? Optional.empty() : Optional.of(history.get(i - 1));
      for (Arms.Arm arm : Arms.of(spec)) {
        Map<String, Point> known = arms.computeIfAbsent(arm.name(), _ -> new LinkedHashMap<>());
        drafts(spec, arm, before).stream()
            .map(draft -> draft.point(arm.name()))
            .forEach(point -> known.putIfAbsent(point.id(), point));
      }
    }
    history
        .getLast()
        .baseline()
        .filter(name -> !arms.containsKey(name))
        .ifPresent(name -> {
          throw UserException.unknown("arm as baseline", name, arms.keySet());
        });
    return arms.values().stream().flatMap(points -> points.values().stream()).toList();
  }

  private static List<Draft> drafts(StudySpec spec, Arms.Arm arm, Optional<StudySpec> before) {
    List<Parameter> compared = Arms.compared(spec);
    List<Parameter> tuned =
        spec.parameters().stream().filter(each -> !compared.contains(each)).toList();
    return switch (spec.search()) {
      case Search.Grid() -> grid(arm.draft(), tuned);
      case Search.Random(int trials, long seed) ->
          random(new Draws(arm, tuned, Seed.of(seed), earlier(before)), trials);
      case Search.Halving halving ->
          halving
              .trials()
              .map(trials ->
                  random(new Draws(arm, tuned, Seed.of(halving.seed()), earlier(before)), trials))
              .orElseGet(() -> grid(arm.draft(), tuned));
    };
  }

  private static List<Draft> grid(Draft arm, List<Parameter> tuned) {
    List<Draft> drafts = List.of(arm);
    for (Parameter parameter : tuned) {
      drafts = drafts.stream().flatMap(draft -> draft.branches(parameter).stream()).toList();
    }
    return drafts;
  }

  private static List<Parameter> earlier(Optional<StudySpec> before) {
    return before.map(StudySpec::parameters).orElse(List.of());
  }

  private static List<Draft> random(Draws draws, int wanted) {
    Map<Map<String, String>, Draft> found = new LinkedHashMap<>();
    for (long i = 0; found.size() < wanted && i < (long) PATIENCE * wanted; i++) {
      Draft draft = draws.at(i);
      found.putIfAbsent(draft.settings(), draft);
    }
    return found.values().stream().filter(draws::isNew).toList();
  }

  /** The points that a random search draws, each a function of its number alone. */
  private record Draws(Arms.Arm arm, List<Parameter> tuned, Seed seed, List<Parameter> before) {
    Draft at(long number) {
      Draft draft = arm.draft();
      for (int p = 0; p < tuned.size(); p++) {
        Parameter parameter = tuned.get(p);
        if (draft.takes(parameter)) {
          String purpose = "search %s %s %s".formatted(arm.name(), parameter.name(), p);
          double u = seed.stream(purpose).uniform(number);
          draft = draft.with(parameter.name(), value(parameter, u));
        }
      }
      return draft;
    }

    /** A range counts as one value among the single ones. */
    private static String value(Parameter parameter, double u) {
      List<String> values = parameter.values();
      int choices = values.size() + (parameter.span().isPresent() ? 1 : 0);
      double at = u * choices;
      int choice = (int) at;
      return choice < values.size()
          ? values.get(choice)
          : parameter.span().orElseThrow().at(at - choice);
    }

    /** Whether it could not be drawn before; if nothing was added, all count as new. */
    boolean isNew(Draft draft) {
      List<Parameter> wider = new ArrayList<>();
      for (Parameter now : tuned) {
        before.stream()
            .filter(old -> old.name().equals(now.name()) && old.when().equals(now.when()))
            .filter(old -> !old.equals(now))
            .forEach(wider::add);
      }
      return wider.isEmpty() || wider.stream().anyMatch(old -> isBeyond(old, draft));
    }

    private static boolean isBeyond(Parameter old, Draft draft) {
      String value = draft.varied().get(old.name());
      if (value == null || old.values().contains(value)) {
        return false;
      }
      OptionalDouble number = Values.number(value);
      return number.isEmpty()
          || old.span().filter(span -> span.contains(number.getAsDouble())).isEmpty();
    }
  }
}
