package dev.vitrine.image;

import dev.vitrine.error.UserException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;

/**
 * A photograph read at no more than a given number of pixels, whatever its own size: as {@link
 * ImageFile}, but averaged over squares of {@code step × step} pixels while it is read. Of a
 * picture that would be too large even to decode, only every second (third …) pixel of a row and
 * every second row is decoded.
 *
 * @param file what the file is, its picture reduced and upright
 * @param width columns of the whole picture, upright
 * @param height rows of the whole picture, upright
 * @param step how many of its pixels a side became one
 */
public record ReducedFile(ImageFile file, int width, int height, int step) {
  /** The most pixels that a file may have here: 100 million. */
  public static final long MOST_PIXELS = 100_000_000;

  /** What is decoded at once, at most: 3 bytes each. */
  private static final long MOST_DECODED = 25_000_000;

  /**
   * Of a JPEG in several scans all coefficients are held: so many of 100 million pixels at 4:2:0.
   */
  private static final long MOST_HELD = 300_000_000;

  /** Refuses {@code null}. */
  public ReducedFile {
    Objects.requireNonNull(file, "file");
  }

  /**
   * Reads a file.
   *
   * @param file a JPEG or a PNG
   * @param ground what transparent pixels are composed on, 0 (black) … 255 (white)
   * @param pixels how many there are to be at most
   * @return the picture, upright and reduced
   * @throws UserException as {@link ImageFile#read}, but for pictures of up to {@link
   *     #MOST_PIXELS}; or if it is a JPEG in several scans that takes more than 300 MB to decode
   */
  public static ReducedFile read(Path file, int ground, long pixels) {
    Objects.requireNonNull(file, "file");
    ImageHeader header = ImageFile.header(file, MOST_PIXELS);
    if (header.heldBytes() > MOST_HELD) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s is a JPEG in several scans (progressive) of %,d × %,d pixels, which takes %,d MB to decode: expected at most %,d; save it as a usual (baseline) one, or make it smaller",
              file,
              header.width(),
              header.height(),
              header.heldBytes() / 1_000_000,
              MOST_HELD / 1_000_000));
    }
    int step = 1;
    while ((long) header.width() * header.height() > pixels * step * step) {
      step++;
    }
    int skipped = 1;
    while ((long) header.width() * header.height() > MOST_DECODED * skipped * skipped) {
      skipped++;
    }
    int averaged = Math.ceilDiv(step, skipped);
    ImageFile read = Decoding.decode(file, header, ground, skipped, averaged);
    boolean swaps = header.orientation().swapsSides();
    return new ReducedFile(
        read,
        swaps ? header.height() : header.width(),
        swaps ? header.width() : header.height(),
        skipped * averaged);
  }
}
