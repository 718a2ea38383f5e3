package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.MnistFile;
import dev.vitrine.format.Idx;
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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Test images instead of pictures, and bare checkpoints instead of runs. */
class ExampleCommandsTest {
  @TempDir private static Path shared;
  private static RefusalBox box;

  @TempDir private Path out;

  @BeforeAll
  static void train() throws IOException {
    box = RefusalBox.trained(shared);
    Files.copy(box.path("run/checkpoints/last.safetensors"), box.path("tiny.safetensors"));
    Files.copy(box.network(), box.path("tiny.json"));
    Files.writeString(
        box.path("wide.json"), TinyData.NETWORK.replace("\"linear\": 3", "\"linear\": 5"));
    Files.writeString(
        box.path("shallow.json"), "{\"name\":\"s\",\"input\":[1,8,8],\"layers\":[{\"conv2d\":4}]}");
    Files.writeString(
        box.path("named.json"), TinyData.NETWORK.replace("3}]", "3, \"name\": \"scores\"}]"));
    TensorData w = TensorData.floats("w", Shape.of(1), new float[1], 0);
    Safetensors.write(box.path("foreign.safetensors"), List.of(w), Map.of());
    Safetensors.write(box.path("none.safetensors"), List.of(), Map.of("model", "lenet"));
    Map<String, String> notes = Map.of("model", "mlp", "built_for", "8x8");
    Safetensors.write(box.path("noted.safetensors"), List.of(w), notes);
    notes = Map.of("model", "mlp", "built_for", "999999x999999, 3 classes");
    Safetensors.write(box.path("huge.safetensors"), List.of(w), notes);
    Png.write(box.path("bar.png"), Raster.black(8, 8, 1));
    TinyData.write(box.path("larger"), 9);
  }

  @Test
  void classifyShowsTheTrueClassOfExamples() {
    Path json = out.resolve("x.json");
    List<String> lines =
        Cli.quiet("classify %s --example 1,3-4 --top 1 --json %s", box.path("run"), json)
            .out()
            .lines()
            .toList();
    assertThat(lines.subList(0, 4))
        .containsExactly(
            "tiny trained on " + box.title(),
            "as in training: pixels/255",
            "",
            "test image 1 of %s, true class 1".formatted(box.title()));
    assertThat(lines.get(4)).startsWith("  1  ");
    assertThat(lines.get(6)).startsWith("test image 3 of ").endsWith(", true class 0");
    List<?> images = Json.read(json).list("images");
    assertThat(images).hasSize(3);
    JsonObject third = (JsonObject) images.get(2);
    assertThat(third.fields().keySet()).containsExactly("example", "data", "actual", "top");
    assertThat(third.integer("example")).isEqualTo(4);
    assertThat(third.integer("actual")).isEqualTo(1);
  }

  /** The same pixels as a file and as an example are the same numbers. */
  @Test
  void anExampleIsGivenAsInTraining() throws IOException {
    Idx images = Idx.read(box.data().resolve(MnistFile.TEST_IMAGES.plainName()), 3);
    Path file = out.resolve("two.png");
    Png.write(file, Raster.of(Shape.of(1, 8, 8), images.values(), 2 * 64));
    Path asFile = out.resolve("file.npy");
    Path asExample = out.resolve("example.npy");
    Cli.quiet("readout %s %s --layer conv1 --out %s", box.path("run"), file, asFile);
    Cli cli =
        Cli.quiet("readout %s --example 2 --layer conv1 --out %s", box.path("run"), asExample);
    assertThat(cli.out().lines().toList().get(2))
        .isEqualTo("test image 2 of %s, true class 2".formatted(box.title()));
    assertThat(asExample).hasSameBinaryContentAs(asFile);
  }

  @Test
  void aMisreadExampleIsCalledSo() throws IOException {
    Path data = TinyData.write(out.resolve("false"));
    byte[] labels = TinyData.labels(TinyData.TEST);
    labels[1] = 2;
    Idx.write(data.resolve(MnistFile.TEST_LABELS.plainName()), Shape.of(labels.length), labels);
    Files.writeString(out.resolve("labels.txt"), "left\nmiddle\nright\n");
    Cli cli =
        Cli.quiet(
            "classify %s --example 1 --data %s --labels %s",
            box.path("run"), data, out.resolve("labels.txt"));
    assertThat(cli.out()).contains(", true class right: misread").contains("  middle  ");
  }

