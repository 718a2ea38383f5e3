package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.MnistFile;
import dev.vitrine.format.Idx;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data and network files that are refused. */
class BadFilesTest {
  private RefusalBox box;

  @BeforeEach
  void fill(@TempDir Path folder) throws IOException {
    box = RefusalBox.in(folder);
  }

  @Test
  void aLongPathIsNotPrintedWhole() throws IOException {
    Path deep = box.path("f".repeat(200)).resolve("g".repeat(200));
    Files.createDirectories(deep);
    Path bad = Files.writeString(deep.resolve("bad.json"), "{\"input\": 3}");
    Path checkpoint = Files.writeString(deep.resolve("bad.safetensors"), "{}");
    for (String words :
        new String[] {
          "summary " + bad,
          "summary " + deep.resolve("none.json"),
          "evaluate " + deep,
          "evaluate " + deep.resolve("none"),
          "evaluate " + checkpoint + " --network lenet",
          "train --data " + deep,
          "train --out " + deep,
          "train --model " + bad,
          "digits --out " + deep.resolve("no/x.png"),
        }) {
      Cli cli = Cli.run(words);
      assertThat(cli.code()).as(words).isEqualTo(2);
      assertThat(cli.complaints()).hasSize(1).allMatch(line -> line.length() <= 300);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TRAIN_IMAGES|missing|BOX/bad lacks train-images-idx3-ubyte (plain or .gz), needed for a"
            + " data set in MNIST's layout",
        "TEST_LABELS|missing|BOX/bad lacks t10k-labels-idx1-ubyte (plain or .gz), needed for a data"
            + " set in MNIST's layout",
        "TRAIN_IMAGES|truncated|BOX/bad/train-images-idx3-ubyte: truncated: its sizes (130, 8, 8)"
            + " ask for 8320 bytes, but there are 8315",
        "TEST_LABELS|truncated|BOX/bad/t10k-labels-idx1-ubyte: truncated: its sizes (40) ask for 40"
            + " bytes, but there are 35",
        "TRAIN_LABELS|corrupt|BOX/bad/train-labels-idx1-ubyte: not an IDX file: expected the magic"
            + " number 0x00000801, but it begins with 0x68656c6c",
        "TRAIN_IMAGES|channels|BOX/bad/train-images-idx3-ubyte: expected 3 dimensions (images), but"
            + " it has 4 dimensions",
        "TRAIN_LABELS|fewer|BOX/bad/train-images-idx3-ubyte has 130 images, but"
            + " BOX/bad/train-labels-idx1-ubyte has 90 labels: expected equal numbers",
        "TRAIN_LABELS|range|Data set BOX/bad has 201 classes, but the network has outputs for 3: choose"
            + " another --model or --data",
        "TEST_IMAGES|sizes|BOX/bad: the training images are (1, 8, 8), but the test images are (1,"
            + " 9, 9): expected equal sizes",
      })
  void filesOfData(MnistFile file, String damage, String sentence) throws IOException {
    TinyData.write(box.path("bad"));
    damage(box.path("bad").resolve(file.plainName()), damage);
    assertThat(box.refusedTraining("--data BOX/bad")).isEqualTo("vitrine: " + sentence);
  }

  private static void damage(Path file, String how) throws IOException {
    switch (how) {
      case "missing" -> Files.delete(file);
      case "truncated" -> cut(file, 5);
      case "corrupt" -> Files.writeString(file, "hello");
      case "channels" -> Idx.write(file, Shape.of(2, 3, 4, 4), new byte[96]);
      case "fewer" -> Idx.write(file, Shape.of(90), new byte[90]);
      case "sizes" -> Idx.write(file, Shape.of(40, 9, 9), new byte[40 * 81]);
      case "range" -> {
        byte[] labels = TinyData.labels(TinyData.TRAIN);
        labels[77] = (byte) 200;
        Idx.write(file, Shape.of(labels.length), labels);
      }
      default -> throw new IllegalArgumentException(how);
    }
  }

