package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.data.MnistFile;
import dev.vitrine.format.Idx;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.image.ImageFile;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code classify} and {@code readout} of a small trained network, as users run them. */
class PictureCommandsTest {
  @TempDir private static Path shared;
  private static RefusalBox box;
  private static Path bar;

  @TempDir private Path out;

  @BeforeAll
  static void train() throws IOException {
    box = RefusalBox.trained(shared);
    Idx images = Idx.read(box.data().resolve(MnistFile.TEST_IMAGES.plainName()), 3);
    bar = box.path("bar.png");
    // The test images' labels are 0, 1, 2, 0 …
    Png.write(bar, Raster.of(Shape.of(1, 8, 8), images.values(), 64));
    Files.writeString(box.path("labels.txt"), "left\nmiddle bar\nright\n");
    Files.writeString(box.path("few.txt"), "left\nright\n");
    BadPictures.write(box.root());
  }

  /** A file's name may hold an escape sequence or a new line, neither of which is acted on. */
  @Test
  void namesOfFilesDoNotActOnTheTerminal() throws IOException {
    Path odd = out.resolve("a\u001b[31m\nb.png");
    Files.copy(bar, odd);
    String shown = out + "/a\\u001b[31m\\nb.png";
    String run = box.path("run").toString();
    Cli classified = Cli.run("classify", run, odd.toString());
    assertThat(classified.out().lines()).contains(shown + "  PNG 8 × 8");
    Path maps = out.resolve("m\u001b[2J.png");
    Cli readout =
        Cli.run("readout", run, odd.toString(), "--layer", "conv1", "--out", maps.toString());
    assertThat(readout.err()).isEmpty();
    assertThat(readout.out().lines())
        .contains(shown + "  PNG 8 × 8")
        .contains("picture     " + out + "/m\\u001b[2J.png");
    Path moved = out.resolve("n\u001b[2J.safetensors");
    Files.copy(box.path("run/checkpoints/last.safetensors"), moved);
    Cli bare = Cli.run("classify", moved.toString(), odd.toString());
    assertThat(bare.out()).doesNotContain("\u001b");
  }

  @Test
  void classifySaysTheClassesWithTheirProbabilities() {
    Path json = out.resolve("x.json");
    Cli cli =
        Cli.quiet(
            "classify %s %s %s --labels %s --top 2 --json %s",
            box.path("run"), bar, box.path("point.png"), box.path("labels.txt"), json);
    List<String> lines = cli.out().lines().toList();
    assertThat(lines.subList(0, 4))
        .containsExactly(
            "tiny trained on " + box.title(),
            "unit: resized to 8 × 8, grey, pixels/255",
            "",
            bar + "  PNG 8 × 8");
    assertThat(lines.get(4)).matches("  middle bar  +\\d+\\.\\d\\d %  █+.?");
    assertThat(lines.get(5)).matches("  (left|right) {5,7} +\\d+\\.\\d\\d %  █*.?");
    assertThat(lines.get(7)).isEqualTo(box.path("point.png") + "  PNG 1 × 1");
    JsonObject results = Json.read(json);
    assertThat(results.fields().keySet())
        .containsExactly(
            "run",
            "network",
            "trained_on",
            "training",
            "trained_polarity",
            "flaws",
            "preprocess",
            "preprocess_known",
            "images");
    assertThat(results.string("network")).isEqualTo("tiny");
    assertThat(results.string("trained_on")).isEqualTo(box.title());
    assertThat(results.object("training").string("state")).isEqualTo("finished");
    JsonObject first = (JsonObject) results.list("images").getFirst();
    assertThat(first.fields().keySet())
        .containsExactly("image", "polarity", "blank", "inverted", "inverted_why", "top");
    assertThat(first.list("top")).hasSize(2);
    JsonObject best = (JsonObject) first.list("top").getFirst();
    assertThat(best.integer("class")).isEqualTo(1);
    assertThat(best.string("name")).isEqualTo("middle bar");
    assertThat(best.number("probability")).isBetween(0.5, 1.0);
  }

  @Test
  void withoutLabelsTheClassesAreNumbersAndAllAreShown() {
    List<String> lines = Cli.quiet("classify %s %s", box.path("run"), bar).out().lines().toList();
    assertThat(lines).hasSize(4 + 3);
    assertThat(lines.get(4)).startsWith("  1  ");
  }

