package dev.vitrine.cli;

import dev.vitrine.nn.Model;
import dev.vitrine.run.LoadedNetwork;
import dev.vitrine.run.TrainedNetwork;

/**
 * A network that is looked at.
 *
 * @param network what is known of it
 * @param loaded its numbers at the moment that was asked for
 * @param title of it, and of the moment if that is not the newest
 * @param trained whether it was
 */
record LookedAt(TrainedNetwork network, LoadedNetwork loaded, String title, boolean trained) {
  Model model() {
    return loaded.model();
  }
}
