package dev.vitrine.image;

import dev.vitrine.error.UserException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * Walks through a PNG's chunks (W3C PNG, third edition, section 5): length, four letters, data,
 * check sum. Keeps only what the pixels need, so that no packed text or profile is unpacked.
 */
final class PngHeader {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
  private static final Set<String> NEEDED = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

  /** Channels by the header's colour type; a palette's picture is taken for three. */
  private static final int[] CHANNELS = {1, 0, 3, 3, 2, 0, 4};

  private final Path file;
  private final ByteBuffer in;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private Orientation orientation = Orientation.UPRIGHT;

  private PngHeader(Path file, byte[] bytes) {
    this.file = file;
    in = ByteBuffer.wrap(bytes);
  }

  /** Whether bytes begin as a PNG does. */
  static boolean begins(byte[] bytes) {
    return bytes.length >= 8 && Arrays.equals(bytes, 0, 8, SIGNATURE, 0, 8);
  }

  /**
   * Reads it.
   *
   * @throws UserException if it is truncated or damaged
   */
  static ImageHeader read(Path file, byte[] bytes) {
    PngHeader walk = new PngHeader(file, bytes);
    walk.kept.write(bytes, 0, SIGNATURE.length);
    int at = SIGNATURE.length;
    while (at >= 0) {
      at = walk.chunk(at);
    }
    // The first chunk is the header, at a fixed place.
    int colour = bytes[25];
    if (colour < 0 || colour >= CHANNELS.length || CHANNELS[colour] == 0) {
      throw walk.damaged("its colour type is %s".formatted(colour));
    }
    ByteBuffer in = walk.in;
    return new ImageHeader(
        "PNG",
        in.getInt(16),
        in.getInt(20),
        CHANNELS[colour],
        walk.orientation,
        0,
        walk.kept.toByteArray());
  }

  /** Takes in one chunk; returns the next one's place, or −1 after the last. */
  private int chunk(int at) {
    byte[] bytes = in.array();
    if (at + 12 > bytes.length) {
      throw truncated();
    }
    long length = Integer.toUnsignedLong(in.getInt(at));
    if (at + 12 + length > bytes.length) {
      throw truncated();
    }
    int end = at + 12 + (int) length;
    String type = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
    CRC32 sum = new CRC32();
    sum.update(bytes, at + 4, 4 + (int) length);
    if ((int) sum.getValue() != in.getInt(end - 4)) {
      throw damaged(
          String.format(Locale.ROOT, "the check sum of its chunk at byte %,d is wrong", at));
    }
    if (at == SIGNATURE.length && !(type.equals("IHDR") && length == 13)) {
      throw damaged("it does not begin with its header");
    }
    if (type.equals("eXIf")) {
      orientation = Exif.orientation(Arrays.copyOfRange(bytes, at + 8, end - 4));
    }
    if (NEEDED.contains(type)) {
      kept.write(bytes, at, end - at);
    }
    return type.equals("IEND") ? -1 : end;
  }

  private UserException truncated() {
    return new UserException(
        String.format(
            Locale.ROOT,
            "%s: truncated: this PNG ends after %,d bytes, before its end chunk",
            file,
            in.capacity()));
  }

  private UserException damaged(String how) {
    return new UserException("%s: this PNG is damaged: %s".formatted(file, how));
  }
}
