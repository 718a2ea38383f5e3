package dev.vitrine.image;

import dev.vitrine.error.UserException;
import java.util.Locale;

/**
 * The size of an image in pixels.
 *
 * @param height rows
 * @param width columns
 */
public record ImageSize(int height, int width) {
  /** The longest side, as of pictures that are read. */
  public static final int MOST = ImageFile.MOST_SIDE;

  /**
   * A size.
   *
   * @throws UserException if a side is not 1 to {@link #MOST}, or there are more than {@link
   *     ImageFile#MOST_PIXELS}; memory may set a lower limit
   */
  public ImageSize {
    boolean sides = Math.min(height, width) >= 1 && Math.max(height, width) <= MOST;
    if (!sides || (long) height * width > ImageFile.MOST_PIXELS) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "Images are resized to sides of 1 to %,d and at most 64 million pixels, but got %,d × %,d (height × width)",
              MOST,
              height,
              width));
    }
  }

  @Override
  public String toString() {
    return "%s × %s".formatted(height, width);
  }
}
