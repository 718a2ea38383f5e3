package dev.vitrine.neuron.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningTest {
  private static final double[][] CORNERS = {{1, -1, -1}, {1, -1, 1}, {1, 1, -1}, {1, 1, 1}};

  private static Samples table(double... targets) {
    return new Samples(List.of("bias", "x1", "x2"), "d", CORNERS, targets);
  }

  private static Learning learn(Samples samples, Rule rule, double rate, int epochs, int seeds) {
    return Learning.of(samples, new Learning.Setup(rule, rate, epochs, 42, seeds, 2));
  }

  /** The table that the course hands out, with its published answers. */
  @Test
  void leastMeanSquaresOfThePublishedTable() {
    String data = System.getenv("VITRINE_DATA");
    Path file = Path.of(data == null ? "" : data, "lms/dataset_seed_variant_derived.csv");
    Assumptions.assumeTrue(data != null && Files.exists(file), "needs VITRINE_DATA's lms");
    Samples samples = Samples.read(file, Optional.empty());
    Learning learning = learn(samples, Rule.ADALINE, 0.01, 20, 1);
    near(learning.runs().getFirst().weights(), -0.99925144, 1.00082858, -2.00068123);
    double[] closed = learning.closed().orElseThrow();
    near(List.of(closed[0], closed[1], closed[2]), -0.9993219, 1.00061145, -2.00031968);
    assertThat(learning.error(closed)).isCloseTo(1.0079903e-4, within(1e-11));
    // The largest rate that holds, for rows in this order, is 0.62506.
    assertThat(learn(samples, Rule.ADALINE, 0.625, 3000, 1).runs()).hasSize(1);
    assertThatThrownBy(() -> learn(samples, Rule.ADALINE, 1, 3000, 1))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            "The weights grow without bound at the rate 1 \\(by epoch \\d+\\): take a smaller one");
  }

  private static void near(List<Double> weights, double... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(weights.get(i)).isCloseTo(expected[i], within(6e-9));
    }
  }

  @Test
  void aPerceptronLearnsAndButNotXor() {
    Learning and = learn(table(-1, -1, -1, 1), Rule.PERCEPTRON, 1, 100, 20);
    assertThat(and.whole()).isEqualTo(20);
    Learning alone = learn(table(-1, -1, -1, 1), Rule.PERCEPTRON, 1, 100, 1);
    assertThat(alone.runs().getFirst().weights()).containsExactly(-1.0, 1.0, 1.0);
    assertThat(alone.runs().getFirst().epochs()).isEqualTo(1);
    Learning xor = learn(table(-1, 1, 1, -1), Rule.PERCEPTRON, 1, 100, 20);
    assertThat(xor.whole()).isZero();
    assertThat(xor.runs()).allMatch(run -> run.epochs() == 100);
  }

  @Test
  void aMadalineLearnsXorFromSomeSeeds() {
    Learning xor = learn(table(0, 1, 1, 0), Rule.MADALINE, 0.5, 100, 20);
    assertThat(xor.whole()).isBetween(5L, 19L);
    assertThat(xor.different()).isEqualTo(20);
    Learning again = learn(table(0, 1, 1, 0), Rule.MADALINE, 0.5, 100, 20);
    assertThat(again.runs()).isEqualTo(xor.runs());
  }

  @Test
  void tablesAreReadInDoublePrecision(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("t.csv");
    Files.writeString(file, "d,a\n1,0.1234567890123456\n2,3\n");
    Samples samples = Samples.read(file, Optional.of("d"));
    assertThat(samples.names()).containsExactly("bias", "a");
    assertThat(samples.inputs()[0]).containsExactly(1, 0.1234567890123456);
    assertThat(samples.targets()).containsExactly(1, 2);
    assertThatThrownBy(() -> Samples.read(file, Optional.of("b")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("b");
    Files.writeString(file, "a,d\n1,2\nx,3\n");
    assertThatThrownBy(() -> Samples.read(file, Optional.empty()))
        .hasMessageEndingWith(
            "line 3: column \"a\" has \"x\", which is no number: write it as one, or take the column away");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> learn(table(1, 2, 3, 4), Rule.PERCEPTRON, 1, 1, 1))
        .hasMessage(
            "A threshold unit expects targets of two values, such as -1 and 1, but column \"d\" has 4: take adaline for numbers");
    double[][] twice = {{1, 2, 2}, {1, 3, 3}};
    assertThatThrownBy(() ->
            learn(
                new Samples(List.of("bias", "a", "b"), "d", twice, new double[] {1, 2}),
                Rule.ADALINE,
                0.01,
                1,
                1))
        .hasMessageStartingWith("The inputs depend on each other");
  }
}
