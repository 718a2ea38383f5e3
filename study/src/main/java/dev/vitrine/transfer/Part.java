package dev.vitrine.transfer;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A part of a file that might be a network's weights: what lies below one place, with names that
 * begin there and after what they all begin with.
 *
 * @param place where it lies; empty for the whole file
 * @param prefix what all names begin with, left out
 * @param tensors the tensors by the rest of their names
 */
record Part(String place, String prefix, SequencedMap<String, StoredTensor> tensors) {
  /** The place of a tensor in the file. */
  String full(String name) {
    return (place.isEmpty() ? "" : place + ".") + prefix + name;
  }

  /** All parts of a file, or those below a place. */
  static List<Part> of(Weights weights, Optional<String> key) {
    List<Part> parts = new ArrayList<>();
    collect("", weights, weights.root(), key, parts);
    if (parts.isEmpty() && key.isPresent()) {
      throw new UserException(
          "%s: no tensor lies below %s"
              .formatted(Quote.place(weights.file().toString()), Quote.of(key.orElseThrow())));
    }
    return parts;
  }

  private static void collect(
      String place, Weights weights, Stored.Group group, Optional<String> key, List<Part> parts) {
    if (key.isEmpty() || place.equals(key.orElseThrow())) {
      add(place, new Weights(weights.file(), weights.format(), group), parts);
    }
    group
        .members()
        .forEach((name, what) -> {
          if (what instanceof Stored.Group inner) {
            String at = place.isEmpty() ? name : place + "." + name;
            collect(at, weights, inner, key, parts);
          }
        });
  }

  private static void add(String place, Weights group, List<Part> parts) {
    SequencedMap<String, StoredTensor> tensors = group.tensors();
    if (tensors.isEmpty()) {
      return;
    }
    String prefix = Names.prefix(List.copyOf(tensors.keySet()));
    for (String start = "";
        ;
        start = prefix.substring(0, prefix.indexOf('.', start.length()) + 1)) {
      var named = new LinkedHashMap<String, StoredTensor>();
      int length = start.length();
      tensors.forEach((name, tensor) -> named.put(name.substring(length), tensor));
      parts.add(new Part(place, start, named));
      if (start.equals(prefix)) {
        return;
      }
    }
  }
}
