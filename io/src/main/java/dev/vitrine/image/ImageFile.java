package dev.vitrine.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A photograph or drawing from a file: JPEG (grey or colour) or PNG (grey, colour or palette, 1 to
 * 16 bits, with alpha or without), turned upright as its EXIF orientation says. What it becomes is
 * 8 bits a sample, grey or red, green and blue:
 *
 * <ul>
 *   <li>16 bits {@code v} become {@code ⌊v/257 + ½⌋};
 *   <li>alpha {@code a} is composed on a plain ground {@code g}: {@code ⌊(a·v + (255 − a)·g)/255 +
 *       ½⌋};
 *   <li>colour profiles and gamma are not applied.
 * </ul>
 *
 * <p>The size is checked before a pixel is decoded, so that no file asks for more memory than
 * {@link #MOST_PIXELS} need.
 *
 * @param kind {@code JPEG} or {@code PNG}
 * @param orientation what it was turned by
 * @param transparent whether it had alpha
 * @param picture upright
 */
public record ImageFile(String kind, Orientation orientation, boolean transparent, Raster picture) {
  /** The most pixels a picture may have: 64 million, which is 8000 × 8000. */
  public static final long MOST_PIXELS = 64_000_000;

  /** The longest side that JPEG knows. */
  static final int MOST_SIDE = 65_535;

  /** Decoded, 4 channels of 2 bytes at most; and 3 of 1 byte as read, turned and inverted. */
  private static final long BYTES_A_PIXEL = 4 * 2 + 3 * 3;

  private static final long MOST_BYTES = 256_000_000;
  private static final int SHOWN = 4;

  /** How other files begin, as expressions: phones make HEIC, web sites WebP and AVIF. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "GIF8", "a GIF picture",
          "BM", "a BMP picture",
          "II\\*\0|MM\0\\*", "a TIFF picture",
          "RIFF....WEBP", "a WebP picture",
          "....ftyp(heic|heix|hevc|heim|heis|mif1|msf1)", "a HEIC picture",
          "....ftyp(avif|avis)", "an AVIF picture",
          "\0\0\0\fJXL |\u00FF\n", "a JPEG XL picture",
          "%PDF", "a PDF document");

  private static final int MAGIC = 12;

  /**
   * Reads a file.
   *
   * @param file a JPEG or a PNG
   * @param ground what transparent pixels are composed on, 0 (black) … 255 (white)
   * @return the picture, upright, and what the file is
   * @throws UserException if it cannot be read, is no such picture, is truncated, damaged or CMYK,
   *     or is too large
   */
  public static ImageFile read(Path file, int ground) {
    return Decoding.decode(file, header(file), ground, 1, 1);
  }

  /**
   * Reads a file that was read elsewhere.
   *
   * @param name what to call it
   * @param bytes a JPEG or a PNG
   * @param ground what transparent pixels are composed on, 0 (black) … 255 (white)
   * @return as {@link #read(Path, int)}
   * @throws UserException as there
   */
  public static ImageFile read(Path name, byte[] bytes, int ground) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(bytes, "bytes");
    return Decoding.decode(name, header(name, bytes, MOST_PIXELS), ground, 1, 1);
  }

  /**
   * {@return how many bytes of memory it takes at most to read a picture and to show it to a
   * network, as its header has it} No pixel is decoded for it.
   *
   * @param file a JPEG or a PNG
   * @throws UserException as {@link #read}
   */
  public static long bytesToRead(Path file) {
    ImageHeader header = header(file);
    return 2L * header.data().length + BYTES_A_PIXEL * header.width() * header.height();
  }

  /**
   * What a picture's header says of it.
   *
   * @param size upright
   * @param grey whether it is stored in shades of grey; a palette's is said to be coloured
   */
  public record Outline(ImageSize size, boolean grey) {
    /** Refuses {@code null}. */
    public Outline {
      Objects.requireNonNull(size, "size");
    }
  }

  /**
   * {@return what the header of a picture says of it} No pixel is decoded for it.
   *
   * @param file a JPEG or a PNG
   * @throws UserException as {@link #read}
   */
  public static Outline outline(Path file) {
    ImageHeader header = header(file);
    boolean swaps = header.orientation().swapsSides();
    ImageSize size =
        swaps
            ? new ImageSize(header.width(), header.height())
            : new ImageSize(header.height(), header.width());
    return new Outline(size, header.channels() < Raster.COLOURS);
  }

  private static ImageHeader header(Path file) {
    return header(file, MOST_PIXELS);
  }

  /** What a file says of itself, if it has no more than so many pixels. */
  static ImageHeader header(Path file, long mostPixels) {
    return header(file, bytes(file), mostPixels);
  }

  private static ImageHeader header(Path file, byte[] bytes, long mostPixels) {
    ImageHeader header;
    if (JpegHeader.begins(bytes)) {
      header = JpegHeader.read(file, bytes);
    } else if (PngHeader.begins(bytes)) {
      header = PngHeader.read(file, bytes);
    } else {
      throw new UserException(file + unknown(bytes));
    }
    check(file, header, mostPixels);
    return header;
  }

  private static byte[] bytes(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new UserException(
            "%s is a folder: expected a picture, JPEG or PNG"
                .formatted(file.toString().isEmpty() ? Quote.of("") : file));
      }
      long size = Files.size(file);
      if (size > MOST_BYTES) {
        throw new UserException(
            String.format(
                Locale.ROOT,
                "%s has %,d bytes: expected a picture of at most %,d",
                file,
                size,
                MOST_BYTES));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw FileErrors.reading(file, e);
    }
  }

  private static String unknown(byte[] bytes) {
    String begin = new String(bytes, 0, Math.min(MAGIC, bytes.length), ISO_8859_1);
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      if (begin.matches("(?s)(" + other.getKey() + ").*")) {
        return " is %s: expected JPEG or PNG; convert it first".formatted(other.getValue());
      }
    }
    String hex = HexFormat.of().formatHex(bytes, 0, Math.min(SHOWN, bytes.length));
    return " is not a JPEG or PNG picture: "
        + (bytes.length == 0 ? "it is empty" : "it begins with 0x" + hex);
  }

  private static void check(Path file, ImageHeader header, long mostPixels) {
    if (header.kind().equals("JPEG") && header.channels() == 4) {
      throw new UserException(
          "%s is a JPEG in CMYK, for printing: convert it to RGB first".formatted(file));
    }
    if (header.kind().equals("JPEG") && header.channels() != 1 && header.channels() != 3) {
      throw new UserException(
          "%s is a JPEG of %s channels: expected grey or colour"
              .formatted(file, header.channels()));
    }
    long pixels = (long) header.width() * header.height();
    if (header.width() <= 0 || header.height() <= 0) {
      throw new UserException(
          "%s: this %s is damaged: its size is %s × %s"
              .formatted(file, header.kind(), header.width(), header.height()));
    }
    if (pixels > mostPixels || Math.max(header.width(), header.height()) > MOST_SIDE) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s has %,d × %,d pixels: expected at most %,d a side and %,d million in all; make it smaller first",
              file,
              header.width(),
              header.height(),
              MOST_SIDE,
              mostPixels / 1_000_000));
    }
  }

  /**
   * {@return the file in a few words, such as {@code JPEG 4,032 × 3,024, turned by its EXIF
   * orientation 6}}
   */
  public String description() {
    String size =
        String.format(Locale.ROOT, "%s %,d × %,d", kind, picture.width(), picture.height());
    return orientation == Orientation.UPRIGHT
        ? size
        : "%s, turned by its EXIF orientation %s".formatted(size, orientation.exif());
  }
}
