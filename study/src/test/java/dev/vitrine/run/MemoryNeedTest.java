package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.DataOutline;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.Initializers;
import dev.vitrine.plan.Compute;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.PlanGradients;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.ShardWork;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {
  /** Says how large it is, and cannot be read: the need is known before. */
  private record Unread(DataOutline outline) implements DataSource {
    @Override
    public String name() {
      return "bars";
    }

    @Override
    public DataSplits load() {
      throw new IllegalStateException("read");
    }

    @Override
    public Dataset loadTest() {
      throw new IllegalStateException("read");
    }
  }

  private static final DataSource UNREAD =
      new Unread(new DataOutline(TinyRuns.splits().test().shape(), 130, 40));

  @Test
  void aTrainingsNeedIsThatOfItsPlansDataAndParameters() {
    RunConfig config = TinyRuns.config(0.01);
    Model model = config.newModel();
    try (Compute compute = Compute.of(2)) {
      MemoryNeed need = MemoryNeed.ofTraining(config, UNREAD, compute.kernels(), 2);
      long training = PlanGradients.of(model, config.recipe(), compute).planBytes();
      assertThat(need.plans())
          .as("the evaluations' plans, of 40 and 13 images instead of 5, come on top")
          .isBetween(training + 1, 7 * training);
      long without = MemoryNeed.ofTraining(unwatched(config), UNREAD, compute.kernels(), 2).plans();
      assertThat(need.plans()).as("that of the validation images").isGreaterThan(without);
      int pixels = TinyRuns.splits().test().shape().elements();
      assertThat(need.data()).isEqualTo(170L * (pixels + 8));
      assertThat(need.parameters()).isEqualTo(20L * model.parameters().values().length);
    }
  }

  /** A plan for the largest shard is smaller; the tree's sums come on top. */
  @Test
  void shardsNeedAPlanForOneOfThemAndTheirSums() {
    RunConfig config = TinyRuns.config(0.01);
    Recipe recipe = config.recipe().batchSize(64);
    Recipe cut = recipe.shards(4);
    Model model = config.newModel();
    try (Compute compute = Compute.of(2)) {
      MemoryNeed whole = need(config, recipe, compute);
      MemoryNeed sharded = need(config, cut, compute);
      assertThat(whole.plans() - sharded.plans())
          .isEqualTo(
              PlanGradients.of(model, recipe, compute).planBytes()
                  - ShardWork.of(model, cut, compute).planBytes());
      assertThat(sharded.parameters() - whole.parameters())
          .isEqualTo(3L * Float.BYTES * model.parameters().values().length);
    }
  }

  /** A copy and its gradients, what a step begins with, what a shard comes to, and their sums. */
  @Test
  void localStepsNeedAPlanForOneOfThemAndACopy() {
    RunConfig config = TinyRuns.config(0.01);
    Recipe whole = config.recipe().batchSize(64);
    Recipe local = whole.shards(4).localSteps(2);
    Model model = config.newModel();
    int memory = local.optimizer().state().size();
    try (Compute compute = Compute.of(2)) {
      assertThat(need(config, whole, compute).plans() - need(config, local, compute).plans())
          .isEqualTo(
              PlanGradients.of(model, whole, compute).planBytes()
                  - ShardWork.of(model, local, compute).planBytes());
      assertThat(
              need(config, local, compute).parameters() - need(config, whole, compute).parameters())
          .isEqualTo(
              (3L + memory + (1 + memory) * 6L) * Float.BYTES * model.parameters().values().length);
    }
  }

  private static MemoryNeed need(RunConfig config, Recipe recipe, Compute compute) {
    return MemoryNeed.ofTraining(
        new RunConfig("", config.network(), config.data(), recipe), UNREAD, compute.kernels(), 2);
  }

  /** Three arrays of 3.1 GB and more, of which none is allocated: tests have far less memory. */
  @Test
  void parametersThatNoMemoryHoldsAreCountedWithoutBeingAllocated() {
    RunConfig small = TinyRuns.config(0.01);
    String large =
        """
        {"name": "large", "input": [1, 8, 8],
         "layers": ["flatten", {"linear": 10000000}, {"linear": 10}]}
        """;
    RunNetwork network =
        new RunNetwork(
            "large.json",
            Optional.of(Json.parse(large, "large.json")),
            Initializers.parse("kaiming-normal"));
    RunConfig config = new RunConfig(small.command(), network, small.data(), small.recipe());
    MemoryNeed need = MemoryNeed.withoutPlans(config, UNREAD);
    assertThatThrownBy(() -> need.requireAtMost(1L << 30))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "This needs 14,316 MB of memory at least (data 0, parameters 14,305, Java itself 10), but"
                + " Java may use 1,024: use a smaller batch or network, or more memory");
    assertThat(need.parameters()).isBetween(20L * 750_000_010, 20L * 750_000_010 + 20 * 64);
  }

  /** Features take four bytes, numbers to be told as many, and there is nothing to confuse. */
  @Test
  void aRegressionsNeedIsThatOfItsNumbers() {
    RunConfig small = TinyRuns.config(0.01);
    String line =
        """
        {"name": "line", "input": [5], "layers": [{"linear": 3}]}
        """;
    RunNetwork network =
        new RunNetwork(
            "line.json",
            Optional.of(Json.parse(line, "line.json")),
            Initializers.parse("kaiming-normal"));
    RunConfig config = new RunConfig(small.command(), network, small.data(), small.recipe());
    DataSource table =
        new Unread(
            new DataOutline(Shape.of(5), true, Optional.of(Shape.of(3)), 100, 20, 10, 1L << 30));
    MemoryNeed need;
    try (Compute compute = Compute.of(1)) {
      need = MemoryNeed.ofTraining(config, table, compute.kernels(), 1);
    }
    assertThat(need.data()).isEqualTo(130L * (5 * 4 + 3 * 4 + 4 + 4));
    assertThat(need.confusion()).isZero();
    assertThat(need.plans()).isPositive();
    assertThat(need.total()).as("while it is read").isBetween(1L << 30, (1L << 30) + (11 << 20));
  }

  /** Counted twice, by the one who gathers the counts and in the matrix. */
  @Test
  void theConfusionMatrixOfManyClassesCounts() {
    RunConfig small = TinyRuns.config(0.01);
    assertThat(MemoryNeed.withoutPlans(small, UNREAD).confusion()).isEqualTo(2 * 8 * 10 * 10);
    RunNetwork named =
        new RunNetwork("linear", Optional.empty(), Initializers.parse("lecun-uniform"));
    RunConfig config = new RunConfig(small.command(), named, small.data(), small.recipe());
    assertThat(MemoryNeed.withoutPlans(config, UNREAD, 40_000).confusion())
        .as("known when the labels are")
        .isEqualTo(2L * 8 * 40_000 * 40_000);
  }

  /** The same without validation images. */
  private static RunConfig unwatched(RunConfig config) {
    RunData data = config.data();
    RunData.Use use = new RunData.Use(0, 0, 0, data.use().resize());
    return config.with(new RunData(data.name(), data.folder(), use, data.found()));
  }

  /** What is refused for a few bytes is not said to need what there is. */
  @Test
  void theNeedIsMoreThanThereIsInWholeMegabytesToo() {
    MemoryNeed need = new MemoryNeed(19L << 20, 100, 0, 0);
    assertThatThrownBy(() -> need.requireAtMost(29L << 20))
        .hasMessageStartingWith("This needs 30 MB of memory")
        .hasMessageContaining("but Java may use 29:");
  }

  @Test
  void tooLittleMemoryIsOneSentence() {
    MemoryNeed need = new MemoryNeed(300L << 20, 20L << 20, 5L << 30, 7L << 20);
    need.requireAtMost(need.total());
    assertThatThrownBy(() -> need.requireAtMost(need.total() - 1))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "This needs 5,457 MB of memory at least (data 300, parameters 20, outputs of layers"
                + " 5,120, confusion matrix 7, Java itself 10), but Java may use 5,456: use a smaller"
                + " batch or network, or more memory");
  }
}