  @Test
  void aCheckpointIsAModel() {
    Path file = box.path("tiny.safetensors");
    String asRun = Cli.quiet("classify %s --example 0-5", box.path("run")).out();
    String bare =
        Cli.quiet(
                "classify %s --network %s --example 0-5 --data %s", file, box.network(), box.data())
            .out();
    assertThat(bare.lines().skip(1)).containsExactlyElementsOf(asRun.lines().skip(1).toList());
    assertThat(bare).startsWith("tiny with the numbers of " + file);
    Path json = out.resolve("x.json");
    Cli.quiet(
        "evaluate %s --network %s --data %s --json %s --out %s",
        file, box.network(), box.data(), json, out.resolve("page"));
    Path whole = out.resolve("run.json");
    Cli.quiet("evaluate %s --json %s --out %s", box.path("run"), whole, out.resolve("other"));
    assertThat(Json.read(json).fields().get("worst"))
        .hasToString(Json.read(whole).fields().get("worst").toString());
    assertThat(out.resolve("page/report.html")).content().contains("not known");
  }

  @Test
  void aCheckpointOfANamedNetworkSaysWhose() {
    Path trained = out.resolve("mlp");
    Cli cli =
        Cli.run(
            "train --model mlp --train-images 64 --test-images 10 --validation 0 --steps 1 --out %s"
                .formatted(trained));
    assertThat(cli.code()).as(cli.err()).isZero();
    Path file = trained.resolve("checkpoints/last.safetensors");
    assertThat(Cli.quiet("readout %s --example 9999 --data digits --layer linear3", file).out())
        .contains("linear3 of MLP 100-100, Linear(10), output (10)")
        .contains("test image 9,999 of digits, true class ");
    String heading = "MLP 100-100, input 1×28×28";
    assertThat(Cli.quiet("summary %s", trained).out()).startsWith(heading);
  }

