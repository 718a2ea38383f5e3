package dev.vitrine.transfer;

import dev.vitrine.weights.Weights;
import java.util.List;
import java.util.Optional;

/** The networks of the zoo whose a file is, where it is not the one's that was named. */
@FunctionalInterface
interface Others {
  /** {@return their names, in mid-sentence; empty if there is none} */
  Optional<String> fitting();

  /** Looked for when they are asked for. */
  static Others than(String name, Weights weights, Optional<String> key) {
    return () -> {
      List<String> fitting =
          Recognition.of(weights, key).stream()
              .map(found -> found.network().name())
              .filter(other -> !other.equals(name))
              .toList();
      return fitting.isEmpty() ? Optional.empty() : Optional.of(String.join(" or ", fitting));
    };
  }
}
