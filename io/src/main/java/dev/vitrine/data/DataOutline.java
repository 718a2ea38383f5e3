package dev.vitrine.data;

import dev.vitrine.tensor.Shape;
import java.util.Objects;

/**
 * What is known of data before they are read.
 *
 * @param shape of an image, {@code (C, H, W)}
 * @param train how many training images there are; 0 if there are none
 * @param test how many test images; the same
 */
public record DataOutline(Shape shape, long train, long test) {
  /** Refuses {@code null}. */
  public DataOutline {
    Objects.requireNonNull(shape, "shape");
  }

  /** What each image needs besides its pixels: its target and its row. */
  private static final long BESIDES = 2 * Integer.BYTES;

  /**
   * {@return the memory that so many images take}
   *
   * @param images how many
   */
  public long bytes(long images) {
    return images * (shape.elements() + BESIDES);
  }
}
