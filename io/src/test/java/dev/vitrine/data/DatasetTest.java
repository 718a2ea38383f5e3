package dev.vitrine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import dev.vitrine.image.ImageSize;
import dev.vitrine.image.Raster;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
        "Data set t expects 8 pixels for 4 examples of (1, 1, 2), but got 7");
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
        "Data set t expects one class or more, but got none");
    assertRefused(
        () -> dataset(5).slice(3, 6),
        "Data set tiny has examples 0 to 4, but 3 to 5 were asked for");
    assertRefused(
        () -> dataset(5).subset(new int[0]),
        "Data set tiny: a subset expects examples, but got none");
  }

  @Test
  void numbersAreKeptAsTheyAre() {
    float[] values = {0.5f, -3, 1e-7f, 4, 5, 6};
    Dataset data =
        Dataset.of("table", Shape.of(3), values, Targets.Classes.of(List.of("a", "b"), 0, 1));
    assertThat(data).hasToString("table: 2 examples of (3) in 2 classes");
    assertThat(data.hasFloats()).isTrue();
    assertThat(data.hasPictures()).isFalse();
    float[] one = new float[3];
    data.subset(new int[] {1, 0}).read(1, one);
    assertThat(one).containsExactly(0.5f, -3, 1e-7f);
    dataset(3).read(2, one);
    assertThat(one).startsWith(4f, 253f);
    assertThatThrownBy(() -> data.pixel(0, 0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> data.picture(0)).isInstanceOf(IllegalStateException.class);
    assertRefused(
        () -> data.resized(new ImageSize(2, 2)),
        "Data set table holds numbers of shape (3), which are not resized: leave the size out");
    assertRefused(
        () -> Dataset.of("t", Shape.of(2), new float[] {1, 2, 3, Float.NaN}, data.targets()),
        "Data set t expects finite numbers, but example 1 has NaN");
    assertRefused(
        () -> Dataset.of("t", Shape.of(2), new float[3], data.targets()),
        "Data set t expects 4 numbers for 2 examples of (2), but got 3");
  }

  @Test
  void anImageOfNumbersIsShownRounded() {
    float[] values = {0.4f, 254.6f, 300, -1};
    Targets two = Targets.Classes.of(List.of("a", "b"), 0, 1);
    Dataset data = Dataset.of("t", SHAPE, values, two);
    assertThat(data.picture(0).get(1, 0, 0)).isEqualTo(255);
    assertThat(data.picture(1).get(0, 0, 0)).isEqualTo(255);
    assertThat(data.picture(1).get(1, 0, 0)).isZero();
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
        "The validation share expects a share of the 100 training examples of data set tiny that leaves"
            + " some on both sides, but got "
            + Decimal.text(fraction));
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
  void aPictureIsTheExamplesOwn() {
    Raster picture = dataset(7).slice(2, 7).picture(1);
    assertThat(picture.width()).isEqualTo(2);
    assertThat(picture.get(0, 0, 0)).isEqualTo(6);
    assertThat(picture.get(1, 0, 0)).isEqualTo(252);
  }

  @Test
  void anyNumberOfClasses() {
    List<String> names = IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
    Dataset many = Dataset.of("many", SHAPE, new byte[6], Targets.Classes.of(names, 999, 256, 255));
    assertThat(many.label(0)).isEqualTo(999);
    assertThat(many.subset(new int[] {1, 1, 0}).label(2)).isEqualTo(999);
    assertThat(many.slice(1, 3).classes().present()).containsExactly(255, 256);
    assertThat(many).hasToString("many: 3 images of (1, 1, 2) in 1,000 classes");
  }

  @Test
  void targetsMayBeNumbers() {
    Dataset data =
        Dataset.of("r", SHAPE, new byte[6], Targets.Numbers.of(Shape.of(2), 1, 2, 3, 4, 5, 6));
    Targets.Numbers last = (Targets.Numbers) data.slice(1, 3).subset(new int[] {1}).targets();
    assertThat(last.read(0)).containsExactly(5, 6);
    assertThat(last.size()).isEqualTo(1);
    assertThat(data).hasToString("r: 3 images of (1, 1, 2) with targets of (2)");
    assertRefused(
        data::classNames, "Data set r has targets of (2), but a classifier expects classes");
    assertRefused(
        () -> Targets.Numbers.of(Shape.of(2), 1, 2, 3),
        "A target of shape (2) expects 2 numbers an example, but got 3 numbers in all");
    assertRefused(
        () -> Targets.Numbers.of(Shape.of(2), 1, 2, 3, Float.NaN),
        "A target expects finite numbers, but example 1 has NaN");
    assertRefused(
        () -> Targets.Classes.of(List.of("a"), 0, 1),
        "A target expects labels from 0 to 0, but example 1 has label 1");
  }

  @Test
  void partsKeepTheirOrigin() {
    Origin origin = new Origin(Map.of("file", "sum"), List.of("altered"));
    Dataset part = dataset(9).origin(origin).slice(1, 5);
    assertThat(part.origin()).isEqualTo(origin);
    assertThat(DataSplits.of(part, dataset(3)).origin()).isEqualTo(origin);
    assertThat(origin.and(new Origin(Map.of("other", "one"), List.of("altered", "too"))))
        .isEqualTo(new Origin(Map.of("file", "sum", "other", "one"), List.of("altered", "too")));
  }

  private static void assertRefused(Runnable action, String sentence) {
    assertThatThrownBy(action::run).isInstanceOf(UserException.class).hasMessage(sentence);
  }
}
