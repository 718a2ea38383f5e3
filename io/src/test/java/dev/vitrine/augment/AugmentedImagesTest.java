package dev.vitrine.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.augment.Augmentation.Elastic;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.error.UserException;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AugmentedImagesTest {
  private static final int SIDE = 15;
  private static final Shape GREY = Shape.of(1, SIDE, SIDE);
  private static final Seed SEED = Seed.of(5);
  private static final int EPOCHS = 300;

  private static Dataset data(Shape shape, byte... pixels) {
    byte[] labels = new byte[pixels.length / shape.elements()];
    return Dataset.of("some", shape, pixels, labels, List.of("a"));
  }

  /** One bright pixel. */
  private static Dataset point(int x, int y) {
    byte[] pixels = new byte[GREY.elements()];
    pixels[y * SIDE + x] = (byte) 200;
    return data(GREY, pixels);
  }

  private static byte[] random(int bytes) {
    RandomStream random = Seed.of(8).stream("pixels");
    byte[] pixels = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      pixels[i] = (byte) random.below(i, 256);
    }
    return pixels;
  }

  /** The middle of brightness, from the image's middle: x, y. */
  private static double[] middle(byte[] image) {
    double sum = 0;
    double x = 0;
    double y = 0;
    for (int i = 0; i < image.length; i++) {
      int value = image[i] & 0xFF;
      sum += value;
      x += value * (i % SIDE - SIDE / 2);
      y += value * (i / SIDE - SIDE / 2);
    }
    return new double[] {x / sum, y / sum};
  }

  private static double[][] middles(Dataset data, Augmentation how) {
    AugmentedImages images = AugmentedImages.of(data, how, SEED);
    double[][] all = new double[EPOCHS][];
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      all[epoch] = middle(images.bytes(0, epoch));
    }
    return all;
  }

  @Test
  void flipsAreExactAndComeEveryOtherTime() {
    Shape shape = Shape.of(3, 4, 5);
    byte[] pixels = random(shape.elements());
    AugmentedImages images =
        AugmentedImages.of(
            data(shape, pixels), Augmentation.NONE.flip(true).verticalFlip(true), SEED);
    int[] counts = new int[4];
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      byte[] seen = images.bytes(0, epoch);
      int found = -1;
      for (int kind = 0; kind < 4; kind++) {
        found = MessageDigest.isEqual(seen, flipped(shape, pixels, kind)) ? kind : found;
      }
      assertThat(found).as("which flip in epoch %s", epoch).isNotNegative();
      counts[found]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(45, 105);
    }
  }

  private static byte[] flipped(Shape shape, byte[] pixels, int kind) {
    int height = shape.size(1);
    int width = shape.size(2);
    byte[] to = new byte[pixels.length];
    for (int c = 0; c < shape.size(0); c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int fromX = (kind & 1) == 0 ? x : width - 1 - x;
          int fromY = (kind & 2) == 0 ? y : height - 1 - y;
          to[(c * height + y) * width + x] = pixels[(c * height + fromY) * width + fromX];
        }
      }
    }
    return to;
  }

  @Test
  void cropsMoveByWholePixels() {
    Set<List<Double>> seen = new HashSet<>();
    for (double[] at : middles(point(SIDE / 2, SIDE / 2), Augmentation.NONE.crop(1))) {
      seen.add(List.of(at[0] + 0, at[1] + 0));
    }
    assertThat(seen).hasSize(9);
    assertThat(seen).allSatisfy(at -> assertThat(at).allMatch(v -> Math.abs(v) == 1 || v == 0));
  }

  @Test
  void whatIsOpenedIsTheNearestPixelOfTheEdge() {
    byte[] pixels = new byte[GREY.elements()];
    for (int y = 0; y < SIDE; y++) {
      pixels[y * SIDE] = 90; // the left column
    }
    AugmentedImages images =
        AugmentedImages.of(data(GREY, pixels), Augmentation.NONE.crop(3), SEED);
    Set<Integer> widths = new HashSet<>();
    for (int epoch = 0; epoch < 60; epoch++) {
      byte[] seen = images.bytes(0, epoch);
      int wide = 0;
      while (wide < SIDE && seen[7 * SIDE + wide] == 90) {
        wide++;
      }
      widths.add(wide);
    }
    assertThat(widths).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
  }

  @Test
  void shiftsReachAsFarAsTheyMayAndNoFurther() {
    double most = 0;
    double mean = 0;
    for (double[] at : middles(point(7, 7), Augmentation.NONE.shift(2.5))) {
      assertThat(Math.max(Math.abs(at[0]), Math.abs(at[1]))).isLessThan(2.52);
      most = Math.max(most, at[0]);
      mean += at[0] * at[0] / EPOCHS;
    }
    assertThat(most).isGreaterThan(2.4);
    assertThat(mean).isCloseTo(2.5 * 2.5 / 3, within(0.4));
  }

  @Test
  void turnsKeepTheDistanceAndReachTheirAngle() {
    double least = 0;
    double most = 0;
    for (double[] at : middles(point(13, 7), Augmentation.NONE.rotate(40))) {
      assertThat(Math.hypot(at[0], at[1])).isCloseTo(6, within(0.15));
      double angle = Math.toDegrees(Math.atan2(at[1], at[0]));
      least = Math.min(least, angle);
      most = Math.max(most, angle);
    }
    assertThat(least).isBetween(-41.0, -38.0);
    assertThat(most).isBetween(38.0, 41.0);
  }

  @Test
  void scalesAreSharesEitherWay() {
    double least = SIDE;
    double most = 0;
    for (double[] at : middles(point(12, 7), Augmentation.NONE.scale(0.2))) {
      assertThat(at[1]).isCloseTo(0, within(0.01));
      least = Math.min(least, at[0]);
      most = Math.max(most, at[0]);
    }
    assertThat(least).isCloseTo(4, within(0.1));
    assertThat(most).isCloseTo(6, within(0.1));
  }

  @Test
  void bendingHasItsDeviationAndIsSmooth() {
    for (double sigma : new double[] {1, 4, 40}) {
      Bending bending = new Bending(new Elastic(1.5, sigma), Shape.of(1, 28, 20));
      double square = 0;
      double step = 0;
      int count = 0;
      for (int draw = 0; draw < 400; draw++) {
        float[] x = bending.drawn(SEED.stream("bending", draw), 0).x();
        for (int i = 0; i < x.length; i++) {
          square += x[i] * x[i];
          double next = x[i / 20 * 20 + (i + 1) % 20] - x[i];
          step += next * next;
          count++;
        }
      }
      assertThat(Math.sqrt(square / count)).as("σ = %s", sigma).isCloseTo(1.5, within(0.08));
      // Neighbours of a field with that autocorrelation differ by √(2 (1 − e^(−1/4σ²))) of it.
      double expected = 1.5 * Math.sqrt(2 * (1 - Math.exp(-1 / (4 * sigma * sigma))));
      if (sigma < 10) {
        assertThat(Math.sqrt(step / count)).isCloseTo(expected, within(0.08 * expected));
      }
    }
  }

  @Test
  void bentImagesAreMovedByTheField() {
    int moved = 0;
    for (double[] at : middles(point(7, 7), Augmentation.NONE.elastic(new Elastic(1, 4)))) {
      moved += Math.hypot(at[0], at[1]) > 0.5 ? 1 : 0;
    }
    assertThat(moved).isGreaterThan(EPOCHS / 2);
  }

  @Test
  void noiseHasItsDeviation() {
    Shape shape = Shape.of(1, 100, 100);
    byte[] grey = new byte[shape.elements()];
    Arrays.fill(grey, (byte) 128);
    byte[] noisy =
        AugmentedImages.of(data(shape, grey), Augmentation.NONE.noise(0.1), SEED).bytes(0, 0);
    double sum = 0;
    double square = 0;
    int beyond = 0;
    for (byte sample : noisy) {
      double step = (sample & 0xFF) - 128;
      sum += step;
      square += step * step;
      beyond += Math.abs(step) > 25.5 ? 1 : 0;
    }
    int n = noisy.length;
    assertThat(sum / n).isCloseTo(0, within(0.6));
    assertThat(Math.sqrt(square / n)).isCloseTo(25.5, within(0.5));
    assertThat((double) beyond / n).isCloseTo(0.3173, within(0.02));
  }

  @Test
  void noiseEndsAtBlackAndWhite() {
    byte[] ends = new byte[GREY.elements()];
    Arrays.fill(ends, 0, ends.length / 2, (byte) 255);
    byte[] noisy =
        AugmentedImages.of(data(GREY, ends), Augmentation.NONE.noise(0.05), SEED).bytes(0, 0);
    int same = 0;
    for (int i = 0; i < ends.length; i++) {
      assertThat(Math.abs((noisy[i] & 0xFF) - (ends[i] & 0xFF))).isLessThan(56);
      same += noisy[i] == ends[i] ? 1 : 0;
    }
    assertThat(same).isBetween(ends.length * 2 / 5, ends.length * 3 / 5);
  }

  @Test
  void theNormalDistribution() {
    assertThat(Noise.distribution(0)).isEqualTo(0.5);
    assertThat(Noise.distribution(1.959963984540054)).isCloseTo(0.975, within(1e-12));
    assertThat(Noise.distribution(-3)).isCloseTo(0.0013498980316301035, within(1e-15));
  }

  private static final Augmentation ALL =
      Augmentation.NONE
          .shift(1.5)
          .rotate(15)
          .scale(0.1)
          .elastic(new Elastic(1, 3))
          .flip(true)
          .crop(2)
          .noise(0.03);

  @Test
  void seedEpochAndExampleDecideAlone() {
    byte[] one = random(GREY.elements());
    byte[] twice = new byte[2 * one.length];
    System.arraycopy(one, 0, twice, 0, one.length);
    System.arraycopy(one, 0, twice, one.length, one.length);
    AugmentedImages images = AugmentedImages.of(data(GREY, twice), ALL, SEED);
    byte[] first = images.bytes(0, 7);
    assertThat(images.bytes(1, 7)).isNotEqualTo(first);
    assertThat(images.bytes(0, 8)).isNotEqualTo(first);
    assertThat(AugmentedImages.of(data(GREY, twice), ALL, Seed.of(6)).bytes(0, 7))
        .isNotEqualTo(first);
    assertThat(images.bytes(0, 7)).isEqualTo(first);
    assertThat(images.picture(0, 7).get(3, 2, 0)).isEqualTo(first[2 * SIDE + 3] & 0xFF);
    assertThat(twice).startsWith(one); // what is learned from is not touched
  }

  /** For ever, on every machine: trainings depend on it. */
  @Test
  void theBitsAreKept() throws NoSuchAlgorithmException {
    Shape shape = Shape.of(3, 9, 7);
    AugmentedImages images =
        AugmentedImages.of(data(shape, random(4 * shape.elements())), ALL.verticalFlip(true), SEED);
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    for (int example = 0; example < 4; example++) {
      for (int epoch = 0; epoch < 50; epoch++) {
        hash.update(images.bytes(example, epoch));
      }
    }
    assertThat(HexFormat.of().formatHex(hash.digest()).substring(0, 16))
        .isEqualTo("97b09ccd2234f504");
  }

  @Test
  void aSheetShowsEachBesideWhatEpochsSee() {
    AugmentedImages images = AugmentedImages.of(point(7, 7), Augmentation.NONE.crop(1), SEED);
    assertThat(images.sheet(4, 2).width()).isEqualTo(2 + 3 * (3 * SIDE + 2));
    assertThat(images.sheet(4, 2).get(2 + 7 * 3, 2 + 7 * 3, 0)).isEqualTo(200);
  }

  @Test
  void refusals() {
    refused(() -> Augmentation.NONE.shift(-1), "a shift of 0 pixels or more, but got -1");
    refused(() -> Augmentation.NONE.rotate(181), "a rotation of 0 to 180 degrees, but got 181");
    refused(() -> Augmentation.NONE.scale(1), "a scale in [0, 1), but got 1");
    refused(() -> Augmentation.NONE.crop(-1), "a crop of 0 pixels or more, but got -1");
    refused(() -> Augmentation.NONE.noise(1.5), "a noise in [0, 1], but got 1.5");
    refused(() -> Augmentation.NONE.noise(Double.NaN), "a noise in [0, 1], but got NaN");
    refused(() -> new Elastic(0, 4), "elastic displacements above 0 pixels, but got 0");
    refused(() -> new Elastic(1, 0.2), "an elastic sigma of 0.5 to 100, but got 0.2");
    refused(
        () -> AugmentedImages.of(point(0, 0), Augmentation.NONE.crop(15), SEED),
        "shifts and crops below the images' side of 15 pixels, but got 15");
  }

  @Test
  void onlyImagesOfBytesAreAugmented() {
    Targets one = Targets.Numbers.of(Shape.of(1), new float[] {1});
    Dataset numbers = Dataset.of("measures", Shape.of(1, 2, 2), new float[4], one);
    assertThatThrownBy(() -> AugmentedImages.of(numbers, ALL, SEED))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The augmentation expects grey or coloured images, but data set measures holds numbers of"
                + " shape (1, 2, 2): leave it out");
  }

  private static void refused(Runnable call, String sentence) {
    assertThatThrownBy(call::run)
        .isInstanceOf(UserException.class)
        .hasMessage("The augmentation expects " + sentence);
  }
}
