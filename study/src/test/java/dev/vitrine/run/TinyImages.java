package dev.vitrine.run;

import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Dataset;
import dev.vitrine.format.Json;
import dev.vitrine.image.Normalisation;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Images that a small network learns in a moment, and such a network. */
final class TinyImages {
  private static final int SIDE = 8;

  /** With dropout, so that random numbers matter too. */
  static final String NETWORK =
      """
      {"name": "tiny", "input": [1, 8, 8],
       "layers": [{"conv2d": 4, "kernel": 3}, "relu", {"maxpool2d": 2}, "flatten",
                  {"dropout": 0.2}, {"linear": 3}]}
      """;

  private TinyImages() {}

  static NetworkSpec network() {
    return NetworkFile.parse(Json.parse(NETWORK, "tiny.json"));
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
    return Dataset.of("bars", Shape.of(1, SIDE, SIDE), pixels, labels, List.of("a", "b", "c"));
  }

  static DataSplits splits() {
    return DataSplits.of(bars(130, 1), bars(40, 2));
  }

  /** Three epochs of 24 steps, the last batch of each being smaller. */
  static RunConfig config(double learningRate) {
    return new RunConfig(
        "vitrine train",
        "tiny.json",
        Optional.of(Json.parse(NETWORK, "tiny.json")),
        Optional.empty(),
        "bars",
        Optional.empty(),
        0,
        0,
        0.1,
        "kaiming-normal",
        5,
        3,
        0,
        learningRate,
        0.9,
        false,
        0.0005,
        "exponential:0.99",
        2,
        false,
        0,
        Normalisation.UNIT,
        7,
        DataFacts.NONE);
  }
}
