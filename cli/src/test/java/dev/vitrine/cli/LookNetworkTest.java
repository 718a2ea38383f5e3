package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.image.ImageFile;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.onnx.OnnxFile;
import dev.vitrine.random.Seed;
import dev.vitrine.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vitrine look} at a network, on a command line. */
class LookNetworkTest {
  @TempDir private static Path folder;

  private static Path run;

  @BeforeAll
  static void train() {
    run = folder.resolve("run");
    Cli.done(
        "train --model lenet --data digits --train-images 300 --test-images 70 --epochs 2"
            + " --keep-checkpoints all --histograms every=3 --out %s",
        run);
  }

  @Test
  void histogramsAndUnits() throws IOException {
    Path page = folder.resolve("inside.html");
    Path json = folder.resolve("inside.json");
    Cli cli = Cli.done("look %s --histograms --out %s --json %s", run, page, json);
    assertThat(cli.out()).contains("conv1.weight", "linear2.bias, gradient", "Dropout is off");
    assertThat(Files.readString(page)).contains("Gradients of conv1.weight", "<svg");
    JsonObject seen = Json.read(json);
    assertThat(seen.integer("examples")).isEqualTo(64);
    assertThat(Files.readString(json)).contains("\"dead\"", "\"copies\"");
    assertThat(Cli.done("look %s --histograms --when init --example 0-3", run).out())
        .contains("at its start")
        .contains("4 examples, from test image 0 of digits to test image 3");
    assertThat(Cli.done("look %s --histograms --when 1 --example 0", run).out())
        .contains("after epoch 1");
    assertThat(Cli.done("look lenet5 --histograms").out())
        .contains("Weights alone")
        .contains("conv1.weight");
    assertThat(Files.readString(run.resolve("report.html"))).contains("How activations moved");
  }

  @Test
  void featuresOnOneScale() throws IOException {
    Path page = folder.resolve("maps.html");
    Path sheet = folder.resolve("maps.png");
    Path json = folder.resolve("maps.json");
    String ask = "look %s --features conv1,2,relu1 --example 3,7 --grid 4x5 --out %s";
    Cli cli = Cli.done(ask + " --json %s", run, page, json);
    assertThat(cli.out()).contains("One scale for all that is shown.").contains("pool1: ");
    assertThat(Files.readString(page))
        .contains("conv1: 20 maps of 24×24", "pool1: 20 maps of 12×12", "relu1: 20 of 500 numbers");
    assertThat(Files.readString(json)).contains("\"kind\"", "\"thickness\"");
    Cli.done(ask, run, sheet);
    assertThat(ImageFile.read(sheet, 0).picture().channels()).isEqualTo(3);
  }

  /** Somebody else's files are looked at like runs. */
  @Test
  void filesOfOthers() throws IOException {
    NetworkSpec spec = Zoo.named("lenet");
    Path onnx = folder.resolve("net.onnx");
    OnnxFile.write(
        Model.of(spec.layers(), spec.input(), Initializer.kaimingUniform(), Seed.of(1)), onnx);
    assertThat(Cli.done("look %s --filters conv1", onnx).out())
        .contains("conv1: 20 filters of 5×5 over 1 input channel.");
    Path page = folder.resolve("onnx.html");
    Cli.done("look %s --features conv1 --example 3 --data digits --out %s", onnx, page);
    assertThat(Files.readString(page)).contains("conv1: 20 maps of 24×24");
    String matlab =
        "look %s --network %s"
            .formatted(MatlabExample.numbers(folder), MatlabExample.network(folder));
    assertThat(Cli.done(matlab + " --filters conv1 --layout chw").out())
        .contains("conv1: 1 filter of 2×2 over 1 input channel.")
        .contains("it keeps what is fine alone");
    assertThat(Cli.done(matlab + " --filters conv1 --layout flip,chw").out()).contains("2.000");
    assertThat(Cli.run("look leent --histograms").err())
        .contains("no run folder, checkpoint or network leent; did you mean \"lenet\"?");
  }

  @Test
  void filters() {
    assertThat(Cli.done("look %s --filters conv1", run).out())
        .contains("conv1: 20 filters of 5×5 over 1 input channel.");
    assertThat(Cli.done("look %s --filters 3", run).out())
        .contains("conv2: 50 filters of 5×5 over 20 input channels.");
  }

