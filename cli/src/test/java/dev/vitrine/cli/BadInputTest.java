package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.data.MnistFile;
import dev.vitrine.format.Idx;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a user can get wrong: one line on the error stream, exit code 2, and nothing left behind.
 */
class BadInputTest {
  @TempDir private static Path shared;
  private static Path data;
  private static Path network;

  /** Where a test may write; every command must leave it as it was. */
  @TempDir private Path box;

  @BeforeAll
  static void write() throws IOException {
    data = TinyData.write(shared.resolve("data"));
    network = TinyData.network(shared);
  }

  /** Runs a refused command and returns its one line, BOX and DATA standing for the folders. */
  private String refused(String words) {
    List<String> before = Cli.tree(box);
    String[] args =
        Arrays.stream(words.split(" "))
            .map(w -> w.replace("BOX", box.toString()).replace("DATA", data.toString()))
            .toArray(String[]::new);
    Cli cli = Cli.run(args);
    assertThat(cli.complaints()).hasSize(1);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.out()).isEmpty();
    assertThat(Cli.tree(box)).isEqualTo(before);
    return cli.complaints()
        .getFirst()
        .replace(box.toString(), "BOX")
        .replace(data.toString(), "DATA");
  }

  private String refusedTraining(String options) {
    String model = options.contains("--model") ? "" : "--model " + network + " ";
    String folder = options.contains("--data ") ? "" : "--data DATA ";
    String batch = options.contains("--batch") ? "" : "--batch 8 ";
    String out = options.contains("--out") ? "" : "--out BOX/run ";
    return refused("train " + model + folder + batch + out + options);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trian|vitrine: Unknown command 'trian'; did you mean 'train'? (see 'vitrine --help')",
        "train --epcohs 3|vitrine train: Unknown option '--epcohs'; did you mean '--epochs'? (see"
            + " 'vitrine train --help')",
        "train extra|vitrine train: Unknown argument 'extra' (see 'vitrine train --help')",
        "train --epochs|vitrine train: Missing required parameter for option '--epochs' (N) (see"
            + " 'vitrine train --help')",
        "train --lr fast|vitrine train: --lr expects a number, but got 'fast' (see 'vitrine train"
            + " --help')",
        "train --epochs 1.5|vitrine train: --epochs expects a whole number below 2^31, but got"
            + " '1.5' (see 'vitrine train --help')",
        "train --threads 3000000000|vitrine train: --threads expects a whole number below 2^31, but"
            + " got '3000000000' (see 'vitrine train --help')",
        "train --seed x|vitrine train: --seed expects a whole number below 2^63, but got 'x' (see"
            + " 'vitrine train --help')",
        "train --lr 1 --lr 2|vitrine train: --lr is given twice: leave one out (see 'vitrine train"
            + " --help')",
        "evaluate|vitrine evaluate: Missing required parameter: 'RUN' (see 'vitrine evaluate"
            + " --help')",
        "summary|vitrine summary: Missing required parameter: 'MODEL' (see 'vitrine summary"
            + " --help')",
        "digits|vitrine digits: Missing required option: '--out=FILE' (see 'vitrine digits"
            + " --help')",
      })
  void theCommandLine(String words, String line) {
    assertThat(refused(words)).isEqualTo(line);
  }

  @Test
  void whatIsNoFileName() {
    assertThat(refused("train --out \0"))
        .isEqualTo(
            "vitrine train: --out expects a file name that this system can write (is LANG set?),"
                + " but got '\0' (see 'vitrine train --help')");
    assertThat(refused("evaluate \0"))
        .startsWith("vitrine evaluate: RUN expects a file name that this system can write");
    assertThat(refused("train --data \0")).startsWith("vitrine: This is no file name here: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train --model lenat|Unknown model 'lenat': expected lenet, mlp, cnn32-64 or a network"
            + " file; did you mean 'lenet'?",
        "summary cnn32-46|Unknown model 'cnn32-46': expected lenet, mlp, cnn32-64 or a network file; did"
            + " you mean 'cnn32-64'?",
        "train --data digts|Unknown data set 'digts': expected digits, mnist, fashion, or a folder"
            + " with files in MNIST's layout; did you mean 'digits'?",
        "train --init kaimin-uniform|Unknown initialiser 'kaimin-uniform': expected lecun-uniform,"
            + " lecun-normal, xavier-uniform, xavier-normal, kaiming-uniform, kaiming-normal; did"
            + " you mean 'kaiming-uniform'?",
        "train --schedule stpe:1:2|The schedule expects constant, step:GAMMA:EVERY,"
            + " exponential:GAMMA or inverse:GAMMA:POWER, but got 'stpe:1:2'",
        "train --data mnist --data-dir BOX/no|The data folder BOX/no does not exist",
        "digits --out BOX/x.png --columns 0|A sheet of digits expects 1 to 100 columns, but got 0",
        "digits --out BOX/no/x.png|Cannot write BOX/no/x.png: its folder does not exist",
        "summary lenet --json BOX/no/x|Cannot write BOX/no/x: its folder does not exist",
      })
  void names(String words, String sentence) {
    assertThat(refused(words)).isEqualTo("vitrine: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--batch 0|The batch size expects 1 or more, but got 0",
        "--batch -8|The batch size expects 1 or more, but got -8",
        "--batch 200|The batch size 200 is larger than the 117 training examples of data set DATA:"
            + " choose a smaller --batch",
        "--epochs 0|The number of epochs expects 1 or more, but got 0",
        "--steps 0|--steps expects 1 or more, but got 0",
        "--steps -1|--steps expects 1 or more, but got -1",
        "--lr 0|The learning rate expects a number above 0, but got 0.0",
        "--lr -0.1|The learning rate expects a number above 0, but got -0.1",
        "--lr NaN|The learning rate expects a number above 0, but got NaN",
        "--momentum 1|The momentum expects a number in [0, 1), but got 1.0",
        "--momentum -0.5|The momentum expects a number in [0, 1), but got -0.5",
        "--nesterov --momentum 0|Nesterov's rule expects a momentum above 0",
        "--weight-decay -1|The weight decay expects 0 or more, but got -1.0",
        "--bias-lr -1|The biases' learning-rate factor expects 0 or more, but got -1.0",
        "--label-smoothing 1|--label-smoothing expects a share in [0, 1), but got 1.0",
        "--schedule exponential:-1|The schedule's gamma expects a positive number, but got -1.0",
        "--threads 0|The number of threads expects 1 to 1024, but got 0",
        "--threads -2|The number of threads expects 1 to 1024, but got -2",
        "--validation 1|--validation expects a share in [0, 1), but got 1.0",
        "--validation -0.1|--validation expects a share in [0, 1), but got -0.1",
        "--validation 0.001|Validation of data set DATA expects a fraction that leaves examples on"
            + " both sides, but got 0.001",
        "--train-images 0|--train-images expects 1 or more, but got 0",
        "--train-images 131|Data set DATA has 130 training images, but 131 were asked for",
        "--test-images -1|--test-images expects 1 or more, but got -1",
        "--test-images 41|Data set DATA has 40 test images, but 41 were asked for",
        "--checkpoint-every -1|--checkpoint-every expects 0 to 1,000,000 seconds, but got -1.0",
        "--model lenet|The network expects images of shape (1, 28, 28), but those of data set DATA"
            + " are (1, 8, 8): choose another --model or --data",
      })
  void numbers(String options, String sentence) {
    assertThat(refusedTraining(options)).isEqualTo("vitrine: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--json BOX/file/x|Cannot write BOX/file/x: BOX/file is a file, not a folder",
        "--json BOX/no/x.json|Cannot write BOX/no/x.json: its folder does not exist",
        "--json BOX|Cannot write BOX: it is a folder, not a file",
        "--out BOX|The run folder BOX exists already: choose another --out, or go on with --resume"
            + " BOX",
        "--out BOX/file|The run folder BOX/file exists already: choose another --out, or go on with"
            + " --resume BOX/file",
        "--out BOX/file/deep/run|Cannot write BOX/file/deep/run: BOX/file is a file, not a folder",
        "--out BOX/run --json BOX/run/x.json|Cannot write BOX/run/x.json: its folder does not"
            + " exist",
      })
  void placesBeforeTraining(String options, String sentence) throws IOException {
    Files.writeString(box.resolve("file"), "x");
    // Data that do not exist: had they been looked for, the complaint would be about them.
    assertThat(refusedTraining(options + " --data BOX/file")).isEqualTo("vitrine: " + sentence);
  }

  @Test
  void aReadOnlyFileSystem() {
    assumeTrue(Files.isDirectory(Path.of("/proc")), "this system has no /proc");
    assertThat(refusedTraining("--out /proc/vitrine/run"))
        .isEqualTo(
            "vitrine: Cannot write /proc/vitrine/run: no file can be made in the folder /proc");
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
        "TRAIN_LABELS|range|The network tells 3 classes apart, but data set BOX/bad has 201: choose"
            + " another --model or --data",
        "TEST_IMAGES|sizes|BOX/bad: the training images are (1, 8, 8), but the test images are (1,"
            + " 9, 9): expected equal sizes",
      })
  void filesOfData(MnistFile file, String damage, String sentence) throws IOException {
    TinyData.write(box.resolve("bad"));
    damage(box.resolve("bad").resolve(file.plainName()), damage);
    assertThat(refusedTraining("--data BOX/bad")).isEqualTo("vitrine: " + sentence);
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
    Path mnist = TinyData.write(box.resolve("mnist"));
    byte[] labels = TinyData.labels(TinyData.TRAIN);
    labels[77] = 12;
    Idx.write(mnist.resolve(MnistFile.TRAIN_LABELS.plainName()), Shape.of(labels.length), labels);
    assertThat(refusedTraining("--data mnist --data-dir BOX"))
        .isEqualTo(
            "vitrine: Data set %s expects labels from 0 to 9, but example 77 has label 12"
                .formatted("MNIST"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\": \"x\", |: not valid JSON at line 1, column 14: Unexpected end-of-input",
        "{\"name\":\"x\"}|: \"input\" expects a list, but got nothing",
        "{\"name\":\"../x\",\"input\":[1,8,8],\"layers\":[\"flatten\"]}|: \"name\" expects letters,"
            + " digits, spaces, - and _, but got '../x'",
        "{\"name\":\"x\",\"input\":[0,8,8],\"layers\":[\"flatten\"]}|: \"input\" expects sizes from"
            + " 1 to 1024, such as [1, 28, 28], but got [0, 8, 8]",
        "{\"nam\":\"x\",\"input\":[1,8,8],\"layers\":[\"flatten\"]}|: unknown field 'nam'; did you"
            + " mean 'name'?",
        "[]|: \"layers\" expects at least one layer, but got []",
        "[\"flatten\",\"rleu\"]|, layer 2: unknown kind 'rleu'; did you mean 'relu'?",
        "[{\"conv2d\":4,\"kernal\":3}]|, layer 1: unknown option of conv2d 'kernal'; did you mean"
            + " 'kernel'?",
        "[\"flatten\",7]|, layer 2 expects a kind or an object, but got 7",
        "[{\"linear\":3,\"relu\":1}]|, layer 1 expects one kind, but got [",
        "[\"flatten\",{\"linear\":\"3\"}]|, layer 2: \"linear\" expects a whole number, but got 3",
        "[\"flatten\",{\"linear\":-3}]|, layer 2: \"linear\" expects a number from 0 to 2^20, but"
            + " got -3",
        "[{\"conv2d\":0}]|, layer 1: Conv2d expects outChannels to be a positive multiple",
        "[\"relu\",{\"conv2d\":4,\"kernel\":9}]|, layer 2: ",
        "[{\"conv2d\":4},{\"linear\":3}]|, layer 2: Linear(3) expects a vector, but its input is"
            + " (4, 6, 6): put Flatten before it",
        "[\"flatten\",{\"dropout\":1.5}]|, layer 2: Dropout expects a rate in [0, 1), but got 1.5",
        "[\"flatten\",{\"linear\":3,\"name\":\"a\"},{\"linear\":3,\"name\":\"a\"}]|, layer 3:"
            + " another layer is called 'a' already",
        "[\"flatten\",{\"linear\":3,\"name\":\"linear1\"},{\"linear\":3}]|: one of the names"
            + " [linear1] is also that of a layer without a name: choose another",
        "[\"flatten\",{\"linear\":1048576},{\"linear\":1048576}]|, layer 3: Shape (1048576,"
            + " 1048576) has more than",
      })
  void networkFiles(String text, String sentence) throws IOException {
    String whole =
        text.startsWith("[")
            ? "{\"name\": \"x\", \"input\": [1, 8, 8], \"layers\": %s}".formatted(text)
            : text;
    Files.writeString(box.resolve("net.json"), whole);
    assertThat(refused("summary BOX/net.json")).startsWith("vitrine: BOX/net.json" + sentence);
    assertThat(refusedTraining("--model BOX/net.json"))
        .startsWith("vitrine: BOX/net.json" + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[\"relu\"]|A classifier ends in one number for each class, but the network's output is (1,"
            + " 8, 8): end it with Flatten and Linear",
        "[\"flatten\",{\"linear\":2}]|The network tells 2 classes apart, but data set DATA has 3:"
            + " choose another --model or --data",
      })
  void networksThatAreNoClassifiersOfTheData(String layers, String sentence) throws IOException {
    String text = "{\"name\": \"x\", \"input\": [1, 8, 8], \"layers\": %s}".formatted(layers);
    Files.writeString(box.resolve("net.json"), text);
    assertThat(refusedTraining("--model BOX/net.json")).isEqualTo("vitrine: " + sentence);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train --resume", "evaluate"})
  void whatIsNoRun(String command) {
    assertThat(refused(command + " BOX/no"))
        .isEqualTo(
            "vitrine: There is no run folder BOX/no: expected one that 'vitrine train' made, such"
                + " as runs/lenet-digits-1");
    assertThat(refused(command + " BOX"))
        .isEqualTo("vitrine: BOX is not a run folder: it has no config.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config.json|missing|BOX/run is not a run folder: it has no config.json",
        "config.json|half|BOX/run/config.json: not valid JSON at ",
        "config.json|number|BOX/run/config.json: \"batch\" expects a number below 2^31, but got 8"
            + "000000000",
        "config.json|format|BOX/run/config.json is of format 12, but this version of Vitrine reads"
            + " format 1",
        "checkpoints/last.safetensors|missing|BOX/run is not a run folder: it has no"
            + " checkpoints/last.safetensors",
        "checkpoints/last.safetensors|half|BOX/run/checkpoints/last.safetensors: truncated",
        "checkpoints/last.safetensors|noise|BOX/run/checkpoints/last.safetensors: truncated or not"
            + " a safetensors file",
      })
  void damagedRuns(String file, String damage, String sentence) throws IOException {
    train();
    damageRun(box.resolve("run").resolve(file), damage);
    assertThat(refused("train --resume BOX/run")).startsWith("vitrine: " + sentence);
    assertThat(refused("evaluate BOX/run")).startsWith("vitrine: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing|Cannot read BOX/run/metrics.jsonl: BOX/run/metrics.jsonl does not exist",
        "empty|BOX/run/metrics.jsonl: expected 1 losses and 1 epochs up to the checkpoint's step"
            + " 22, but there are 0 and 0: the file is damaged",
        "lesser|BOX/run/metrics.jsonl: expected 1 losses and 1 epochs up to the checkpoint's step"
            + " 22, but there are 0 and 1: the file is damaged",
        "noise|BOX/run/metrics.jsonl, line 1: not valid JSON at line 1, column ",
      })
  void damagedMetrics(String damage, String sentence) throws IOException {
    train();
    damageRun(box.resolve("run/metrics.jsonl"), damage);
    assertThat(refused("train --resume BOX/run")).startsWith("vitrine: " + sentence);
  }

  private void train() {
    Cli cli =
        Cli.run(
            "train --epochs 1 --steps 22 --batch 5 --model %s --data %s --out %s"
                .formatted(network, data, box.resolve("run")));
    assertThat(cli.code()).as(cli.err()).isZero();
  }

  private static void damageRun(Path file, String how) throws IOException {
    switch (how) {
      case "missing" -> Files.delete(file);
      case "half" -> cut(file, (int) Files.size(file) / 2);
      case "lesser" -> Files.write(file, Files.readAllLines(file).subList(1, 2));
      case "empty" -> Files.write(file, new byte[0]);
      case "noise" -> Files.write(file, "noise, more noise\n".getBytes(StandardCharsets.UTF_8));
      case "number" -> replace(file, "\"batch\" : 5", "\"batch\" : 8000000000");
      case "format" -> replace(file, "\"format\" : 1", "\"format\" : 12");
      default -> throw new IllegalArgumentException(how);
    }
  }

  private static void replace(Path file, String old, String text) throws IOException {
    String before = Files.readString(file);
    assertThat(before).contains(old);
    Files.writeString(file, before.replace(old, text), StandardOpenOption.TRUNCATE_EXISTING);
  }

  @Test
  void resumingTakesNoOptionThatWouldChangeTheRun() throws IOException {
    train();
    assertThat(refused("train --resume BOX/run --lr 3"))
        .isEqualTo(
            "vitrine: --lr cannot be given with --resume: the run goes on as it was started; only"
                + " --threads, --data-dir, --checkpoint-every, --json, --stacktrace can");
    assertThat(refused("train --resume BOX/run --json BOX/no/x"))
        .isEqualTo("vitrine: Cannot write BOX/no/x: its folder does not exist");
  }

  @Test
  void evaluatingOtherData() throws IOException {
    train();
    TinyData.write(box.resolve("larger"), 9);
    assertThat(refused("evaluate BOX/run --data BOX/larger"))
        .isEqualTo(
            "vitrine: The network expects images of shape (1, 8, 8), but those of data set"
                + " BOX/larger are (1, 9, 9): choose another --model or --data");
    assertThat(refused("evaluate BOX/run --out BOX/larger/t10k-images-idx3-ubyte/x"))
        .isEqualTo(
            "vitrine: Cannot write BOX/larger/t10k-images-idx3-ubyte/x:"
                + " BOX/larger/t10k-images-idx3-ubyte is a file, not a folder");
    assertThat(refused("evaluate BOX/run --json BOX/no/x"))
        .isEqualTo("vitrine: Cannot write BOX/no/x: its folder does not exist");
    assertThat(refused("evaluate BOX/run --test-images 0"))
        .isEqualTo("vitrine: --test-images expects 1 or more, but got 0");
  }
}
