package dev.vitrine.lab.search;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.spec.Parameter;
import dev.vitrine.lab.spec.Search;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.random.Seed;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All points of a study, none twice in an arm, in an order that follows from the study alone. Two
 * are the same if they mean the same; a point keeps the words in which the study had it first, so
 * that its name stays.
 */
public final class Points {
  /** Draws to a point that is wanted, after which no new ones are to be expected. */
  private static final int PATIENCE = 1000;

  private final Meaning meaning;

  /** The settings of each meaning as they were met first, in any arm. */
  private final Map<Object, Map<String, String>> first = new LinkedHashMap<>();

  private final Map<String, Map<Object, Point>> arms = new LinkedHashMap<>();

  private Points(Meaning meaning) {
    this.meaning = meaning;
  }

  /**
   * {@return the points of a study, as it is written}
   *
   * @param spec the study
   * @throws UserException if a parameter would be varied twice in a point, or the baseline is no
   *     arm
   */
  public static List<Point> of(StudySpec spec) {
    return of(List.of(spec), Meaning.WORDS);
  }

  /**
   * {@return the points of a study that was extended: those that it had, and what is new} Of a
   * range that became wider a random search draws only what lies outside the old one.
   *
   * @param history the study as it began, and as it was after each extension
   * @param meaning of settings
   * @throws UserException as {@link #of(StudySpec)}, or if the settings of a point mean nothing
   */
  public static List<Point> of(List<StudySpec> history, Meaning meaning) {
    Points points = new Points(meaning);
    for (int i = 0; i < history.size(); i++) {
      points.add(history.get(i), i == 0 ? Optional.empty() : Optional.of(history.get(i - 1)));
    }
    requireBaseline(history.getLast(), points.arms.keySet());
    return points.arms.values().stream().flatMap(arm -> arm.values().stream()).toList();
  }

  private static void requireBaseline(StudySpec spec, Collection<String> arms) {
    spec.baseline()
        .filter(name -> !arms.contains(name))
        .ifPresent(name -> {
          throw UserException.unknown("arm as baseline", name, arms);
        });
  }

  private void add(StudySpec spec, Optional<StudySpec> before) {
    for (Arms.Arm arm : Arms.of(spec)) {
      Map<Object, Point> known = arms.computeIfAbsent(arm.name(), _ -> new LinkedHashMap<>());
      for (Draft draft : drafts(spec, arm, before)) {
        Object meant = meant(draft);
        Map<String, String> settings = first.computeIfAbsent(meant, _ -> draft.settings());
        known.putIfAbsent(meant, new Point(arm.name(), draft.varied(), settings));
      }
    }
  }

  private Object meant(Draft draft) {
    try {
      return meaning.of(draft.settings());
    } catch (UserException e) {
      throw draft.varied().isEmpty() ? e : e.of("The point %s".formatted(draft.varied()));
    }
  }

  /** All of a study as it is written, with what was chosen in each. */
  static List<Draft> drafts(StudySpec spec) {
    Points points = new Points(Meaning.WORDS);
    return Arms.of(spec).stream()
        .flatMap(arm -> points.drafts(spec, arm, Optional.empty()).stream())
        .toList();
  }

  private List<Draft> drafts(StudySpec spec, Arms.Arm arm, Optional<StudySpec> before) {
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
      drafts = Draft.branches(drafts, parameter);
    }
    return drafts;
  }

  private static List<Parameter> earlier(Optional<StudySpec> before) {
    return before.map(StudySpec::parameters).orElse(List.of());
  }

  private List<Draft> random(Draws draws, int wanted) {
    Map<Object, Draft> found = new LinkedHashMap<>();
    for (long i = 0; found.size() < wanted && i < (long) PATIENCE * wanted; i++) {
      Draft draft = draws.at(i);
      found.putIfAbsent(meant(draft), draft);
    }
    return found.values().stream().filter(draws::isNew).toList();
  }
}
