package dev.vitrine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetTest {
  private static final Shape SHAPE = Shape.of(1, 1, 2);

  /** Example i has the pixels 2i and 255 − i and the label i mod 3. */
  private static Dataset dataset(int size) {
    byte[] pixels = new byte[2 * size];
    byte[] labels = new byte[size];
    for (int i = 0; i < size; i++) {
      pixels[2 * i] = (byte) (2 * i);
      pixels[2 * i + 1] = (byte) (255 - i);
      labels[i] = (byte) (i % 3);
    }
    return Dataset.of("tiny", SHAPE, pixels, labels, List.of("a", "b", "c"));
  }

  @Test
  void examplesAreUnsigned() {
    Dataset dataset = dataset(5);
    assertThat(dataset.size()).isEqualTo(5);
    assertThat(dataset.pixel(4, 0)).isEqualTo(8);
    assertThat(dataset.pixel(4, 1)).isEqualTo(251);
    assertThat(dataset.label(4)).isEqualTo(1);
    assertThat(dataset).hasToString("tiny: 5 images of (1, 1, 2) in 3 classes");
  }

  @Test
  void subsetsShareThePixels() {
    Dataset dataset = dataset(7);
    Dataset part = dataset.slice(2, 7).subset(new int[] {4, 0, 0});
    assertThat(part.size()).isEqualTo(3);
    assertThat(part.pixels()).isSameAs(dataset.pixels());
    assertThat(part.pixel(0, 0)).isEqualTo(12);
    assertThat(part.pixel(2, 1)).isEqualTo(253);
    assertThat(part.label(0)).isZero();
    assertThat(part.label(1)).isEqualTo(2);
    assertThat(part.offset(0)).isEqualTo(12);
    assertThat(part.pixels()[part.offset(1) + 1]).isEqualTo((byte) 253);
  }

  @Test
  void whatDoesNotFitIsOneSentence() {
    var names = List.of("a", "b", "c");
    assertRefused(
        () -> Dataset.of("t", SHAPE, new byte[7], new byte[4], names),
        "Data set t expects 8 pixels for 4 labels and images of (1, 1, 2), but got 7");
    assertRefused(
        () -> Dataset.of("t", SHAPE, new byte[4], new byte[] {0, 3}, names),
        "Data set t expects labels from 0 to 2, but example 1 has label 3");
    assertRefused(
        () -> Dataset.of("t", SHAPE, new byte[4], new byte[] {-1, 0}, names),
        "Data set t expects labels from 0 to 2, but example 0 has label 255");
    assertRefused(
        () -> Dataset.of("t", SHAPE, new byte[0], new byte[0], names), "Data set t is empty");
    assertRefused(
        () -> Dataset.of("t", Shape.of(2), new byte[2], new byte[1], names),
        "Data set t expects images of shape (C, H, W), but got (2)");
    assertRefused(
        () -> Dataset.of("t", SHAPE, new byte[2], new byte[1], List.of()),
        "Data set t expects 1 to 256 classes, but got 0");
    assertRefused(
        () -> dataset(5).slice(3, 6),
        "Data set tiny has examples 0 to 4, but 3 to 5 were asked for");
    assertRefused(
        () -> dataset(5).subset(new int[0]),
        "Data set tiny: a subset expects examples, but got none");
  }

  @Test
  void aSplitTakesEveryExampleOnceAndDependsOnTheSeedOnly() {
    Dataset dataset = dataset(100);
    Split split = Split.of(dataset, 0.1, Seed.of(1));
    assertThat(split.validation().size()).isEqualTo(10);
    assertThat(split.train().size()).isEqualTo(90);
    assertThat(IntStream.concat(rows(split.train()), rows(split.validation())))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 100).boxed().toList());
    assertThat(rows(split.validation())).isSorted();
    assertThat(rows(Split.of(dataset, 0.1, Seed.of(1)).validation()).toArray())
        .isEqualTo(rows(split.validation()).toArray());
    assertThat(rows(Split.of(dataset, 0.1, Seed.of(2)).validation()).toArray())
        .isNotEqualTo(rows(split.validation()).toArray());
  }

  private static IntStream rows(Dataset dataset) {
    return IntStream.range(0, dataset.size()).map(i -> dataset.offset(i) / 2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.1, 0.001, 0.999, Double.NaN})
  void aSplitLeavesExamplesOnBothSides(double fraction) {
    assertRefused(
        () -> Split.of(dataset(100), fraction, Seed.of(1)),
        "Validation of data set tiny expects a fraction that leaves examples on both sides, but got"
            + " "
            + fraction);
  }

  @Test
  void holdingOutKeepsTheTestData() {
    DataSplits all = DataSplits.of(dataset(50), dataset(5));
    DataSplits held = all.holdOut(0.2, Seed.of(3));
    assertThat(all.validation()).isEmpty();
    assertThat(held.train().size()).isEqualTo(40);
    assertThat(held.validation()).hasValueSatisfying(part -> assertThat(part.size()).isEqualTo(10));
    assertThat(held.test()).isSameAs(all.test());
  }

  @Test
  void theOrderOfAnEpochIsAFunctionOfSeedAndEpoch() {
    int[] order = EpochOrder.of(1000, Seed.of(5), 3);
    assertThat(Arrays.stream(order).sorted())
        .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
    assertThat(EpochOrder.of(1000, Seed.of(5), 3)).isEqualTo(order);
    assertThat(EpochOrder.of(1000, Seed.of(5), 4)).isNotEqualTo(order);
    assertThat(EpochOrder.of(1000, Seed.of(6), 3)).isNotEqualTo(order);
  }

  /** From a second implementation, in Python; runs must be repeatable for ever. */
  @Test
  void theOrdersArePinned() {
    assertThat(EpochOrder.of(8, Seed.of(42), 0)).containsExactly(1, 5, 0, 7, 6, 3, 2, 4);
    assertThat(rows(Split.of(dataset(20), 0.2, Seed.of(42)).validation()))
        .containsExactly(3, 8, 11, 18);
  }

  @Test
  void normalisationIsATable() {
    float[] unit = Normalisation.UNIT.table();
    assertThat(unit).hasSize(256);
    assertThat(unit[0]).isZero();
    assertThat(unit[51]).isEqualTo(0.2f);
    assertThat(unit[255]).isEqualTo(1);
    float[] mnist = Normalisation.MNIST.table();
    assertThat(mnist[0]).isCloseTo(-0.42421296f, within(1e-7f));
    assertThat(mnist[255]).isCloseTo(2.82148653f, within(1e-6f));
    assertRefused(
        () -> new Normalisation(0, 0),
        "Normalisation expects a finite mean and a positive deviation, but got 0.0 and 0.0");
  }

  private static void assertRefused(Runnable action, String sentence) {
    assertThatThrownBy(action::run).isInstanceOf(UserException.class).hasMessage(sentence);
  }
}
