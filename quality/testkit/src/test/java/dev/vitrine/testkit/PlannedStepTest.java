package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.nn.Model;
import dev.vitrine.plan.PlannedStep;
import dev.vitrine.plan.PlannedStep.Form;
import dev.vitrine.plan.PlannedStep.Place;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.train.PlanGradients;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a plan tells of itself, for every network of the zoo, one example and many, answering and
 * training: each step reads what an earlier one wrote or what was given, and no buffer takes the
 * place of one still needed.
 */
class PlannedStepTest {
  private static final int[] SIZES = {1, 7, 40};

  static List<SlimNetwork> networks() {
    return SlimNetwork.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void eachStepReadsWhatIsThere(SlimNetwork network) {
    for (int examples : SIZES) {
      assertThat(given(answering(network, examples))).as("the input").hasSize(1);
      List<PlannedStep> training = training(network, examples);
      assertThat(given(training)).as("the input and the target").hasSize(inputs(training));
    }
  }

  /** A dense layer's input is also given as its weight gradient reads it. */
  private static int inputs(List<PlannedStep> training) {
    return training.getFirst().name().contains("Affine") ? 3 : 2;
  }

  @ParameterizedTest
  @MethodSource("networks")
  void noBufferLiesOnOneThatIsStillNeeded(SlimNetwork network) {
    for (int examples : SIZES) {
      requireApart(answering(network, examples));
      requireApart(training(network, examples));
    }
  }

  /** The buffers that are read before a step has written them. */
  private static Set<Integer> given(List<PlannedStep> steps) {
    Set<Integer> there = new HashSet<>();
    Set<Integer> given = new HashSet<>();
    for (PlannedStep step : steps) {
      step.reads().stream()
          .filter(place -> place.form() != Form.OUTSIDE && there.add(place.number()))
          .forEach(place -> given.add(place.number()));
      step.writes().forEach(place -> there.add(place.number()));
      assertThat(step.tasks()).as(step.name()).isPositive();
    }
    return given;
  }

  private static void requireApart(List<PlannedStep> steps) {
    List<Place> buffers = List.copyOf(buffers(steps).values());
    for (Place a : buffers) {
      for (Place b : buffers) {
        boolean together = a.first() < b.first() && b.first() < a.last();
        boolean apart =
            a.offset() + a.floats() <= b.offset() || b.offset() + b.floats() <= a.offset();
        assertThat(!together || apart).as("%s and %s", a, b).isTrue();
      }
    }
  }

  /** The largest part of each buffer that a step touches. */
  private static Map<Integer, Place> buffers(List<PlannedStep> steps) {
    Map<Integer, Place> largest = new LinkedHashMap<>();
    for (PlannedStep step : steps) {
      Stream.concat(step.reads().stream(), step.writes().stream())
          .filter(place -> place.form() != Form.OUTSIDE)
          .forEach(place ->
              largest.merge(place.number(), place, (a, b) -> a.floats() >= b.floats() ? a : b));
    }
    return largest;
  }

  private static List<PlannedStep> answering(SlimNetwork network, int examples) {
    try (Predictor predictor = Predictor.of(model(network))) {
      return predictor.planner(examples).describe(Engines.SCALAR.kernels());
    }
  }

  private static List<PlannedStep> training(SlimNetwork network, int examples) {
    Model model = model(network);
    Parameters gradients = Parameters.zeros(model.parameters().layout());
    return PlanGradients.planner(model, model.training(network.loss()), gradients)
        .batchSize(examples)
        .describe(Engines.SCALAR.kernels());
  }

  private static Model model(SlimNetwork network) {
    return DrawnModel.of(network.layers(), network.input(), Seed.of(3));
  }
}
