package dev.vitrine.lab.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.data.DataFolders;
import dev.vitrine.error.UserException;
import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.lab.report.Report;
import dev.vitrine.op.Affine;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LmsTest {
  @Test
  void theExercisesValues() {
    Optional<Path> file = LmsData.find(DataFolders.ofSystem(Optional.empty()));
    assumeTrue(file.isPresent(), "the exercise's points are not in VITRINE_DATA");
    LmsData data = LmsData.read(file.get());
    LeastSquares plane = new LeastSquares(data.x(), data.d());
    assertThat(plane.closedForm())
        .containsExactly(new double[] {-0.9993219, 1.00061145, -2.00031968}, within(5e-8));
    double best = plane.mse(plane.closedForm());
    assertThat(best).isCloseTo(1.0079903e-4, within(5e-12));
    assertThat(plane.path(0.01, 20).getLast())
        .containsExactly(new double[] {-0.99925144, 1.00082858, -2.00068123}, within(5e-9));
    assertThat(plane.largestStableRate()).isCloseTo(0.62506, within(5e-6));
    assertThat(plane.batchBound()).isCloseTo(1.772, within(5e-4));
    assertThat(plane.meanSquareEstimate()).isCloseTo(0.674, within(5e-4));
    assertThat(near(plane, 0.005)).hasValue(15);
    assertThat(near(plane, 0.01)).hasValue(7);
    assertThat(near(plane, 0.05)).hasValue(2);
    assertThat(near(plane, 0.1)).hasValue(1);
    assertThat(near(plane, 0.2)).isEmpty();
    assertThat(Lms.arm(plane, 0.5, 20, 1000).errors().getLast()).isCloseTo(1.8045e-3, within(5e-8));
    assertThat(Lms.arm(plane, 1, 20, 1000).errors().getLast()).isNotFinite();
    assertThat(plane.radius(0.625)).isLessThan(1);
    assertThat(plane.radius(0.626)).isGreaterThan(1);
  }

  private static java.util.OptionalInt near(LeastSquares plane, double rate) {
    return Lms.arm(plane, rate, 20, 1000).near();
  }

  /** The rule is gradient descent on ½(d − w·x)². */
  @Test
  void theRuleIsTheEnginesGradient() {
    Graph graph = new Graph();
    Value x = graph.input("x", Shape.of(3));
    Value d = graph.input("d", Shape.of(1));
    Value w = graph.parameter("w", Shape.of(1, 3));
    Value e = graph.subtract(d, graph.apply(new Affine(false), x, w));
    Value half = graph.scale(graph.sum(graph.square(e)), 0.5);
    Gradient gradient = Gradient.of(graph, graph.batchMean(half), List.of(w));
    double[] row = {1, -0.3, 0.7};
    double[] at = {0.2, -1.5, 0.4};
    double[] slope =
        new Interpreter(1)
            .input("x", row)
            .input("d", new double[] {0.9})
            .parameter("w", at)
            .run(gradient.graph())
            .of(gradient.of().get(w));
    double[] moved = at.clone();
    LeastSquares.step(moved, row, 0.9, 0.05);
    for (int i = 0; i < 3; i++) {
      assertThat(moved[i]).isCloseTo(at[i] - 0.05 * slope[i], within(1e-15));
    }
  }

  @Test
  void withoutItsFileItSaysSo() {
    Report report = Desks.quick(new Lms());
    assertThat(Desks.text(report)).contains("100 points drawn from the seed");
    assertThat(report.conclusions()).anyMatch(said -> said.contains("diverges"));
    assertThat(Desks.page(report)).contains("input:nth-of-type(24):checked");
  }

  @Test
  void aTornFileIsRefused(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("points.csv"), "x0,x1,x2,d\n1,2,3,4\n1,2,x,4\n");
    assertThatThrownBy(() -> LmsData.read(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("points.csv, line 3 expects 1, x1, x2 and d as numbers");
  }

  @Test
  void radiiOfRotationsAndShears() {
    double[][] turned = {{0, -0.5}, {0.5, 0}};
    double[][] sheared = {{0.9, 100}, {0, 0.9}};
    assertThat(Matrices.radius(turned, 40)).isCloseTo(0.5, within(1e-9));
    assertThat(Matrices.radius(sheared, 40)).isCloseTo(0.9, within(1e-9));
  }
}
