package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.nn.Model;
import dev.vitrine.run.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code convert --dtype} of networks. */
class ConvertSmallNumbersTest {
  @TempDir private Path box;
  private Path data;
  private Path run;

  @BeforeEach
  void train() throws IOException {
    data = TinyData.write(box.resolve("data"));
    run = box.resolve("run");
    Path network = TinyData.network(box);
    Cli.done("train --data %s --model %s --epochs 3 --out %s", data, network, run);
  }

  private Path file(String name) {
    return box.resolve(name);
  }

  @ParameterizedTest
  @CsvSource({
    "f16, half.safetensors, F16, F16",
    "bf16, half.safetensors, BF16, BF16",
    "f16, half.onnx, F16, F16",
    "int8, small.onnx, int8, I8"
  })
  void whatIsKeptInFewerBitsIsOpenedByOthers(String type, String name, String said, String dtype) {
    Path json = file("c.json");
    Cli cli =
        Cli.quiet("convert %s %s --dtype %s --certify --json %s", run, file(name), type, json);
    assertThat(cli.out())
        .contains("written as " + said + ": ")
        .contains("parity      10 examples against itself in double precision")
        .containsPattern("accuracy    [0-9.]+.% before, [0-9.]+.% after, on 40 test examples of ")
        .containsPattern("answers     the same class in (39|40) of 40; largest difference ")
        .contains("certified   kept in " + file(name) + ".parity.json");
    JsonObject fields = Json.read(json);
    assertThat(fields.string("dtype")).isEqualTo(dtype);
    JsonObject kept = Json.read(file(name + ".parity.json"));
    assertThat(kept.bool("equal")).isTrue();
    JsonObject answers = kept.object("kept");
    assertThat(answers.integer("examples")).isEqualTo(TinyData.TEST);
    assertThat(answers.number("accuracy_after")).isGreaterThan(0.5);
    assertThat(answers.number("largest_absolute")).isGreaterThan(0);
    assertThat(answers.integer("top1_equal")).isGreaterThanOrEqualTo(39);
    double after = answers.number("accuracy_after");
    Path judged = file("judged.json");
    Cli.done("evaluate %s --data %s --out %s --json %s", file(name), data, file("e"), judged);
    assertThat(Json.read(judged).number("accuracy")).isEqualTo(after);
    assertThat(Cli.done("classify %s --data %s --example 0", file(name), data).out()).isNotEmpty();
  }

  /** The same training examples, the same file. */
  @Test
  void aFileOfWholeNumbersIsAFunctionOfItsExamples() throws IOException {
    Cli.quiet("convert %s %s --dtype int8 --calibrate 20", run, file("a.onnx"));
    Path again = Files.createDirectory(file("again")).resolve("a.onnx");
    Cli.quiet("convert %s %s --dtype int8 --calibrate 20 --threads 1 --data %s", run, again, data);
    assertThat(again).hasSameBinaryContentAs(file("a.onnx"));
  }

  @Test
  void aCheckpointSaysNothingOfItsData() {
    Path bare = file("bare.safetensors");
    TrainedNetwork trained = TrainedNetwork.open(run, Optional.empty());
    TrainedNetwork.of(trained.spec(), bare, trained.inputs()).write(trained.model(), bare);
    Cli cli = Cli.quiet("convert %s %s --dtype f16 --certify", bare, file("half.safetensors"));
    assertThat(cli.out())
        .contains(
            "accuracy    not measured: nothing says which data it learned from; name them with --data");
    refused(
        "convert %s %s --dtype int8".formatted(bare, file("small.onnx")),
        bare
            + " does not say which data it learned from, and int8 is calibrated with some: add --data,"
            + " such as --data mnist");
  }

  @Test
  void mistakesAreNamed() {
    String f32 = "convert %s %s".formatted(run, file("x.onnx"));
    refused(f32 + " --dtype f64", "--dtype expects f32, f16, bf16 or int8, but got \"f64\"");
    refused(f32 + " --dtype int4", "--dtype expects f32, f16, bf16 or int8, but got \"int4\"");
    refused(f32 + " --dtype f16 --calibrate 9", "--calibrate has no effect without --dtype int8");
    refused(
        f32 + " --dtype f16 --data " + data,
        "--data has no effect without --dtype int8, or --certify of f16 or bf16: leave it out");
    refused(f32 + " --dtype int8 --calibrate 0", "--calibrate expects 1 or more, but got 0");
    refused(
        f32 + " --dtype int8 --calibrate 9999",
        "--calibrate expects at most 117, the training examples that there are, but got 9999");
    refused(
        "convert %s %s --dtype int8".formatted(run, file("x.safetensors")),
        "int8 is written as .onnx, which has a place for scales, but got " + file("x.safetensors"));
    refused(
        f32 + " --dtype int8 --certify --inputs " + data,
        "--inputs expects how many random pictures where --dtype rounds the numbers");
    Model model = TrainedNetwork.open(run, Optional.empty()).model();
    float[] weights = model.parameters().get("linear1.weight");
    weights[2] = 70_000;
    model.parameters().set("linear1.weight", weights);
    Path large = file("large.safetensors");
    TrainedNetwork.open(run, Optional.empty()).write(model, large);
    refused(
        "convert %s %s --dtype f16".formatted(large, file("x.onnx")),
        "\"linear1.weight\" has the number 70000.0, but F16 ends at 65504: write BF16");
    assertThat(file("x.onnx")).doesNotExist();
    assertThat(file("x.safetensors")).doesNotExist();
  }

  private static void refused(String words, String sentence) {
    Cli cli = Cli.run(words.split(" "));
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.complaints().getLast()).contains(sentence);
  }
}
