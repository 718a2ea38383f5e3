package dev.vitrine.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.image.ImageFile;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapSheetTest {
  private static final String TITLE = "C";

  /** Where the first map begins: below the caption's two lines and the gaps. */
  private static final int TOP = 10 + 14 + 5 + 7 + 5 + 10;

  /** The key's least width, and gaps. */
  private static final int LEFT = 10 + 144 + 10 + 10;

  private static final Raster GIVEN = Raster.black(2, 1, 1);

  private static final Maps MAPS =
      Maps.of("c", Shape.of(2, 2, 4), -1, 0, 1, 3, 0, 0, 0, 0, 7, 7, 7, 7, 7, 7, 7, 7);

  @TempDir private Path folder;

  private static int at(Raster picture, int x, int y) {
    return picture.get(LEFT + x, TOP + y, 0);
  }

  @Test
  void everyMapFillsItsOwnRange() {
    Raster picture = new MapSheet(MapSheet.Range.OWN, 1).draw(TITLE, "x", GIVEN, MAPS);
    // A number is 32 points wide, the most.
    assertThat(at(picture, 0, 0)).isZero();
    assertThat(at(picture, 32, 0)).isEqualTo(64);
    assertThat(at(picture, 64, 31)).isEqualTo(128);
    assertThat(at(picture, 127, 0)).isEqualTo(255);
    assertThat(at(picture, 127, 32)).isEqualTo(64);
    int secondMap = 64 + 5 + 14 + 10;
    assertThat(at(picture, 127, secondMap - 10)).isEqualTo(32);
    assertThat(at(picture, 50, secondMap)).isZero();
  }

  @Test
  void orAllShareOne() {
    Raster picture = new MapSheet(MapSheet.Range.COMMON, 2).draw(TITLE, "x", GIVEN, MAPS);
    assertThat(at(picture, 32, 0)).isEqualTo(Math.round(255 / 8f));
    assertThat(at(picture, 128 + 10, 0)).isEqualTo(255);
  }

  @Test
  void zeroIsGreyWhereSomethingIsBelowIt() {
    Raster picture = new MapSheet(MapSheet.Range.ZERO, 2).draw(TITLE, "x", GIVEN, MAPS);
    // The first map goes from -1 to 3, the second is 7 throughout.
    assertThat(at(picture, 32, 0)).isEqualTo(128);
    assertThat(at(picture, 0, 0)).isEqualTo(85);
    assertThat(at(picture, 127, 0)).isEqualTo(255);
    assertThat(at(picture, 128 + 10, 0)).isEqualTo(255);
    Maps positive = Maps.of("c", Shape.of(1, 1, 2), 0, 3);
    picture = new MapSheet(MapSheet.Range.ZERO, 2).draw(TITLE, "x", GIVEN, positive);
    assertThat(at(picture, 0, 0)).isZero();
    assertThat(at(picture, 32, 0)).isEqualTo(255);
    Maps dead = Maps.of("c", Shape.of(2, 1, 2), 0, 0, -1, 1);
    picture = new MapSheet(MapSheet.Range.ZERO, 2).draw(TITLE, "x", GIVEN, dead);
    assertThat(at(picture, 0, 0)).isEqualTo(128);
  }

  @Test
  void theInputStandsOnTheLeft() {
    Raster red = Raster.black(1, 1, 3);
    red.set(0, 0, 0, 200);
    Raster picture = new MapSheet(MapSheet.Range.OWN, 2).draw(TITLE, "x", red, MAPS);
    assertThat(picture.get(10, TOP, 0)).isEqualTo(200);
    assertThat(picture.get(10 + 31, TOP + 31, 1)).isZero();
    assertThat(picture.get(10 + 32, TOP, 1)).isEqualTo(32);
  }

  @Test
  void theMapsAreLabelled() {
    Raster picture =
        new MapSheet(MapSheet.Range.OWN, 2).draw(TITLE, "x", GIVEN, MAPS.select(List.of(1, 0)));
    // The digit 1 of five columns by seven rows, twice enlarged: its foot is three wide.
    int label = 64 + 5;
    for (int x = 0; x < 10; x++) {
      boolean foot = x >= 2 && x < 8;
      assertThat(at(picture, x, label + 13)).isEqualTo(foot ? 235 : 32);
    }
  }

  @Test
  void whatCannotBeDrawn() {
    var sheet = new MapSheet(MapSheet.Range.OWN, 0);
    assertThatThrownBy(() -> sheet.draw(TITLE, "x", GIVEN, Maps.of("linear1", Shape.of(2), 1, 2)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The layer \"linear1\" gives a vector of 2 numbers, not maps: print them, or write"
                + " them to a .npy file");
    assertThatThrownBy(
            () -> sheet.draw(TITLE, "x", GIVEN, Maps.of("c", Shape.of(1, 1, 1), Float.NaN)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The layer \"c\" gives numbers that are not finite: write them to a .npy file to look at"
                + " them");
  }

  /**
   * A whole sheet, point by point: labels, gaps, key and greys. Where it differs, what was drawn
   * lies beside the golden picture's name in the build folder, to be looked at.
   */
  @Test
  void aWholeSheet() throws IOException {
    Raster red = Raster.black(2, 2, 3);
    red.set(0, 0, 0, 200);
    Raster drawn =
        new MapSheet(MapSheet.Range.ZERO, 2)
            .draw("conv1 of Tiny", "test image 7 of DATA", red, MAPS.select(List.of(1, 0)));
    Path seen = Path.of("target", "sheet.png");
    Files.createDirectories(seen.getParent());
    Png.write(seen, drawn);
    try (InputStream golden = MapSheetTest.class.getResourceAsStream("sheet.png")) {
      Path file = folder.resolve("sheet.png");
      Files.copy(golden, file);
      Raster expected = ImageFile.read(file, 0).picture();
      assertThat(List.of(drawn.width(), drawn.height(), drawn.channels()))
          .isEqualTo(List.of(expected.width(), expected.height(), expected.channels()));
      for (int y = 0; y < drawn.height(); y++) {
        for (int x = 0; x < drawn.width(); x++) {
          for (int c = 0; c < drawn.channels(); c++) {
            assertThat(drawn.get(x, y, c))
                .as("channel %d of the point (%d, %d)", c, x, y)
                .isEqualTo(expected.get(x, y, c));
          }
        }
      }
    }
  }
}
