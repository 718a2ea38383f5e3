package dev.vitrine.convert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.image.Normalisation;
import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.onnx.OnnxFile;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.op.Grid;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import dev.vitrine.predict.Predictor;
import dev.vitrine.tensor.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps of small whole numbers, on networks whose steps can be worked out by hand. */
class QuantisedStepsTest {
  /** Pixels from 0 to 1 become numbers from −3 to 1, or stay. */
  private static final Normalisation SIGNED = Normalisation.of(0.75, 0.25);

  private static final Normalisation UNIT = Normalisation.UNIT;

  @TempDir private Path box;

  /** A dense layer with a filter for each row of weights. */
  private static Model dense(float[] biases, float[]... rows) {
    Model model =
        Model.of(
            Sequential.of(Flatten.of(), Linear.of(rows.length)), Shape.of(1, 1, rows[0].length));
    float[] weights = new float[rows.length * rows[0].length];
    for (int o = 0; o < rows.length; o++) {
      System.arraycopy(rows[o], 0, weights, o * rows[o].length, rows[o].length);
    }
    model.parameters().set("linear1.weight", weights);
    model.parameters().set("linear1.bias", biases);
    return model;
  }

  private static Quantised quantised(Model model, Normalisation normalisation) {
    return quantised(model, normalisation, 2);
  }

  /** Calibrated with black examples and a white one, the last. */
  private static Quantised quantised(Model model, Normalisation normalisation, int examples) {
    byte[] pixels = new byte[examples * model.input().elements()];
    Arrays.fill(pixels, pixels.length - model.input().elements(), pixels.length, (byte) -1);
    int[] labels = new int[examples];
    labels[1] = 1;
    Dataset both =
        Dataset.of("both", model.input(), pixels, Targets.Classes.of(List.of("a", "b"), labels));
    try (Compute compute = new Compute(new ScalarKernels(), new Workers(1))) {
      return Quantised.of(model, both, normalisation, compute);
    }
  }

  private static Grid grid(Quantised made) {
    return made.heads().network().graph().values().stream()
        .filter(value -> value.op() instanceof Grid)
        .map(value -> (Grid) value.op())
        .findFirst()
        .orElseThrow();
  }

  private static float[] scales(Quantised made, String name) {
    return made.kept().get(name).scales();
  }

  /**
   * 127 steps are reached exactly; what is rounded to 128 of them needs the next larger step. There
   * is no zero below zero.
   */
  @Test
  void aFiltersStepIsTheFinestThatReachesItsLargestWeight() {
    Quantised made =
        quantised(
            dense(
                new float[4],
                new float[] {127 / 128f, 1 / 128f},
                new float[] {127.6f / 128, -0.25f / 128},
                new float[] {0, -127.4f / 128},
                new float[2]),
            UNIT);
    assertThat(scales(made, "linear1.weight")).containsExactly(0x1p-7f, 0x1p-6f, 0x1p-7f, 1);
    assertThat(made.parameters().get("linear1.weight"))
        .containsExactly(127 / 128f, 1 / 128f, 1, 0, 0, -127 / 128f, 0, 0);
  }

  @Test
  void theLargestRoundingOfAWeightIsTold() {
    float[] weights = {127 / 128f, 10.25f / 128, -20.375f / 128};
    assertThat(quantised(dense(new float[1], weights), UNIT).difference()).isEqualTo(0.375 / 128);
  }

  @Test
  void biasesAreRoundedToTheNearestMultipleOfTheSumsStep() {
    Quantised made =
        quantised(
            dense(
                new float[] {10.75f * 0x1p-14f, -10.75f * 0x1p-14f, -0.25f * 0x1p-14f},
                new float[] {127 / 128f},
                new float[] {127 / 128f},
                new float[] {127 / 128f}),
            UNIT);
    assertThat(grid(made)).isEqualTo(new Grid(0x1p-7, 0, 255));
    assertThat(scales(made, "linear1.bias")).containsExactly(0x1p-14f, 0x1p-14f, 0x1p-14f);
    assertThat(made.parameters().get("linear1.bias"))
        .containsExactly(11 * 0x1p-14f, -11 * 0x1p-14f, 0);
  }

  /** Of numbers from −3 to 1 the step is that of 3: 96 steps of a 32nd. */
  @Test
  void aGridReachesTheFurthestNumberOfEitherSign() {
    Quantised made = quantised(dense(new float[1], new float[] {1, 1}), SIGNED);
    assertThat(grid(made)).isEqualTo(new Grid(0x1p-5, -128, 127));
  }

  /** 0 is always reached, 1 only if it was seen; and the last of many examples counts. */
  @Test
  void aGridIsOfAllThatWasSeenAndOfNoMore() {
    Model model = dense(new float[1], new float[] {1});
    assertThat(grid(quantised(model, Normalisation.of(0, 2)))).isEqualTo(new Grid(0x1p-8, 0, 255));
    assertThat(grid(quantised(model, UNIT, 130))).isEqualTo(new Grid(0x1p-7, 0, 255));
  }

  /** 1,036 · 127 · 127 is below 2²⁴, 1,036 · 127 · 128 above it. */
  @Test
  void noSumOfSignedNumbersLeavesTheWholeOnes() {
    float[] weights = new float[1036];
    Arrays.fill(weights, 127 / 128f);
    Quantised made = quantised(dense(new float[1], weights), SIGNED);
    assertThat(scales(made, "linear1.weight")).containsExactly(0x1p-6f);
    float[] fewer = Arrays.copyOf(weights, 1030);
    assertThat(scales(quantised(dense(new float[1], fewer), SIGNED), "linear1.weight"))
        .containsExactly(0x1p-7f);
  }

  /** A bias of 2¹¹ is 2²⁵ steps of 2⁻¹⁴: two doublings are needed for it and a product. */
  @Test
  void aBiasCountsInWhatASumCanReach() {
    Quantised made = quantised(dense(new float[] {2048}, new float[] {127 / 128f}), UNIT);
    assertThat(scales(made, "linear1.weight")).containsExactly(0x1p-5f);
    assertThat(scales(made, "linear1.bias")).containsExactly(0x1p-12f);
    assertThat(made.parameters().get("linear1.bias")).containsExactly(2048);
  }

  /** As others have it, whose zero lies anywhere among the 256. */
  @Test
  void aGridWithAnyZeroIsWrittenAndReadAgain() {
    Model model = Model.of((network, x) -> network.apply(new Grid(0.5, -3, 252), x), Shape.of(4));
    Path file = box.resolve("grid.onnx");
    OnnxFile.write(model, file);
    try (Predictor again = Predictor.of(OnnxNetwork.read(file, Optional.empty()))) {
      assertThat(again.predict(-7, -0.8f, 100.2f, 1000)).containsExactly(-1.5f, -1, 100, 126);
    }
  }
}
