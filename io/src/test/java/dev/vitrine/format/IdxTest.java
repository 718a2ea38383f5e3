package dev.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
  private static final int IMAGES = 0x0803;
  private static final int LABELS = 0x0801;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"images", "images.gz"})
  void readsWhatItWrote(String name) throws IOException {
    Path file = folder.resolve(name);
    byte[] values = bytes(2 * 3 * 5);
    Idx.write(file, Shape.of(2, 3, 5), values);
    Idx idx = Idx.read(file, 3);
    assertThat(idx.dims()).isEqualTo(Shape.of(2, 3, 5));
    assertThat(idx.values()).isEqualTo(values);
    assertThat(Files.readAllBytes(file)[0]).isEqualTo((byte) (name.endsWith("gz") ? 0x1F : 0));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theLayoutIsThatOfMnist(boolean packed) {
    Path file = file(packed, IMAGES, new int[] {1, 1, 2}, (byte) 7, (byte) 200);
    assertThat(Idx.read(file, 3).values()).containsExactly(7, 200);
  }

  @ParameterizedTest
  @CsvSource({
    "0x0801, 'ff', 255",
    "0x0901, 'ff', -1",
    "0x0B01, '0102', 258",
    "0x0B01, 'fffe', -2",
    "0x0C01, '00010203', 66051",
    "0x0C01, 'fffffffd', -3",
  })
  void labelsAreWholeNumbersOfAnyType(String magic, String bytes, int value) {
    byte[] one = HexFormat.of().parseHex(bytes);
    byte[] three = new byte[3 * one.length];
    System.arraycopy(one, 0, three, one.length, one.length);
    for (boolean packed : new boolean[] {false, true}) {
      Path file = file(packed, Integer.decode(magic), new int[] {3}, three);
      Idx labels = Idx.read(file, 1);
      assertThat(labels.dims()).isEqualTo(Idx.readDims(file, 1)).isEqualTo(Shape.of(3));
      assertThat(new int[] {labels.label(0), labels.label(1), labels.label(2)})
          .containsExactly(0, value, 0);
    }
  }

  @Test
  void widerLabelsHaveTheirLength() {
    assertRefused(
        file(false, 0x0C01, new int[] {3}, bytes(11)),
        1,
        "%s: truncated: its sizes (3) ask for 12 bytes, but there are 11");
    assertRefused(
        file(true, 0x0B01, new int[] {3}, bytes(7)),
        1,
        "%s: there are more bytes than the 6 that its sizes (3) ask for");
    assertRefused(
        file(false, 0x0C01, new int[] {Integer.MAX_VALUE}, bytes(4)),
        1,
        "%s: its sizes 2147483647 are more than 536870909 values");
    assertRefused(
        file(false, 0x0D01, new int[] {1}, bytes(4)),
        1,
        "%s: expected whole numbers (IDX type 0x08, 0x09, 0x0b or 0x0c), but it holds 32-bit floats"
            + " (0x0d)");
    assertRefused(
        file(false, 0x0C03, new int[] {1, 1, 1}, bytes(4)),
        3,
        "%s: expected unsigned bytes (IDX type 0x08), but it holds 32-bit integers (0x0c)");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void truncatedValuesAreRefused(boolean packed) {
    Path file = file(packed, IMAGES, new int[] {2, 3, 5}, bytes(29));
    assertRefused(file, 3, "%s: truncated: its sizes (2, 3, 5) ask for 30 bytes, but there are 29");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void trailingBytesAreRefused(boolean packed) {
    Path file = file(packed, IMAGES, new int[] {2, 3, 5}, bytes(31));
    assertRefused(file, 3, "%s: there are more bytes than the 30 that its sizes (2, 3, 5) ask for");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aShortHeaderIsRefused(boolean packed) {
    assertRefused(
        file(packed, IMAGES, new int[] {2}),
        3,
        "%s: truncated: the header of an IDX file of 3 dimensions is 16 bytes, but there are only"
            + " 8");
  }

  @Test
  void anEmptyFileIsRefused() throws IOException {
    assertRefused(
        Files.createFile(folder.resolve("empty")),
        1,
        "%s: truncated: the header of an IDX file of 1 dimension is 8 bytes, but there are only 0");
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    assertRefused(
        Files.writeString(folder.resolve("page"), "<!DOCTYPE html>"),
        3,
        "%s: not an IDX file: expected the magic number 0x00000803, but it begins with 0x3c21444f");
  }

  @Test
  void anotherTypeIsRefused() {
    assertRefused(
        file(false, 0x0D03, new int[] {1, 1, 1}, bytes(4)),
        3,
        "%s: expected unsigned bytes (IDX type 0x08), but it holds 32-bit floats (0x0d)");
  }

  @Test
  void labelsInPlaceOfImagesAreRefused() {
    assertRefused(
        file(false, LABELS, new int[] {3}, bytes(3)),
        3,
        "%s: expected 3 dimensions (images), but it has 1 dimension (labels)");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
  void sizesThatAreNotPositiveAreRefused(int size) {
    assertRefused(
        file(false, IMAGES, new int[] {2, size, 5}, bytes(10)),
        3,
        "%s: dimension 1 expects a positive size, but got " + size);
  }

  @Test
  void sizesBeyondMemoryAreRefused() {
    int most = Integer.MAX_VALUE;
    assertRefused(
        file(false, IMAGES, new int[] {most, most, most}, bytes(10)),
        3,
        "%s: its sizes 2147483647 × 2147483647 × 2147483647 are more than 2147483639 values");
  }

  @Test
  void aSmallPackedFileCannotAskForMuchMemory() {
    assertRefused(
        file(true, IMAGES, new int[] {2_000_000, 28, 28}, bytes(100)),
        3,
        "%s: truncated: its gzip data end early");
  }

  @Test
  void truncatedGzipIsRefused() throws IOException {
    Path file = file(true, IMAGES, new int[] {20, 30, 5}, bytes(3000));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 100));
    assertRefused(file, 3, "%s: truncated: its gzip data end early");
  }

  @Test
  void damagedGzipIsRefused() throws IOException {
    Path file = file(true, IMAGES, new int[] {2, 3, 5}, bytes(30));
    byte[] whole = Files.readAllBytes(file);
    whole[whole.length - 8] ^= 1;
    Files.write(file, whole);
    assertRefused(file, 3, "%s: its gzip data are damaged (Corrupt GZIP trailer)");
  }

  /** Where a buffer ends among them, too: noise is packed as long as it is. */
  @ParameterizedTest
  @ValueSource(ints = {100, 65_480, 65_490, 65_500, 65_510, 65_520, 131_010})
  void whatIsBehindGzipIsRefusedUnlessItIsAMember(int count) throws IOException {
    for (int from = 0; from < 10; from++) {
      byte[] noise = new byte[count + from];
      new Random(7).nextBytes(noise);
      Path file = file(true, LABELS, new int[] {noise.length}, noise);
      byte[] whole = Files.readAllBytes(file);
      for (int junk : new int[] {1, 2, 5, 30}) {
        Files.write(file, Arrays.copyOf(whole, whole.length + junk));
        assertRefused(
            file,
            1,
            "%s: its gzip data are damaged ("
                + junk
                + " bytes behind their end are no part of them)");
      }
      byte[] plain = unpacked(whole);
      var members = new ByteArrayOutputStream();
      members.write(gzip(Arrays.copyOf(plain, count)));
      members.write(gzip(Arrays.copyOfRange(plain, count, plain.length)));
      Files.write(file, members.toByteArray());
      assertThat(Idx.read(file, 1).values()).isEqualTo(noise);
    }
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  @Test
  void aMissingFileIsRefused() {
    Path file = folder.resolve("none");
    assertThatThrownBy(() -> Idx.read(file, 1))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot read %s: it does not exist", file);
  }

  @Test
  void writingChecksTheLength() {
    assertThatThrownBy(() -> Idx.write(folder.resolve("x"), Shape.of(3), bytes(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("IDX of sizes (3) expects 3 values, but got 4");
  }

  private static void assertRefused(Path file, int rank, String sentence) {
    assertThatThrownBy(() -> Idx.read(file, rank))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence, file);
  }

  private Path file(boolean packed, int magic, int[] sizes, byte... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 + 4 * sizes.length + values.length).putInt(magic);
    Arrays.stream(sizes).forEach(buffer::putInt);
    byte[] plain = buffer.put(values).array();
    Path file = folder.resolve("file");
    AtomicFile.write(file, out -> out.write(packed ? gzip(plain) : plain));
    return file;
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }

  /** Bytes that gzip cannot make much shorter. */
  private static byte[] bytes(int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) ((i * i * 31 + i * 7) >> 3);
    }
    return bytes;
  }
}
