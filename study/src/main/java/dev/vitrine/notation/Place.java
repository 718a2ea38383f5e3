package dev.vitrine.notation;

import java.util.ArrayList;
import java.util.List;

/**
 * Where in a network file something stands, as errors say it: {@code net.json, layer 2, body, layer
 * 1}. Of a place deep inside the middle is left out.
 *
 * @param file what was read
 * @param steps from the outside to the inside
 */
record Place(String file, List<String> steps) {
  private static final int MOST = 8;

  Place {
    steps = List.copyOf(steps);
  }

  /** A place within this one. */
  Place at(String step, Object... numbers) {
    List<String> deeper = new ArrayList<>(steps);
    deeper.add(step.formatted(numbers));
    return new Place(file, deeper);
  }

  @Override
  public String toString() {
    List<String> shown = new ArrayList<>(steps);
    if (shown.size() > MOST) {
      shown.subList(MOST / 2, shown.size() - MOST / 2).clear();
      shown.add(MOST / 2, "…");
    }
    shown.addFirst(file);
    return String.join(", ", shown);
  }
}
