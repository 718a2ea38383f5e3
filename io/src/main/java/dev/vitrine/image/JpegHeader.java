package dev.vitrine.image;

import dev.vitrine.error.UserException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Walks through a JPEG (ITU-T T.81, annex B): markers {@code FF xx}, most with a segment whose
 * length follows, and after each start of a scan the coded pixels up to the next marker. The walk
 * to the end finds a file that was cut off, which the decoder would fill up with grey.
 */
final class JpegHeader {
  private static final int START_OF_SCAN = 0xDA;
  private static final int END_OF_IMAGE = 0xD9;
  private static final int APP1 = 0xE1;
  private static final byte[] EXIF = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);

  private final Path file;
  private final byte[] bytes;
  private int at = 2;
  private int frame = -1;
  private boolean inScans;
  private Orientation orientation = Orientation.UPRIGHT;

  private JpegHeader(Path file, byte[] bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** Whether bytes begin as a JPEG does. */
  static boolean begins(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xFF
        && bytes[1] == (byte) 0xD8
        && bytes[2] == (byte) 0xFF;
  }

  /**
   * Reads it.
   *
   * @throws UserException if it is truncated or has no frame
   */
  static ImageHeader read(Path file, byte[] bytes) {
    JpegHeader walk = new JpegHeader(file, bytes);
    walk.toEnd();
    if (walk.frame < 0) {
      throw new UserException("%s: this JPEG is damaged: it has no picture in it".formatted(file));
    }
    int frame = walk.frame;
    return new ImageHeader(
        "JPEG",
        walk.number(frame + 5),
        walk.number(frame + 3),
        walk.octet(frame + 7),
        walk.orientation,
        walk.coefficientBytes(),
        bytes);
  }

  /** Two for each coefficient of a picture in several scans: all are kept until the last. */
  private long coefficientBytes() {
    if (!inScans) {
      return 0;
    }
    int channels = octet(frame + 7);
    int most = 1;
    int sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      int factors = octet(frame + 9 + 3 * channel);
      int area = (factors >> 4) * (factors & 15);
      most = Math.max(most, area);
      sum += area;
    }
    return 2L * number(frame + 3) * number(frame + 5) * sum / most;
  }

  private void toEnd() {
    while (true) {
      int marker = nextMarker();
      if (marker == END_OF_IMAGE) {
        return;
      }
      if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
        continue; // without a segment
      }
      int length = number(at);
      if (length < 2 || at + length > bytes.length) {
        throw truncated();
      }
      segment(marker, length);
      at += length;
      if (marker == START_OF_SCAN) {
        skipCodedPixels();
      }
    }
  }

  /** The marker at the place, perhaps after fill bytes; afterwards the place is behind it. */
  private int nextMarker() {
    if (octet(at) != 0xFF) {
      throw new UserException(
          String.format(
              Locale.ROOT, "%s: this JPEG is damaged: there is no marker at byte %,d", file, at));
    }
    while (octet(at) == 0xFF) {
      at++;
    }
    return octet(at++);
  }

  private void segment(int marker, int length) {
    boolean startsFrame =
        marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    if (startsFrame && frame < 0 && length >= 8) {
      frame = at;
      inScans = (marker & 3) == 2;
    }
    if (marker == START_OF_SCAN && frame >= 0) {
      inScans |= octet(at + 2) < octet(frame + 7);
    }
    boolean exif = Arrays.equals(bytes, at + 2, Math.min(at + 8, at + length), EXIF, 0, 6);
    if (marker == APP1 && exif && orientation == Orientation.UPRIGHT) {
      orientation = Exif.orientation(Arrays.copyOfRange(bytes, at + 8, at + length));
    }
  }

  /** To the next marker that is neither a stuffed FF nor a restart. */
  private void skipCodedPixels() {
    while (true) {
      if (octet(at) == 0xFF) {
        int next = octet(at + 1);
        boolean within = next == 0 || next == 0xFF || (next >= 0xD0 && next <= 0xD7);
        if (!within) {
          return;
        }
      }
      at++;
    }
  }

  private int octet(int index) {
    if (index >= bytes.length) {
      throw truncated();
    }
    return Byte.toUnsignedInt(bytes[index]);
  }

  private int number(int index) {
    return octet(index) << 8 | octet(index + 1);
  }

  private UserException truncated() {
    return new UserException(
        String.format(
            Locale.ROOT,
            "%s: truncated: this JPEG ends after %,d bytes, before its end marker",
            file,
            bytes.length));
  }
}