  @Test
  void pixels() throws IOException {
    Path page = folder.resolve("pixels.html");
    Path json = folder.resolve("pixels.json");
    Cli cli =
        Cli.done(
            "look %s --saliency --occlude --example 3 --class 4 --out %s --json %s",
            run, page, json);
    assertThat(cli.out())
        .contains("the score of class 4 is")
        .contains("the integrated gradients sum to")
        .contains("covering a square of 5×5 lowers the score of class 4");
    JsonObject seen = (JsonObject) Json.read(json).list("pictures").getFirst();
    double difference = seen.number("score") - seen.number("baseline");
    double sum = seen.numbers("integrated").stream().mapToDouble(v -> v).sum();
    assertThat(sum)
        .isCloseTo(difference, org.assertj.core.api.Assertions.within(1e-3 * Math.abs(difference)));
    assertThat(seen.numbers("gradient")).hasSize(784);
    assertThat(Cli.done("look %s --saliency --baseline white --example 3", run).out())
        .contains("of a white picture");
    Cli none = Cli.run("look %s --saliency --baseline 300".formatted(run));
    assertThat(none.err())
        .contains("--baseline expects black, grey, white, or a level from 0 to 255, but got 300");
    assertThat(seen.numbers("falls")).hasSize(784);
  }

  @Test
  void maximisedIsTheSameEachTime() throws IOException {
    Path one = folder.resolve("one.png");
    Path two = folder.resolve("two.png");
    Cli.done("look %s --maximize linear2:3,conv1:0-1 --out %s", run, one);
    Cli.done("look %s --maximize linear2:3,conv1:0-1 --out %s", run, two);
    assertThat(Files.readAllBytes(one)).isEqualTo(Files.readAllBytes(two));
  }

  @Test
  void badInput() {
    assertThat(fails("look %s --features con1".formatted(run)))
        .isEqualTo(
            "vitrine: Unknown layer \"con1\"; did you mean \"conv1\"?" + System.lineSeparator());
    assertThat(fails("look %s --features 99".formatted(run)))
        .contains("--features expects a layer from 1 (conv1) to 8 (linear2), but got 99");
    assertThat(fails("look %s --features conv1 --example 99999".formatted(run)))
        .contains(
            "--example expects 0 to 9,999, the test images of data set digits, but got 99,999");
    assertThat(fails("look %s --features conv1 --grid 4".formatted(run)))
        .contains("--grid expects ROWSxCOLUMNS, such as 4x5, each from 1, but got 4");
    assertThat(fails("look %s --filters linear1".formatted(run)))
        .contains(
            "--filters expects a convolution, but \"linear1\" is none; those are: conv1, conv2");
    assertThat(fails("look %s --maximize linear2:10".formatted(run)))
        .contains("--maximize: the layer linear2 has units 0 to 9, but got 10");
    assertThat(fails("look %s --maximize linear2".formatted(run)))
        .contains("--maximize expects LAYER:UNIT, such as conv1:3 or linear2:0-9");
    assertThat(fails("look %s --saliency --class 10".formatted(run)))
        .contains("--class expects 0 to 9, the network's scores, but got 10");
    assertThat(fails("look %s --histograms --when 7".formatted(run)))
        .contains("kept no numbers of epoch 7; kept are 1, 2");
    assertThat(fails("look %s --histograms --when start".formatted(run)))
        .contains("--when expects init, last or an epoch from 1, but got \"start\"");
    Path bare = folder.resolve("bare");
    Cli.done("train --train-images 100 --test-images 10 --epochs 1 --out %s", bare);
    assertThat(fails("look %s --histograms --when 1".formatted(bare)))
        .contains("kept no numbers of single epochs: 'train --keep-checkpoints all' keeps them");
    assertThat(fails("look lenet --histograms --when last"))
        .contains("lenet was not trained, so --when expects init or nothing, but got \"last\"");
    assertThat(fails("look lenet --saliency"))
        .contains("lenet was not trained, so no data are known");
    assertThat(fails("look %s".formatted(run))).contains("Say what to look at: --kernel,");
    assertThat(fails("look %s --histograms --filters conv1".formatted(run)))
        .contains("--histograms and --filters are two views: ask for one");
    assertThat(fails("look %s --filters conv1 --grid 2x2".formatted(run))).contains("--grid");
    assertThat(fails("train --histograms every=0"))
        .contains("--histograms expects every=N, such as every=100: a number of steps from 1");
  }

  /** The one line of a command that is refused. */
  private static String fails(String words) {
    Cli cli = Cli.run(words);
    assertThat(cli.code()).as(cli.err() + cli.out()).isEqualTo(2);
    assertThat(cli.complaints()).hasSize(1);
    return cli.err();
  }
}
