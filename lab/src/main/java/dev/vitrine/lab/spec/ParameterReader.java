package dev.vitrine.lab.spec;

import dev.vitrine.error.Quote;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a study varies; a condition that could never hold is a slip, and refused. */
final class ParameterReader {
  private static final String VALUES = "values";
  private static final List<String> KEYS =
      List.of("name", VALUES, "from", "to", "log", "steps", "whole", "when");
  private static final int USUAL_STEPS = 5;

  private final Collection<String> known;
  private final Map<String, Map<String, String>> arms;

  /** The values that each setting is known to take, by its name. */
  private final Map<String, Set<String>> taken = new LinkedHashMap<>();

  ParameterReader(
      Collection<String> known,
      Map<String, String> settings,
      Map<String, Map<String, String>> arms) {
    this.known = known;
    this.arms = arms;
    settings.forEach(this::takes);
    arms.values().forEach(own -> own.forEach(this::takes));
  }

  private void takes(String setting, String value) {
    taken.computeIfAbsent(setting, _ -> new LinkedHashSet<>()).add(value);
  }

  List<Parameter> read(Fields all) {
    List<Parameter> parameters = new ArrayList<>();
    for (Item item : all.several("vary")) {
      Fields fields = Fields.of("Each of \"vary\"", item);
      Parameter parameter = Fields.at(fields.place(), () -> parameter(fields));
      parameter.grid().forEach(value -> takes(parameter.name(), value));
      parameters.add(parameter);
    }
    return parameters;
  }

  private Parameter parameter(Fields fields) {
    fields.allow("key of a parameter", KEYS);
    String name =
        fields
            .text("name")
            .orElseThrow(() -> fields.place().refusal("a parameter needs the key \"name\""));
    if (!known.contains(name)) {
      throw Fields.unknown(fields.place("name"), "setting", name, known);
    }
    Optional<Span> span = span(fields);
    return new Parameter(
        name,
        fields.texts(VALUES),
        span,
        fields.item("when").map(this::conditions).orElse(Map.of()));
  }

  private static Optional<Span> span(Fields fields) {
    if (!fields.has("from") && !fields.has("to")) {
      for (String idle : List.of("log", "steps", "whole")) {
        if (fields.has(idle)) {
          throw fields
              .place(idle)
              .refusal("%s is of a range: give \"from\" and \"to\" too".formatted(Quote.of(idle)));
        }
      }
      return Optional.empty();
    }
    Optional<Double> from = fields.number("from");
    Optional<Double> to = fields.number("to");
    if (from.isEmpty() || to.isEmpty()) {
      throw fields.place().refusal("a range needs both \"from\" and \"to\"");
    }
    boolean log = fields.flag("log");
    boolean whole = fields.flag("whole");
    int steps = fields.whole("steps").orElse(USUAL_STEPS);
    fields.check("from", () -> new Span(from.get(), to.get(), log, USUAL_STEPS, whole));
    fields.check("steps", () -> new Span(from.get(), to.get(), log, steps, whole));
    return Optional.of(new Span(from.get(), to.get(), log, steps, whole));
  }

  private Map<String, List<String>> conditions(Item item) {
    Fields fields = Fields.of("\"when\"", item);
    Map<String, List<String>> conditions = new LinkedHashMap<>();
    for (String key : fields.keys()) {
      boolean arm = key.equals(Parameter.ARM);
      Collection<String> possible = arm ? arms.keySet() : taken.getOrDefault(key, Set.of());
      if (possible.isEmpty()) {
        List<String> names = new ArrayList<>(taken.keySet());
        if (!arms.isEmpty()) {
          names.add(Parameter.ARM);
        }
        throw Fields.unknown(
            fields.mapping().fields().get(key).key(),
            "condition, which no setting before has:",
            key,
            names);
      }
      List<String> values = new ArrayList<>();
      for (Item value : fields.several(key)) {
        String text = Values.canonical(Fields.scalar(Quote.of(key), value));
        if (!possible.contains(text)) {
          throw Fields.unknown(
              value.place(), "value of %s".formatted(Quote.of(key)), text, possible);
        }
        values.add(text);
      }
      conditions.put(key, values);
    }
    return conditions;
  }
}
