package dev.vitrine.transfer;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.StoredTensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * A part of a file that might be a network's weights: the tensors whose places begin alike.
 *
 * @param start what their places begin with, the last dot or slash included; empty for all
 * @param tensors the tensors by the rest of their places
 * @param labels what these say of layers
 */
record Part(String start, SequencedMap<String, StoredTensor> tensors, Labels labels) {
  /** The place of a tensor in the file. */
  String full(String name) {
    return start + name;
  }

  /** Where the part lies; empty for the whole file. */
  String place() {
    return start.isEmpty() ? "" : start.substring(0, start.length() - 1);
  }

  /**
   * {@return all parts of a file, or those below a place, the whole first; none if there is no
   * tensor}
   *
   * @throws UserException if no tensor lies at the place
   */
  static List<Part> of(Weights weights, Optional<String> key) {
    SequencedMap<String, SequencedMap<String, StoredTensor>> parts = new LinkedHashMap<>();
    weights
        .tensors()
        .forEach((place, tensor) -> {
          if (key.isPresent() && place.equals(key.orElseThrow())) {
            enter(parts, Names.end(place) + 1, place, tensor);
          } else if (key.isEmpty()) {
            enter(parts, 0, place, tensor);
          }
          for (int at = 1; at < place.length(); at++) {
            boolean ends = place.charAt(at) == '.' || place.charAt(at) == '/';
            if (ends && isUnder(place.substring(0, at), key)) {
              enter(parts, at + 1, place, tensor);
            }
          }
        });
    if (parts.isEmpty() && key.isPresent()) {
      throw new UserException(
          "%s: no tensor lies below %s"
              .formatted(Quote.place(weights.file().toString()), Quote.of(key.orElseThrow())));
    }
    List<Part> all = new ArrayList<>();
    parts.forEach((start, tensors) -> all.add(new Part(start, tensors, Labels.of(tensors))));
    return all;
  }

  private static boolean isUnder(String place, Optional<String> key) {
    return key.map(
            at -> place.equals(at) || place.startsWith(at + ".") || place.startsWith(at + "/"))
        .orElse(true);
  }

  private static void enter(
      SequencedMap<String, SequencedMap<String, StoredTensor>> parts,
      int length,
      String place,
      StoredTensor tensor) {
    parts
        .computeIfAbsent(place.substring(0, length), _ -> new LinkedHashMap<>())
        .put(place.substring(length), tensor);
  }
}
