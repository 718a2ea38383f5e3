package dev.vitrine.workload;

import dev.vitrine.data.Dataset;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Made-up images that can be learned: each class has a random picture of its own, and an image is
 * the mean of its class's picture and noise. One label in ten is drawn at random, so that the loss
 * stays away from zero, where arithmetic on tiny numbers would be measured instead.
 */
public final class SyntheticImages {
  private static final int CLASSES = 10;

  /** One pixel in so many is not black, as in MNIST. */
  private static final int INK = 5;

  private SyntheticImages() {}

  /**
   * {@return a data set of {@code count} images of a shape in ten classes: a function of the
   * arguments}
   *
   * @param shape of an image, {@code (C, H, W)}
   * @param count how many
   * @param seed where they come from
   */
  public static Dataset of(Shape shape, int count, Seed seed) {
    int elements = shape.elements();
    RandomStream pictures = seed.stream("synthetic pictures");
    RandomStream noise = seed.stream("synthetic noise");
    RandomStream classes = seed.stream("synthetic classes");
    byte[] pixels = new byte[count * elements];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      int drawn = classes.below(2L * i, CLASSES);
      boolean mislabelled = classes.below(2L * i + 1, CLASSES) == 0;
      labels[i] = (byte) (mislabelled ? i % CLASSES : drawn);
      for (int e = 0; e < elements; e++) {
        int at = i * elements + e;
        int picture = pictures.below((long) drawn * elements + e, INK * 256);
        int ink = picture < 256 ? picture : 0;
        pixels[at] = (byte) ((3 * ink + noise.below(at, 256) * ink / 255) / 4);
      }
    }
    List<String> names = IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
    return Dataset.of("synthetic", shape, pixels, labels, names);
  }
}
