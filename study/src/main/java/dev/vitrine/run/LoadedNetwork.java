package dev.vitrine.run;

import dev.vitrine.nn.Model;
import java.util.Objects;

/**
 * A trained network whose numbers were read.
 *
 * @param model the network with its numbers
 * @param reading what was found on the way
 */
public record LoadedNetwork(Model model, Reading reading) {
  /** Refuses {@code null}. */
  public LoadedNetwork {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(reading, "reading");
  }
}
