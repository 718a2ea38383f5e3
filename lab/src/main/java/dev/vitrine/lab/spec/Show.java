package dev.vitrine.lab.spec;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a report shows of the chosen networks if it is asked to. */
public enum Show {
  /** The layers: shapes, weights, multiply-accumulate operations. */
  LAYERS,
  /** How large the gradients of each layer are: at the start, with all weights 0, at the end. */
  GRADIENTS;

  /** {@return what files call it} */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one that files call so, which is there. */
  static Show of(Item item) {
    String word = Fields.scalar("Each of \"show\"", item);
    List<String> keys = Arrays.stream(values()).map(Show::key).toList();
    if (!keys.contains(word)) {
      throw Fields.unknown(item.place(), "thing to show", word, keys);
    }
    return values()[keys.indexOf(word)];
  }
}
