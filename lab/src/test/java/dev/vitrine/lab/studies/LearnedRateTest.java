package dev.vitrine.lab.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.lab.report.Report;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearnedRateTest {
  /** One weight on the parabola ½w²: g = w, by hand. */
  @Test
  void theHypergradient() {
    LearnedRules.Rate rule = new LearnedRules.Rate(0.1, 0.5);
    float[] w = {1};
    assertThat(rule.step(w, w.clone(), new boolean[1])).isEqualTo(0.1);
    assertThat(w[0]).isEqualTo(0.9f);
    assertThat(rule.step(w, w.clone(), new boolean[1])).isCloseTo(0.1 + 0.5 * 0.9, within(1e-7));
    assertThat(w[0]).isCloseTo(0.9f * (1 - 0.55f), within(1e-6f));
  }

  /** The slope in λ is the engine's gradient. */
  @Test
  void theSlopeInLambda() {
    Graph graph = new Graph();
    Value lambda = graph.parameter("lambda", Shape.scalar());
    Value w = graph.parameter("w", Shape.of(3));
    Value cost = graph.scale(graph.multiply(lambda, graph.sum(graph.square(w))), 0.5);
    Gradient gradient = Gradient.of(graph, cost, List.of(lambda));
    double slope =
        new Interpreter(1)
            .parameter("lambda", 0.3)
            .parameter("w", 1, -2, 0.5)
            .run(gradient.graph())
            .number(gradient.of().get(lambda));
    assertThat(LearnedRules.Decay.slope(1 + 4 + 0.25)).isCloseTo(slope, within(1e-12));
  }

  @Test
  void lambdaFallsThroughZeroUnlessHeld() {
    Report report = Desks.quick(new LearnedRate());
    assertThat(report.conclusions())
        .anyMatch(said -> said.contains("falls through 0 at step"))
        .anyMatch(said -> said.contains("stays at 0 from step"));
  }
}
