package dev.vitrine.plan.memory;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.tensor.Shape;

/**
 * Where a value's numbers lie if each example has its own: as images of 16 channels side by side,
 * {@code [example][channel / 16][row][column][16 channels]}, or, an input, row-major. A vector is
 * an image of one pixel. What lanes behind the last channel hold is any finite number.
 *
 * @param buffer the place
 * @param channels of the image, or the elements of a vector
 * @param height rows of the image
 * @param width columns of the image
 * @param rowMajor whether it is {@code [example][channel][row][column]}
 */
public record Placed(Buffer buffer, int channels, int height, int width, boolean rowMajor) {
  private static final int LANES = Kernels.LANES;

  /** A new place for a value. */
  public static Placed of(Shape shape, int examples) {
    int height = shape.rank() == 3 ? shape.size(1) : 1;
    int width = shape.rank() == 3 ? shape.size(2) : 1;
    int channels = channels(shape);
    long vectors = (long) vectors(channels) * height * width;
    return new Placed(Buffer.channels(vectors, examples), channels, height, width, false);
  }

  /** A new place for an input, row-major. */
  public static Placed input(Shape shape, int examples) {
    Placed vectors = of(shape, examples);
    Buffer buffer = Buffer.examples(shape.elements(), examples);
    return new Placed(buffer, vectors.channels, vectors.height, vectors.width, true);
  }

  /** A value's place among the channels of this one. */
  public Placed part(int from, Shape shape) {
    int part = channels(shape);
    int area = height * width;
    return new Placed(
        Buffer.part(buffer, from * area, vectors(part) * area), part, height, width, false);
  }

  /** Whether it lies where so many vectors of another's pixels end. */
  public boolean isPart(Placed of, int from) {
    return buffer.isPart(of.buffer, from * of.height * of.width);
  }

  /** Channels of an image, or the elements of a vector. */
  public static int channels(Shape shape) {
    return shape.rank() == 3 ? shape.size(0) : shape.elements();
  }

  /** Vectors that hold so many channels. */
  public static int vectors(int channels) {
    return (channels + LANES - 1) / LANES;
  }

  /** Vectors of a pixel. */
  public int planes() {
    return vectors(channels);
  }

  /** Floats from one vector of a pixel to the next. */
  public int plane() {
    return height * width * LANES;
  }

  /** Floats from a pixel to its neighbour. */
  public int pixel() {
    return rowMajor ? 1 : LANES;
  }

  /** Whether it is a value of that shape, and not one that is read in another. */
  public boolean isOf(Shape shape) {
    return shape.rank() == 3
        ? shape.size(0) == channels && shape.size(1) == height && shape.size(2) == width
        : shape.elements() == channels && height * width == 1;
  }

  /** Where an example has a number, from its start. */
  public int offset(int channel, int row, int column) {
    int at = row * width + column;
    return rowMajor
        ? channel * height * width + at
        : (channel / LANES * height * width + at) * LANES + channel % LANES;
  }

  /** The same of an element, counted row-major. */
  public int offset(int element) {
    int area = height * width;
    return offset(element / area, element % area / width, element % width);
  }
}
