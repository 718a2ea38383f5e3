package dev.vitrine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  private static final Offset<Double> EXACT = within(1e-15);

  /** Class 2 is never predicted; class 3 neither occurs nor is predicted; 4 never occurs. */
  private static final ConfusionMatrix MATRIX =
      ConfusionMatrix.of(
          new long[][] {
            {5, 1, 0, 0, 0},
            {2, 6, 0, 0, 1},
            {3, 1, 0, 0, 0},
            {0, 0, 0, 0, 0},
            {0, 0, 0, 0, 0},
          });

  @Test
  void countsWhatIsRight() {
    assertThat(MATRIX.total()).isEqualTo(19);
    assertThat(MATRIX.correct()).isEqualTo(11);
    assertThat(MATRIX.accuracy()).isCloseTo(11.0 / 19, EXACT);
    assertThat(ConfusionMatrix.empty(3).accuracy()).isZero();
  }

  @Test
  void scoresEachClassByHand() {
    ClassScores zero = MATRIX.scores(0);
    assertThat(zero).isEqualTo(new ClassScores(0, 6, 10, 5));
    assertThat(zero.precision()).isCloseTo(0.5, EXACT);
    assertThat(zero.recall()).isCloseTo(5.0 / 6, EXACT);
    assertThat(zero.f1()).isCloseTo(0.625, EXACT);

    ClassScores one = MATRIX.scores(1);
    assertThat(one.precision()).isCloseTo(6.0 / 8, EXACT);
    assertThat(one.recall()).isCloseTo(6.0 / 9, EXACT);
    assertThat(one.f1()).isCloseTo(12.0 / 17, EXACT);
  }

  @Test
  void aQuotientOfNothingIsZero() {
    ClassScores neverPredicted = MATRIX.scores(2);
    assertThat(neverPredicted.support()).isEqualTo(4);
    assertThat(neverPredicted.precision()).isZero();
    assertThat(neverPredicted.f1()).isZero();

    ClassScores absent = MATRIX.scores(3);
    assertThat(absent.occurs()).isFalse();
    assertThat(absent.recall()).isZero();

    ClassScores neverOccurs = MATRIX.scores(4);
    assertThat(neverOccurs.occurs()).isTrue();
    assertThat(neverOccurs.recall()).isZero();
    assertThat(neverOccurs.precision()).isZero();
  }

  @Test
  void averagesOverTheClassesThatOccur() {
    assertThat(MATRIX.macroPrecision()).isCloseTo((0.5 + 0.75) / 4, EXACT);
    assertThat(MATRIX.macroRecall()).isCloseTo((5.0 / 6 + 6.0 / 9) / 4, EXACT);
    assertThat(MATRIX.macroF1()).isCloseTo((0.625 + 12.0 / 17) / 4, EXACT);
    assertThat(ConfusionMatrix.empty(2).macroF1()).isZero();
  }

  @Test
  void sortsConfusedPairsByCountThenClass() {
    assertThat(MATRIX.confusedPairs())
        .containsExactly(
            new ConfusedPair(2, 0, 3),
            new ConfusedPair(1, 0, 2),
            new ConfusedPair(0, 1, 1),
            new ConfusedPair(1, 4, 1),
            new ConfusedPair(2, 1, 1));
  }

  @Test
  void saysPairsInWords() {
    var names = List.of("zero", "one", "two");
    assertThat(new ConfusedPair(2, 0, 19).sentence(names)).isEqualTo("two read as zero: 19 times");
    assertThat(new ConfusedPair(0, 1, 1).sentence(names)).isEqualTo("zero read as one: once");
  }

  @Test
  void addsPartsUp() {
    var left = ConfusionMatrix.of(new long[][] {{1, 2}, {3, 4}});
    var right = ConfusionMatrix.of(new long[][] {{10, 0}, {0, 5}});

    assertThat(left.plus(right)).isEqualTo(ConfusionMatrix.of(new long[][] {{11, 2}, {3, 9}}));
    assertThat(left).isEqualTo(ConfusionMatrix.of(new long[][] {{1, 2}, {3, 4}}));
    assertThat(left).isNotEqualTo(right);
  }

  @Test
  void keepsItsCountsToItself() {
    long[][] given = {{1, 0}, {0, 1}};
    var matrix = ConfusionMatrix.of(given);
    given[0][0] = 99;
    matrix.counts()[1][1] = 99;

    assertThat(matrix.total()).isEqualTo(2);
  }

  @Test
  void refusesWhatIsNoMatrix() {
    assertThatThrownBy(() -> ConfusionMatrix.of(new long[1][1]))
        .hasMessage("A confusion matrix expects at least 2 classes, but got 1");
    assertThatThrownBy(() -> ConfusionMatrix.of(new long[][] {{1, 2}, {3}}))
        .hasMessage("A confusion matrix expects 2 counts in each row, but row 1 has 1");
    assertThatThrownBy(() -> ConfusionMatrix.of(new long[][] {{1, -2}, {3, 4}}))
        .hasMessage("A confusion matrix expects no negative count, but row 0 is [1, -2]");
    assertThatThrownBy(() -> ConfusionMatrix.empty(2).plus(ConfusionMatrix.empty(3)))
        .hasMessage(
            "Confusion matrices expect equal numbers of classes to be added, but got 2 and 3");
  }
}