  @Test
  void invertedIsAnotherPicture() {
    String inverted = Cli.quiet("classify %s %s --invert", box.path("run"), bar).out();
    assertThat(inverted).contains("unit: resized to 8 × 8, grey, pixels/255, inverted");
    assertThat(inverted.lines().toList().get(4)).doesNotStartWith("  1  ");
  }

  /** What the last layer says is what classify makes its probabilities from. */
  @Test
  void readoutPrintsAVector() {
    Path json = out.resolve("v.json");
    Cli cli = Cli.quiet("readout %s %s --layer linear1 --json %s", box.path("run"), bar, json);
    List<String> lines = cli.out().lines().toList();
    assertThat(lines.subList(0, 6))
        .containsExactly(
            "tiny trained on " + box.title(),
            "linear1 of tiny, Linear(3), output (3)",
            bar + "  PNG 8 × 8",
            "unit: resized to 8 × 8, grey, pixels/255",
            "",
            "channel        value");
    assertThat(lines).hasSize(9);
    JsonObject results = Json.read(json);
    assertThat(results.fields().keySet())
        .containsExactly(
            "run",
            "network",
            "trained_on",
            "training",
            "trained_polarity",
            "flaws",
            "image",
            "polarity",
            "blank",
            "inverted",
            "inverted_why",
            "preprocess",
            "preprocess_known",
            "layer",
            "shape",
            "channels");
    double[] logits = new double[3];
    for (int c = 0; c < 3; c++) {
      logits[c] = ((JsonObject) results.list("channels").get(c)).number("mean");
    }
    Path guesses = out.resolve("g.json");
    Cli.quiet("classify %s %s --json %s", box.path("run"), bar, guesses);
    JsonObject image = (JsonObject) Json.read(guesses).list("images").getFirst();
    double p = ((JsonObject) image.list("top").getFirst()).number("probability");
    double sum = Math.exp(logits[0]) + Math.exp(logits[1]) + Math.exp(logits[2]);
    assertThat(p).isCloseTo(Math.exp(logits[1]) / sum, within(1e-12));
  }

  @Test
  void classifyAndReadoutSayHowFarTheTrainingIs() {
    Path run = out.resolve("early");
    Cli.done(
        "train --model %s --data %s --batch 1 --steps 3 --out %s", box.network(), box.data(), run);
    for (String command : List.of("classify %s %s", "readout %s %s --layer linear1")) {
      assertThat(Cli.quiet(command, run, bar).out().lines().findFirst())
          .hasValue("tiny trained on %s, 3 steps, 0.026 epochs".formatted(box.title()));
    }
  }

