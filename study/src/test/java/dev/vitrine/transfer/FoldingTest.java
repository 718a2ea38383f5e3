package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tensors that say together, or otherwise, what one parameter is. */
class FoldingTest {
  private final Model model =
      MadeFile.random(
          Sequential.of(Conv2d.of(2, 2), Flatten.of(), Linear.of(2)), Shape.of(1, 2, 2));

  private static List<Step> steps(Transfer transfer, String parameter) {
    return transfer.moves().stream()
        .filter(move -> move.to().equals(parameter))
        .findFirst()
        .orElseThrow()
        .steps();
  }

  /** Filters (3, 0, 4, 0) and (0, 5, 0, 12) of lengths 5 and 13, and rows that say their own. */
  @ParameterizedTest
  @CsvSource({
    "weight_g, weight_v",
    "parametrizations.weight.original0, parametrizations.weight.original1"
  })
  void pytorchsLengthsScaleWhatPoints(String length, String direction) {
    MadeFile file =
        new MadeFile()
            .put("conv1.bias", model, "conv1.bias")
            .put("conv1." + length, new float[] {10, -26}, 2, 1, 1, 1)
            .put("conv1." + direction, new float[] {3, 0, 4, 0, 0, 5, 0, 12}, 2, 1, 2, 2)
            .put("linear1.bias", model, "linear1.bias")
            .put("linear1." + length, new float[] {5, 1}, 2, 1)
            .put("linear1." + direction, new float[] {3, 4, 8, 6}, 2, 2);
    Transfer transfer = file.transfer(model);
    Model got = MadeFile.into(transfer, model);
    assertThat(got.parameters().get("conv1.weight"))
        .containsExactly(6, 0, 8, 0, -0f, -10, -0f, -24);
    assertThat(got.parameters().get("linear1.weight"))
        .containsExactly(new float[] {3, 4, 0.8f, 0.6f}, within(1e-7f));
    assertThat(got.parameters().get("conv1.bias"))
        .containsExactly(model.parameters().get("conv1.bias"));
    assertThat(transfer.leftOver()).isEmpty();
    assertThat(transfer.remarks()).isEmpty();
    assertThat(steps(transfer, "conv1.weight").toString())
        .isEqualTo("[times conv1.%s over its length]".formatted(length));
    assertThat(steps(transfer, "conv1.weight"))
        .extracting(Step::change)
        .containsExactly(Change.FOLDED);
  }

  /** As {@code weight_norm(…, dim=1)} and {@code dim=None} write them. */
  @ParameterizedTest
  @CsvSource({"false, 10 20, 6 16 8 12", "true, 30, 12.7279 16.9706 16.9706 12.7279"})
  void lengthsAreOfAnyAxisOrOfAll(boolean whole, String length, String expected) {
    float[] lengths = floats(length);
    MadeFile file =
        new MadeFile()
            .put("conv1.weight", model, "conv1.weight")
            .put("conv1.bias", model, "conv1.bias")
            .put("linear1.bias", model, "linear1.bias")
            .put("linear1.weight_g", lengths, whole ? new int[0] : new int[] {1, 2})
            .put("linear1.weight_v", new float[] {3, 4, 4, 3}, 2, 2);
    assertThat(MadeFile.into(file.transfer(model), model).parameters().get("linear1.weight"))
        .containsExactly(floats(expected), within(1e-4f));
  }

  private static float[] floats(String words) {
    String[] parts = words.split(" ");
    float[] numbers = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      numbers[i] = Float.parseFloat(parts[i]);
    }
    return numbers;
  }

  @Test
  void lengthsOfAnotherNumberDoNotFit() {
    MadeFile file =
        new MadeFile()
            .put("conv1.weight", model, "conv1.weight")
            .put("conv1.bias", model, "conv1.bias")
            .put("linear1.bias", model, "linear1.bias")
            .put("linear1.weight_g", new float[3], 3, 1)
            .put("linear1.weight_v", new float[4], 2, 2);
    assertThatThrownBy(() -> file.transfer(model)).isInstanceOf(UserException.class);
  }

  /** Of 1 / √(0.25 + ε) the network's normalisation makes the same again, whatever its ε. */
  @Test
  void lasagnesInverseDeviationIsAVariance() {
    Model normalised =
        MadeFile.random(
            Sequential.of(Conv2d.of(2, 2), BatchNorm2d.of().eps(1e-3)), Shape.of(1, 2, 2));
    MadeFile file =
        new MadeFile()
            .put("conv1.W", normalised, "conv1.weight")
            .put("conv1.b", normalised, "conv1.bias")
            .put("batchnorm1.beta", normalised, "batchnorm1.bias")
            .put("batchnorm1.gamma", normalised, "batchnorm1.weight")
            .put("batchnorm1.mean", normalised, "batchnorm1.running_mean")
            .put("batchnorm1.inv_std", new float[] {2, 0.5f}, 2);
    Transfer transfer = file.transfer(normalised);
    assertThat(MadeFile.into(transfer, normalised).parameters().get("batchnorm1.running_var"))
        .containsExactly(0.25f - 1e-3f, 4 - 1e-3f);
    assertThat(steps(transfer, "batchnorm1.running_var").toString())
        .isEqualTo("[1 / its square, less 0.001]");
    assertThat(steps(transfer, "batchnorm1.running_var").getFirst().change())
        .isEqualTo(Change.RESTATED);
    assertThat(transfer.leftOver()).isEmpty();
  }
}
