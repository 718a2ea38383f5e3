package dev.vitrine.lab.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Runs for programs: as values for JSON, and as CSV. */
public final class RunTable {
  private RunTable() {}

  /**
   * {@return all that is known of a run, by the fields' keys; {@code null} for what is not}
   *
   * @param run any
   */
  public static Map<String, Object> json(StoredRun run) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (Field field : Field.values()) {
      json.put(field.key(), run.values().get(field));
    }
    String tags = run.text(Field.TAGS);
    json.put(Field.TAGS.key(), tags.isEmpty() ? List.of() : List.of(tags.split(",")));
    json.put("settings", run.settings());
    return json;
  }

  /**
   * {@return runs as CSV (RFC 4180): a column for each field and, after {@code setting.}, for each
   * setting that one of them has}
   *
   * @param runs in their order
   */
  public static String csv(Collection<StoredRun> runs) {
    Set<String> settings = new LinkedHashSet<>();
    runs.forEach(run -> settings.addAll(run.settings().keySet()));
    List<String> head = new ArrayList<>(Field.keys());
    settings.forEach(name -> head.add("setting." + name));
    StringBuilder text = new StringBuilder(line(head));
    for (StoredRun run : runs) {
      List<Object> cells = new ArrayList<>();
      for (Field field : Field.values()) {
        cells.add(run.values().getOrDefault(field, ""));
      }
      settings.forEach(name -> cells.add(run.settings().getOrDefault(name, "")));
      text.append(line(cells));
    }
    return text.toString();
  }

  /**
   * {@return a line of CSV with its line feed}
   *
   * @param cells texts and numbers; {@code null} for nothing
   */
  public static String line(List<?> cells) {
    return cells.stream().map(RunTable::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String cell(Object value) {
    String text = value == null ? "" : value.toString();
    return text.matches("(?s).*[\",\r\n].*") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
  }
}
