package dev.vitrine.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.predict.Guess;
import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.Comparator;
import org.junit.jupiter.api.Test;

class EvaluationBuilderTest {
  private static float ln(double value) {
    return (float) Math.log(value);
  }

  @Test
  void computesProbabilitiesAndLossByHand() {
    var builder = new EvaluationBuilder(3, 10);
    // Probabilities 0.5, 0.3, 0.2 in the second example's place of one array.
    float[] batch = {ln(0.7), ln(0.2), ln(0.1), ln(5), ln(3), ln(2)};
    builder.add(40, 0, batch, 0);
    builder.add(41, 2, batch, 3);
    Evaluation evaluation = builder.build();

    assertThat(evaluation.examples()).isEqualTo(2);
    assertThat(evaluation.accuracy()).isEqualTo(0.5);
    assertThat(evaluation.errors()).isEqualTo(1);
    assertThat(evaluation.meanLoss()).isCloseTo(-(Math.log(0.7) + Math.log(0.2)) / 2, within(1e-7));
    assertThat(evaluation.topHits()).containsExactly(1L, 1L, 2L);
    assertThat(evaluation.top(3)).isEqualTo(1);
    Mistake mistake = evaluation.worst().getFirst();
    assertThat(mistake.example()).isEqualTo(41);
    assertThat(mistake.actual()).isEqualTo(2);
    assertThat(mistake.best().index()).isZero();
    assertThat(mistake.best().probability()).isCloseTo(0.5, within(1e-7));
    assertThat(mistake.second().index()).isEqualTo(1);
    assertThat(mistake.second().probability()).isCloseTo(0.3, within(1e-7));
    assertThat(mistake.loss()).isCloseTo(-Math.log(0.2), within(1e-7));
    assertThat(mistake.actualProbability()).isCloseTo(0.2, within(1e-7));
  }

  /** In double precision, from the first example to the last; never as a mean of batches' means. */
  @Test
  void addsLossesUpInTheOrderOfTheExamples() {
    int n = 1000;
    float[][] logits = new float[n][3];
    double[] losses = new double[n];
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < 3; c++) {
        logits[i][c] = (float) Seed.of(4).stream("logits").normal(3L * i + c);
      }
      losses[i] = evaluation(logits, i, i + 1).meanLoss();
    }
    double sum = 0;
    double backwards = 0;
    for (int i = 0; i < n; i++) {
      sum += losses[i];
      backwards += losses[n - 1 - i];
    }
    assertThat(evaluation(logits, 0, n).meanLoss()).isEqualTo(sum / n).isNotEqualTo(backwards / n);
  }

  private static Evaluation evaluation(float[][] logits, int from, int to) {
    var builder = new EvaluationBuilder(3, 0);
    for (int i = from; i < to; i++) {
      builder.add(i, i % 3, logits[i], 0);
    }
    return builder.build();
  }

  @Test
  void breaksTiesByTheLowestClass() {
    var builder = new EvaluationBuilder(4, 10);
    float[] flat = {1, 1, 1, 1};
    for (int label = 0; label < 4; label++) {
      builder.add(label, label, flat, 0);
    }
    builder.add(4, 3, new float[] {0, 7, 2, 7}, 0);
    Evaluation evaluation = builder.build();

    // Flat logits rank the classes by index; in the last, 3 comes after its equal 1.
    assertThat(evaluation.topHits()).containsExactly(1L, 3L, 4L, 5L);
    assertThat(evaluation.confusion().count(3, 0)).isEqualTo(1);
    assertThat(evaluation.confusion().count(3, 1)).isEqualTo(1);
    assertThat(evaluation.worst())
        .extracting(Mistake::example, m -> m.best().index(), m -> m.second().index())
        .containsExactly(tuple(1, 0, 1), tuple(2, 0, 1), tuple(3, 0, 1), tuple(4, 1, 3));
  }

  @Test
  void staysFiniteWhereProbabilitiesUnderflow() {
    var builder = new EvaluationBuilder(2, 1);
    builder.add(0, 1, new float[] {3e4f, -3e4f}, 0);
    Evaluation evaluation = builder.build();

    assertThat(evaluation.meanLoss()).isEqualTo(6e4);
    assertThat(evaluation.worst().getFirst().best().probability()).isEqualTo(1);
    assertThat(evaluation.worst().getFirst().second()).isEqualTo(new Guess(1, 0));
  }

  @Test
  void keepsExactlyTheWorstMistakes() {
    var random = Seed.of(5).stream("logits");
    var few = new EvaluationBuilder(7, 12);
    var all = new EvaluationBuilder(7, 1_000);
    for (int example : random.permutation(500)) {
      float[] logits = new float[7];
      for (int c = 0; c < logits.length; c++) {
        // Few distinct values, so that losses tie and the example index has to decide.
        logits[c] = Math.floorMod(random.bits(example * 7L + c), 3);
      }
      few.add(example, example % 7, logits, 0);
      all.add(example, example % 7, logits, 0);
    }
    var sorted = new ArrayList<>(all.build().worst());
    sorted.sort(
        Comparator.comparingDouble(Mistake::loss).reversed().thenComparingInt(Mistake::example));

    assertThat(all.build().worst()).hasSize((int) all.build().errors()).isEqualTo(sorted);
    assertThat(few.build().worst()).isEqualTo(sorted.subList(0, 12));
    assertThat(few.build().topHits()).hasSize(5);
  }

  @Test
  void keepsTheLowestIndicesOfEqualMistakes() {
    var builder = new EvaluationBuilder(2, 3);
    for (int example : new int[] {5, 3, 9, 1, 7, 2, 8}) {
      builder.add(example, 1, new float[] {2, 1}, 0);
    }

    assertThat(builder.build().worst()).extracting(Mistake::example).containsExactly(1, 2, 3);
  }

  @Test
  void keepsNoMistakesWhenAskedForNone() {
    var builder = new EvaluationBuilder(2, 0);
    builder.add(0, 1, new float[] {1, 0}, 0);

    assertThat(builder.build().worst()).isEmpty();
    assertThat(builder.build().errors()).isEqualTo(1);
  }

  @Test
  void refusesWhatItCannotCount() {
    var builder = new EvaluationBuilder(3, 1);
    assertThatThrownBy(() -> builder.add(9, 3, new float[3], 0))
        .hasMessage("Example 9 has label 3, but the network has classes 0 to 2");
    assertThatThrownBy(() -> builder.add(9, 0, new float[] {0, Float.NaN, 0}, 0))
        .hasMessage("Example 9 has logit NaN for class 1, but an evaluation expects finite logits");
    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("An evaluation expects at least 1 example, but got none");
    assertThatThrownBy(() -> new EvaluationBuilder(1, 0))
        .hasMessage(
            "An evaluation expects at least 2 classes and 0 kept mistakes, but got 1 and 0");
  }

  @Test
  void refusesATopThatWasNotCounted() {
    var builder = new EvaluationBuilder(3, 1);
    builder.add(0, 0, new float[3], 0);
    assertThatThrownBy(() -> builder.build().top(4))
        .hasMessage("Top-k accuracy is known for k from 1 to 3, but got 4");
  }
}
