package dev.vitrine.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.image.Raster;
import dev.vitrine.image.Resampler;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.vision.find.Box;
import dev.vitrine.vision.model.DigitModel;
import dev.vitrine.vision.model.EmbeddedDigits;
import dev.vitrine.vision.page.AnnotatedPhoto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoReaderTest {
  private static DigitModel model;
  private static PhotoReader reader;

  @BeforeAll
  static void open() {
    model = EmbeddedDigits.open(KernelChoice.best().kernels());
    reader = PhotoReader.of(model);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  /** Ten drawn digits on two lines of white paper, dark, 84 points high. */
  private static Raster page() {
    Raster page = Raster.black(700, 320, 1);
    page.fill(235);
    Dataset drawn = Digits.test(Seed.of(3), 200);
    for (int digit = 0; digit < 10; digit++) {
      int example = 0;
      while (drawn.label(example) != digit) {
        example++;
      }
      Raster large = Resampler.resize(drawn.picture(example), 112, 112);
      int left = 60 + digit % 5 * 125;
      int top = 30 + digit / 5 * 140;
      for (int y = 0; y < 112; y++) {
        for (int x = 0; x < 112; x++) {
          page.set(left + x, top + y, 0, 235 - 210 * large.get(x, y, 0) / 255);
        }
      }
    }
    return page;
  }

  @Test
  void drawnDigitsAreRead() {
    assertThat(reader.read(page(), 1).text()).isEqualTo("01234\n56789");
  }

  @Test
  void lightOnDarkIsReadToo() {
    assertThat(reader.read(page().inverted(), 1).text()).isEqualTo("01234\n56789");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aPageOnItsSideIsTurned(int quarters) {
    View side = new View(1, quarters, 0, 700, 320);
    Reading reading = reader.read(side.of(page()), 1);
    assertThat(reading.text()).isEqualTo("01234\n56789");
    assertThat(reading.view().quarters()).isEqualTo(4 - quarters);
    // The first digit's box is where the page says it is, in the picture that was given.
    Box first = reading.inPhoto(reading.lines().getFirst().digits().getFirst().box());
    Box there = side.inPhoto(first);
    assertThat(there.middleX()).isBetween(90.0, 145.0);
    assertThat(there.middleY()).isBetween(60.0, 115.0);
  }

  /** A thick line through points. */
  private static void stroke(Raster page, double radius, double... points) {
    for (int i = 2; i < points.length; i += 2) {
      double dx = points[i] - points[i - 2];
      double dy = points[i + 1] - points[i - 1];
      for (int step = 0; step <= 100; step++) {
        double x = points[i - 2] + dx * step / 100;
        double y = points[i - 1] + dy * step / 100;
        for (int row = (int) (y - radius); row <= y + radius; row++) {
          for (int column = (int) (x - radius); column <= x + radius; column++) {
            if (Math.hypot(column - x, row - y) <= radius) {
              page.set(column, row, 0, 25);
            }
          }
        }
      }
    }
  }

  /** Ups and downs that hang together, as in joined-up writing. */
  private static void word(Raster page, double left, double middle, double tall, int strokes) {
    double[] points = new double[2 * 12 * strokes];
    for (int i = 0; i < points.length / 2; i++) {
      double high = i / 24 % 3 == 1 ? 1 : 0.6;
      points[2 * i] = left + 0.45 * tall * i / 12;
      points[2 * i + 1] = middle + tall * (0.3 - 0.5 * high * (1 - Math.cos(Math.PI * i / 12)));
    }
    stroke(page, 4, points);
  }

  /** On its end a word is a large, sure 1. */
  @Test
  void aWordThatHangsTogetherDoesNotTurnThePage() {
    Raster page = Raster.black(700, 460, 1);
    page.fill(235);
    word(page, 50, 70, 70, 18);
    word(page, 50, 170, 70, 19);
    Raster digits = page();
    for (int y = 30; y < 145; y++) {
      for (int x = 60; x < 297; x++) {
        page.set(x, y + 270, 0, digits.get(x, y, 0));
      }
    }
    Reading reading = reader.read(page, 1);
    assertThat(reading.view().quarters()).isZero();
    assertThat(reading.text()).isEqualTo("01");
  }

  /** The same on its side: nothing that is read then but ones. */
  @Test
  void aWordAloneIsNoOne() {
    Raster page = Raster.black(700, 200, 1);
    page.fill(235);
    word(page, 60, 100, 70, 17);
    assertThat(reader.read(page, 1).text()).isEmpty();
  }

  @Test
  void aSlantedPageIsLevelled() {
    Reading reading = reader.read(new View(1, 0, -0.2, 700, 320).of(page()), 1);
    assertThat(reading.text()).isEqualTo("01234\n56789");
    assertThat(reading.view().tilt()).isBetween(0.1, 0.3);
  }

  /** Its stroke is wider than the windows in which paper is sought between small digits. */
  @Test
  void aThickDigitThatFillsThePageIsRead() {
    Raster page = Raster.black(620, 800, 1);
    page.fill(225);
    for (int y = 0; y < 800; y++) {
      for (int x = 0; x < 620; x++) {
        boolean outer = Math.hypot((x - 310) / 240.0, (y - 400) / 330.0) < 1;
        boolean inner = Math.hypot((x - 310) / 110.0, (y - 400) / 200.0) < 1;
        if (outer && !inner) {
          page.set(x, y, 0, 40);
        }
      }
    }
    Reading reading = reader.read(page, 1);
    assertThat(reading.text()).isEqualTo("0");
    // The label does not hide the digit.
    Raster drawn = AnnotatedPhoto.of(reading);
    int hidden = 0;
    for (int y = 0; y < drawn.height(); y++) {
      for (int x = 0; x < drawn.width(); x++) {
        hidden += page.get(x, y, 0) == 40 && drawn.get(x, y, 1) != 40 ? 1 : 0;
      }
    }
    assertThat(hidden).isLessThan(2000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 40})
  void aBlankPictureSaysNothing(int side) {
    Raster blank = Raster.black(side, side, 3);
    assertThat(reader.read(blank, 1).lines()).isEmpty();
    blank.fill(200);
    assertThat(reader.read(blank, 1).count()).isZero();
  }

  /** A few of a picture's many pieces always look like digits: no page, no digits. */
  @Test
  void leavesSayNothing() {
    Reading reading = reader.read(leaves(2), 1);
    assertThat(reading.text()).isEmpty();
    assertThat(reading.rejected()).isNotEmpty();
  }

  @Test
  void bricksSayNothing() {
    Raster wall = Raster.black(640, 480, 3);
    RandomStream random = Seed.of(5).stream("bricks");
    for (int y = 0; y < 480; y++) {
      for (int x = 0; x < 640; x++) {
        int across = x + (y / 50 % 2 == 0 ? 0 : 45);
        boolean mortar = y % 50 < 5 || across % 90 < 5;
        double shade = 0.8 + 0.4 * random.uniform(y / 50 * 100 + across / 90);
        shade += 0.3 * (random.uniform(20_000 + y / 6 * 200 + x / 6) - 0.5);
        wall.set(x, y, 0, mortar ? 190 : (int) Math.clamp(150 * shade, 0, 255));
        wall.set(x, y, 1, mortar ? 185 : (int) Math.clamp(75 * shade, 0, 255));
        wall.set(x, y, 2, mortar ? 175 : (int) Math.clamp(60 * shade, 0, 255));
      }
    }
    assertThat(reader.read(wall, 1).text()).isEmpty();
  }

  /** Ellipses with two points upon each other, each of another green, with a darker rib. */
  private static Raster leaves(long seed) {
    Raster picture = Raster.black(640, 480, 3);
    RandomStream random = Seed.of(seed).stream("leaves");
    long next = 0;
    for (int leaf = 0; leaf < 280; leaf++) {
      double length = 18 + 70 * random.uniform(next++);
      double width = length * (0.3 + 0.3 * random.uniform(next++));
      double turn = 2 * Math.PI * random.uniform(next++);
      double middleX = 640 * random.uniform(next++);
      double middleY = 480 * random.uniform(next++);
      double shade = 0.4 + 0.9 * random.uniform(next++);
      int reach = (int) length;
      for (int y = Math.max(0, (int) middleY - reach); y < Math.min(480, middleY + reach); y++) {
        for (int x = Math.max(0, (int) middleX - reach); x < Math.min(640, middleX + reach); x++) {
          double along = ((x - middleX) * Math.cos(turn) + (y - middleY) * Math.sin(turn)) / length;
          double across = ((y - middleY) * Math.cos(turn) - (x - middleX) * Math.sin(turn)) / width;
          if (Math.abs(across) < 1 - along * along) {
            double here = shade * (1 + 0.25 * along) * (Math.abs(across) < 0.07 ? 0.6 : 1);
            picture.set(x, y, 0, (int) Math.clamp(95 * here, 0, 255));
            picture.set(x, y, 1, (int) Math.clamp(135 * here, 0, 255));
            picture.set(x, y, 2, (int) Math.clamp(60 * here, 0, 255));
          }
        }
      }
    }
    return picture;
  }

  @Test
  void theTenPhotographsAreRead() throws IOException {
    String data = System.getenv("VITRINE_DATA");
    assumeTrue(data != null, "VITRINE_DATA names no data folder");
    Path folder = Path.of(data, "digit-photos");
    assumeTrue(Files.isDirectory(folder), "the photographs of digits are not in VITRINE_DATA");
    List<String> wrong = new ArrayList<>();
    for (String row : Files.readAllLines(folder.resolve("truth.tsv")).stream().skip(1).toList()) {
      String[] cells = row.split("\t");
      Reading reading = reader.read(folder.resolve(cells[0]));
      String text = reading.text().replace('\n', '/');
      if (!text.equals(cells[2])) {
        wrong.add("%s: %s for %s".formatted(cells[0], text, cells[2]));
      }
      if (cells[0].equals("image3.png")) {
        ReadDigit last = reading.lines().getFirst().digits().getLast();
        assertThat(last.unsure()).isTrue();
        assertThat(last.second()).isEqualTo(4);
      }
    }
    assertThat(wrong).isEmpty();
  }
}
