package dev.vitrine.image;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The size of an image in pixels.
 *
 * @param height rows
 * @param width columns
 */
public record ImageSize(int height, int width) {
  /** The longest side, as of pictures that are read. */
  public static final int MOST = ImageFile.MOST_SIDE;

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:x(\\d{1,9}))?");

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

  /**
   * {@return the size that is written}
   *
   * @param text a side such as {@code 96}, or height and width such as {@code 32x64}
   * @throws UserException if it is neither, or out of range
   */
  public static ImageSize parse(String text) {
    Matcher sides = FORM.matcher(text);
    if (!sides.matches()) {
      throw UserException.expecting(
          "The size", "a side in pixels such as 96, or HEIGHTxWIDTH such as 32x64", Quote.of(text));
    }
    int height = Integer.parseInt(sides.group(1));
    return new ImageSize(
        height, sides.group(2) == null ? height : Integer.parseInt(sides.group(2)));
  }

  @Override
  public String toString() {
    return "%s × %s".formatted(height, width);
  }
}
