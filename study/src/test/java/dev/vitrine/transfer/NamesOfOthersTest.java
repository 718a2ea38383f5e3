package dev.vitrine.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Keras, TensorFlow, Caffe and others call the parameters of one network. */
class NamesOfOthersTest {
  /** Two convolutions and two dense layers that shapes do not tell apart. */
  private final Model model =
      MadeFile.random(
          Sequential.of(
              Conv2d.of(2, 3).padding(1),
              BatchNorm2d.of(),
              Conv2d.of(2, 3).padding(1),
              BatchNorm2d.of(),
              GlobalAvgPool2d.of(),
              Flatten.of(),
              Linear.of(2),
              Activation.relu(),
              Linear.of(2)),
          Shape.of(2, 4, 4));

  private void fillNormalisations() {
    for (int n = 1; n <= 2; n++) {
      int part = 0;
      for (String role : List.of("weight", "bias", "running_mean", "running_var")) {
        float value = 10 * n + part++;
        model.parameters().set("batchnorm%s.%s".formatted(n, role), new float[] {value, -value});
      }
    }
  }

  private static void assertSame(Transfer transfer, Model expected) {
    Model got = MadeFile.into(transfer, expected);
    for (ParameterSpec spec : expected.specs()) {
      assertThat(got.parameters().get(spec.name()))
          .as(spec.name())
          .containsExactly(expected.parameters().get(spec.name()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "conv2d, conv2d_1, batch_normalization, batch_normalization_1, dense, dense_1",
    "conv2d_9, conv2d_10, batch_normalization_9, batch_normalization_10, dense_9, dense_10",
    "m/conv2d/conv2d, m/conv2d_1/conv2d_1, m/bn/bn, m/bn_1/bn_1, m/dense/dense, m/dense_1/dense_1"
  })
  void keras(String conv1, String conv2, String bn1, String bn2, String fc1, String fc2) {
    fillNormalisations();
    MadeFile file = new MadeFile();
    // Written by kind, last first, as some programs sort them: the numbers decide.
    dense(file, fc2, "linear2");
    dense(file, fc1, "linear1");
    normalised(file, bn2, "batchnorm2");
    normalised(file, bn1, "batchnorm1");
    convolution(file, conv2, "conv2");
    convolution(file, conv1, "conv1");
    Transfer transfer = file.transfer(model);
    assertSame(transfer, model);
    assertThat(transfer.how())
        .isEqualTo("shapes, and the numbers in the names where shapes are equal");
    assertThat(transfer.moves()).allMatch(Move::isRenamed);
  }

  private void convolution(MadeFile file, String theirs, String ours) {
    file.putHwio(theirs + "/kernel:0", model, ours + ".weight");
    file.put(theirs + "/bias:0", model, ours + ".bias");
  }

  private void dense(MadeFile file, String theirs, String ours) {
    file.putInOut(theirs + "/kernel:0", model, ours + ".weight", i -> i);
    file.put(theirs + "/bias:0", model, ours + ".bias");
  }

  private void normalised(MadeFile file, String theirs, String ours) {
    file.put(theirs + "/gamma:0", model, ours + ".weight");
    file.put(theirs + "/beta:0", model, ours + ".bias");
    file.put(theirs + "/moving_mean:0", model, ours + ".running_mean");
    file.put(theirs + "/moving_variance:0", model, ours + ".running_var");
  }

  @Test
  void caffesBlobsAndItsSplitNormalisation() {
    fillNormalisations();
    MadeFile file = new MadeFile();
    for (int n = 1; n <= 2; n++) {
      String mean = "batchnorm%s.running_mean".formatted(n);
      String variance = "batchnorm%s.running_var".formatted(n);
      file.put("conv%s.0".formatted(n), model, "conv%s.weight".formatted(n))
          .put("conv%s.1".formatted(n), model, "conv%s.bias".formatted(n))
          .put("bn_conv%s.0".formatted(n), doubled(mean), 2)
          .put("bn_conv%s.1".formatted(n), doubled(variance), 2)
          .put("bn_conv%s.2".formatted(n), new float[] {2}, 1)
          .put("scale_conv%s.0".formatted(n), model, "batchnorm%s.weight".formatted(n))
          .put("scale_conv%s.1".formatted(n), model, "batchnorm%s.bias".formatted(n))
          .put("ip%s.0".formatted(n), model, "linear%s.weight".formatted(n))
          .put("ip%s.1".formatted(n), model, "linear%s.bias".formatted(n));
    }
    Transfer transfer = file.transfer(model, "out-in");
    assertSame(transfer, model);
    assertThat(transfer.leftOver()).isEmpty();
    assertThat(transfer.moves())
        .filteredOn(move -> move.to().equals("batchnorm2.running_var"))
        .singleElement()
        .satisfies(move ->
            assertThat(move.steps().toString()).isEqualTo("[over the factor in bn_conv2.2]"));
  }

  @Test
  void flaxKeepsAveragesElsewhere() {
    fillNormalisations();
    MadeFile file = new MadeFile();
    for (int n = 0; n < 2; n++) {
      String conv = "conv%s".formatted(n + 1);
      String norm = "batchnorm%s".formatted(n + 1);
      String dense = "linear%s".formatted(n + 1);
      file.put("batch_stats.BatchNorm_%s.mean".formatted(n), model, norm + ".running_mean")
          .put("batch_stats.BatchNorm_%s.var".formatted(n), model, norm + ".running_var")
          .put("params.BatchNorm_%s.scale".formatted(n), model, norm + ".weight")
          .put("params.BatchNorm_%s.bias".formatted(n), model, norm + ".bias")
          .putHwio("params.Conv_%s.kernel".formatted(n), model, conv + ".weight")
          .put("params.Conv_%s.bias".formatted(n), model, conv + ".bias")
          .putInOut("params.Dense_%s.kernel".formatted(n), model, dense + ".weight", i -> i)
          .put("params.Dense_%s.bias".formatted(n), model, dense + ".bias");
    }
    Transfer transfer = file.transfer(model);
    assertSame(transfer, model);
    assertThat(transfer.leftOver()).isEmpty();
  }

  @Test
  void whatAnOptimiserKeepsIsNoLayer() {
    Model bare = MadeFile.random(Sequential.of(Conv2d.of(2, 3).bias(false)), Shape.of(1, 5, 5));
    float[] memory = new float[18];
    MadeFile file =
        new MadeFile()
            .put("net/weights/Adam", memory, 3, 3, 1, 2)
            .putHwio("net/weights", bare, "conv1.weight")
            .put("net/weights/Adam_1", memory, 3, 3, 1, 2);
    Transfer transfer = file.transfer(bare);
    assertSame(transfer, bare);
    assertThat(transfer.leftOver()).containsExactly("net/weights/Adam", "net/weights/Adam_1");
  }

  private float[] doubled(String parameter) {
    float[] values = model.parameters().get(parameter);
    for (int i = 0; i < values.length; i++) {
      values[i] *= 2;
    }
    return values;
  }

  private final Model plain =
      MadeFile.random(
          Sequential.of(Conv2d.of(2, 3), Flatten.of(), Linear.of(5), Linear.of(4)),
          Shape.of(1, 5, 5));

  @ParameterizedTest
  @CsvSource({
    "conv1_w, conv1_b, fc2_w, fc2_b, fc3_w, fc3_b",
    "W_conv1, b_conv1, W_fc1, b_fc1, W_fc2, b_fc2",
    "W1, b1, W2, b2, W3, b3",
    "a.0, a.1, b.0, b.1, c.0, c.1",
    "arr_0, arr_1, arr_2, arr_3, arr_4, arr_5",
    "arr_8, arr_9, arr_10, arr_11, arr_12, arr_13"
  })
  void shortNames(String w1, String b1, String w2, String b2, String w3, String b3) {
    MadeFile file =
        new MadeFile()
            .put(b3, plain, "linear2.bias")
            .put(w3, plain, "linear2.weight")
            .put(b2, plain, "linear1.bias")
            .put(w2, plain, "linear1.weight")
            .put(b1, plain, "conv1.bias")
            .put(w1, plain, "conv1.weight");
    assertSame(file.transfer(plain), plain);
  }

  @Test
  void ofANormalisationWithoutScaleTheScaleIsOne() {
    fillNormalisations();
    MadeFile file = new MadeFile();
    for (String layer : List.of("conv1", "conv2")) {
      convolution(file, layer, layer);
    }
    for (String layer : List.of("linear1", "linear2")) {
      dense(file, layer, layer);
    }
    normalised(file, "batchnorm1", "batchnorm1");
    file.put("batchnorm2/beta", model, "batchnorm2.bias")
        .put("batchnorm2/moving_mean", model, "batchnorm2.running_mean")
        .put("batchnorm2/moving_variance", model, "batchnorm2.running_var");
    Transfer transfer = file.transfer(model);
    assertThat(transfer.missing()).containsExactly("batchnorm2.weight");
    model.parameters().set("batchnorm2.weight", new float[] {1, 1});
    assertSame(transfer, model);
  }

  @Test
  void aBiasThatTheNetworkHasNotIsNotDropped() {
    Model bare = MadeFile.random(Sequential.of(Conv2d.of(2, 3).bias(false)), Shape.of(1, 5, 5));
    MadeFile file =
        new MadeFile()
            .put("conv1.weight", bare, "conv1.weight")
            .put("conv1.bias", new float[] {1, 2}, 2);
    assertThatThrownBy(() -> file.transfer(bare))
        .isInstanceOf(UserException.class)
        .hasMessage("made: it has \"conv1.bias\", but the network's layer \"conv1\" has no bias");
  }

  @Test
  void branchesOfOneShapeAreNotToldApartByNumbers() {
    Model branches =
        MadeFile.random(
            Parallel.of(Named.of("a", Conv2d.of(2, 3)), Named.of("b", Conv2d.of(2, 3))),
            Shape.of(1, 5, 5));
    MadeFile file =
        new MadeFile()
            .put("conv_1.weight", branches, "a.weight")
            .put("conv_1.bias", branches, "a.bias")
            .put("conv_2.weight", branches, "b.weight")
            .put("conv_2.bias", branches, "b.bias");
    assertThatThrownBy(() -> file.transfer(branches))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "made: which of its layers are the network's \"a\" and \"b\" cannot be told: \"conv_1\" and \"conv_2\" fit by shape, and no number in their names decides: name the network's layers as the file does");
  }

  @Test
  void namesWithoutAWordForResidualBodies() {
    Model residual =
        MadeFile.random(
            Sequential.of(
                Named.of("0", Residual.of(Sequential.of(Conv2d.of(2, 3).padding(1)))),
                Named.of("1", Residual.of(Sequential.of(Conv2d.of(2, 3).padding(1))))),
            Shape.of(2, 5, 5));
    MadeFile file =
        new MadeFile()
            .put("module.1.conv1.weight", residual, "1.body.conv1.weight")
            .put("module.1.conv1.bias", residual, "1.body.conv1.bias")
            .put("module.0.conv1.weight", residual, "0.body.conv1.weight")
            .put("module.0.conv1.bias", residual, "0.body.conv1.bias");
    Transfer transfer = file.transfer(residual);
    assertSame(transfer, residual);
    assertThat(transfer.how()).isEqualTo("Vitrine's names but for residual bodies");
  }

  @Test
  void whatGoesNowhereIsSaid() {
    MadeFile file = new MadeFile().put("optimizer.step", new float[] {3}, 1);
    plain.specs().forEach(spec -> file.put("model." + spec.name(), plain, spec.name()));
    Transfer transfer = file.transfer(plain);
    assertSame(transfer, plain);
    assertThat(transfer.leftOver()).containsExactly("optimizer.step");
    assertThat(transfer.remarks())
        .containsExactly("1 of the file's tensors goes nowhere, such as \"optimizer.step\"");
  }
}
