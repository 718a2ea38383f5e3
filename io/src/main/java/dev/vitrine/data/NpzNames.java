package dev.vitrine.data;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the arrays of an archive are, by the names that people give them. */
final class NpzNames {
  /** The parts that data have. */
  enum Part {
    TRAIN,
    VALIDATION,
    TEST
  }

  /**
   * The arrays of a part.
   *
   * @param examples the name of the array of images or features
   * @param labels the name of that of what they are
   */
  record Pair(String examples, String labels) {}

  private static final Set<String> EXAMPLES =
      Set.of("images", "image", "imgs", "x", "data", "pixels", "inputs", "features");
  private static final Set<String> LABELS =
      Set.of("labels", "label", "y", "targets", "target", "classes");
  private static final Map<Part, Set<String>> PARTS =
      Map.of(
          Part.TRAIN, Set.of("train", "training"),
          Part.VALIDATION, Set.of("val", "valid", "validation"),
          Part.TEST, Set.of("test", "testing"));

  private NpzNames() {}

  /**
   * The pairs of arrays by part; one without a part is that of all examples, and so {@code TRAIN}.
   *
   * @return the pairs; empty if it is not clear which they are
   */
  static Optional<Map<Part, Pair>> pairs(Iterable<String> names) {
    Map<Part, String> examples = new EnumMap<>(Part.class);
    Map<Part, String> labels = new EnumMap<>(Part.class);
    for (String name : names) {
      List<String> words = Arrays.asList(name.toLowerCase(Locale.ROOT).split("[^a-z]+"));
      Part part = part(words);
      Map<Part, String> role = words.stream().anyMatch(EXAMPLES::contains) ? examples : labels;
      boolean known = words.stream().anyMatch(w -> EXAMPLES.contains(w) || LABELS.contains(w));
      if (known && role.put(part, name) != null) {
        return Optional.empty();
      }
    }
    if (!examples.containsKey(Part.TRAIN) || !examples.keySet().equals(labels.keySet())) {
      return Optional.empty();
    }
    Map<Part, Pair> pairs = new LinkedHashMap<>();
    examples.forEach((part, name) -> pairs.put(part, new Pair(name, labels.get(part))));
    return Optional.of(pairs);
  }

  private static Part part(List<String> words) {
    return PARTS.entrySet().stream()
        .filter(entry -> words.stream().anyMatch(entry.getValue()::contains))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(Part.TRAIN);
  }
}
