package dev.vitrine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfusionTextTest {
  private static final ConfusionMatrix MATRIX =
      ConfusionMatrix.of(new long[][] {{980, 20, 0}, {0, 7, 0}, {1, 0, 1999}});

  @Test
  void alignsCountsAndMargins() {
    assertThat(ConfusionText.render(MATRIX, List.of("0", "1", "2"), false))
        .isEqualTo(
            """
                         read as →
            actual ↓     0    1    2  recall
            0          980   20    ·    98.0
            1            ·    7    ·     100
            2            1    · 1999    99.9
            precision 99.9 25.9  100    99.3
            """);
  }

  @Test
  void headsColumnsByIndexWhereNamesAreLong() {
    assertThat(ConfusionText.render(MATRIX, List.of("Ankle boot", "Bag", "Über-größe"), false))
        .isEqualTo(
            """
                             read as →
            actual ↓         0    1    2  recall
             0 Ankle boot  980   20    ·    98.0
             1 Bag           ·    7    ·     100
             2 Über-größe    1    · 1999    99.9
            precision     99.9 25.9  100    99.3
            """);
  }

  @Test
  void emphasisChangesNoCharacter() {
    var names = List.of("a", "b", "c");
    String plain = ConfusionText.render(MATRIX, names, false);
    String emphasised = ConfusionText.render(MATRIX, names, true);

    assertThat(emphasised).contains("\u001b[1;33m   20\u001b[0m").contains("\u001b[1m  980");
    assertThat(emphasised.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(plain);
  }

  @Test
  void showsNothingOfNothingAsADash() {
    var matrix = ConfusionMatrix.of(new long[][] {{3, 0}, {0, 0}});
    assertThat(ConfusionText.render(matrix, List.of("yes", "no"), false))
        .isEqualTo(
            """
                         read as →
            actual ↓   yes   no  recall
            yes          3    ·     100
            no           ·    ·       –
            precision  100    –     100
            """);
  }

  @Test
  void columnsComeInPiecesOnANarrowScreen() {
    assertThat(ConfusionText.render(MATRIX, List.of("0", "1", "2"), false, 25))
        .isEqualTo(
            """
                         read as →
            actual ↓     0    1
            0          980   20
            1            ·    7
            2            1    ·
            precision 99.9 25.9

                         read as →
            actual ↓     2  recall
            0            ·    98.0
            1            ·     100
            2         1999    99.9
            precision  100    99.3
            """);
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 41, 59, 60, 66, 67, 80, 120})
  void noPieceIsWiderThanTheScreen(int columns) {
    long[][] counts = new long[10][10];
    for (int i = 0; i < 100; i++) {
      counts[i / 10][i % 10] = 1 + i * 37L % 1001;
    }
    List<String> names = IntStream.range(0, 10).mapToObj(i -> "a long name " + i).toList();
    String text = ConfusionText.render(ConfusionMatrix.of(counts), names, false, columns);
    assertThat(text.lines()).allMatch(line -> line.length() <= columns);
    List<String> seen = Stream.of(text.split("\\W+")).toList();
    for (long[] row : counts) {
      for (long count : row) {
        assertThat(seen).contains(Long.toString(count));
      }
    }
    assertThat(text.lines().filter(line -> line.contains("recall"))).hasSize(1);
  }

  @Test
  void whatNoScreenHoldsIsSaidInstead() {
    List<String> names = IntStream.range(0, 256).mapToObj(Integer::toString).toList();
    ConfusionMatrix matrix = ConfusionMatrix.of(new long[256][256]);
    assertThat(ConfusionText.render(matrix, names, false, 80))
        .isEqualTo("The confusion matrix of 256 classes is too wide for this screen\n");
    assertThat(ConfusionText.render(matrix, names, false).lines()).hasSize(2 + 256 + 1);
  }

  @Test
  void linesAreEquallyLongForTwentyClasses() {
    long[][] counts = new long[20][20];
    for (int i = 0; i < 400; i++) {
      counts[i / 20][i % 20] = i * 37L % 1001;
    }
    var names = IntStream.range(0, 20).mapToObj(Integer::toString).toList();
    List<String> lines =
        ConfusionText.render(ConfusionMatrix.of(counts), names, false).lines().skip(1).toList();

    assertThat(lines).hasSize(22);
    assertThat(lines).allMatch(line -> line.length() == lines.getFirst().length());
  }

  @Test
  void refusesTooFewNames() {
    assertThatThrownBy(() -> ConfusionText.render(MATRIX, List.of("a"), false))
        .hasMessage("A confusion matrix of 3 classes expects as many names, but got 1");
  }
}
