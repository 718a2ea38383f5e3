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
    String said = cifar("--mean .485,.456,.406 --deviation .225");
    String network = SMALL.formatted("[3, 32, 32]", 8, 16);
    assertThat(evaluated(network, "oval21_cifar_base_kw.pth", said).out())
        .contains("1,565 of 4,000 misread");
    Path onnx = data("models", "others", "oval21_cifar_base_kw.onnx");
    assertThat(Cli.done("evaluate %s --out %s %s", onnx, folder.resolve("out"), said).out())
        .contains("1,565 of 4,000 misread");
  }

  /** What its first 4,000 pictures of the training are taken for. */
  private String cifar(String options) throws IOException {
    Path records = data("cifar10", "data_batch_1_first4000.bin");
    Path cifar = Files.createDirectory(folder.resolve("cifar"));
    Files.copy(records, cifar.resolve("data_batch_1.bin"));
    Files.copy(records, cifar.resolve("test_batch.bin"));
    return "--data cifar10 --data-dir %s %s".formatted(cifar, options);
  }

  private static String convolution(String name, int out, int stride) {
    return """
    {"conv2d": %s, "stride": %s, "padding": 1, "bias": false, "name": "conv%s"},
    {"batchnorm": true, "name": "bn%s"}\
    """
        .formatted(out, stride, name, name);
  }

  /** A shortcut without parameters takes every second pixel, and puts channels of zeros around. */
  private static String stage(int number, int out) {
    StringBuilder blocks = new StringBuilder();
    for (int block = 0; block < 3; block++) {
      boolean halves = number > 1 && block == 0;
      String shortcut =
          """
          , "shortcut": [{"maxpool2d": 1, "stride": 2}, {"permute": [1, 0, 2]},
           {"zeropad2d": [%s, %s, 0, 0]}, {"permute": [1, 0, 2]}]\
          """
              .formatted(out / 4, out / 4);
      blocks.append(
          """
          %s{"residual": [%s, "relu", %s], "name": "%s"%s}, "relu"
          """
              .formatted(
                  block == 0 ? "" : ", ",
                  convolution("1", out, halves ? 2 : 1),
                  convolution("2", out, 1),
                  block,
                  halves ? shortcut : ""));
    }
    return "{\"sequential\": [%s], \"name\": \"layer%s\"}".formatted(blocks, number);
  }

  @Test
  void aCheckpointOfAResNetWithoutProjections() throws IOException {
    String network =
        """
        {"input": [3, 32, 32], "layers": [%s, "relu", %s, %s, %s, "globalavgpool2d", "flatten",
         {"linear": 10, "name": "linear"}]}
        """
            .formatted(convolution("1", 16, 1), stage(1, 16), stage(2, 32), stage(3, 64));
    String said = cifar("--mean .485,.456,.406 --deviation .229,.224,.225");
    Cli cli = evaluated(network, "resnet20-12fca82f.th", said);
    assertThat(cli.out()).contains("8 of 4,000 misread");
    JsonObject mapping = Json.read(result()).object("mapping");
    assertThat(mapping.list("tensors")).hasSize(97);
    assertThat(mapping.list("left_over")).isEmpty();
  }
}
