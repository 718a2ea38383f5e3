package dev.vitrine.lab.search;

import dev.vitrine.lab.spec.Parameter;
import dev.vitrine.lab.spec.Search;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.lab.spec.Values;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a study compares, before anything is tuned. */
final class Arms {
  private static final String BETWEEN = ", ";

  private Arms() {}

  /**
   * An arm with what it fixes.
   *
   * @param name as tables have it
   * @param draft the settings so far
   */
  record Arm(String name, Draft draft) {}

  static List<Arm> of(StudySpec spec) {
    List<Parameter> compared = compared(spec);
    List<Arm> arms = new ArrayList<>();
    Map<String, Map<String, String>> named =
        spec.arms().isEmpty() ? Map.of("", Map.of()) : spec.arms();
    named.forEach((name, own) -> {
      List<Draft> drafts = List.of(Draft.of(name, spec.settings(), own));
      for (Parameter parameter : compared) {
        drafts = Draft.branches(drafts, parameter);
      }
      drafts.forEach(draft -> arms.add(new Arm(label(spec, name, draft, compared), draft)));
    });
    return arms;
  }

  /** The parameters whose values are arms: of a grid that says nothing, all. */
  static List<Parameter> compared(StudySpec spec) {
    boolean each =
        spec.arms().isEmpty() && spec.compare().isEmpty() && spec.search() instanceof Search.Grid;
    return spec.parameters().stream()
        .filter(parameter -> each || spec.compare().contains(parameter.name()))
        .toList();
  }

  /**
   * Settings with the name of an arm among them, as conditions know it.
   *
   * @param label as tables have it: the arm's own name, and then what else is compared
   */
  static Map<String, String> known(
      StudySpec spec, String label, Map<String, String> settings, Map<String, String> varied) {
    Map<String, String> known = new LinkedHashMap<>(settings);
    known.putAll(varied); // in the words of this arm
    known.put(
        Parameter.ARM,
        spec.arms().keySet().stream()
            .filter(name -> label.equals(name) || label.startsWith(name + BETWEEN))
            .max(Comparator.comparingInt(String::length))
            .orElse(""));
    return known;
  }

  /** The parameter that varies a setting among such settings. */
  static Optional<Parameter> varying(StudySpec spec, String name, Map<String, String> known) {
    return spec.parameters().stream()
        .filter(each -> each.name().equals(name) && each.applies(known))
        .findFirst();
  }

  /** A word says what it is; a number needs its name. */
  private static String label(StudySpec spec, String name, Draft draft, List<Parameter> compared) {
    Map<String, String> parts = new LinkedHashMap<>();
    for (Parameter parameter : compared) {
      String value = draft.varied().get(parameter.name());
      if (value != null) {
        boolean number = Values.number(value).isPresent();
        parts.put(parameter.name(), number ? parameter.name() + "=" + value : value);
      }
    }
    List<String> words = new ArrayList<>(parts.values());
    if (!name.isEmpty()) {
      words.addFirst(name);
    }
    return words.isEmpty() ? spec.name() : words.stream().collect(Collectors.joining(BETWEEN));
  }
}
