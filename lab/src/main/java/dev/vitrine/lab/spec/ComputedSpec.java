package dev.vitrine.lab.spec;

import dev.vitrine.error.Quote;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A study that is computed rather than swept, as its file has it.
 *
 * @param name of the study
 * @param question in a sentence; may be empty
 * @param compute the name of what computes it
 * @param values what that is told, by name, each a list of one or more
 * @param budget how long it takes at most on two cores, if that is said
 */
public record ComputedSpec(
    String name,
    String question,
    String compute,
    Map<String, List<String>> values,
    Optional<Duration> budget) {
  private static final String COMPUTE = "compute";
  private static final String VALUES = "values";
  private static final String QUICK = "quick";
  private static final List<String> KEYS =
      List.of("name", "question", COMPUTE, VALUES, "budget", QUICK);

  /** Copies the values; the name is that of a folder, too. */
  public ComputedSpec {
    StudySpec.requireName(name);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * {@return the study of a text; empty if it has no key {@code compute}, so that it is one to be
   * swept}
   *
   * @param text YAML
   * @param source what the text is, for the sentences
   * @param quick whether the thin version is asked for: what stands under the key {@code quick}
   *     takes the place of what is outside it, of the values one by one
   * @throws dev.vitrine.error.UserException with line and column, if anything in it is wrong
   */
  public static Optional<ComputedSpec> parse(String text, String source, boolean quick) {
    Fields all = new Fields(YamlText.parse(text, source));
    if (!all.has(COMPUTE)) {
      return Optional.empty();
    }
    all.allow("key", KEYS);
    Fields whole = ThinVersion.without(all, QUICK);
    if (!all.has(QUICK)) {
      return Optional.of(spec(whole));
    }
    Fields other = Fields.of(Quote.of(QUICK), all.item(QUICK).orElseThrow());
    other.allow("key of the thin version", List.of(VALUES, "budget"));
    ComputedSpec thin = spec(ThinVersion.of(whole, other, VALUES));
    return Optional.of(quick ? thin : spec(whole));
  }

  private static ComputedSpec spec(Fields all) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    all.item(VALUES)
        .map(item -> Fields.of(Quote.of(VALUES), item))
        .ifPresent(some -> some.keys().forEach(key -> values.put(key, some.texts(key))));
    String name =
        all.text("name").orElseThrow(() -> all.place().refusal("a study needs the key \"name\""));
    all.check("name", () -> StudySpec.requireName(name));
    return new ComputedSpec(
        name,
        all.text("question").orElse(""),
        all.text(COMPUTE).orElseThrow(),
        values,
        all.duration("budget"));
  }
}
