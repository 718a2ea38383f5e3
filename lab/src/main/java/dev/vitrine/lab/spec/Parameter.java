package dev.vitrine.lab.spec;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A setting that a study varies.
 *
 * @param name of the setting
 * @param values single values, in the order in which they were given
 * @param span a range, if it has one; a grid takes its values beside the single ones
 * @param when which values other settings must have for it to be varied; the name {@link #ARM}
 *     stands for the arm's. Empty for always
 */
public record Parameter(
    String name, List<String> values, Optional<Span> span, Map<String, List<String>> when) {
  /** Stands in {@link #when} for the name of the arm. */
  public static final String ARM = "arm";

  /** Checks that there is something to choose from, and copies. */
  public Parameter {
    values = values.stream().map(Values::canonical).distinct().toList();
    Map<String, List<String>> copy = new LinkedHashMap<>();
    when.forEach((key, any) -> copy.put(key, any.stream().map(Values::canonical).toList()));
    when = Collections.unmodifiableMap(copy);
    if (values.isEmpty() && span.isEmpty()) {
      throw UserException.expecting(
          "The parameter " + Quote.of(name), "values or a range", "neither");
    }
  }

  /**
   * {@return one with single values that is always varied}
   *
   * @param name of the setting
   * @param values what it may be
   */
  public static Parameter of(String name, List<String> values) {
    return new Parameter(name, values, Optional.empty(), Map.of());
  }

  /**
   * {@return whether it is varied among such settings}
   *
   * @param settings with the arm's name as {@link #ARM}
   */
  public boolean applies(Map<String, String> settings) {
    return when.entrySet().stream()
        .allMatch(condition -> condition.getValue().contains(settings.get(condition.getKey())));
  }

  /** {@return what a grid takes: numbers in their order, other values in that of the file} */
  public List<String> grid() {
    List<String> all = new ArrayList<>(values);
    span.ifPresent(range -> all.addAll(range.grid()));
    List<String> distinct = new ArrayList<>(all.stream().distinct().toList());
    if (distinct.stream().allMatch(value -> Values.number(value).isPresent())) {
      distinct.sort(Comparator.comparingDouble(value -> Values.number(value).orElseThrow()));
    }
    return List.copyOf(distinct);
  }
}