  /** The tiny images are 8 × 8 in three classes, and mlp's paper has 28 × 28 in ten. */
  @Test
  void aCheckpointSaysWhatItsNetworkWasBuiltFor() {
    Path trained = out.resolve("mlp");
    Cli cli =
        Cli.run(
            "train --model mlp --data %s --batch 8 --steps 1 --out %s"
                .formatted(box.data(), trained));
    assertThat(cli.code()).as(cli.err()).isZero();
    Path file = trained.resolve("checkpoints/last.safetensors");
    String asRun = Cli.quiet("classify %s --example 0-2", trained).out();
    for (String network : List.of("", "--network mlp ")) {
      String bare =
          Cli.quiet("classify %s %s--example 0-2 --data %s", file, network, box.data()).out();
      assertThat(bare.lines().skip(1)).containsExactlyElementsOf(asRun.lines().skip(1).toList());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "classify BOX/run --example 40|--example expects 0 to 39, the test images of data set DATA,"
            + " but got 40",
        "classify BOX/run --example 0-1000|--example expects 0 to 39, the test images of data set"
            + " DATA, but got 40",
        "classify BOX/run --example 0-999999999|--example expects at most 100,000"
            + " numbers, which are more with the range \"0-999999999\"",
        "classify BOX/run --example -1|--example expects numbers and ranges such as 0,3,5-8, but got"
            + " \"-1\"",
        "readout BOX/run --example one --layer conv1|--example expects numbers and ranges such as"
            + " 0,3,5-8, but got \"one\"",
        "readout BOX/run --example 0,1 --layer conv1|--example expects one number here, because a"
            + " readout is of one picture, but got 2",
        "classify BOX/run BOX/bar.png --example 0|--example shows a test image, but there is the"
            + " picture BOX/bar.png too: leave one out",
        "readout BOX/run BOX/bar.png --example 0 --layer conv1|--example shows a test image, but"
            + " there is the picture BOX/bar.png too: leave one out",
        "classify BOX/run BOX/bar.png --data mnist|--data says where the test images of --example"
            + " are, but a picture's file is looked at: leave it out",
        "classify BOX/run BOX/bar.png --data-dir BOX|--data-dir says where the test images of"
            + " --example are, but a picture's file is looked at: leave it out",
        "classify BOX/run --example 0 --invert|--invert is about a picture's file, but --example"
            + " shows a test image as it was in training: leave one out",
        "classify BOX/run --example 0 --preprocess unit|--preprocess is about a picture's file, but"
            + " --example shows a test image as it was in training: leave one out",
        "classify BOX/run --example 0 --background black|--background is about a picture's file, but"
            + " --example shows a test image as it was in training: leave one out",
        "classify BOX/run --example 0 --data BOX/larger|The network expects images of shape (1, 8,"
            + " 8), but those of data set BOX/larger are (1, 9, 9): choose another --data",
        "classify BOX/run --example 0 --data digts|Unknown data set \"digts\": expected digits, mnist,"
            + " fashion, cifar10, notmnist, or a folder, an archive (.npz) or a table (.csv); did you mean \"digits\"?",
      })
  void examples(String words, String sentence) {
    assertThat(box.refused(words)).isEqualTo("vitrine: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lenet|lenet is a network that has learned nothing yet: train it with 'vitrine train --model"
            + " lenet', and name the run folder, such as runs/lenet-digits-1",
        "BOX/tiny.json|BOX/tiny.json is a network that has learned nothing yet: train it with"
            + " 'vitrine train --model BOX/tiny.json', and name the run folder, such as"
            + " runs/lenet-digits-1",
        "BOX/run --network lenet|A bare checkpoint needs a network, but BOX/run is a folder, which"
            + " knows its own: leave --network out",
        "BOX/tiny.safetensors|BOX/tiny.safetensors holds the numbers of a network file that was"
            + " called \"NETWORK\": give that file as --network",
        "BOX/foreign.safetensors|BOX/foreign.safetensors does not say whose numbers it holds: give"
            + " --network: a name that 'vitrine summary --list' shows, or a network file",
        "BOX/foreign.safetensors --network BOX/tiny.json|BOX/foreign.safetensors: its tensors do"
            + " not fit the network by name or shape: the network's first is \"conv1.weight\" of (4, 1,"
            + " 3, 3), the file's \"w\" of (1)",
        "BOX/none.safetensors|BOX/none.safetensors: the network expects \"conv1.weight\" (20, 1, 5,"
            + " 5), but the file has no parameters: it belongs to another network",
        "BOX/noted.safetensors|BOX/noted.safetensors: its note \"built_for\" expects sizes and"
            + " classes, such as \"3x32x32, 10 classes\", but is \"8x8\"",
        "BOX/huge.safetensors|BOX/huge.safetensors: its note \"built_for\" expects sizes and"
            + " classes, such as \"3x32x32, 10 classes\", but is \"999999x999999, 3 classes\"",
        "BOX/tiny.safetensors --network lenett|Unknown model \"lenett\": expected a name that 'vitrine"
            + " summary --list' shows, or a network file; did you mean \"lenet\"?",
        "BOX/tiny.safetensors --network BOX/wide.json|BOX/tiny.safetensors: \"linear1.weight\" has"
            + " shape (3, 36), but the network expects (5, 36): it belongs to another network",
        "BOX/tiny.safetensors --network BOX/named.json|BOX/tiny.safetensors: the network expects"
            + " \"scores.weight\" (3, 36), but the file has 4 tensors, such as \"conv1.bias\": it"
            + " belongs to another network",
        "BOX/tiny.safetensors --network BOX/shallow.json|BOX/tiny.safetensors: it holds"
            + " \"linear1.bias\" too, which the network has not: it belongs to another network",
        "BOX/bar.png --network lenet|BOX/bar.png: not a file of weights in a known format:"
            + " safetensors, PyTorch's, NumPy's, MATLAB's, Octave's text or ONNX",
      })
  void models(String model, String sentence) throws IOException {
    String line = "vitrine: " + sentence.replace("NETWORK", box.network().toString());
    assertThat(box.refused("evaluate --data DATA " + model)).isEqualTo(line);
    assertThat(box.refused("readout --example 0 --data DATA --layer conv1 " + model))
        .isEqualTo(line);
  }

  @Test
  void aBareCheckpointHasNoData() {
    String model = "BOX/tiny.safetensors --network BOX/tiny.json";
    String line =
        "vitrine: The bare checkpoint BOX/tiny.safetensors does not say which data it was trained"
            + " on: add --data, such as --data mnist";
    assertThat(box.refused("evaluate " + model)).isEqualTo(line);
    assertThat(box.refused("classify --example 0 " + model)).isEqualTo(line);
  }
}
