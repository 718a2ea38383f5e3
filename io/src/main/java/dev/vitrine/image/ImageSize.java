package dev.vitrine.image;

import dev.vitrine.error.UserException;

/**
 * The size of an image in pixels.
 *
 * @param height rows
 * @param width columns
 */
public record ImageSize(int height, int width) {
  /** The longest side. */
  public static final int MOST = 1024;

  /**
   * A size.
   *
   * @throws UserException if a side is not 1 to {@link #MOST}
   */
  public ImageSize {
    if (Math.min(height, width) < 1 || Math.max(height, width) > MOST) {
      throw new UserException(
          "Images are resized to sides of 1 to %s, but got %s × %s (height × width)"
              .formatted(MOST, height, width));
    }
  }

  @Override
  public String toString() {
    return "%s × %s".formatted(height, width);
  }
}
