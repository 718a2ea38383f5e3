package dev.vitrine.inside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.plan.Compute;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Readings of networks whose numbers are known, with faults planted in their weights. */
class LayerProbeTest {
  private static final Layer LAYERS =
      Sequential.of(
          Conv2d.of(4, 3),
          Activation.relu(),
          Flatten.of(),
          Linear.of(6),
          Activation.sigmoid(),
          Linear.of(3));

  private final Model model =
      Model.of(LAYERS, Shape.of(1, 5, 5), Initializer.leCunUniform(), Seed.of(3));

  @Test
  void activationsAreThoseOfThePredictor() {
    Reading reading = read(Optional.empty());
    try (Predictor predictor = Predictor.of(model)) {
      for (LayerNumbers layer : reading.layers()) {
        float[][] expected = predictor.layer(layer.path()).read(inputs());
        assertThat(layer.outputs()).as(layer.path()).isDeepEqualTo(expected);
        assertThat(layer.gradients()).isEmpty();
      }
    }
    assertThat(reading.layers().stream().map(LayerNumbers::path))
        .containsExactly("conv1", "relu1", "flatten1", "linear1", "sigmoid1", "linear2");
  }

  /** Each gradient against a difference quotient of the mean loss. */
  @Test
  void gradientsByDifferences() {
    Reading reading = read(Optional.of(Loss.crossEntropy()));
    for (ParameterNumbers each : reading.parameters()) {
      float[] values = model.parameters().get(each.spec().name());
      int at = values.length / 2;
      float before = values[at];
      float step = 0.01f;
      values[at] = before + step;
      model.parameters().set(each.spec().name(), values);
      double up = loss();
      values[at] = before - step;
      model.parameters().set(each.spec().name(), values);
      double down = loss();
      values[at] = before;
      model.parameters().set(each.spec().name(), values);
      assertThat((double) each.gradient().orElseThrow()[at])
          .as(each.spec().name())
          .isCloseTo((up - down) / (2 * step), within(1e-3));
    }
    LayerNumbers last = reading.layers().getLast();
    // Of cross-entropy and logits it is p − y over the number of examples.
    double sum = 0;
    for (float g : last.gradients().orElseThrow()[0]) {
      sum += g;
    }
    assertThat(sum).isCloseTo(0, within(1e-6));
  }

  @Test
  void plantedFaultsAreNamed() {
    float[] kernels = model.parameters().get("conv1.weight");
    System.arraycopy(kernels, 0, kernels, 18, 9); // channel 2 as channel 0
    model.parameters().set("conv1.weight", kernels);
    model.parameters().set("conv1.bias", new float[] {0.1f, -100, 0.1f, 0});
    model.parameters().set("linear1.bias", new float[] {0, 50, 0, 0, -50, 0});
    Reading reading = read(Optional.empty());
    assertThat(faults(reading, "relu1").dead()).containsExactly(1);
    assertThat(faults(reading, "conv1").copies()).containsExactly(entry(0, List.of(2)));
    assertThat(faults(reading, "sigmoid1").saturated()).containsExactly(1, 4);
    assertThat(faults(reading, "sigmoid1").flatOutputs()).isEqualTo(2.0 / 6);
    assertThat(faults(reading, "linear2").none()).isTrue();
  }

  private static java.util.Map.Entry<Integer, List<Integer>> entry(int unit, List<Integer> of) {
    return java.util.Map.entry(unit, of);
  }

  private static UnitFaults faults(Reading reading, String path) {
    LayerNumbers layer =
        reading.layers().stream().filter(l -> l.path().equals(path)).findFirst().orElseThrow();
    return UnitFaults.of(layer, path.startsWith("conv") || path.startsWith("linear"));
  }

  private Reading read(Optional<Loss> loss) {
    try (Compute compute = Compute.of(1)) {
      return LayerProbe.of(model, loss, 4, compute)
          .read(plan -> {
            for (int i = 0; i < 4; i++) {
              plan.input(Model.INPUT, i, inputs()[i]);
              if (loss.isPresent()) {
                plan.input(Model.TARGET, i, i % 3);
              }
            }
            return 4;
          });
    }
  }

  private double loss() {
    try (Predictor predictor = Predictor.of(model)) {
      double sum = 0;
      for (int i = 0; i < 4; i++) {
        sum -= Math.log(predictor.probabilities(inputs()[i])[i % 3]) / 4;
      }
      return sum;
    }
  }

  private static float[][] inputs() {
    float[][] inputs = new float[4][25];
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 25; j++) {
        inputs[i][j] = (float) Math.sin(1 + 7 * i + 3.7 * j);
      }
    }
    return inputs;
  }
}
