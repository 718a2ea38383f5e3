package dev.vitrine.train;

import dev.vitrine.data.Dataset;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.List;

/** Images that a small network learns in a moment, and such a network. */
final class TinyImages {
  private static final int SIDE = 8;

  static final Shape SHAPE = Shape.of(1, SIDE, SIDE);

  /** With dropout, so that random numbers matter too. */
  static final Layer NETWORK =
      Sequential.of(
          Conv2d.of(4, 3),
          Activation.relu(),
          MaxPool2d.of(2),
          Flatten.of(),
          Dropout.of(0.2),
          Linear.of(3));

  private TinyImages() {}

  static Model model() {
    return Model.of(NETWORK, SHAPE, Initializer.kaimingNormal(), Seed.of(3));
  }

  /** Images of a bright bar in noise; its place is the class. */
  static Dataset bars(int count, long seed) {
    RandomStream random = Seed.of(seed).stream("bars");
    byte[] labels = new byte[count];
    byte[] pixels = new byte[count * SIDE * SIDE];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % 3);
    }
    for (int i = 0; i < pixels.length; i++) {
      boolean bright = i % SIDE / 2 == i / (SIDE * SIDE) % 3;
      pixels[i] = (byte) ((int) (100 * random.uniform(i)) + (bright ? 120 : 0));
    }
    return Dataset.of("bars", SHAPE, pixels, labels, List.of("a", "b", "c"));
  }
}
