package dev.vitrine.run;

import dev.vitrine.inside.Reading;
import dev.vitrine.inside.Recording;

/** Who is shown the numbers within a network while it is trained. */
@FunctionalInterface
public interface InsideWatcher {
  /**
   * After each recording, on the training's thread.
   *
   * @param recording how the numbers are spread
   * @param reading the numbers themselves: weights, activations and gradients of at most 64
   *     examples
   */
  void recorded(Recording recording, Reading reading);
}
