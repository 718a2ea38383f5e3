package dev.vitrine.cli;

import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.summary.Summary;
import dev.vitrine.summary.Table;
import dev.vitrine.tensor.Shape;
import dev.vitrine.zoo.Zoo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code vitrine summary --list} shows: the networks that have a name. */
record NetworkList(List<Entry> entries) {
  /** A network: its name, what people call it, its input and how many numbers it learns. */
  record Entry(String name, String title, Shape input, long parameters) {
    private static Entry of(NetworkSpec spec) {
      long parameters = Summary.of(spec.layers(), spec.input()).parameters();
      return new Entry(spec.name(), spec.title(), spec.input(), parameters);
    }

    private List<Object> cells() {
      return List.of(name, title, Table.sizes(input), parameters);
    }

    private Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", name);
      json.put("title", title);
      json.put("input", input.sizes());
      json.put("parameters", parameters);
      return json;
    }
  }

  /** All of them. */
  static NetworkList all() {
    return new NetworkList(Zoo.all().stream().map(Entry::of).toList());
  }

  /** For people. */
  Table table() {
    List<Table.Column> columns =
        List.of(
            new Table.Column("name", "name", true),
            new Table.Column("title", "network", true),
            new Table.Column("input", "input", true),
            new Table.Column("parameters", "parameters", false));
    return new Table(columns, entries.stream().map(Entry::cells).toList(), List.of());
  }

  /** For scripts: {@code {"networks": […]}}. */
  Map<String, Object> json() {
    return Map.of("networks", entries.stream().map(Entry::json).toList());
  }
}
