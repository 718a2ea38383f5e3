package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Published weights in network files: as many test images right as is stated of them. */
class OthersFilesTest {
  private static final String SMALL =
      """
      {"input": %s, "layers": [{"conv2d": %s, "kernel": 4, "stride": 2, "padding": 1}, "relu",
       {"conv2d": %s, "kernel": 4, "stride": 2, "padding": 1}, "relu", "flatten",
       {"linear": 100}, "relu", {"linear": 10}]}
      """;

  @TempDir private Path folder;

  private static Path data(String... parts) {
    String data = System.getenv("VITRINE_DATA");
    assumeTrue(data != null, "VITRINE_DATA names no data folder");
    Path path = Path.of(data, parts);
    assumeTrue(Files.exists(path), "VITRINE_DATA has no " + path.getFileName());
    return path;
  }

  /** What {@code evaluate} says of a file in a network. */
  private Cli evaluated(String network, String file, String more) throws IOException {
    Path json = Files.writeString(folder.resolve("network.json"), network);
    return Cli.done(
        "evaluate %s --network %s --out %s --json %s %s",
        data("models", "others", file), json, folder.resolve("out"), result(), more);
  }

  private Path result() {
    return folder.resolve("result.json");
  }

  private String mnist(String options) {
    return "--data mnist --data-dir %s %s".formatted(data("mnist").getParent(), options);
  }

  @Test
  void lasagnesFiltersAreFlippedIfSomebodySaysSo() throws IOException {
    String network =
        """
        {"input": [1, 28, 28], "layers": [{"conv2d": 32, "kernel": 5}, "relu", {"maxpool2d": 2},
         {"conv2d": 32, "kernel": 5}, "relu", {"maxpool2d": 2}, "flatten", {"linear": 256}, "relu",
         {"linear": 10}]}
        """;
    String file = "lasagne_model_cnn.npz";
    assertThat(evaluated(network, file, mnist("--layout flip --mapping")).out())
        .contains("test accuracy 99.09 %")
        .containsPattern("arr_0 +32×1×5×5 +conv1.weight 32×1×5×5 +flipped")
        .containsPattern("arr_4 +512×256 +linear1.weight 256×512 +transposed");
    JsonObject mapping = Json.read(result()).object("mapping");
    assertThat(((JsonObject) mapping.list("tensors").getFirst()).list("changes").toString())
        .contains("flipped");
    assertThat(evaluated(network, file, mnist("")).out()).contains("test accuracy 48.08 %");
  }

  @Test
  void matlabsImagesAreFlattenedByColumns() throws IOException {
    String network =
        """
        {"input": [1, 28, 28], "layers": [{"conv2d": 16, "kernel": 5, "padding": 2}, "relu",
         {"maxpool2d": 2}, {"conv2d": 16, "kernel": 5, "padding": 2}, "relu", {"maxpool2d": 2},
         "flatten", {"linear": 10}]}
        """;
    String said = "--divisor 1 --mean 33.318 --classes 1-9,0";
    String file = "fman45_mnist_network_trained_with_momentum.mat";
    assertThat(evaluated(network, file, mnist(said)).out()).contains("test accuracy 97.59 %");
  }

  @Test
  void aPyTorchStreamInTheOrderOfItsNumbers() throws IOException {
    String network = SMALL.formatted("[1, 28, 28]", 16, 32);
    assertThat(evaluated(network, "convex_mnist.pth", mnist("")).out())
        .contains("test accuracy 98.20 %");
  }

  @Test
  void octavesMatricesHoldTheirBiasesAndLieByColumns() throws IOException {
    String network =
        """
        {"input": [1, 20, 20], "layers": ["flatten", {"linear": 25}, "sigmoid", {"linear": 10},
         "sigmoid"]}
        """;
    String said = "--layout cwh,bias-first --classes 1-9,0 --resize 20";
    assertThat(evaluated(network, "ex4weights.mat", mnist(said)).out())
        .contains("test accuracy 93.58 %");
  }

  @Test
  void aListOfStateDictionariesAndItsOtherFile() throws IOException {
    Path records = data("cifar10", "data_batch_1_first4000.bin");
    Path cifar = Files.createDirectory(folder.resolve("cifar"));
    Files.copy(records, cifar.resolve("data_batch_1.bin"));
    Files.copy(records, cifar.resolve("test_batch.bin"));
    String said =
        "--data cifar10 --data-dir %s --mean .485,.456,.406 --deviation .225".formatted(cifar);
    String network = SMALL.formatted("[3, 32, 32]", 8, 16);
    assertThat(evaluated(network, "oval21_cifar_base_kw.pth", said).out())
        .contains("1,565 of 4,000 misread");
    Path onnx = data("models", "others", "oval21_cifar_base_kw.onnx");
    assertThat(Cli.done("evaluate %s --out %s %s", onnx, folder.resolve("out"), said).out())
        .contains("1,565 of 4,000 misread");
  }
}