  @Test
  void readoutWritesNumbersForNumPy() throws IOException {
    Path npy = out.resolve("maps.npy");
    Cli cli =
        Cli.quiet(
            "readout %s %s --layer conv1 --channels 3,0-1 --out %s", box.path("run"), bar, npy);
    byte[] bytes = Files.readAllBytes(npy);
    assertThat(new String(bytes, 10, 118, StandardCharsets.US_ASCII))
        .startsWith("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 6, 6), }");
    assertThat(bytes).hasSize(128 + 3 * 36 * 4);
    float smallest = Float.POSITIVE_INFINITY;
    ByteBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 36; i++) {
      smallest = Math.min(smallest, numbers.getFloat(128 + 4 * i));
    }
    String third = cli.out().lines().toList().get(6);
    assertThat(third.strip()).startsWith("3 ");
    assertThat(third).contains(String.format(Locale.ROOT, "%.6g", smallest));
    assertThat(cli.out().lines().toList()).endsWith("numbers     " + npy);
  }

  @Test
  void readoutDrawsMaps() {
    Path png = out.resolve("maps.png");
    Cli cli =
        Cli.quiet("readout %s %s --layer conv1 --columns 2 --out %s", box.path("run"), bar, png);
    assertThat(cli.out().lines().toList()).endsWith("picture     " + png);
    Raster picture = ImageFile.read(png, 0).picture();
    // Two maps of six numbers in a row, each number 24 points; beside the input of 144.
    assertThat(picture.channels()).isEqualTo(1);
    assertThat(picture.width()).isEqualTo(10 + 144 + 10 + 10 + 2 * (144 + 10));
    assertThat(picture.height()).isEqualTo(41 + 10 + 2 * (144 + 5 + 14 + 10));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "classify BOX/no BOX/bar.png|There is no run folder or checkpoint BOX/no: expected what"
            + " 'vitrine train' made, such as runs/lenet-digits-1",
        "classify BOX/run BOX/bar.png BOX/no.png|Cannot read BOX/no.png: it does not exist",
        "classify BOX/run BOX|BOX is a folder: expected a picture, JPEG or PNG",
        "classify BOX/run BOX/bar.png --top 4|--top expects 1 to 3, the number of classes, but got"
            + " 4",
        "classify BOX/run BOX/bar.png --top 0|--top expects 1 to 3, the number of classes, but got"
            + " 0",
        "classify BOX/run BOX/bar.png --labels BOX/few.txt|BOX/few.txt: expected 3 names of classes,"
            + " one a line, but got 2",
        "classify BOX/run BOX/bar.png --labels BOX/no|Cannot read BOX/no: it does not exist",
        "classify BOX/run BOX/bar.png --preprocess units|Unknown preprocessing \"units\"; did you"
            + " mean \"unit\"?",
        "classify BOX/run BOX/bar.png --preprocess caffe|The preprocessing \"caffe\" makes inputs of"
            + " 3 channels, but the network expects (1, 8, 8): choose --preprocess unit",
        "classify BOX/run BOX/bar.png --background green|Unknown background \"green\"; known: white,"
            + " black",
        "classify BOX/run BOX/bar.png --json BOX/no/x|Cannot write BOX/no/x: its folder does not"
            + " exist",
        "readout BOX/run BOX/bar.png --layer conv2|Unknown layer \"conv2\"; did you mean \"conv1\"?",
        "readout BOX/run BOX/bar.png --layer dropout1|The layer \"dropout1\", Dropout(0.2), passes its"
            + " input on when a trained network is used: read the layer before it",
        "readout BOX/run BOX/bar.png --layer conv1 --channels 4|The layer \"conv1\" has channels 0 to"
            + " 3, but channel 4 was asked for",
        "readout BOX/run BOX/bar.png --layer conv1 --channels 1,x|--channels expects numbers and"
            + " ranges such as 0,3,5-8, but got \"1,x\"",
        "readout BOX/run BOX/bar.png --layer conv1 --channels 3-1|--channels: the range \"3-1\" runs"
            + " backwards",
        "readout BOX/run BOX/bar.png --layer conv1 --channels 0-2,1|--channels names 1 twice",
        "readout BOX/run BOX/bar.png --layer conv1 --out BOX/x.jpg|--out expects a name that ends"
            + " with .png (a picture) or .npy (numbers), or --format beside it, but got \"BOX/x.jpg\"",
        "readout BOX/run BOX/bar.png --layer conv1 --out BOX/x.npy --range own|--range is about a"
            + " picture: give --out a name that ends with .png, or leave it out",
        "readout BOX/run BOX/bar.png --layer conv1 --columns 4|--columns is about a picture: give"
            + " --out a name that ends with .png, or leave it out",
        "readout BOX/run BOX/bar.png --layer conv1 --out BOX/x.png --columns 0|--columns expects 1"
            + " or more, but got 0",
        "readout BOX/run BOX/bar.png --layer conv1 --out BOX/x.png --range one|Unknown range \"one\";"
            + " known: zero, own, common",
        "readout BOX/run BOX/bar.png --layer linear1 --out BOX/x.png|The layer \"linear1\" gives a"
            + " vector of 3 numbers, not maps: print them, or write them to a .npy"
            + " file",
        "readout BOX/run BOX/bar.png --layer linear1 --channels 0-1 --out BOX/x.png|The layer"
            + " \"linear1\" gives a vector of 3 numbers, not maps: print them, or"
            + " write them to a .npy file",
        "readout BOX/run BOX/bar.png --layer conv1 --out BOX/x.png --json BOX/x.png|--out and --json"
            + " would both write BOX/x.png: give --json another name",
        "evaluate BOX/run --out BOX --json BOX/report.html|--out and --json would both write"
            + " BOX/report.html: give --json another name",
        "evaluate BOX/run --out BOX/e --json BOX/e|--out and --json would both write BOX/e: give"
            + " --json another name",
        "readout BOX/run BOX/bar.png --layer conv1 --out BOX/no/x.png|Cannot write BOX/no/x.png:"
            + " its folder does not exist",
      })
  void refusals(String words, String sentence) {
    assertThat(box.refused(words)).isEqualTo("vitrine: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text.png| is not a JPEG or PNG picture: it begins with 0x68656c6c",
        "empty.png| is not a JPEG or PNG picture: it is empty",
        "photo.gif| is a GIF picture: expected JPEG or PNG; convert it first",
        "cut.jpg|: truncated: this JPEG ends after BYTES bytes, before its end marker",
        "cut.png|: truncated: this PNG ends after BYTES bytes, before its end chunk",
        "cmyk.jpg| is a JPEG in CMYK, for printing: convert it to RGB first",
        "huge.png| has 30,000 × 30,000 pixels: expected at most 65,535 a side and 64 million in all;"
            + " make it smaller first",
        "thin.png| has 65,536 × 1 pixels: expected at most 65,535 a side and 64 million in all; make"
            + " it smaller first",
      })
  void pictures(String file, String sentence) throws IOException {
    String line =
        "vitrine: BOX/%s %s"
            .formatted(file, sentence)
            .replace(" :", ":")
            .replace("BYTES", Long.toString(Files.size(box.path(file))));
    assertThat(box.refused("classify BOX/run BOX/" + file)).isEqualTo(line);
    assertThat(box.refused("readout BOX/run BOX/%s --layer conv1 --out BOX/x.png".formatted(file)))
        .isEqualTo(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "classify|vitrine classify: Missing required parameter: 'MODEL' (see 'vitrine classify"
            + " --help')",
        "classify x|vitrine classify: Missing what to look at: a picture's file, or a test image"
            + " such as --example 0 (see 'vitrine classify --help')",
        "readout x --layer y|vitrine readout: Missing what to look at: a picture's file, or a test"
            + " image such as --example 0 (see 'vitrine readout --help')",
        "readout x y z --layer conv1|vitrine: A readout expects one picture, but got 2: leave the"
            + " others out",
        "classify x y --top z|vitrine classify: --top expects a whole number below 2^31, but got \"z\""
            + " (see 'vitrine classify --help')",
        "readout x y|vitrine readout: Missing required option: '--layer=LAYER' (see 'vitrine"
            + " readout --help')",
      })
  void whatIsMissing(String words, String line) {
    assertThat(box.refused(words)).isEqualTo(line);
  }

  /** The official layout, trained on and evaluated by its name. */
  @Test
  void cifar10IsADataSet() throws IOException {
    Path data = Files.createDirectory(out.resolve("cifar10"));
    Random random = new Random(3);
    for (String name : List.of("data_batch_1.bin", "data_batch_2.bin", "test_batch.bin")) {
      byte[] records = new byte[20 * 3073];
      random.nextBytes(records);
      for (int i = 0; i < 20; i++) {
        records[i * 3073] = (byte) (i % 10);
      }
      Files.write(data.resolve(name), records);
    }
    Path network =
        Files.writeString(
            out.resolve("net.json"),
            """
            {"name": "n", "input": [3, 32, 32],
             "layers": [{"conv2d": 2, "stride": 4}, "flatten", {"linear": 10}]}
            """);
    Path trained = out.resolve("run");
    Cli cli =
        Cli.run(
            "train --model %s --data cifar10 --data-dir %s --epochs 1 --batch 8 --out %s"
                .formatted(network, out, trained));
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.complaints())
        .contains("n on CIFAR-10: 36 training, 4 validation, 20 test images");
    Cli evaluated = Cli.done("evaluate %s --test-images 10", trained);
    assertThat(evaluated.out()).contains("of 10 misread").contains("automobile");
    Cli classified = Cli.quiet("classify %s %s --preprocess caffe --top 10", trained, bar);
    assertThat(classified.out())
        .contains("n trained on CIFAR-10")
        .contains("caffe: resized to 36 × 36, centre 32 × 32, BGR, pixels − (104, 117, 123)")
        .contains("  airplane  ");
  }
}
