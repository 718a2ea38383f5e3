package dev.vitrine.cli;

import dev.vitrine.data.MnistFile;
import dev.vitrine.format.Idx;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A folder in MNIST's layout that a small network learns in a moment, and such a network. */
final class TinyData {
  static final int TRAIN = 130;
  static final int TEST = 40;
  static final int CLASSES = 3;

  /** Learns {@link #write}'s images; with dropout, so that random numbers matter too. */
  static final String NETWORK =
      """
      {"name": "tiny", "input": [1, 8, 8],
       "layers": [{"conv2d": 4, "kernel": 3}, "relu", {"maxpool2d": 2}, "flatten",
                  {"dropout": 0.2}, {"linear": 3}]}
      """;

  private TinyData() {}

  /** A network file. */
  static Path network(Path folder) throws IOException {
    return Files.writeString(folder.resolve("tiny.json"), NETWORK);
  }

  /** Images of a bright bar in noise; its place is the class. */
  static Path write(Path folder) throws IOException {
    return write(folder, 8);
  }

  static Path write(Path folder, int side) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(7);
    for (MnistFile file : MnistFile.values()) {
      boolean train = file == MnistFile.TRAIN_IMAGES || file == MnistFile.TRAIN_LABELS;
      int count = train ? TRAIN : TEST;
      Path path = folder.resolve(file.plainName());
      if (file == MnistFile.TRAIN_LABELS || file == MnistFile.TEST_LABELS) {
        Idx.write(path, Shape.of(count), labels(count));
      } else {
        Idx.write(path, Shape.of(count, side, side), images(count, side, random));
      }
    }
    return folder;
  }

  static byte[] labels(int count) {
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      labels[i] = (byte) (i % CLASSES);
    }
    return labels;
  }

  private static byte[] images(int count, int side, Random random) {
    byte[] pixels = new byte[count * side * side];
    for (int i = 0; i < pixels.length; i++) {
      int image = i / (side * side);
      int column = i % side;
      boolean bright = column / 2 == image % CLASSES;
      pixels[i] = (byte) (random.nextInt(100) + (bright ? 120 : 0));
    }
    return pixels;
  }
}
