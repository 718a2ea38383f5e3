package dev.vitrine.data.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.random.Seed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SkeletonTest {
  @Test
  void aPoseIsPointsCornersAndStrokes() {
    Pose pose = Pose.parse("1 2, -3 4.5! / 5 6, 7 8, 9 10");
    assertThat(pose.strokes()).isEqualTo(2);
    assertThat(new int[] {pose.start(0), pose.start(1), pose.start(2)}).containsExactly(0, 2, 5);
    assertThat(pose.corner(0)).isFalse();
    assertThat(pose.corner(1)).isTrue();
    assertThat(pose.coordinate(2)).isEqualTo(-3);
    assertThat(pose.coordinate(3)).isEqualTo(4.5);
    assertThat(pose.coordinate(9)).isEqualTo(10);
  }

  @Test
  void aPointThatIsNotTwoNumbersIsToldSo() {
    assertThatThrownBy(() -> Pose.parse("1 2, 3"))
        .hasMessage("A pose expects points \"x y\", but got \"3\" in \"1 2, 3\"");
  }

  @Test
  void posesOfDifferentFormAreToldSo() {
    for (String other : List.of("0 0, 1 1", "0 0, 1 1!, 2 2", "0 0, 1 1 / 2 2")) {
      assertThatThrownBy(() -> Skeleton.of("a hook", 1, List.of("0 0, 1 1, 2 2", other)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Skeleton \"a hook\" expects poses of the same strokes, points and corners,"
                  + " but \"%s\" differs from \"0 0, 1 1, 2 2\"",
              other);
    }
    assertThatThrownBy(() -> Skeleton.of("nothing", 1, List.of()))
        .hasMessage("Skeleton \"nothing\" expects poses, but has none");
  }

  @Test
  void aShapeLiesBetweenThePosesOrALittlePast() {
    Skeleton skeleton = Skeleton.of("a line", 1, List.of("0 0, 0 100", "10 0, 20 100"));
    Draws draws = new Draws(Seed.of(1).stream("test"));
    double least = 100;
    double most = -100;
    for (int i = 0; i < 500; i++) {
      double[] shape = skeleton.shape(draws);
      assertThat(shape[3]).isCloseTo(100, within(1e-12));
      assertThat(shape[2]).isCloseTo(2 * shape[0], within(1e-12));
      least = Math.min(least, shape[0]);
      most = Math.max(most, shape[0]);
    }
    assertThat(least).isBetween(-0.75, -0.5);
    assertThat(most).isBetween(10.5, 10.75);
  }

  @Test
  void theTableHasManyWaysOfEveryDigit() {
    for (int digit = 0; digit < 10; digit++) {
      assertThat(Skeletons.of(digit)).as("ways of %d", digit).hasSizeGreaterThanOrEqualTo(3);
      for (Skeleton way : Skeletons.of(digit)) {
        assertThat(way.weight()).as(way.description()).isPositive();
        assertThat(way.description()).endsWith(".");
        for (Pose pose : way.poses()) {
          for (int i = 0; i < 2 * pose.start(pose.strokes()); i++) {
            assertThat(pose.coordinate(i)).as(way.description()).isBetween(-30.0, 160.0);
          }
        }
      }
    }
  }

  @Test
  void theTableIsReadLineByLine() {
    List<List<Skeleton>> digits =
        Skeletons.read(
            Stream.of(
                "# comment",
                "",
                "digit 3",
                "way 2 A line.",
                "  0 0, 1 1",
                "digit 9",
                "way 1 A.",
                " 0 0, 1 1",
                " 2 2, 3 3",
                "way 0.5 B.",
                "0 0, 0 1, 0 2"));
    assertThat(digits.stream().map(List::size)).containsExactly(0, 0, 0, 1, 0, 0, 0, 0, 0, 2);
    assertThat(digits.get(3).getFirst().description()).isEqualTo("A line.");
    assertThat(digits.get(9).getFirst().poses()).hasSize(2);
    assertThat(digits.get(9).getLast().weight()).isEqualTo(0.5);
  }

  @Test
  void waysArePickedByTheirWeights() {
    Map<Skeleton, Integer> counts = new HashMap<>();
    Draws draws = new Draws(Seed.of(1).stream("test"));
    int n = 20_000;
    for (int i = 0; i < n; i++) {
      counts.merge(Skeletons.pick(1, draws), 1, Integer::sum);
    }
    double sum = Skeletons.of(1).stream().mapToDouble(Skeleton::weight).sum();
    for (Skeleton way : Skeletons.of(1)) {
      // Six standard deviations of a binomial share.
      assertThat((double) counts.get(way) / n)
          .as(way.description())
          .isCloseTo(way.weight() / sum, within(3 / Math.sqrt(n)));
    }
  }
}
