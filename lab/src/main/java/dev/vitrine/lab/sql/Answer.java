package dev.vitrine.lab.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a question came to.
 *
 * @param columns their names, as the question has them
 * @param rows a value for each column: a {@link String}, {@link Long}, {@link Double}, {@link
 *     Boolean} or {@code null}
 */
public record Answer(List<String> columns, List<List<Object>> rows) {
  /** Copies the lists; values may be {@code null}. */
  public Answer {
    columns = List.copyOf(columns);
    List<List<Object>> copy = new ArrayList<>();
    rows.forEach(row -> copy.add(Collections.unmodifiableList(new ArrayList<>(row))));
    rows = Collections.unmodifiableList(copy);
  }

  /** {@return the rows as objects, for JSON} */
  public List<Map<String, Object>> json() {
    List<Map<String, Object>> json = new ArrayList<>();
    for (List<Object> row : rows) {
      Map<String, Object> object = new LinkedHashMap<>();
      for (int c = 0; c < columns.size(); c++) {
        object.put(columns.get(c), row.get(c));
      }
      json.add(object);
    }
    return json;
  }
}
