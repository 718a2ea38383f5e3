package dev.vitrine.vision.photo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.Raster;
import org.junit.jupiter.api.Test;

/** A sheet that lies askew on a striped table, and what only looks like one. */
class LooseSheetTest {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  private static Raster room() {
    Raster room = Raster.black(WIDTH, HEIGHT, 3);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int wood = 90 + 30 * ((x + y) / 9 % 2);
        room.set(x, y, 0, wood + 30);
        room.set(x, y, 1, wood);
        room.set(x, y, 2, wood - 40);
      }
    }
    return room;
  }

  private static void paint(Raster picture, int x, int y, int level) {
    for (int channel = 0; channel < 3; channel++) {
      picture.set(x, y, channel, level);
    }
  }

  /** Turned by about six degrees, 360 × 280, with a stroke on it. */
  private static Raster sheetInARoom() {
    Raster picture = room();
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double across = 0.995 * (x - 320) + 0.1 * (y - 240);
        double down = 0.995 * (y - 240) - 0.1 * (x - 320);
        if (Math.abs(across) < 180 && Math.abs(down) < 140) {
          boolean stroke = Math.abs(across) < 5 && Math.abs(down) < 40;
          paint(picture, x, y, stroke ? 30 : 230);
        }
      }
    }
    return picture;
  }

  @Test
  void aSheetInARoomIsFoundAndStandsAlone() {
    Raster picture = sheetInARoom();
    LooseSheet sheet = LooseSheet.in(picture).orElseThrow();
    double area = 360.0 * 280 / WIDTH / HEIGHT;
    assertThat(sheet.share()).isBetween(0.85 * area, area);
    Raster alone = sheet.alone(picture);
    assertThat(alone.get(320, 240, 1)).isEqualTo(30);
    int dark = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        dark += alone.get(x, y, 2) < 200 ? 1 : 0;
      }
    }
    assertThat(dark).isBetween(700, 1000);
  }

  /**
   * Between the sheet's border and the tip of a finger there is no paper; a rule touches it too.
   */
  @Test
  void whatLiesAlongItsEdgeIsNotOnTheSheet() {
    Raster picture = sheetInARoom();
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        double across = 0.995 * (x - 320) + 0.1 * (y - 240);
        double down = 0.995 * (y - 240) - 0.1 * (x - 320);
        boolean finger = Math.hypot(across - 172, down) < 11;
        boolean rule = Math.abs(across) < 180 && Math.abs(down - 70) < 2;
        if (finger || rule) {
          paint(picture, x, y, finger ? 120 : 100);
        }
      }
    }
    Raster alone = LooseSheet.in(picture).orElseThrow().alone(picture);
    int tip = 0;
    int rule = 0;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        tip += alone.get(x, y, 1) == 120 ? 1 : 0;
        rule += alone.get(x, y, 1) == 100 ? 1 : 0;
      }
    }
    assertThat(tip).isZero();
    assertThat(rule).isGreaterThan(800);
  }

  @Test
  void aPageHalfInShadowIsNoSheet() {
    Raster page = Raster.black(WIDTH, HEIGHT, 3);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        paint(page, x, y, x + y / 4 < 360 ? 220 : 110);
      }
    }
    assertThat(LooseSheet.in(page)).isEmpty();
  }

  @Test
  void aBlankOrTinyPictureHasNone() {
    Raster blank = Raster.black(WIDTH, HEIGHT, 3);
    blank.fill(200);
    assertThat(LooseSheet.in(blank)).isEmpty();
    assertThat(LooseSheet.in(Raster.black(1, 1, 1))).isEmpty();
    assertThat(LooseSheet.in(room())).isEmpty();
  }
}
