package dev.vitrine.data;

import dev.vitrine.format.Idx;
import dev.vitrine.tensor.Shape;
import java.nio.file.Path;

/** Folders in MNIST's layout with a handful of images. */
final class TinyMnist {
  static final int TRAIN = 6;
  static final int TEST = 4;

  private TinyMnist() {}

  /** Writes all four files; the labels are i mod {@code classes}. */
  static Path write(Path folder, int classes, boolean packed) {
    for (MnistFile file : MnistFile.values()) {
      String name = packed ? file.packedName() : file.plainName();
      write(folder.resolve(name), file, classes);
    }
    return folder;
  }

  /** Writes one of the files under any name. */
  static void write(Path path, MnistFile file, int classes) {
    boolean train = file == MnistFile.TRAIN_IMAGES || file == MnistFile.TRAIN_LABELS;
    int count = train ? TRAIN : TEST;
    if (file.rank() == 1) {
      Idx.write(path, Shape.of(count), values(count, classes));
    } else {
      Idx.write(path, Shape.of(count, 2, 3), values(count * 6, 251));
    }
  }

  private static byte[] values(int count, int modulus) {
    byte[] values = new byte[count];
    for (int i = 0; i < count; i++) {
      values[i] = (byte) (i % modulus);
    }
    return values;
  }
}
