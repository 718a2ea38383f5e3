package dev.vitrine.lab.spec;

import java.util.List;
import java.util.Optional;

/** Reads how a study searches, and what it calls fast. */
final class SearchReader {
  private static final int FACTOR = 3;
  private static final String KIND = "kind of search";

  private SearchReader() {}

  static Search search(Item item) {
    List<String> kinds = List.of("grid", "random", "halving");
    if (item instanceof Item.Scalar word) {
      if (word.text().equals("grid")) {
        return new Search.Grid();
      }
      if (kinds.contains(word.text())) {
        throw word.place()
            .refusal(
                "a search of the kind %s needs further keys, such as {kind: random, trials: 20} or {kind: halving, factor: 3}"
                    .formatted(word.text()));
      }
      throw Fields.unknown(word.place(), KIND, word.text(), kinds);
    }
    Fields fields = Fields.of("\"search\"", item);
    fields.allow("key of a search", List.of("kind", "trials", "factor", "epochs", "seed"));
    String kind =
        fields
            .text("kind")
            .orElseThrow(() ->
                fields
                    .place()
                    .refusal("a search needs the key \"kind\" with grid, random or halving"));
    if (!kinds.contains(kind)) {
      throw Fields.unknown(fields.place("kind"), KIND, kind, kinds);
    }
    fields.allow("key of a search of the kind " + kind, keys(kind));
    long seed = fields.integer("seed").orElse(1L);
    Optional<Integer> trials = fields.whole("trials");
    fields.check("trials", () -> new Search.Random(trials.orElseThrow(), seed));
    return switch (kind) {
      case "grid" -> new Search.Grid();
      case "random" ->
          new Search.Random(
              trials.orElseThrow(() -> fields.place().refusal("a random search needs \"trials\"")),
              seed);
      default -> halving(fields, trials, seed);
    };
  }

  private static List<String> keys(String kind) {
    return switch (kind) {
      case "grid" -> List.of("kind");
      case "random" -> List.of("kind", "trials", "seed");
      default -> List.of("kind", "trials", "factor", "epochs", "seed");
    };
  }

  private static Search halving(Fields fields, Optional<Integer> trials, long seed) {
    int factor = fields.whole("factor").orElse(FACTOR);
    int first = fields.whole("epochs").orElse(1);
    fields.check("factor", () -> new Search.Halving(trials, factor, 1, seed));
    fields.check("epochs", () -> new Search.Halving(trials, factor, first, seed));
    return new Search.Halving(trials, factor, first, seed);
  }

  static Band band(Item item) {
    Fields fields = Fields.of("\"band\"", item);
    fields.allow("key of a band", List.of("loss", "accuracy"));
    double loss = fields.number("loss").orElse(0.0);
    double accuracy = fields.number("accuracy").orElse(0.0);
    fields.check("loss", () -> new Band(loss, 0));
    fields.check("accuracy", () -> new Band(0, accuracy));
    return new Band(loss, accuracy);
  }
}
