package dev.vitrine.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.plan.PlannedStep;
import dev.vitrine.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTableTest {
  private static final NetworkSpec LENET = Zoo.find("lenet");

  @Test
  void aTrainingWritesTheGradientOfEachParameterOnce() {
    PlanTable plan = PlanTable.ofTraining(LENET, 64);
    List<List<Object>> rows = plan.table().rows();
    assertThat(rows).filteredOn(row -> row.contains("gradients")).hasSize(8);
    assertThat(plan.steps().stream().map(PlannedStep::backward)).isSorted().contains(true, false);
    assertThat(rows.getFirst()).startsWith("forward", 1L, "conv1 Convolution");
    assertThat(rows.getLast().getFirst()).isEqualTo("backward");
    assertThat(plan.heading())
        .contains("64 examples at once", "forward and backward; the optimiser's update follows");
  }

  @Test
  void anAnswerHasNoPasses() {
    PlanTable plan = PlanTable.of(LENET, 16);
    assertThat(plan.steps()).noneMatch(PlannedStep::backward);
    assertThat(plan.table().rows().getFirst()).startsWith(1L, "conv1 Convolution");
    assertThat(plan.json()).containsEntry("training", false).containsEntry("examples", 16);
  }

  @Test
  void weightsAreThoseOfSingles() {
    assertThat(PlanTable.of(LENET, 1).steps())
        .noneMatch(step -> step.name().contains("Affine16"))
        .anyMatch(step -> step.name().contains("Affine"));
  }

  @Test
  void moreExamplesThanThePlanIsForAreComputedInParts() {
    assertThat(PlanTable.of(LENET, 1_000_000).heading()).startsWith("lenet: 256 examples at once");
    assertThat(PlanTable.of(LENET, 3).heading()).startsWith("lenet: 3 examples at once");
  }

  @Test
  void oneStepIsNoSteps() {
    NetworkSpec maps = new NetworkSpec("maps", "maps", LENET.input(), Conv2d.of(8, 5));
    assertThat(PlanTable.of(maps, 1).heading()).startsWith("maps: 1 example at once, 1 step\n");
  }

  @Test
  void memoryGrowsWithTheBatchOfATraining() {
    long one = PlanTable.ofTraining(LENET, 16).bytes();
    assertThat(PlanTable.ofTraining(LENET, 160).bytes()).isBetween(5 * one, 10 * one);
  }

  @Test
  void aNetworkWithoutALossIsRefused() {
    NetworkSpec maps = new NetworkSpec("maps", "maps", LENET.input(), Conv2d.of(8, 5));
    assertThatThrownBy(() -> PlanTable.ofTraining(maps, 1))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The steps of a training expect a network that ends in a vector, but \"maps\" ends in (8, 24, 24): let it end in flatten and linear");
  }
}
