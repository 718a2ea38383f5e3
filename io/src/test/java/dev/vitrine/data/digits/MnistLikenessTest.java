package dev.vitrine.data.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.MnistFolder;
import dev.vitrine.random.Seed;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** That the digits are framed as MNIST's are, and hold as much ink. */
class MnistLikenessTest {
  /** Measured on MNIST's 60,000 training images: mean grey level, shares of the pixels. */
  private static final double MEAN = 33.318;

  private static final double NOT_BLACK = 0.19120;
  private static final double FULL = 0.07356;

  /** The same, the mean grey level of each digit. */
  private static final double[] MEAN_OF_DIGIT = {
    44.2, 19.4, 38.0, 36.1, 30.9, 32.8, 35.0, 29.2, 38.3, 31.3
  };

  private static final Dataset DIGITS = Digits.train(Seed.of(42), 10_000);

  @Test
  void aDigitFillsTheLongerSideOfItsBox() {
    for (int i = 0; i < DIGITS.size(); i++) {
      int[] box = box(DIGITS, i);
      int width = box[1] - box[0] + 1;
      int height = box[3] - box[2] + 1;
      assertThat(Math.max(width, height)).as("longer side of image %d", i).isBetween(19, 20);
    }
  }

  @Test
  void theCentreOfMassIsInTheMiddleToHalfAPixelUnlessTheBoxWouldLeaveTheImage() {
    int held = 0;
    for (int i = 0; i < DIGITS.size(); i++) {
      double[] centre = centreOfMass(DIGITS, i);
      int[] box = box(DIGITS, i);
      for (int axis = 0; axis < 2; axis++) {
        double off = Math.abs(centre[axis] - 14);
        if (off > 0.5 + 1e-9) {
          boolean atTheEdge = box[2 * axis] <= 1 || box[2 * axis + 1] >= 26;
          assertThat(atTheEdge).as("image %d is %s off the middle for no reason", i, off).isTrue();
          assertThat(off).as("image %d", i).isLessThan(1.5);
          held++;
        }
      }
    }
    assertThat(held).as("images held at the edge").isLessThan(DIGITS.size() / 500);
  }

  @Test
  void noImageIsBlankOrFaint() {
    for (int i = 0; i < DIGITS.size(); i++) {
      int strong = 0;
      for (int pixel = 0; pixel < 784; pixel++) {
        strong += DIGITS.pixel(i, pixel) >= 128 ? 1 : 0;
      }
      assertThat(strong).as("dark pixels of image %d", i).isBetween(15, 300);
    }
  }

  @Test
  void theInkIsAsMuchAsMnists() {
    assertThat(mean(DIGITS)).isCloseTo(MEAN, withinPercentage(5));
    assertThat(share(DIGITS, 1)).isCloseTo(NOT_BLACK, withinPercentage(5));
    assertThat(share(DIGITS, 250)).isCloseTo(FULL, withinPercentage(5));
    for (int digit = 0; digit < 10; digit++) {
      assertThat(mean(only(DIGITS, digit)))
          .as("mean of digit %d", digit)
          .isCloseTo(MEAN_OF_DIGIT[digit], withinPercentage(15));
    }
  }

  @Test
  void theNumbersAboveAreMnists() {
    String data = System.getenv("VITRINE_DATA");
    assumeTrue(data != null, "VITRINE_DATA names no data folder");
    Dataset mnist = MnistFolder.of(Path.of(data, "mnist")).load().train();
    assertThat(mean(mnist)).isCloseTo(MEAN, within(0.001));
    assertThat(share(mnist, 1)).isCloseTo(NOT_BLACK, within(0.00001));
    assertThat(share(mnist, 250)).isCloseTo(FULL, within(0.00001));
    for (int digit = 0; digit < 10; digit++) {
      assertThat(mean(only(mnist, digit))).isCloseTo(MEAN_OF_DIGIT[digit], within(0.05));
    }
    for (int i = 0; i < mnist.size(); i++) {
      double[] centre = centreOfMass(mnist, i);
      assertThat(Math.abs(centre[0] - 14)).isLessThan(0.53);
      assertThat(Math.abs(centre[1] - 14)).isLessThan(0.53);
    }
  }

  private static Dataset only(Dataset data, int digit) {
    int[] all = new int[data.size()];
    int count = 0;
    for (int i = 0; i < data.size(); i++) {
      if (data.label(i) == digit) {
        all[count++] = i;
      }
    }
    return data.subset(Arrays.copyOf(all, count));
  }

  private static double mean(Dataset data) {
    long sum = 0;
    for (int i = 0; i < data.size(); i++) {
      for (int pixel = 0; pixel < 784; pixel++) {
        sum += data.pixel(i, pixel);
      }
    }
    return (double) sum / data.size() / 784;
  }

  /** The share of the pixels that are at least so bright. */
  private static double share(Dataset data, int least) {
    long count = 0;
    for (int i = 0; i < data.size(); i++) {
      for (int pixel = 0; pixel < 784; pixel++) {
        count += data.pixel(i, pixel) >= least ? 1 : 0;
      }
    }
    return (double) count / data.size() / 784;
  }

  /** First and last column, first and last row with ink. */
  private static int[] box(Dataset data, int image) {
    int[] box = {28, -1, 28, -1};
    for (int pixel = 0; pixel < 784; pixel++) {
      if (data.pixel(image, pixel) > 0) {
        box[0] = Math.min(box[0], pixel % 28);
        box[1] = Math.max(box[1], pixel % 28);
        box[2] = Math.min(box[2], pixel / 28);
        box[3] = Math.max(box[3], pixel / 28);
      }
    }
    return box;
  }

  private static double[] centreOfMass(Dataset data, int image) {
    int mass = 0;
    int x = 0;
    int y = 0;
    for (int pixel = 0; pixel < 784; pixel++) {
      int grey = data.pixel(image, pixel);
      mass += grey;
      x += grey * (pixel % 28);
      y += grey * (pixel / 28);
    }
    return new double[] {(double) x / mass, (double) y / mass};
  }
}
