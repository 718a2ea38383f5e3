package dev.vitrine.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.metrics.ConfusionMatrix;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChanceTest {
  private static final int COMBINATIONS = 10;

  private static List<Integer> plain(int classes) {
    return IntStream.range(0, classes).boxed().toList();
  }

  /** Pictures of classes by turns, of which a share is told rightly, the others as any class. */
  private static ConfusionMatrix told(int classes, int pictures, double share, Random random) {
    long[][] counts = new long[classes][classes];
    for (int n = 0; n < pictures; n++) {
      int actual = n % classes;
      counts[actual][random.nextDouble() < share ? actual : random.nextInt(classes)]++;
    }
    return ConfusionMatrix.of(counts);
  }

  private static boolean fits(ConfusionMatrix counts, int combinations) {
    return counts.correct() > Chance.of(counts, plain(counts.classes())).most(combinations);
  }

  /** By exact sums of the binomial distribution, of one in a thousand for each combination. */
  @ParameterizedTest
  @CsvSource({
    "2,5,5",
    "3,5,5",
    "10,5,4",
    "2,20,17",
    "3,20,14",
    "10,20,7",
    "2,1000,549",
    "3,1000,381",
    "10,1000,130"
  })
  void guessesAreBoundedByTheBinomialDistribution(int classes, int pictures, double most) {
    long[][] counts = new long[classes][classes];
    for (int n = 0; n < pictures; n++) {
      counts[n % classes][0]++;
    }
    Chance chance = Chance.of(ConfusionMatrix.of(counts), plain(classes));
    assertThat(chance.most(COMBINATIONS)).isEqualTo(most);
  }

  /** Of a hundred probes of networks that guess, one may pass. */
  @ParameterizedTest
  @CsvSource({"2,5", "3,5", "10,5", "2,20", "3,20", "10,20", "2,1000", "3,1000", "10,1000"})
  void whatGuessesRarelyFits(int classes, int pictures) {
    Random random = new Random(classes * 10_000L + pictures);
    int passed = 0;
    for (int probe = 0; probe < 300; probe++) {
      boolean any = false;
      for (int k = 0; k < COMBINATIONS; k++) {
        any |= fits(told(classes, pictures, 0, random), COMBINATIONS);
      }
      passed += any ? 1 : 0;
    }
    assertThat(passed).isLessThanOrEqualTo(9);
  }

  /** Nine of ten told rightly is enough of twenty pictures; of five of few classes nothing is. */
  @ParameterizedTest
  @CsvSource({
    "2,5,1,false",
    "3,5,1,false",
    "10,5,1,true",
    "2,20,1,true",
    "3,20,0.9,true",
    "10,20,0.7,true",
    "2,1000,0.25,true",
    "3,1000,0.25,true",
    "10,1000,0.25,true"
  })
  void whatKnowsFits(int classes, int pictures, double share, boolean fits) {
    assertThat(fits(told(classes, pictures, share, new Random(7)), COMBINATIONS)).isEqualTo(fits);
  }

  /** Three of ten classes are met by chance where outputs stand for others. */
  @Test
  void classesOfAnotherOrderDoNotFit() {
    long[][] counts = new long[10][10];
    int[] order = {0, 1, 2, 4, 5, 6, 7, 8, 9, 3};
    for (int k = 0; k < order.length; k++) {
      counts[k][order[k]] = 100;
    }
    assertThat(fits(ConfusionMatrix.of(counts), COMBINATIONS)).isFalse();
  }

  @Test
  void picturesOfOneClassShowNothing() {
    assertThat(fits(ConfusionMatrix.of(new long[][] {{1000, 0}, {0, 0}}), 1)).isFalse();
  }
}
