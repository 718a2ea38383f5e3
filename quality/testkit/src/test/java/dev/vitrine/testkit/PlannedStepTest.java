package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.nn.Model;
import dev.vitrine.plan.PlannedStep;
import dev.vitrine.plan.PlannedStep.Form;
import dev.vitrine.plan.PlannedStep.Place;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a plan tells of itself, for every network of the zoo, one example and many: each step reads
 * what an earlier one wrote or what was given, and no buffer takes the place of one still needed.
 */
class PlannedStepTest {
  static List<SlimNetwork> networks() {
    return SlimNetwork.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void eachStepReadsWhatIsThere(SlimNetwork network) {
    for (int examples : new int[] {1, 7, 40}) {
      Set<Integer> there = new HashSet<>();
      List<Integer> given = new ArrayList<>();
      for (PlannedStep step : steps(network, examples)) {
        step.reads().stream()
            .filter(place -> place.form() != Form.OUTSIDE && there.add(place.number()))
            .forEach(place -> given.add(place.number()));
        step.writes().forEach(place -> there.add(place.number()));
        assertThat(step.tasks()).as(step.name()).isPositive();
      }
      assertThat(given).as("read before it was written: the input").hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void noBufferLiesOnOneThatIsStillNeeded(SlimNetwork network) {
    for (int examples : new int[] {1, 7, 40}) {
      List<PlannedStep> steps = steps(network, examples);
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

  private static List<PlannedStep> steps(SlimNetwork network, int examples) {
    Model model = DrawnModel.of(network.layers(), network.input(), Seed.of(3));
    try (Predictor predictor = Predictor.of(model)) {
      return predictor.planner(examples).describe(Engines.SCALAR.kernels());
    }
  }
}
