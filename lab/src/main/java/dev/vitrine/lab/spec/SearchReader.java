package dev.vitrine.lab.spec;

import java.util.List;

/** Reads how a study searches, and what it calls fast. */
final class SearchReader {
  private SearchReader() {}

  static Search search(Item item) {
    List<String> kinds = List.of("grid", "random", "halving");
    if (item instanceof Item.Scalar word) {
      if (word.text().equals("grid")) {
        return new Search.Grid();
      }
      throw Fields.unknown(
          word.place(), "search without further keys", word.text(), List.of("grid"));
    }
    Fields fields = Fields.of("\"search\"", item);
    fields.allow("key of a search", List.of("kind", "trials", "factor", "epochs", "seed"));
    String kind = fields.text("kind").orElse("");
    if (!kinds.contains(kind)) {
      throw fields.place().refusal("a search needs the key \"kind\" with grid, random or halving");
    }
    long seed = fields.integer("seed").orElse(1L);
    return switch (kind) {
      case "grid" -> new Search.Grid();
      case "random" ->
          new Search.Random(
              fields
                  .whole("trials")
                  .orElseThrow(() -> fields.place().refusal("a random search needs \"trials\"")),
              seed);
      default ->
          new Search.Halving(
              fields.whole("trials"),
              fields.whole("factor").orElse(3),
              fields.whole("epochs").orElse(1),
              seed);
    };
  }

  static Band band(Item item) {
    Fields fields = Fields.of("\"band\"", item);
    fields.allow("key of a band", List.of("loss", "accuracy"));
    return new Band(fields.number("loss").orElse(0.0), fields.number("accuracy").orElse(0.0));
  }
}
