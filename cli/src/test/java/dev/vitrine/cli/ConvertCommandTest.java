package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.format.Npy;
import dev.vitrine.format.Npz;
import dev.vitrine.format.TensorData;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvertCommandTest {
  @TempDir private Path box;

  private Path array() {
    Path file = box.resolve("a.npz");
    Npz.write(
        file,
        List.of(
            TensorData.floats("w", Shape.of(2, 2), new float[] {1, 2, 3, 4}),
            TensorData.longs("n", Shape.of(1), new long[] {5})));
    return file;
  }

  @Test
  void tensorsAsTheyAre() {
    Path made = box.resolve("b.safetensors");
    Path json = box.resolve("b.json");
    Cli cli = Cli.quiet("convert %s %s --json %s", array(), made, json);
    assertThat(cli.out())
        .isEqualToNormalizingNewlines(made + ": safetensors, 2 tensors, 5 numbers, as they are\n");
    JsonObject fields = Json.read(json);
    assertThat(fields.integer("tensors")).isEqualTo(2);
    assertThat(fields.integer("numbers")).isEqualTo(5);
    assertThat(fields.string("file")).isEqualTo(made.toString());
  }

  @Test
  void howFarTheResultIsFromItsOriginalIsKept() throws IOException {
    Path network = TinyData.network(box);
    Path data = TinyData.write(box.resolve("data"));
    Path run = box.resolve("run");
    Cli.done("train --data %s --model %s --steps 3 --out %s", data, network, run);
    Path made = box.resolve("tiny.onnx");
    Cli cli = Cli.quiet("convert %s %s --certify --inputs 4", run, made);
    assertThat(cli.out())
        .contains("parity      4 examples against the original in double precision")
        .contains("top 3 equal in 4")
        .contains("equal       as far as single precision goes")
        .doesNotContain("NOT");
    JsonObject kept = Json.read(box.resolve("tiny.onnx.parity.json"));
    assertThat(kept.bool("equal")).isTrue();
    JsonObject output = (JsonObject) kept.list("outputs").getFirst();
    assertThat(output.integer("top_equal")).isEqualTo(4);
    assertThat(output.number("largest_relative")).isBetween(0.0, 1e-5);
  }

  @Test
  void aDifferenceIsNoSuccess() throws IOException {
    Path run = box.resolve("run");
    Path data = TinyData.write(box.resolve("data"));
    Cli.done("train --data %s --model linear --steps 3 --out %s", data, run);
    Path folder = Files.createDirectory(box.resolve("examples"));
    Path made = box.resolve("tiny.onnx");
    Cli without =
        Cli.run(
            "convert", run.toString(), made.toString(), "--certify", "--inputs", folder.toString());
    assertThat(without.code()).isEqualTo(2);
    assertThat(without.complaints().getLast()).endsWith("holds no input_0.pb or input_0.npy");
    assertThat(made).doesNotExist();
    int inputs = TrainedNetwork.open(run, Optional.empty()).spec().input().elements();
    Npy.write(folder.resolve("input_0.npy"), Shape.of(inputs), new float[inputs]);
    Npy.write(folder.resolve("output_0.npy"), Shape.of(3), new float[] {9, 9, 9});
    Cli other =
        Cli.run(
            "convert", run.toString(), made.toString(), "--certify", "--inputs", folder.toString());
    assertThat(other.code()).isEqualTo(4);
    assertThat(other.out()).contains("NOT equal");
    assertThat(Json.read(box.resolve("tiny.onnx.parity.json")).bool("equal")).isFalse();
  }

  @Test
  void whatKnowsNothingOfThePicturesFitsNowhere() throws IOException {
    Path network = box.resolve("small.json");
    Files.writeString(
        network, "{\"input\": [1, 4, 4], \"layers\": [\"flatten\", {\"linear\": 3}]}");
    Path file = box.resolve("small.npz");
    Npz.write(
        file,
        List.of(
            TensorData.floats("linear1.weight", Shape.of(3, 16), new float[48]),
            TensorData.floats("linear1.bias", Shape.of(3), new float[3])));
    Path data = TinyData.write(box.resolve("data"));
    Path made = box.resolve("small.safetensors");
    Cli cli =
        Cli.run(
            "convert %s %s --to %s --probe %s --resize 4"
                .formatted(file, made, network, data)
                .split(" "));
    assertThat(cli.code()).isEqualTo(4);
    assertThat(cli.out()).contains("none fits: by chance alone").doesNotContain("fits best");
    TrainedNetwork kept = TrainedNetwork.open(made, Optional.empty());
    assertThat(kept.inputs().normalisation()).isEmpty();
  }

  @Test
  void numbersThatAreNoneAreTold() throws IOException {
    Path network = TinyData.network(box);
    Path file = box.resolve("damaged.npz");
    Model model = Model.of(NetworkFile.read(network).layers(), NetworkFile.read(network).input());
    List<TensorData> tensors = new ArrayList<>();
    for (ParameterSpec each : model.specs()) {
      float[] numbers = new float[each.shape().elements()];
      numbers[0] = tensors.isEmpty() ? Float.NaN : 1;
      tensors.add(TensorData.floats(each.name(), each.shape(), numbers));
    }
    Npz.write(file, tensors);
    String flaw = "tensor \"%s\" has 1 number that is NaN".formatted(tensors.getFirst().name());
    Cli cli = Cli.quiet("convert %s %s --to %s", file, box.resolve("damaged.safetensors"), network);
    assertThat(cli.out()).contains("warning: " + flaw);
    Path data = TinyData.write(box.resolve("data"));
    Cli judged =
        Cli.run("evaluate %s --network %s --data %s".formatted(file, network, data).split(" "));
    assertThat(judged.code()).isEqualTo(2);
    assertThat(judged.complaints().getLast())
        .contains(file + ": " + flaw + ": what the network makes");
    Cli named =
        Cli.run(
            "classify %s --network %s --data %s --example 0"
                .formatted(file, network, data)
                .split(" "));
    assertThat(named.code()).isEqualTo(2);
    assertThat(named.complaints().getLast()).endsWith(": " + flaw);
    Cli read =
        Cli.done(
            "readout %s --network %s --data %s --example 0 --layer linear1", file, network, data);
    assertThat(read.out()).contains("warning: " + flaw);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "convert {a}|Say which file to write, such as weights.safetensors",
        "convert {a} {b}.onnx|An ONNX file holds a network, but {a} only tensors: say whose numbers they are with --to",
        "convert {a} {b}.npy|{b}.npy holds one array, but there are 2 tensors, such as \"w\": name one with --key, or write .npz",
        "convert {a} {b}.npz --mean 0.5|--mean has no effect without --to: leave it out",
        "convert {a} {b}.npz --threads 2|--threads has no effect without --probe: leave it out",
        "convert {a} {b}.npz --probe digits|--probe expects the network whose numbers they are: name it with --to",
        "convert {a} {b}|A file of weights is written as .safetensors, .npz, .npy, .pth, .pt or .onnx, by its ending, but got {b}",
        "convert {a} {a}|RESULT {a} would overwrite {a}, which this command reads: choose another name",
        "convert {a} {b}.npz --certify|--certify expects the network whose numbers they are: name it with --to",
        "convert {a} {b}.npz --inputs 3|--inputs has no effect without --certify: leave it out",
        "convert {a} --to lenet --probe digits --certify|--certify expects a RESULT to be compared",
        "convert {a} {b}.npz --to lenet --certify --inputs 0|--inputs expects a folder with input_0.pb or input_0.npy, or how many random pictures, but got 0",
        "convert {a} {b}.npz --dtype f64|--dtype expects f32, f16, bf16 or int8, but got \"f64\"",
        "convert {a} {b}.onnx --dtype int8|--dtype int8 expects the network whose numbers they are: name it with --to",
        "convert {a} {b}.npz --to lenet|{a}: its tensors do not fit the network",
      })
  void mistakesAreNamed(String words, String sentence) {
    String a = array().toString();
    String b = box.resolve("made").toString();
    Cli cli = Cli.run(words.replace("{a}", a).replace("{b}", b).split(" "));
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.complaints().getLast()).contains(sentence.replace("{a}", a).replace("{b}", b));
    assertThat(box.toFile().list()).containsExactly("a.npz");
  }
}
