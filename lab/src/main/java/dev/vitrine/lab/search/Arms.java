package dev.vitrine.lab.search;

import dev.vitrine.lab.spec.Parameter;
import dev.vitrine.lab.spec.Search;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.lab.spec.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a study compares, before anything is tuned. */
final class Arms {
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
        drafts = drafts.stream().flatMap(draft -> draft.branches(parameter).stream()).toList();
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
    return words.isEmpty() ? spec.name() : words.stream().collect(Collectors.joining(", "));
  }
}
