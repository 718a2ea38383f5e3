package dev.vitrine.data.digits;

import dev.vitrine.random.Seed;
import java.util.stream.IntStream;

/**
 * Handwritten-looking digits in MNIST's format, drawn by a program: any number from a seed, no data
 * read from anywhere. Image {@code i} of a split is a pure function of the seed, the split and {@code
 * i}: it does not depend on how many are asked for, nor on threads or machine.
 *
 * @param pixels the images one after the other, 28 rows of 28 unsigned grey levels each, ink bright
 * @param labels the digits, 0 … 9, one an image
 */
public record Digits(byte[] pixels, byte[] labels) {
  /** Height and width of an image. */
  public static final int SIDE = Frame.SIDE;

  /** The first {@code count} images of the training split. */
  public static Digits train(Seed seed, int count) {
    return draw(seed, "digits.train", count);
  }

  /** The first {@code count} images of the test split; none of them is in the training split. */
  public static Digits test(Seed seed, int count) {
    return draw(seed, "digits.test", count);
  }

  private static Digits draw(Seed seed, String split, int count) {
    byte[] pixels = new byte[count * SIDE * SIDE];
    byte[] labels = new byte[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              labels[i] = (byte) label(seed, split, i);
              Draws draws = new Draws(seed.stream(split, i));
              Painter.paint(labels[i], draws, pixels, i * SIDE * SIDE);
            });
    return new Digits(pixels, labels);
  }

  /** The digit of an image: every block of ten images holds each digit once, in random order. */
  private static int label(Seed seed, String split, int index) {
    return seed.stream(split + ".labels", index / 10).permutation(10)[index % 10];
  }
}
