package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.Workers;
import dev.vitrine.tensor.Frozen;
import java.util.Arrays;

/** What a plan makes of images, in lanes or example by example, and whether that is the same. */
final class PlannedAnswers {
  private PlannedAnswers() {}

  /**
   * A plan's answers.
   *
   * @param batch for how many examples the plan is
   * @param frozen for a plan of few examples; {@code null} for one in lanes
   */
  static float[][] run(
      Model model, Kernels kernels, int threads, int batch, Frozen frozen, float[]... images) {
    Model.Network network = model.inference();
    try (Workers workers = new Workers(threads)) {
      Planner planner =
          Planner.of(network.graph(), frozen == null ? model.parameters() : frozen)
              .outputs(network.output())
              .batchSize(batch);
      Plan plan = (frozen == null ? planner : planner.frozen(frozen)).plan(kernels, workers);
      plan.input(Model.INPUT, images.length, images, 0);
      plan.run(images.length);
      float[][] results = new float[images.length][];
      Arrays.setAll(results, i -> plan.read(network.output(), i));
      return results;
    }
  }

  /**
   * The same bits; but a tap that lies in the padding may be left out or added as zero: the sign of
   * a zero.
   */
  static void assertSame(float[] got, float[] expected) {
    assertThat(got).hasSameSizeAs(expected);
    for (int e = 0; e < got.length; e++) {
      int bits = Float.floatToIntBits(got[e] + 0f);
      assertThat(bits).as("element %s", e).isEqualTo(Float.floatToIntBits(expected[e] + 0f));
    }
  }
}
