package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where the tensors of somebody else's file go, as the command line tells it. */
class MappingTest {
  @TempDir private Path folder;
  private final List<TensorData> tensors = new ArrayList<>();
  private Path picture;
  private Path network;

  @BeforeEach
  void network() throws IOException {
    picture = folder.resolve("p.png");
    Png.write(picture, Raster.black(4, 4, 1));
    network =
        Files.writeString(
            folder.resolve("net.json"),
            """
            {"input": [1, 4, 4], "layers": [{"conv2d": 2}, "flatten", {"linear": 3}]}
            """);
    put("c/kernel:0", 3, 3, 1, 2);
    put("c/bias:0", 2);
    put("d/kernel:0", 8, 3);
    put("d/bias:0", 3);
    put("iterations", 1);
  }

  private void put(String name, int... sizes) {
    Shape shape = Shape.of(sizes);
    tensors.add(TensorData.floats(name, shape, new float[shape.elements()]));
  }

  private Path file() {
    Path file = folder.resolve("w");
    Safetensors.write(file, tensors, Map.of());
    return file;
  }

  @Test
  void itIsShownOnRequestAndWrittenForScripts() {
    Path json = folder.resolve("j.json");
    Cli cli =
        Cli.done("classify %s %s --network %s --mapping --json %s", file(), picture, network, json);
    assertThat(cli.out())
        .contains(
            """
            1 of the file's tensors goes nowhere, such as "iterations"

            matched by shapes
            tensor      shape    becomes               changes
            ──────────────────────────────────────────────────────────────────────
            c/kernel:0  3×3×1×2  conv1.weight 2×1×3×3  from H W I O
            c/bias:0    2        conv1.bias 2
            d/kernel:0  8×3      linear1.weight 3×8    transposed, inputs from hwc
            d/bias:0    3        linear1.bias 3
            iterations           –                     left over
            """);
    JsonObject mapping = Json.read(json).object("mapping");
    assertThat(mapping.string("matched_by")).isEqualTo("shapes");
    JsonObject dense = (JsonObject) mapping.list("tensors").get(2);
    assertThat(dense.string("tensor")).isEqualTo("d/kernel:0");
    assertThat(dense.string("parameter")).isEqualTo("linear1.weight");
    assertThat(dense.list("changes").toString()).isEqualTo("[transposed, inputs_reordered]");
    assertThat(mapping.list("left_over").toString()).isEqualTo("[iterations]");
    assertThat(Cli.done("classify %s %s --network %s", file(), picture, network).out())
        .contains("goes nowhere")
        .doesNotContain("matched by");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--layout flop|Unknown layout \"flop\"; did you mean \"flip\"?",
        "--layout chw,hwc|A file has one of the layouts chw and hwc: leave one out",
        "--layout rows|The layout rows is about what this file and network have not: leave it out",
        "--classes 0-3|",
        "--classes 1-3|The file's classes are said to include 3, but the network has 3, from 0"
      })
  void badWordsAreOneLine(String options, String fault) {
    Cli cli =
        Cli.run(
            "classify %s %s --network %s %s"
                .formatted(file(), picture, network, options)
                .split(" "));
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.complaints()).hasSize(1);
    assertThat(cli.complaints().getFirst()).contains(fault == null ? "do not fit" : fault);
  }

  @Test
  void aNetworkOfTheZooIsRecognised() {
    tensors.clear();
    put("features.0.weight", 6, 1, 5, 5);
    put("features.0.bias", 6);
    put("features.3.weight", 16, 6, 5, 5);
    put("features.3.bias", 16);
    put("classifier.1.weight", 120, 400);
    put("classifier.1.bias", 120);
    put("classifier.3.weight", 84, 120);
    put("classifier.3.bias", 84);
    put("classifier.5.weight", 26, 84);
    put("classifier.5.bias", 26);
    Path json = folder.resolve("j.json");
    assertThat(Cli.done("weights %s --json %s", file(), json).out())
        .contains("fits LeNet-5 (--network lenet5), input 1×32×32, 26 outputs, by shapes");
    JsonObject fits = (JsonObject) Json.read(json).list("fits").getFirst();
    assertThat(fits.string("network")).isEqualTo("lenet5");
    assertThat(fits.number("outputs")).isEqualTo(26);
  }
}
