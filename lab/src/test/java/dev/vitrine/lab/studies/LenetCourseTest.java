package dev.vitrine.lab.studies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataSplits;
import dev.vitrine.error.UserException;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Picture;
import dev.vitrine.lab.report.Report;
import dev.vitrine.metrics.ConfusionMatrix;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.Mistake;
import dev.vitrine.nn.Model;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.predict.Guess;
import dev.vitrine.random.Seed;
import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.TrainConfig;
import dev.vitrine.train.Recipe;
import dev.vitrine.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LenetCourseTest {
  @Test
  void theRecipeIsTheCourses() {
    try (Compute compute = Compute.of(1)) {
      Desk desk = Desks.whole(new LenetCourse(), Desks.NOWHERE, compute, Map.of());
      CourseArm arm = new CourseArm(false, 0.9, 3000);
      Recipe recipe = TrainConfig.of("", GivenSettings.of(arm.settings(desk, 5))).recipe();
      assertThat(recipe.optimizer()).isEqualTo(Sgd.of(0.01).momentum(0.9).weightDecay(5e-4));
      assertThat(recipe.schedule().factor(3000, List.of()))
          .isCloseTo(Math.pow(1.3, -0.75), within(1e-12));
      assertThat(recipe.biasRate()).isEqualTo(2);
      assertThat(recipe.decayBiases()).isFalse();
      assertThat(recipe.batchSize()).isEqualTo(100);
      assertThat(recipe.maxSteps()).hasValue(3000L);
      assertThat(recipe.epochs()).isEqualTo(100);
      assertThat(recipe.seed()).isEqualTo(Seed.of(5));
      assertThat(new CourseArm(true, 0, 60_000).command(desk, 5))
          .startsWith("vitrine train --model lenet-course --data mnist --train-images 60000 ")
          .contains(" --epochs 5 ", " --momentum 0 ", " --no-bias-decay ", " --classes 0-8")
          .contains(" --init-from models/lenet_pretrained.mat");
    }
  }

  /** ±√(3/(h·w·c)) of 1×28×28, 20×12×12, 50×4×4 and 500. */
  @Test
  void drawnWeightsSpreadByAllThatComesIntoTheLayer() {
    Model model = CourseStart.model(Zoo.named(LenetCourse.NETWORK), Seed.of(3));
    Map<String, Integer> inputs =
        Map.of("conv1", 784, "conv2", 2880, "linear1", 800, "linear2", 500);
    inputs.forEach((layer, n) -> {
      double most = 0;
      for (float w : model.parameters().get(layer + ".weight")) {
        most = Math.max(most, Math.abs(w));
      }
      assertThat(most * Math.sqrt(n / 3.0)).as(layer).isBetween(0.98, 1.0);
      assertThat(model.parameters().get(layer + ".bias")).containsOnly(0);
    });
  }

  /** Fourteen times 2 and 7, both ways, and once 3 and 8. */
  @Test
  void pairsAreCountedEitherWayAndComparedWithOneAnother() {
    List<Mistake> mistakes = new ArrayList<>();
    for (int i = 0; i < 14; i++) {
      mistakes.add(i % 2 == 0 ? mistake(i, 2, 7) : mistake(i, 7, 2));
    }
    mistakes.add(mistake(20, 8, 3));
    ConfusedPairs pairs = ConfusedPairs.of(mistakes, 10);
    assertThat(pairs.pairs()).hasSize(45);
    assertThat(pairs.comparisons()).isEqualTo(990);
    ConfusedPairs.Pair first = pairs.pairs().getFirst();
    assertThat(first.name()).isEqualTo("2 and 7");
    assertThat(first.count()).isEqualTo(14);
    assertThat(first.from(7)).isEqualTo(7);
    assertThat(pairs.pair(3, 8).count()).isOne();
    // 2/2¹⁴ for each of 43 pairs with no mistake, times 990; against 1 of 15: 2·16/2¹⁵, less.
    assertThat(pairs.between(first, pairs.pair(0, 1))).isCloseTo(990 * 2 / 16384.0, within(1e-9));
    assertThat(pairs.between(pairs.pair(0, 1), first))
        .isEqualTo(pairs.between(first, pairs.pair(0, 1)));
    assertThat(pairs.between(first, pairs.pair(3, 8))).isGreaterThan(0.5);
    assertThat(pairs.shown()).isZero();
    assertThat(pairs.notToldFromFirst()).isEqualTo(44);
    for (int i = 0; i < 12; i++) {
      mistakes.add(mistake(30 + i, 2, 7));
    }
    ConfusedPairs more = ConfusedPairs.of(mistakes, 10);
    assertThat(more.shown()).isEqualTo(44);
    assertThat(more.notToldFromFirst()).isZero();
  }

  private static Mistake mistake(int example, int actual, int read) {
    return new Mistake(example, actual, new Guess(read, 0.9), new Guess(actual, 0.1), 2.3);
  }

  /** Thinner still, as there are no vectors here. */
  private static final Map<String, List<String>> THIN =
      Map.of(
          "images", List.of("100"),
          "all-images", List.of("200"),
          "few", List.of("20"),
          "test-images", List.of("100"),
          "batch", List.of("20"),
          "iterations", List.of("20"),
          "every", List.of("8"),
          "seeds", List.of("1"));

  @Test
  void theThinVersionNeedsNoData() {
    Report report = Desks.quick(new LenetCourse(), THIN);
    assertThat(report.conclusions().getFirst())
        .startsWith("As the script ran (from scratch, momentum lost, 100 images), ")
        .contains(" of the first 20 test images are right after 20 iterations");
    assertThat(report.conclusions().get(1))
        .startsWith("What the lost momentum cost the network from scratch cannot be told with so");
    assertThat(report.conclusions().getLast()).contains(" of the 990 comparisons of two pairs");
    // Four networks, each read before the first iteration and after 8, 16 and 20.
    assertThat(Desks.text(report)).contains("The test images were read 16 times.");
    Grid steps = Desks.grid(report, "steps-from-scratch-momentum-0.9");
    assertThat(steps.rows().stream().map(List::getFirst)).containsExactly("0", "8", "16", "20");
    Grid ends = Desks.grid(report, "ends");
    assertThat(ends.rows()).hasSize(4);
    assertThat(ends.rows().stream().map(List::getLast)).as("hashes").doesNotHaveDuplicates();
    assertThat(Desks.page(report)).contains("class=\"confusion\"", "class=\"strip\"", " → ");
    assertThat(report.sections().get(2).blocks())
        .filteredOn(block -> block instanceof Picture)
        .hasSize(2);
    assertThat(report.origin()).as("no command draws the course's starts").isEmpty();
  }

  /** Of 1,000 images; seven seeds, so that three comparisons can be shown. */
  @Test
  void theMomentumIsJudgedFromEachStartAndTheStartsWithoutIt() {
    List<CourseGroup> groups =
        List.of(
            group(true, 0, 950, 951, 949, 952, 953, 950, 951),
            group(true, 0.9, 960, 962, 958, 965, 963, 961, 963),
            group(false, 0, 800, 820, 790, 805, 801, 799, 811),
            group(false, 0.9, 801, 819, 790, 806, 800, 799, 810));
    List<CourseDifference> found = CourseDifference.all(groups);
    assertThat(found.stream().map(one -> one.comparison().differences().mean()))
        .satisfiesExactly(
            mean -> assertThat(mean).isCloseTo(76 / 70.0, within(1e-9)),
            mean -> assertThat(mean).isCloseTo(-1 / 70.0, within(1e-9)),
            mean -> assertThat(mean).isCloseTo(1030 / 70.0, within(1e-9)));
    assertThat(found.stream().map(CourseDifference::sentence))
        .satisfiesExactly(
            said ->
                assertThat(said)
                    .startsWith(
                        "The lost momentum cost the network pretrained accuracy: 1.1 points (95 %: ")
                    .endsWith("n = 7, p = 0.047 after Holm's correction."),
            said ->
                assertThat(said)
                    .startsWith(
                        "That the lost momentum cost the network from scratch anything could not be shown: "),
            said ->
                assertThat(said)
                    .startsWith("At the end the pretrained start is still ahead of a drawn one: "));
  }

  private static CourseGroup group(boolean pretrained, double momentum, int... right) {
    List<CourseTraining> seeds = new ArrayList<>();
    for (int i = 0; i < right.length; i++) {
      Evaluation end =
          new Evaluation(
              List.of((long) right[i]),
              0.1,
              ConfusionMatrix.of(new long[][] {{right[i], 1000 - right[i]}, {0, 0}}),
              List.of());
      seeds.add(new CourseTraining(i + 1, List.of(new CourseTraining.Reading(3000, end)), ""));
    }
    return new CourseGroup(new CourseArm(pretrained, momentum, 3000), seeds);
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    refused(
        Map.of("few", List.of("1001")),
        "values: few expects at most the 1000 test images, but got 1001");
    refused(Map.of("every", List.of("0")), "values: every expects 1 or more, but got 0");
    refused(Map.of("seeds", List.of()), "values: seeds expects one value or more, but got none");
  }

  private static void refused(Map<String, List<String>> values, String sentence) {
    assertThatThrownBy(() -> Desks.quick(new LenetCourse(), values))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }

  @Test
  void whatIsMissingIsSaid() {
    try (Compute compute = Compute.of(1)) {
      Desk none = Desks.whole(new LenetCourse(), Desks.NOWHERE, compute, Map.of());
      assertThatThrownBy(() -> new LenetCourse().run(none))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith(
              "The study expects the course's weights models/lenet_pretrained.mat, which are in no data folder: ");
      Map<String, List<String>> drawn = Map.of("pretrained", List.of("none"));
      Desk without = Desks.whole(new LenetCourse(), Desks.NOWHERE, compute, drawn);
      assertThatThrownBy(() -> new LenetCourse().run(without))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("The study expects MNIST, which is in no data folder: ");
    }
  }

  @Test
  void theCoursesWeightsAreWhatItBeginsWith() {
    DataFolders folders = DataFolders.ofSystem(Optional.empty());
    assumeTrue(folders.environment().isPresent(), "VITRINE_DATA names no data folder");
    try (Compute compute = Compute.of(2)) {
      Desk desk =
          Desks.whole(
              new LenetCourse(),
              folders,
              compute,
              Map.of("iterations", List.of("2"), "every", List.of("2")));
      DataSplits data = CourseData.load(desk);
      CourseTraining short2 = CourseTraining.of(desk, data, new CourseArm(true, 0.9, 3000), 1);
      assertThat(short2.readings()).hasSize(2);
      assertThat(short2.readings().getFirst().right()).isEqualTo(9085);
      assertThat(short2.end().iteration()).isEqualTo(2);
      assertThat(short2.end().right(0, 500) + short2.end().right(500, 10_000))
          .isEqualTo(short2.end().right());
    }
  }
}
