package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngTest {
  @TempDir Path folder;

  private static Raster grey(int width, int height, int first) {
    byte[] values = new byte[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) (first + 7 * i);
    }
    return Raster.of(Shape.of(1, height, width), values, 0);
  }

  @Test
  void greyReadsBackToTheBit() throws IOException {
    Raster picture = grey(5, 3, 200);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(Png.bytes(picture)));
    assertThat(read.getRaster().getNumBands()).isEqualTo(1);
    assertThat(read.getWidth()).isEqualTo(5);
    for (int y = 0; y < 3; y++) {
      for (int x = 0; x < 5; x++) {
        assertThat(read.getRaster().getSample(x, y, 0)).isEqualTo(picture.get(x, y, 0));
      }
    }
  }

  @Test
  void colourReadsBackFromPlanes() throws IOException {
    byte[] planes = {99, 1, 2, 101, 102, (byte) 201, (byte) 202};
    Path file = folder.resolve("c.png");
    Png.write(file, Raster.of(Shape.of(3, 1, 2), planes, 1));
    BufferedImage read = ImageIO.read(file.toFile());
    assertThat(read.getRGB(0, 0)).isEqualTo(0xFF0165C9);
    assertThat(read.getRGB(1, 0)).isEqualTo(0xFF0266CA);
  }

  @Test
  void anUnwritableFileIsOneSentence() throws IOException {
    Path file = Files.createDirectory(folder.resolve("c.png"));
    assertThatThrownBy(() -> Png.write(file, grey(1, 1, 0)))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot write %s: it is a folder, not a file", file);
  }

  @Test
  void enlargingRepeatsPixels() {
    Raster large = grey(2, 2, 0).enlarged(3);
    assertThat(large.width()).isEqualTo(6);
    assertThat(large.height()).isEqualTo(6);
    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 6; x++) {
        assertThat(large.get(x, y, 0)).isEqualTo(7 * (y / 3 * 2 + x / 3));
      }
    }
  }

  @Test
  void aSheetLaysPicturesInRows() {
    Raster sheet =
        new Sheet(2, 2, 1, 255).compose(List.of(grey(1, 1, 10), grey(1, 1, 20), grey(1, 1, 30)));
    assertThat(rows(sheet))
        .containsExactly(
            List.of(255, 255, 255, 255, 255, 255, 255),
            List.of(255, 10, 10, 255, 20, 20, 255),
            List.of(255, 10, 10, 255, 20, 20, 255),
            List.of(255, 255, 255, 255, 255, 255, 255),
            List.of(255, 30, 30, 255, 255, 255, 255),
            List.of(255, 30, 30, 255, 255, 255, 255),
            List.of(255, 255, 255, 255, 255, 255, 255));
  }

  private static List<List<Integer>> rows(Raster picture) {
    return IntStream.range(0, picture.height())
        .mapToObj(
            y -> IntStream.range(0, picture.width()).mapToObj(x -> picture.get(x, y, 0)).toList())
        .toList();
  }

  @Test
  void greyAndColourMixOnASheet() {
    Raster red = Raster.black(1, 1, 3);
    red.set(0, 0, 0, 255);
    Raster sheet = new Sheet(2, 1, 0, 0).compose(List.of(grey(1, 1, 9), red));
    assertThat(sheet.channels()).isEqualTo(3);
    assertThat(List.of(sheet.get(0, 0, 0), sheet.get(0, 0, 1), sheet.get(0, 0, 2)))
        .containsExactly(9, 9, 9);
    assertThat(List.of(sheet.get(1, 0, 0), sheet.get(1, 0, 1), sheet.get(1, 0, 2)))
        .containsExactly(255, 0, 0);
  }

  @Test
  void labelsStandLeftOfTheirRows() {
    Raster sheet =
        new Sheet(1, 20, 2, 0).compose(List.of(grey(1, 1, 0), grey(1, 1, 0)), List.of("l", "I-"));
    assertThat(sheet.width()).isEqualTo(2 + 22 + 2 + 20 + 2);
    assertThat(ink(sheet, 2, 22)).isEqualTo(4 * 11);
    assertThat(ink(sheet, 24, 44)).isEqualTo(4 * (11 + 5));
  }

  /** How many points are white in rows from … to − 1. */
  private static long ink(Raster picture, int from, int to) {
    return rows(picture).subList(from, to).stream()
        .flatMap(List::stream)
        .filter(value -> value == 255)
        .count();
  }

  @Test
  void whatDoesNotFitIsRefused() {
    var sheet = new Sheet(2, 1, 0, 0);
    assertThatThrownBy(() -> sheet.compose(List.of(grey(1, 1, 0), grey(2, 1, 0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A sheet expects pictures of one size, but got 1 × 1 and 2 × 1");
    assertThatThrownBy(() -> sheet.compose(List.of(grey(1, 1, 0)), List.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A sheet of 1 rows expects as many labels, but got 2");
    assertThatThrownBy(() -> Raster.of(Shape.of(2, 1, 1), new byte[2], 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A picture expects positive sizes and 1 or 3 channels, but got 1 × 1 × 2");
    assertThatThrownBy(() -> Raster.black(2, 2, 1).paint(grey(2, 1, 0), 1, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }
}