  private static void cut(Path file, int bytes) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - bytes));
  }

  @Test
  void aLabelOutOfTheRangeOfAPublishedDataSet() throws IOException {
    Path mnist = TinyData.write(box.path("mnist"));
    byte[] labels = TinyData.labels(TinyData.TRAIN);
    labels[77] = 12;
    Idx.write(mnist.resolve(MnistFile.TRAIN_LABELS.plainName()), Shape.of(labels.length), labels);
    assertThat(box.refusedTraining("--data mnist --data-dir BOX"))
        .isEqualTo(
            "vitrine: Data set %s expects labels from 0 to 9, but example 77 has label 12"
                .formatted("MNIST"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\": \"x\", |: not valid JSON at line 1, column 14: it ends within an" + " object",
        "{\"name\":\"x\"}|: \"input\" expects a list, but got nothing",
        "{\"name\":\"../x\",\"input\":[1,8,8],\"layers\":[\"flatten\"]}|: \"name\" expects letters,"
            + " digits, spaces, - and _, but got \"../x\"",
        "{\"name\":\"x\",\"input\":[0,8,8],\"layers\":[\"flatten\"]}|: \"input\" expects one to"
            + " three sizes from 1 to 2^31 − 1, such as [1, 28, 28], but got [0, 8, 8]",
        "{\"nam\":\"x\",\"input\":[1,8,8],\"layers\":[\"flatten\"]}|: unknown field \"nam\"; did you"
            + " mean \"name\"?",
        "[]|: \"layers\" expects a layer, or a list of at least one, but got []",
        "[\"flatten\",\"rleu\"]|, layer 2: unknown kind \"rleu\"; did you mean \"relu\"?",
        "[{\"conv2d\":4,\"kernal\":3}]|, layer 1: unknown option of conv2d \"kernal\"; did you mean"
            + " \"kernel\"?",
        "[{\"batchnorm\":true,\"eps\":1e-50}]|, layer 1: BatchNorm2d expects an eps above 0 that"
            + " single precision can tell from 0, but got 1e-50",
        "[{\"batchnorm\":true,\"eps\":1e-400}]|: layers: eps expects 0 or a number of a size from"
            + " 4.9e-324 to 1.8e308, but got 1e-400",
        "[\"flatten\",{\"dropout\":1e-46}]|, layer 2: Dropout expects a rate in [0, 1) that single"
            + " precision can tell from 0, but got 1e-46",
        "[{\"leaky_relu\":1e39}]|, layer 1: LeakyRelu expects a finite slope that single precision"
            + " can tell from Infinity, but got 1e39",
        "[{\"batchnorm\":true,\"eps\":0}]|, layer 1: BatchNorm2d expects an eps above 0, but got 0",
        "[{\"batchnorm\":true,\"momentum\":2}]|, layer 1: BatchNorm2d expects a momentum in (0, 1], but got 2",
        "[{\"lrn\":0}]|, layer 1: \"lrn\" expects a number from 1 to 2^31 − 1, but got 0",
        "[{\"conv2d\":4,\"stride\":0}]|, layer 1: \"stride\" expects a number from 1 to 2^31 − 1, but got 0",
        "[\"flatten\",{\"linear\":3},\"softmax\"]|, layer 3: unknown kind \"softmax\"; the training's loss has"
            + " the softmax: leave it out",
        "[{\"lrn\":5,\"bias\":0}]|, layer 1: LocalResponseNorm expects a bias above 0, but got 0",
        "[{\"lrn\":5,\"aplha\":1}]|, layer 1: unknown option of lrn \"aplha\"; did you mean \"alpha\"?",
        "[\"flatten\",7]|, layer 2 expects a kind or an object, but got 7",
        "[{\"linear\":3,\"relu\":1}]|, layer 1 expects one kind, but got [",
        "[\"flatten\",{\"linear\":\"3\"}]|, layer 2: \"linear\" expects a whole number, but got \"3\"",
        "[\"flatten\",{\"linear\":-3}]|, layer 2: \"linear\" expects a number from 1 to 2^31 − 1, but"
            + " got -3",
        "[{\"conv2d\":0}]|, layer 1: \"conv2d\" expects a number from 1 to 2^31 − 1, but got 0",
        "[\"relu\",{\"conv2d\":4,\"kernel\":9}]|, layer 2: ",
        "[{\"conv2d\":4},{\"linear\":3}]|, layer 2: Linear(3) expects a vector, but its input is"
            + " (4, 6, 6): put Flatten before it",
        "[\"flatten\",{\"dropout\":1.5}]|, layer 2: Dropout expects a rate in [0, 1), but got 1.5",
        "[{\"conv2d\":4,\"padding\":\"sane\"}]|, layer 1: \"padding\" expects \"same\", a number,"
            + " [height, width] or [top, bottom, left, right], but got \"sane\"",
        "[{\"conv2d\":4,\"padding\":[1,2,3]}]|, layer 1: \"padding\" expects \"same\", a number,"
            + " [height, width] or [top, bottom, left, right], but got [1, 2, 3]",
        "[{\"convtranspose2d\":4,\"padding\":\"same\"}]|, layer 1: \"padding\" expects a number,"
            + " [height, width] or [top, bottom, left, right], but got \"same\"",
        "[{\"conv2d\":4,\"kernel\":[1,2,3]}]|, layer 1: \"kernel\" expects a number or [height,"
            + " width], but got [1, 2, 3]",
        "[{\"conv2d\":4,\"kernel\":[3,true]}]|, layer 1: \"kernel\" expects a number or [height,"
            + " width], but got [3, true]",
        "[{\"conv2d\":4,\"dilation\":[1,0]}]|, layer 1: \"dilation\" expects a number from 1 to"
            + " 2^31 − 1, but got 0",
        "[{\"maxpool2d\":[1,2],\"stride\":[]}]|, layer 1: \"stride\" expects a number or [height,"
            + " width], but got []",
        "[{\"maxpool2d\":true}]|, layer 1: \"maxpool2d\" expects a number or [height, width], but"
            + " got true",
        "[{\"maxpool2d\":2,\"padding\":[0,0,0,-1]}]|, layer 1: \"padding\" expects a number from 0 to"
            + " 2^31 − 1, but got -1",
        "[{\"maxpool2d\":2,\"padding\":\"same\",\"ceil\":true}]|, layer 1: MaxPool2d expects ceil or"
            + " SAME padding, but got both",
        "[{\"clip\":6}]|, layer 1: \"clip\" expects two numbers [min, max], but got 6",
        "[{\"clip\":[6,0]}]|, layer 1: Clip expects a min below its max, but got 6 and 0",
        "[{\"permute\":2}]|, layer 1: \"permute\" expects axes such as [2, 0, 1], but got 2",
        "[{\"permute\":[0,1,1]}]|, layer 1: Permute expects each axis from 0 to 2 once, but got [0,"
            + " 1, 1]",
        "[{\"permute\":[1,0]}]|, layer 1: Permute[1, 0] expects an input with 2 axes, but got (1, 8,"
            + " 8)",
        "[{\"adaptiveavgpool2d\":0}]|, layer 1: \"adaptiveavgpool2d\" expects a number from 1"
            + " to 2^31 − 1, but got 0",
        "[{\"adaptiveavgpool2d\":\"6\"}]|, layer 1: \"adaptiveavgpool2d\" expects a number or"
            + " [height, width], but got \"6\"",
        "[{\"zeropad2d\":[1,2,3]}]|, layer 1: \"zeropad2d\" expects a number, [height,"
            + " width] or [top, bottom, left, right], but got [1, 2, 3]",
        "[{\"dropout2d\":1}]|, layer 1: Dropout expects a rate in [0, 1), but got 1",
        "[\"flatten\",\"globalavgpool2d\"]|, layer 2: GlobalAvgPool2d expects an image (C, H, W),"
            + " but its input is (64)",
        "[{\"convtranspose2d\":4,\"output_padding\":1}]|, layer 1: ConvTranspose2d(4, 3×3,"
            + " outputPadding 1) expects an outputPadding below its stride 1, but got 1",
        "[\"flatten\",{\"linear\":3,\"name\":\"a\"},{\"linear\":3,\"name\":\"a\"}]|: Two"
            + " layers are called \"a\", Linear(3) and Linear(3): give each a name of its own",
        "[\"flatten\",{\"linear\":3,\"name\":\"linear1\"},{\"linear\":3}]|: Two"
            + " layers are called \"linear1\", Linear(3) and Linear(3): give each a name",
        "[{\"batchnorm\":false}]|, layer 1: \"batchnorm\" expects true, or the kind alone, but got"
            + " false",
        "[{\"relu\":2}]|, layer 1: \"relu\" expects true, or the kind alone, but got 2",
        "[{\"slice\":0,\"from\":1}]|, layer 1: \"to\" expects a whole number, but got nothing",
        "[{\"slice\":0,\"from\":1,\"to\":1}]|, layer 1: Slice expects an axis of 0 or more and 0 ≤"
            + " from < to, but got axis 0, from 1 to 1",
        "[{\"slice\":1,\"to\":9}]|, layer 1: Slice(1, 0…9) expects an input with an axis 1 of 9 or"
            + " more, but its input is (1, 8, 8)",
        "[{\"gelu\":true,\"approximate\":\"fast\"}]|, layer 1: \"approximate\" expects \"none\" or"
            + " \"tanh\", but got \"fast\"",
        "[\"relu\",{\"residual\":[\"relu\",\"rleu\"]}]|, layer 2, body, layer 2: unknown kind"
            + " \"rleu\"; did you mean \"relu\"?",
        "[{\"residual\":[\"relu\"],\"shortcut\":[{\"conv2d\":4,\"kernal\":1}]}]|, layer 1,"
            + " shortcut, layer 1: unknown option of conv2d \"kernal\"; did you mean \"kernel\"?",
        "[{\"residual\":[{\"conv2d\":4,\"padding\":1}]}]|, layer 1: Residual expects a body that"
            + " keeps the shape (1, 8, 8), but its output is (4, 8, 8)",
        "[{\"residual\":[]}]|, layer 1: \"residual\" expects a layer, or a list of at least one, but got []",
        "[{\"residual\":7}]|, layer 1: \"residual\" expects a layer, or a list of at least one, but got 7",
        "[{\"residual\":\"rleu\"}]|, layer 1, body: unknown kind \"rleu\"; did you mean \"relu\"?",
        "[{\"sequential\":\"relu\"}]|, layer 1: \"sequential\" expects a list, but got \"relu\"",
        "[{\"parallel\":[]}]|, layer 1: \"parallel\" expects at least one branch, but got []",
        "[{\"auxiliary\":[\"flatten\",{\"linear\":3}],\"weight\":-1},\"flatten\",{\"linear\":3}]|,"
            + " layer 1: Auxiliary expects a positive weight, but got -1",
        "[{\"auxiliary\":[\"flatten\",{\"linear\":5}]},\"flatten\",{\"linear\":3}]|: the auxiliary"
            + " head \"auxiliary1\" has an output of (5), but the network's is (3): a head ends as the"
            + " network does",
        "[{\"auxiliary\":[\"flatten\",{\"linear\":3}]},{\"residual\":[{\"auxiliary\":[\"relu\"],"
            + "\"name\":\"second\"}]},\"flatten\",{\"linear\":3}]|: the auxiliary head"
            + " \"residual1.body.second\" has an output of (1, 8, 8), but the network's is (3)",
        "[{\"parallel\":[[\"relu\"],[{\"conv2d\":0}]]}]|, layer 1, branch 2, layer 1: \"conv2d\""
            + " expects a number from 1 to 2^31 − 1, but got 0",
        "[{\"parallel\":[[\"relu\"],[\"relu\",{\"linear\":3}]]}]|, layer 1, branch 2, layer 2:"
            + " Linear(3) expects a vector, but its input is (1, 8, 8): put Flatten before it",
        "[{\"parallel\":[[\"relu\"],[{\"conv2d\":2}]]}]|, layer 1: Concat(axis 0) expects inputs"
            + " that differ only along that axis, but got [(1, 8, 8), (2, 6, 6)]",
        "[{\"parallel\":[[\"relu\"],3]}]|, layer 1: \"parallel\" expects a layer, or a list of at"
            + " least one, but got 3",
        "[{\"parallel\":[[{\"conv2d\":2,\"name\":\"a\"},{\"conv2d\":2,\"name\":\"a\"}]]}]|, layer"
            + " 1, branch 1: Two layers are called \"a\", ",
        "[{\"parallel\":[[\"flatten\",{\"linear\":3,\"name\":\"linear1\"},{\"linear\":3}]]}]|, layer"
            + " 1, branch 1: Two layers are called \"linear1\", ",
        "[\"flatten\",{\"linear\":2147483648}]|, layer 2: \"linear\" expects a number from 1 to 2^31 − 1, but"
            + " got 2147483648",
        "[{\"maxpool2d\":65536,\"padding\":65536}]|, layer 1: A window of 65536×65536 has more than"
            + " 2^31 − 1 elements",
        "[{\"conv2d\":1,\"kernel\":[1,65537],\"dilation\":65536}]|, layer 1: A window of kernelSize 65537,"
            + " dilation 65536 and padding 0+0 is longer than 2^31 − 1 elements",
        "[{\"conv2d\":1,\"kernel\":[1,30],\"padding\":[0,1073741820]}]|, layer 1: A window of"
            + " kernelSize 30, dilation 1 and padding 1073741820+1073741820 is longer than 2^31 − 1"
            + " elements",
        "[{\"conv2d\":1,\"kernel\":1,\"padding\":[0,1073741816],\"stride\":8}]|, layer 1: 8 elements,"
            + " padding 1073741816+1073741816, a window over 1 and a stride of 8 are longer than 2^31"
            + " − 1 together",
        "[{\"zeropad2d\":[0,1073741820]}]|, layer 1: Shape (1, 8, 8), but 2147483648 long along axis 2,"
            + " has more than 2^31 − 1 elements",
        "[{\"zeropad2d\":[0,2147483647]}]|, layer 1: Shape (1, 8, 8), but 4294967302 long along axis 2,"
            + " has more than 2^31 − 1 elements",
        "[{\"convtranspose2d\":1,\"stride\":[16384,4096]}]|, layer 1: Shape (1, 114691, 28675) has more",
        "[{\"convtranspose2d\":1,\"stride\":[1,1073741824]}]|, layer 1: ConvTranspose2d(1, 3×3, stride"
            + " 1×1073741824) makes of an input of (1, 8, 8) more than 2^31 − 1 elements",
        "[\"flatten\",{\"linear\":1048576},{\"linear\":1048576}]|, layer 3: Shape (1048576,"
            + " 1048576) has more than",
      })
  void networkFiles(String text, String sentence) throws IOException {
    String whole =
        text.startsWith("[")
            ? "{\"name\": \"x\", \"input\": [1, 8, 8], \"layers\": %s}".formatted(text)
            : text;
    Files.writeString(box.path("net.json"), whole);
    assertThat(box.refused("summary BOX/net.json")).startsWith("vitrine: BOX/net.json" + sentence);
    assertThat(box.refusedTraining("--model BOX/net.json"))
        .startsWith("vitrine: BOX/net.json" + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"relu\"]|A classifier ends in one number for each class, but the network's output is (1,"
            + " 8, 8): end it with Flatten and Linear",
        "[\"flatten\",{\"linear\":2}]|Data set DATA has 3 classes, but the network has outputs for 2:"
            + " choose another --model or --data",
      })
  void networksThatAreNoClassifiersOfTheData(String layers, String sentence) throws IOException {
    String text = "{\"name\": \"x\", \"input\": [1, 8, 8], \"layers\": %s}".formatted(layers);
    Files.writeString(box.path("net.json"), text);
    assertThat(box.refusedTraining("--model BOX/net.json")).isEqualTo("vitrine: " + sentence);
  }

  @Test
  void onnxFilesThatAreNoneAreNamed() throws IOException {
    Files.write(box.path("mnist-8.onnx"), new byte[] {8, 3, 18, 4});
    assertThat(box.refused("summary BOX/mnist-8.onnx"))
        .isEqualTo("vitrine: BOX/mnist-8.onnx: no ONNX model");
    assertThat(box.refused("classify BOX/mnist-8.onnx x.png"))
        .startsWith("vitrine: BOX/mnist-8.onnx: no");
    assertThat(box.refusedTraining("--model BOX/mnist-8.onnx"))
        .isEqualTo(
            "vitrine: BOX/mnist-8.onnx is an ONNX model, which brings its numbers along: summary,"
                + " evaluate, classify and readout read it");
  }
}
