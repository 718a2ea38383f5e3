package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageFileTest {
  /** An 8 × 8 CMYK picture as Pillow saves it, at quality 50. */
  private static final String CMYK =
      "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwAQCwwODAoQDg0OEhEQExgoGhgWFhgxIyUdKDozPTw5Mzg3QEhc"
          + "TkBEV0U3OFBtUVdfYmdoZz5NcXlwZHhcZWdj/8AAFAgACAAIBEMRAE0RAFkRAEsRAP/EAB8AAAEFAQEB"
          + "AQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQci"
          + "cRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVm"
          + "Z2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV"
          + "1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwCzqGrzatBi2TZEysRPKCsfHH3s"
          + "c88YGf0NP1O7u74GN4XtIh/rJZ1K7Rz0BwW6dvbOOtNvHmvFVr4GzsyCXdyA5AOMBTyCfUjHfngFssDz"
          + "3GNVTy4RjESSBnmY9FG0nHv37D1H/9k=";

  @TempDir Path folder;

  private static byte[] chunk(String type, byte... data) {
    byte[] body =
        ByteBuffer.allocate(4 + data.length)
            .put(type.getBytes(StandardCharsets.US_ASCII))
            .put(data)
            .array();
    CRC32 sum = new CRC32();
    sum.update(body);
    return ByteBuffer.allocate(12 + data.length)
        .putInt(data.length)
        .put(body)
        .putInt((int) sum.getValue())
        .array();
  }

  /** A PNG of samples as they are stored, each row without a filter. */
  private static byte[] png(
      int width, int height, int bits, int colour, byte[] rows, byte[]... extra) {
    ByteBuffer header =
        ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) bits).put((byte) colour);
    int row = rows.length / height;
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (int y = 0; y < height; y++) {
      lines.write(0);
      lines.write(rows, y * row, row);
    }
    Deflater deflater = new Deflater();
    deflater.setInput(lines.toByteArray());
    deflater.finish();
    byte[] packed = new byte[lines.size() + 100];
    int length = deflater.deflate(packed);
    deflater.end();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    out.writeBytes(chunk("IHDR", header.array()));
    for (byte[] each : extra) {
      out.writeBytes(each);
    }
    out.writeBytes(chunk("IDAT", Arrays.copyOf(packed, length)));
    out.writeBytes(chunk("IEND"));
    return out.toByteArray();
  }

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("x"), bytes);
  }

  private Raster read(byte[] bytes) throws IOException {
    return ImageFile.read(file(bytes), 255).picture();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static void assertSamples(Raster picture, int channels, int... expected) {
    assertThat(picture.channels()).isEqualTo(channels);
    int[] samples = new int[expected.length];
    Arrays.setAll(samples, i -> Byte.toUnsignedInt(picture.samples()[i]));
    assertThat(samples).containsExactly(expected);
  }

  @Test
  void pngsOfAllKinds() throws IOException {
    assertSamples(read(png(2, 1, 8, 0, bytes(7, 250))), 1, 7, 250);
    assertSamples(read(png(2, 1, 1, 0, bytes(0b0100_0000))), 1, 0, 255);
    assertSamples(read(png(2, 1, 2, 0, bytes(0b1001_0000))), 1, 170, 85);
    assertSamples(read(png(2, 1, 16, 0, bytes(0, 128, 0xFF, 0x7E))), 1, 0, 254);
    assertSamples(read(png(2, 1, 16, 0, bytes(0, 129, 0xFF, 0x7F))), 1, 1, 255);
    assertSamples(read(png(1, 1, 8, 2, bytes(1, 2, 3))), 3, 1, 2, 3);
    assertSamples(read(png(1, 1, 16, 2, bytes(1, 0, 2, 0, 3, 0))), 3, 1, 2, 3);
    byte[] palette = chunk("PLTE", bytes(9, 8, 7, 6, 5, 4));
    assertSamples(read(png(2, 1, 1, 3, bytes(0b0100_0000), palette)), 3, 9, 8, 7, 6, 5, 4);
  }

  @Test
  void alphaIsComposedOnTheGround() throws IOException {
    byte[] half = png(1, 1, 8, 6, bytes(10, 20, 200, 128));
    assertSamples(ImageFile.read(file(half), 255).picture(), 3, 132, 137, 227);
    assertSamples(ImageFile.read(file(half), 0).picture(), 3, 5, 10, 100);
    byte[] grey = png(2, 1, 8, 4, bytes(100, 0, 100, 255));
    assertSamples(ImageFile.read(file(grey), 255).picture(), 1, 255, 100);
    byte[] wide = png(1, 1, 16, 6, bytes(1, 0, 2, 0, 3, 0, 0, 0));
    assertSamples(ImageFile.read(file(wide), 0).picture(), 3, 0, 0, 0);
    assertThat(ImageFile.read(file(wide), 0).transparent()).isTrue();
    byte[] clear = chunk("tRNS", bytes(0, 1, 0, 2, 0, 3));
    assertSamples(read(png(2, 1, 8, 2, bytes(1, 2, 3, 1, 2, 4), clear)), 3, 255, 255, 255, 1, 2, 4);
  }

  private static byte[] jpeg(int type) throws IOException {
    BufferedImage image = new BufferedImage(3, 2, type);
    for (int i = 0; i < 6; i++) {
      image.setRGB(i % 3, i / 3, 0xFF000000 | (40 * i + 30) * 0x010101);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpeg", out);
    return out.toByteArray();
  }

  @Test
  void jpegsOfGreyAndColour() throws IOException {
    assertThat(read(jpeg(BufferedImage.TYPE_BYTE_GRAY)).channels()).isEqualTo(1);
    ImageFile colour = ImageFile.read(file(jpeg(BufferedImage.TYPE_INT_RGB)), 255);
    assertThat(colour.description()).isEqualTo("JPEG 3 × 2");
    assertThat(colour.transparent()).isFalse();
    for (int c = 0; c < 3; c++) {
      assertThat(colour.picture().get(1, 1, c)).isBetween(180, 200);
    }
  }

  private static byte[] exif(int orientation, ByteOrder order) {
    ByteBuffer tiff = ByteBuffer.allocate(8 + 2 + 24).order(order);
    tiff.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    tiff.putShort((short) 42).putInt(8).putShort((short) 2);
    tiff.putShort((short) 0x0100).putShort((short) 4).putInt(1).putInt(3);
    tiff.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return tiff.array();
  }

  /** What a 3 × 2 picture of 0 1 2 / 3 4 5 becomes, as the standard's figures have it. */
  @ParameterizedTest
  @CsvSource({
    "1, 3, 012345", "2, 3, 210543", "3, 3, 543210", "4, 3, 345012",
    "5, 2, 031425", "6, 2, 304152", "7, 2, 524130", "8, 2, 251403",
    "0, 3, 012345", "9, 3, 012345"
  })
  void allOrientations(int number, int width, String digits) throws IOException {
    int[] expected = digits.chars().map(c -> c - '0').toArray();
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      Raster png =
          read(png(3, 2, 8, 0, bytes(0, 1, 2, 3, 4, 5), chunk("eXIf", exif(number, order))));
      assertThat(png.width()).isEqualTo(width);
      assertSamples(png, 1, expected);
      byte[] plain = jpeg(BufferedImage.TYPE_BYTE_GRAY);
      ByteArrayOutputStream turned = new ByteArrayOutputStream();
      turned.write(plain, 0, 2);
      turned.writeBytes(bytes(0xFF, 0xE1, 0, 42));
      turned.writeBytes("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
      turned.writeBytes(exif(number, order));
      turned.write(plain, 2, plain.length - 2);
      Raster jpeg = read(turned.toByteArray());
      assertThat(jpeg.width()).isEqualTo(width);
      Raster stored = read(plain);
      for (int i = 0; i < 6; i++) {
        assertThat(jpeg.get(i % width, i / width, 0))
            .isEqualTo(stored.get(expected[i] % 3, expected[i] / 3, 0));
      }
    }
  }

  @Test
  void damagedExifSaysNothing() throws IOException {
    byte[] good = exif(6, ByteOrder.BIG_ENDIAN);
    for (int length = 0; length < 30; length++) {
      assertThat(Exif.orientation(Arrays.copyOf(good, length))).isEqualTo(Orientation.UPRIGHT);
    }
    assertThat(Exif.orientation(good)).isEqualTo(Orientation.CLOCKWISE);
  }

  @Test
  void everyCutOfAFileIsRefused() throws IOException {
    byte[] jpeg = jpeg(BufferedImage.TYPE_INT_RGB);
    byte[] png = png(3, 2, 8, 0, bytes(0, 1, 2, 3, 4, 5));
    for (byte[] whole : new byte[][] {jpeg, png}) {
      for (int length = 8; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        String kind = whole == png ? "PNG" : "JPEG";
        String end = whole == png ? "chunk" : "marker";
        assertRefused(
            cut,
            "FILE: truncated: this %s ends after %s bytes, before its end %s"
                .formatted(kind, length, end));
      }
    }
  }

  /** The decoder would fill the rest with grey, and only warn. */
  @Test
  void aJpegWhosePixelsEndEarlyIsRefused() throws IOException {
    BufferedImage noise = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64 * 64; i++) {
      noise.getRaster().setSample(i % 64, i / 64, 0, i * i / 7 % 256);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(noise, "jpeg", out);
    byte[] whole = out.toByteArray();
    assertThat(read(whole).width()).isEqualTo(64);
    byte[] cut = Arrays.copyOf(whole, whole.length - 500);
    cut[cut.length - 2] = (byte) 0xFF;
    cut[cut.length - 1] = (byte) 0xD9;
    assertRefused(cut, "FILE: this JPEG is damaged: its coded pixels end early");
  }

  @ParameterizedTest
  @CsvSource({
    "GIF89a, GIF",
    "BM123, BMP",
    "II*~x, TIFF",
    "MM~*x, TIFF",
    "RIFF1234WEBPVP8, WebP",
    "1234ftypheicx, HEIC",
    "1234ftypavif, AVIF"
  })
  void picturesOfOtherKinds(String begin, String kind) throws IOException {
    assertRefused(
        begin.replace('~', '\0').getBytes(StandardCharsets.ISO_8859_1),
        "FILE is %s %s picture: expected JPEG or PNG; convert it first"
            .formatted(kind.startsWith("A") ? "an" : "a", kind));
  }

  @Test
  void whatIsNoPictureIsRefused() throws IOException {
    assertRefused(bytes(), "FILE is not a JPEG or PNG picture: it is empty");
    assertRefused(
        bytes('h', 'e', 'l', 'l', 'o'),
        "FILE is not a JPEG or PNG picture: it begins with 0x68656c6c");
    assertRefused(
        Base64.getDecoder().decode(CMYK),
        "FILE is a JPEG in CMYK, for printing: convert it to RGB first");
    byte[] wrong = png(1, 1, 8, 0, bytes(5));
    wrong[wrong.length - 20] ^= 1;
    assertRefused(
        wrong, "FILE: this PNG is damaged: the check sum of its chunk at byte 33 is wrong");
    assertThatThrownBy(() -> ImageFile.read(folder, 255))
        .hasMessage("%s is a folder: expected a picture, JPEG or PNG", folder);
    assertThatThrownBy(() -> ImageFile.read(folder.resolve("no"), 255))
        .hasMessage("Cannot read %s/no: it does not exist", folder);
  }

  /** Sizes that are written in a few bytes: nothing of them is decoded. */
  @Test
  void sizesAreBounded() throws IOException {
    String most =
        " pixels: expected at most 65,535 a side and 64 million in all; make it smaller first";
    assertRefused(png(30_000, 30_000, 8, 0, new byte[30_000]), "FILE has 30,000 × 30,000" + most);
    assertRefused(png(70_000, 1, 8, 0, new byte[70_000]), "FILE has 70,000 × 1" + most);
    assertRefused(png(0, 7, 8, 0, new byte[7]), "FILE: this PNG is damaged: its size is 0 × 7");
    byte[] jpeg = jpeg(BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < jpeg.length - 8; i++) {
      if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) {
        ByteBuffer.wrap(jpeg).putShort(i + 5, (short) 60_000).putShort(i + 7, (short) 50_000);
      }
    }
    assertRefused(jpeg, "FILE has 50,000 × 60,000" + most);
    assertThat(read(png(1, 1, 8, 0, bytes(77))).get(0, 0, 0)).isEqualTo(77);
  }

  @Test
  void pixelsThatDoNotUnpackAreRefused() throws IOException {
    byte[] header = bytes(0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    out.writeBytes(chunk("IHDR", header));
    out.writeBytes(chunk("IDAT", bytes(1, 2, 3, 4)));
    out.writeBytes(chunk("IEND"));
    Path file = file(out.toByteArray());
    assertThatThrownBy(() -> ImageFile.read(file, 255))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(
            file + ": this PNG cannot be decoded: it is damaged or of a rare kind (");
  }

  /** PNGs' reader says of whatever it wraps {@code Caught exception during read: }, and no more. */
  @Test
  void aReasonIsNeverEmpty() {
    String wrapper = "Caught exception during read: ";
    Exception wrapped = new IIOException(wrapper, new IllegalStateException());
    assertThat(Decoding.reason(wrapped)).isEqualTo("IllegalStateException");
    Exception worded = new IIOException(wrapper, new IllegalStateException("\nno rows"));
    assertThat(Decoding.reason(worded)).isEqualTo("no rows");
    assertThat(Decoding.reason(new IOException("cut"))).isEqualTo("cut");
    assertThat(Decoding.reason(new IOException(" "))).isEqualTo("IOException");
  }

  @Test
  void theMemoryThatAPictureNeedsIsKnownFromItsHeader() throws IOException {
    Path file = file(png(3, 2, 8, 0, bytes(1, 2, 3, 4, 5, 6)));
    assertThat(ImageFile.bytesToRead(file)).isEqualTo(2 * Files.size(file) + 17 * 6);
  }

  private void assertRefused(byte[] bytes, String sentence) throws IOException {
    Path file = file(bytes);
    assertThatThrownBy(() -> ImageFile.read(file, 255))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence.replace("FILE", file.toString()));
  }
}
