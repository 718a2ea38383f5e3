package dev.vitrine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of one example stay on one side of a split. */
class DuplicatesTest {
  private static final Shape PAIR = Shape.of(2);

  /** Example i is a copy of example i mod different; its target is its place. */
  private static Dataset bytes(int size, int different) {
    byte[] pixels = new byte[size * 2];
    for (int i = 0; i < size; i++) {
      pixels[2 * i] = (byte) (i % different);
      pixels[2 * i + 1] = (byte) (i % different / 256 + 7);
    }
    return Dataset.of("tiny", Shape.of(1, 1, 2), pixels, places(size));
  }

  private static Dataset floats(int size, int different) {
    float[] values = new float[size * 2];
    for (int i = 0; i < size; i++) {
      values[2 * i] = i % different == 0 && i > 0 ? -0f : i % different;
      values[2 * i + 1] = 0.25f;
    }
    return Dataset.of("tiny", PAIR, values, places(size));
  }

  private static Targets places(int size) {
    float[] places = new float[size];
    for (int i = 0; i < size; i++) {
      places[i] = i;
    }
    return Targets.Numbers.of(Shape.of(1), places);
  }

  private static List<Integer> places(Dataset part) {
    Targets.Numbers numbers = (Targets.Numbers) part.targets();
    return IntStream.range(0, part.size()).mapToObj(i -> (int) numbers.read(i)[0]).toList();
  }

  private static Set<Integer> kinds(Dataset part, int different) {
    Set<Integer> kinds = new HashSet<>();
    places(part).forEach(place -> kinds.add(place % different));
    return kinds;
  }

  @Test
  void copiesInAnotherDataSetAreFound() {
    Dataset learned = bytes(300, 300);
    assertThat(bytes(8, 3).copiesOf(learned).cardinality()).isEqualTo(8);
    assertThat(bytes(302, 302).copiesOf(learned).cardinality()).isEqualTo(300);
    assertThat(learned.copiesOf(bytes(5, 2)).toString()).isEqualTo("{0, 1}");
    assertThat(floats(7, 7).copiesOf(floats(5, 5)).toString()).isEqualTo("{0, 1, 2, 3, 4}");
    assertThat(floats(7, 7).copiesOf(learned).isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 42})
  void noCopyOfWhatIsHeldOutIsLearnedFrom(long seed) {
    for (Dataset data : List.of(bytes(900, 300), floats(900, 300))) {
      Split split = Split.of(data, 0.1, Seed.of(seed));
      assertThat(kinds(split.train(), 300))
          .doesNotContainAnyElementsOf(kinds(split.validation(), 300));
      assertThat(split.validation().size()).isEqualTo(90);
      assertThat(split.train().size()).isEqualTo(810);
      assertThat(places(split.train())).isSorted();
    }
  }

  /** In the file's order: 0 1 2 3 0 1 2 3 0 1, parts of 5 and 3. */
  @Test
  void copiesGoToTheFirstPartThatHasRoomForAllOfThem() {
    List<Dataset> parts = Split.parts(bytes(10, 4), IntStream.range(0, 10).toArray(), 5, 3);
    assertThat(parts)
        .extracting(DuplicatesTest::places)
        .containsExactly(List.of(0, 2, 4, 6, 8), List.of(1, 5, 9), List.of(3, 7));
  }

  @Test
  void singleExamplesFillUpWhatCopiesLeave() {
    byte[] pixels = {1, 1, 2, 2, 9, 9, 9, 9, 9, 9, 3, 3};
    Dataset data = Dataset.of("tiny", Shape.of(1, 1, 2), pixels, places(6));
    List<Dataset> parts = Split.parts(data, IntStream.range(0, 6).toArray(), 3);
    assertThat(places(parts.getFirst())).containsExactly(0, 1, 5);
  }

  @Test
  void copiesOfOneAreNotDivided() {
    assertThatThrownBy(() -> Split.of(bytes(40, 1), 0.5, Seed.of(1)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Data set tiny (40 examples) cannot be divided: so many of them are copies of one another, which stay together, that a part is empty: hold none out (the validation share 0), or give data that are divided already");
  }
}
