package dev.vitrine.data.digits;

import dev.vitrine.data.DataOutline;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.Origin;
import dev.vitrine.error.UserException;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Handwritten-looking digits in MNIST's format, drawn by a program: any number from a seed, no file
 * read. Image {@code i} of a split is a pure function of the seed, the split and {@code i}: it does
 * not depend on how many are asked for, on threads or on the machine.
 *
 * @param seed of all the random numbers
 * @param trainSize how many training images
 * @param testSize how many test images; none of them is a training image
 */
public record Digits(Seed seed, int trainSize, int testSize) implements DataSource {
  /** What the command line calls it. */
  public static final String NAME = "digits";

  /** The shape of an image: (1, 28, 28). */
  public static final Shape SHAPE = Shape.of(1, Frame.SIDE, Frame.SIDE);

  private static final List<String> CLASS_NAMES =
      IntStream.range(0, 10).mapToObj(Integer::toString).toList();

  /** Counted up when the same seed gives other images than before. */
  private static final int DRAWING = 1;

  /** So many images fill the largest array. */
  private static final int MOST = Integer.MAX_VALUE / SHAPE.elements();

  /**
   * The data source.
   *
   * @throws UserException if a size is not positive or an array cannot hold that many images
   */
  public Digits {
    check(trainSize);
    check(testSize);
  }

  /**
   * {@return as many digits as MNIST has: 60,000 to learn from and 10,000 to be judged by}
   *
   * @param seed where the drawings come from
   */
  public static Digits of(Seed seed) {
    return new Digits(seed, 60_000, 10_000);
  }

  /**
   * {@return the first {@code count} images of the training split} Every ten images from the start
   * on hold each digit once.
   *
   * @param seed where the drawings come from
   * @param count how many images, at least 1
   * @throws UserException if the count is not positive or an array cannot hold that many images
   */
  public static Dataset train(Seed seed, int count) {
    return draw(seed, "train", count);
  }

  /**
   * {@return the first {@code count} images of the test split; otherwise like {@link #train}}
   *
   * @param seed where the drawings come from
   * @param count how many images, at least 1
   */
  public static Dataset test(Seed seed, int count) {
    return draw(seed, "test", count);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public DataOutline outline() {
    return new DataOutline(SHAPE, trainSize, testSize);
  }

  @Override
  public DataSplits load() {
    return DataSplits.of(train(seed, trainSize), loadTest());
  }

  @Override
  public Dataset loadTest() {
    return test(seed, testSize);
  }

  private static void check(int count) {
    if (count <= 0 || count > MOST) {
      throw new UserException(
          String.format(
              Locale.ROOT, "Data set digits expects 1 to %,d images, but got %,d", MOST, count));
    }
  }

  private static Dataset draw(Seed seed, String split, int count) {
    check(count);
    byte[] pixels = new byte[count * SHAPE.elements()];
    byte[] labels = new byte[count];
    String purpose = NAME + "." + split;
    IntStream.range(0, count)
        .parallel()
        .forEach(i -> {
          int digit = label(seed, purpose, i);
          labels[i] = (byte) digit;
          Painter.paint(digit, new Draws(seed.stream(purpose, i)), pixels, i * SHAPE.elements());
        });
    return Dataset.of(NAME, SHAPE, pixels, labels, CLASS_NAMES).origin(origin(seed));
  }

  /** What the images depend on. */
  private static Origin origin(Seed seed) {
    String drawing = "drawing %s of seed %s".formatted(DRAWING, seed.value());
    return new Origin(Map.of(NAME, drawing), List.of());
  }

  /** The digit of an image: every block of ten images holds each digit once, in random order. */
  private static int label(Seed seed, String purpose, int index) {
    return seed.stream(purpose + ".labels", index / 10).permutation(10)[index % 10];
  }
}
