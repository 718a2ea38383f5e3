package dev.vitrine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.ConvolveOp;
import java.awt.image.Kernel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolarityTest {
  private static final Color SHADE = new Color(0, 0, 0, 110);

  @TempDir private Path box;

  /** A seven, drawn by a pen of a twelfth of the side. */
  private static BufferedImage seven(int side, int type, Color ground, Color ink) {
    BufferedImage picture = new BufferedImage(side, side, type);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(ground);
    pen.fillRect(0, 0, side, side);
    pen.setColor(ink);
    pen.setStroke(new BasicStroke(side / 12f));
    int[] xs = {side * 28 / 100, side * 72 / 100, side * 45 / 100};
    int[] ys = {side * 25 / 100, side * 25 / 100, side * 78 / 100};
    pen.drawPolyline(xs, ys, 3);
    pen.dispose();
    return picture;
  }

  private static BufferedImage seven(String ground, String ink) {
    return seven(300, BufferedImage.TYPE_INT_RGB, Color.decode(ground), Color.decode(ink));
  }

  /** As {@code classify} reads it from a file. */
  private Polarity of(BufferedImage picture, String format) throws IOException {
    Path file = box.resolve("x." + format);
    ImageIO.write(picture, format, file.toFile());
    return Polarity.of(ImageFile.read(file, 255).picture());
  }

  @ParameterizedTest
  @CsvSource({
    "#ffffff, #000000, DARK_ON_LIGHT",
    "#000000, #ffffff, LIGHT_ON_DARK",
    "#fffadc, #1e28a0, DARK_ON_LIGHT",
    "#fafafa, #c81e28, DARK_ON_LIGHT",
    "#787878, #202020, DARK_ON_LIGHT",
    "#10402a, #f0f0e8, LIGHT_ON_DARK",
    "#ffffff, #ffff00, DARK_ON_LIGHT",
    "#ffffff, #ffffa0, DARK_ON_LIGHT",
    "#0000c0, #c000c0, LIGHT_ON_DARK",
    "#ffffff, #cccccc, DARK_ON_LIGHT",
    "#333333, #666666, LIGHT_ON_DARK",
    "#ffffff, #f8f8f8, UNCLEAR",
    "#ffffff, #ffffff, UNCLEAR",
    "#404040, #000000, UNCLEAR",
    "#606060, #000000, UNCLEAR",
    "#a0a0a0, #ffffff, UNCLEAR",
  })
  void colours(String ground, String ink, Polarity polarity) throws IOException {
    assertThat(of(seven(ground, ink), "png")).isEqualTo(polarity);
    assertThat(of(seven(ground, ink), "jpg")).isEqualTo(polarity);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 28, 29, 255, 257, 1001})
  void sizes(int side) throws IOException {
    int grey = BufferedImage.TYPE_BYTE_GRAY;
    assertThat(of(seven(side, grey, Color.WHITE, Color.BLACK), "png"))
        .isEqualTo(Polarity.DARK_ON_LIGHT);
  }

  /** A seven of so many pixels on a page of 1,000, which is a few pixels at 256. */
  @ParameterizedTest
  @ValueSource(ints = {40, 100, 300})
  void smallInkOnALargePage(int side) throws IOException {
    BufferedImage page = seven(1000, BufferedImage.TYPE_INT_RGB, Color.WHITE, Color.WHITE);
    page.createGraphics()
        .drawImage(
            seven(side, BufferedImage.TYPE_INT_RGB, Color.WHITE, Color.BLACK), 600, 150, null);
    assertThat(of(page, "jpg")).isEqualTo(Polarity.DARK_ON_LIGHT);
    Raster dark = raster(page).inverted();
    assertThat(Polarity.of(dark)).isEqualTo(Polarity.LIGHT_ON_DARK);
  }

  /** What a frame encloses counts, not the frame. */
  @ParameterizedTest
  @ValueSource(ints = {2, 10, 40})
  void aFrameIsLookedThrough(int width) throws IOException {
    BufferedImage framed = seven("#ffffff", "#000000");
    Graphics2D pen = framed.createGraphics();
    pen.setColor(Color.BLACK);
    pen.setStroke(new BasicStroke(2 * width));
    pen.drawRect(0, 0, 300, 300);
    pen.dispose();
    assertThat(of(framed, "jpg")).isEqualTo(Polarity.DARK_ON_LIGHT);
    assertThat(Polarity.of(raster(framed).inverted())).isEqualTo(Polarity.LIGHT_ON_DARK);
  }

  /** A sheet photographed on a desk, out of focus and noisy; what is on the sheet counts. */
  @ParameterizedTest
  @CsvSource({
    "1, #0f0f0f, #14141e",
    "3, #3c3c3c, #14141e",
    "8, #0f0f0f, #14141e",
    "30, #3c3c3c, #14141e",
    "45, #0f0f0f, #14141e",
    "5, #0f0f0f, #a0a0a0",
    "5, #785032, #505050",
  })
  void aSheetAskewOnADarkDesk(int degrees, String desk, String ink) throws IOException {
    BufferedImage photo = page(480, desk);
    Graphics2D pen = photo.createGraphics();
    pen.rotate(Math.toRadians(degrees), 240, 240);
    pen.drawImage(seven("#f0eee6", ink), 90, 90, null);
    pen.dispose();
    float[] ninths = new float[9];
    Arrays.fill(ninths, 1 / 9f);
    int rgb = BufferedImage.TYPE_INT_RGB;
    BufferedImage blurred = new BufferedImage(480, 480, rgb);
    new ConvolveOp(new Kernel(3, 3, ninths), ConvolveOp.EDGE_NO_OP, null).filter(photo, blurred);
    addNoise(blurred, 5);
    assertThat(of(blurred, "jpg")).isEqualTo(Polarity.DARK_ON_LIGHT);
    assertThat(Polarity.of(raster(blurred).inverted())).isEqualTo(Polarity.LIGHT_ON_DARK);
  }

  /** Round corners, a round label, and a straight frame wider than what it encloses. */
  @ParameterizedTest
  @ValueSource(ints = {0, 40, 80, 220})
  void cardsOfAnyOutline(int diameter) throws IOException {
    BufferedImage card = page(400, "#141414");
    Graphics2D pen = card.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRoundRect(90, 90, 220, 220, diameter, diameter);
    int rgb = BufferedImage.TYPE_INT_RGB;
    pen.drawImage(seven(120, rgb, Color.WHITE, Color.BLACK), 140, 140, null);
    pen.dispose();
    assertThat(of(card, "png")).isEqualTo(Polarity.DARK_ON_LIGHT);
    assertThat(Polarity.of(raster(card).inverted())).isEqualTo(Polarity.LIGHT_ON_DARK);
  }

  /** A zero's loop is no writing on a card, whether wide or narrow, nor are an eight's two. */
  @ParameterizedTest
  @ValueSource(ints = {20, 60, 120})
  void ringsAreNoCards(int loop) throws IOException {
    BufferedImage zero = page(300, "#000000");
    Graphics2D pen = zero.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillOval(60, 20, 180, 260);
    pen.setColor(Color.BLACK);
    pen.fillOval(150 - loop / 2, 50, loop, 200);
    assertThat(of(zero, "png")).isEqualTo(loop == 20 ? Polarity.UNCLEAR : Polarity.LIGHT_ON_DARK);
    pen.setColor(Color.WHITE);
    pen.fillRect(60, 130, 180, 40);
    pen.dispose();
    assertThat(of(zero, "png")).isEqualTo(loop == 20 ? Polarity.UNCLEAR : Polarity.LIGHT_ON_DARK);
  }

  private static BufferedImage page(int side, String colour) {
    Color plain = Color.decode(colour);
    return seven(side, BufferedImage.TYPE_INT_RGB, plain, plain);
  }

  private static void addNoise(BufferedImage photo, double deviation) {
    Random random = new Random(1);
    for (int i = 0; i < photo.getWidth() * photo.getHeight(); i++) {
      int x = i % photo.getWidth();
      int y = i / photo.getWidth();
      int noise = (int) (deviation * random.nextGaussian());
      int level = Math.clamp(new Color(photo.getRGB(x, y)).getGreen() + (long) noise, 0, 255);
      photo.setRGB(x, y, new Color(level, level, level).getRGB());
    }
  }

  /** The one and the zero of a display: a bar and a ring, whose borders are straight too. */
  @Test
  void barsAndRingsAreNoSheets() {
    Raster bar = Raster.black(100, 100, 1);
    bar.paint(white(60, 90), 20, 5);
    assertThat(Polarity.of(bar)).isEqualTo(Polarity.LIGHT_ON_DARK);
    assertThat(Polarity.of(bar.inverted())).isEqualTo(Polarity.DARK_ON_LIGHT);
    bar.paint(Raster.black(40, 70, 1), 30, 15);
    assertThat(Polarity.of(bar)).isEqualTo(Polarity.LIGHT_ON_DARK);
    assertThat(Polarity.of(bar.inverted())).isEqualTo(Polarity.DARK_ON_LIGHT);
  }

  private static Raster white(int width, int height) {
    Raster white = Raster.black(width, height, 1);
    white.fill(255);
    return white;
  }

  private Raster raster(BufferedImage picture) throws IOException {
    Path file = box.resolve("raster.png");
    ImageIO.write(picture, "png", file.toFile());
    return ImageFile.read(file, 255).picture();
  }

  @Test
  void inkOnATransparentGroundIsSeenOnItsBackground() throws IOException {
    int alpha = BufferedImage.TYPE_INT_ARGB;
    assertThat(of(seven(300, alpha, new Color(0, true), Color.BLACK), "png"))
        .isEqualTo(Polarity.DARK_ON_LIGHT);
  }

  /** Grey paper, darker away from the lamp, a shadow over its lower edge, noise and JPEG. */
  @Test
  void paperInUnevenLight() throws IOException {
    BufferedImage photo = seven("#d2d2cd", "#28282d");
    Graphics2D light = photo.createGraphics();
    light.setPaint(new GradientPaint(0, 0, new Color(0, true), 300, 150, SHADE));
    light.fillRect(0, 0, 300, 300);
    light.setColor(SHADE);
    light.fillRect(0, 250, 300, 50);
    light.dispose();
    addNoise(photo, 6);
    assertThat(of(photo, "jpg")).isEqualTo(Polarity.DARK_ON_LIGHT);
  }

  @Test
  void ruledPaper() throws IOException {
    BufferedImage ruled = seven("#f5f5f5", "#14141e");
    Graphics2D pen = ruled.createGraphics();
    pen.setColor(Color.decode("#7896dc"));
    for (int y = 20; y < 300; y += 40) {
      pen.drawLine(0, y, 300, y);
    }
    pen.dispose();
    assertThat(of(ruled, "jpg")).isEqualTo(Polarity.DARK_ON_LIGHT);
  }

  /** A bright sky over dark land, half and half, and noise have no ground. */
  @Test
  void whatHasNoGroundIsUnclear() throws IOException {
    BufferedImage land = seven("#c8e0ff", "#c8e0ff");
    Graphics2D pen = land.createGraphics();
    pen.setColor(Color.decode("#203010"));
    pen.fillRect(0, 170, 300, 130);
    pen.fillRect(100, 60, 60, 240);
    pen.dispose();
    assertThat(of(land, "jpg")).isEqualTo(Polarity.UNCLEAR);
    BufferedImage noise = new BufferedImage(60, 60, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(2);
    for (int i = 0; i < 3600; i++) {
      noise.setRGB(i % 60, i / 60, random.nextInt());
    }
    assertThat(of(noise, "png")).isEqualTo(Polarity.UNCLEAR);
    assertThat(Polarity.of(Raster.black(1, 1, 1))).isEqualTo(Polarity.UNCLEAR);
    assertThat(Polarity.of(Raster.black(3000, 1, 3))).isEqualTo(Polarity.UNCLEAR);
  }

  @Test
  void onlyOppositesContradict() {
    assertThat(Polarity.LIGHT_ON_DARK.contradicts(Polarity.DARK_ON_LIGHT)).isTrue();
    assertThat(Polarity.DARK_ON_LIGHT.contradicts(Polarity.LIGHT_ON_DARK)).isTrue();
    for (Polarity one : Polarity.values()) {
      assertThat(one.contradicts(one)).isFalse();
      assertThat(one.contradicts(Polarity.UNCLEAR)).isFalse();
      assertThat(Polarity.UNCLEAR.contradicts(one)).isFalse();
    }
  }

  @Test
  void percentilesAreTheSmallestLevelsThatSoManyDoNotExceed() {
    Levels levels = new Levels();
    for (int level = -255; level <= 255; level += 5) {
      levels.add(level);
    }
    assertThat(levels.total()).isEqualTo(103);
    assertThat(levels.percentile(1)).isEqualTo(-250);
    assertThat(levels.percentile(50)).isZero();
    assertThat(levels.percentile(100)).isEqualTo(255);
    assertThat(levels.within(10)).isEqualTo(5);
    assertThat(levels.smallest(1)).isEqualTo(-255);
    assertThat(levels.smallest(3)).isEqualTo(-245);
    assertThat(levels.smallest(104)).isEqualTo(255);
    assertThat(levels.largest(2)).isEqualTo(250);
    assertThat(levels.range(2)).isEqualTo(500);
    assertThat(levels.spread()).isEqualTo(410);
  }
}
