package dev.vitrine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.metrics.ConfusionMatrix;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConfusionPictureTest {
  private static final ConfusionMatrix MATRIX =
      ConfusionMatrix.of(new long[][] {{10, 0, 0}, {0, 5, 5}, {0, 2, 0}});
  private static final List<String> NAMES = List.of("a", "b", "c");

  // Where the cells begin with such names, as the layout has it: 28 + six letters + 12, two lines.
  private static final int LEFT = 28 + 70 + 12;
  private static final int TOP = 28 + 26 + 26;
  private static final int CELL = 52;

  private static int[] corner(Raster picture, int actual, int predicted) {
    int x = LEFT + predicted * CELL;
    int y = TOP + actual * CELL;
    return new int[] {picture.get(x, y, 0), picture.get(x, y, 1), picture.get(x, y, 2)};
  }

  @Test
  void shadesRightByRecallAndWrongByCount() {
    Raster picture = ConfusionPicture.draw(MATRIX, NAMES);

    assertThat(corner(picture, 0, 0)).containsExactly(0x12, 0x4f, 0x8c);
    assertThat(corner(picture, 1, 2)).containsExactly(0xd9, 0x6a, 0x14);
    // 255 + (0.04 + 0.96 · 0.5) · (colour − 255), and with √(2/5) for 0.5.
    assertThat(corner(picture, 1, 1)).containsExactly(132, 163, 195);
    assertThat(corner(picture, 2, 1)).containsExactly(230, 159, 103);
    assertThat(corner(picture, 0, 1)).containsExactly(253, 249, 246);
  }

  @Test
  void printsCountsInTheCells() {
    Raster picture = ConfusionPicture.draw(MATRIX, NAMES);

    assertThat(inked(picture, 0, 0)).isGreaterThan(20);
    assertThat(inked(picture, 1, 2)).isGreaterThan(20);
    assertThat(inked(picture, 0, 1)).isZero();
  }

  /** How many points of a cell differ from its corner, but for the white grid. */
  private static long inked(Raster picture, int actual, int predicted) {
    int[] ground = corner(picture, actual, predicted);
    return IntStream.range(0, (CELL - 1) * (CELL - 1))
        .filter(i -> {
          int x = LEFT + predicted * CELL + i % (CELL - 1);
          int y = TOP + actual * CELL + i / (CELL - 1);
          return picture.get(x, y, 0) != ground[0] || picture.get(x, y, 2) != ground[2];
        })
        .count();
  }

  @Test
  void holdsManyClassesAndLongNames() {
    long[][] identity = new long[100][100];
    for (int i = 0; i < identity.length; i++) {
      identity[i][i] = 123_456;
    }
    var many = IntStream.range(0, 100).mapToObj(i -> "class " + i).toList();
    Raster dense = ConfusionPicture.draw(ConfusionMatrix.of(identity), many);
    Raster named =
        ConfusionPicture.draw(MATRIX, List.of("Ankle boot", "T-shirt/top", "Ärmel & „Öse“"));

    assertThat(dense.width()).isLessThan(1_000);
    assertThat(dense.height()).isLessThan(1_000);
    assertThat(named.width()).isGreaterThan(ConfusionPicture.draw(MATRIX, NAMES).width());
    assertThat(Png.bytes(named)).startsWith(0x89, 'P', 'N', 'G');
  }

  @Test
  void refusesTooFewNames() {
    assertThatThrownBy(() -> ConfusionPicture.draw(MATRIX, List.of("a")))
        .hasMessage("A confusion matrix of 3 classes expects as many names, but got 1");
  }
}
