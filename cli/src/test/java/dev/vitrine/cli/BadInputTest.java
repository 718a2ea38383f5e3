package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Command lines that are refused, before any data are looked for where that can be. */
class BadInputTest {
  private RefusalBox box;

  @BeforeEach
  void fill(@TempDir Path folder) throws IOException {
    box = RefusalBox.in(folder);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trian|vitrine: Unknown command \"trian\"; did you mean \"train\"? (see 'vitrine --help')",
        "train --epcohs 3|vitrine train: Unknown option \"--epcohs\"; did you mean \"--epochs\"? (see"
            + " 'vitrine train --help')",
        "train extra|vitrine train: Unknown argument \"extra\" (see 'vitrine train --help')",
        "train -- extra|vitrine train: Unknown argument \"extra\" (see 'vitrine train --help')",
        "train lenet|vitrine train: Unknown argument \"lenet\"; did you mean \"--model lenet\"? (see"
            + " 'vitrine train --help')",
        "train mnist|vitrine train: Unknown argument \"mnist\"; did you mean \"--data mnist\"? (see"
            + " 'vitrine train --help')",
        "train epochs=5|vitrine train: Unknown argument \"epochs=5\"; did you mean \"--epochs=5\"?"
            + " (see 'vitrine train --help')",
        "train --top 3|vitrine train: Unknown option \"--top\"; classify has it (see 'vitrine train"
            + " --help')",
        "bench --lr 3|vitrine bench: Unknown option \"--lr\"; train has it (see 'vitrine bench"
            + " --help')",
        "train --lr NaN|vitrine train: --lr expects a number, but got \"NaN\" (see 'vitrine train"
            + " --help')",
        "train --lr 0x1p3|vitrine train: --lr expects a number, but got \"0x1p3\" (see 'vitrine train"
            + " --help')",
        "train --lr 1e-400|vitrine train: --lr expects 0 or a number of a size from 4.9e-324 to"
            + " 1.8e308, but got \"1e-400\" (see 'vitrine train --help')",
        "bench --seconds 1e400|vitrine bench: --seconds expects 0 or a number of a size from 4.9e-324"
            + " to 1.8e308, but got \"1e400\" (see 'vitrine bench --help')",
        "train --epochs=|vitrine train: --epochs expects a whole number below 2^31, but got \"\" (see"
            + " 'vitrine train --help')",
        "train --nesterov=maybe|vitrine train: --nesterov expects true or false, or nothing, but got"
            + " \"maybe\" (see 'vitrine train --help')",
        "train --epochs|vitrine train: Missing required parameter for option '--epochs' (N) (see"
            + " 'vitrine train --help')",
        "train --lr fast|vitrine train: --lr expects a number, but got \"fast\" (see 'vitrine train"
            + " --help')",
        "train --batch ٣|vitrine train: --batch expects a whole number below 2^31, but got \"٣\""
            + " (see 'vitrine train --help')",
        "train --steps ２|vitrine train: --steps expects a whole number below 2^63, but got \"２\""
            + " (see 'vitrine train --help')",
        "train --epochs 1.5|vitrine train: --epochs expects a whole number below 2^31, but got"
            + " \"1.5\" (see 'vitrine train --help')",
        "train --threads 3000000000|vitrine train: --threads expects a whole number below 2^31, but"
            + " got \"3000000000\" (see 'vitrine train --help')",
        "train --seed x|vitrine train: --seed expects a whole number below 2^63, but got \"x\" (see"
            + " 'vitrine train --help')",
        "train --lr 1 --lr 2|vitrine train: --lr is given twice: leave one out (see 'vitrine train"
            + " --help')",
        "evaluate|vitrine evaluate: Missing required parameter: 'MODEL' (see 'vitrine evaluate"
            + " --help')",
        "summary|vitrine summary: Missing required parameter: 'MODEL' (see 'vitrine summary"
            + " --help')",
        "digits|vitrine digits: Missing required option: '--out=FILE' (see 'vitrine digits"
            + " --help')",
      })
  void theCommandLine(String words, String line) {
    assertThat(box.refused(words)).isEqualTo(line);
  }

  @Test
  void whatIsNoFileName() {
    assertThat(box.refused("train --out \0"))
        .isEqualTo(
            "vitrine train: --out expects a file name that this system can write (is LANG set?),"
                + " but got \"\\u0000\" (see 'vitrine train --help')");
    assertThat(box.refused("evaluate \0"))
        .startsWith("vitrine evaluate: MODEL expects a file name that this system can write");
    assertThat(box.refused("train --data \0")).startsWith("vitrine: This is no file name here: ");
  }

  /**
   * Such as one with an umlaut where LANG is not set: the argument is a file's name all the same.
   */
  @Test
  void anArgumentThatIsNoFileNameIsCalledSo() {
    Cli cli = Cli.run("classify", "run", "a\0.png");
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.complaints())
        .containsExactly(
            "vitrine classify: Expected a file name that this system can write (is LANG set?), but"
                + " got \"a\\u0000.png\" (see 'vitrine classify --help')");
  }

  @Test
  void anEmptyNameIsNoFolder() {
    Cli cli = Cli.run("summary", "");
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.complaints())
        .containsExactly(
            "vitrine: Unknown model \"\": expected a name that 'vitrine summary --list' shows, or a"
                + " network file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train --model lenat|Unknown model \"lenat\": expected a name that 'vitrine summary --list'"
            + " shows, or a network file; did you mean \"lenet\"?",
        "train --model resnet|Unknown model \"resnet\": expected a name that 'vitrine summary --list'"
            + " shows, or a network file; did you mean \"resnet18\"?",
        "summary vgg|Unknown model \"vgg\": expected a name that 'vitrine summary --list' shows, or a"
            + " network file; did you mean \"vgg11\"?",
        "summary cnn32-46|Unknown model \"cnn32-46\": expected a name that 'vitrine summary --list'"
            + " shows, or a network file; did you mean \"cnn32-64\"?",
        "train --data digts|Unknown data set \"digts\": expected digits, mnist, fashion, cifar10,"
            + " notmnist, or a folder, an archive (.npz) or a table (.csv); did you mean \"digits\"?",
        "train --init kaimin-uniform|--init expects lecun-uniform,"
            + " lecun-normal, xavier-uniform, xavier-normal, kaiming-uniform, kaiming-normal,"
            + " uniform:BOUND, normal:DEVIATION or constant:NUMBER, but got \"kaimin-uniform\"; did you"
            + " mean \"kaiming-uniform\"?",
        "train --init lecun|--init expects lecun-uniform,"
            + " lecun-normal, xavier-uniform, xavier-normal, kaiming-uniform, kaiming-normal,"
            + " uniform:BOUND, normal:DEVIATION or constant:NUMBER, but got \"lecun\"; did you mean"
            + " \"lecun-uniform\"?",
        "summary lenet --output x|--output is about ONNX files, but \"lenet\" is none: leave it out",
        "train --schedule stpe:1:2|--schedule expects one of constant, cosine, exponential, inverse,"
            + " multistep, onecycle, plateau, step, warmup, but got \"stpe:1:2\"; did you mean \"step\"?",
        "train --schedule step:1|--schedule expects step:GAMMA:EVERY, but got \"step:1\"",
        "train --data mnist --data-dir BOX/no|The data folder BOX/no does not exist",
        "bench --profile W3 --workloads W1|--workloads has no effect beside --profile, which names its"
            + " own: leave it out",
        "bench --profile W3 --batch 1,2|--profile looks into one batch size, but --batch names 2:"
            + " choose one",
        "readout BOX BOX --layer x --format png|--format has no effect without --out: leave it out",
        "digits --out BOX/x.png --columns 0|A sheet of digits expects 1 to 100 columns, but got 0",
        "digits --out BOX/no/x.png|Cannot write BOX/no/x.png: its folder does not exist",
        "summary lenet --json BOX/no/x|Cannot write BOX/no/x: its folder does not exist",
      })
  void names(String words, String sentence) {
    assertThat(box.refused(words)).isEqualTo("vitrine: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--batch 0|--batch expects 1 or more, but got 0",
        "--batch -8|--batch expects 1 or more, but got -8",
        "--shards 0|--shards expects 1 to the batch size, 8, but got 0",
        "--shards 9 --batch 8|--shards expects 1 to the batch size, 8, but got 9",
        "--local-steps 2|Local steps are those of a batch's shards, but this recipe cuts it into none: choose a --shards of 2 or more",
        "--local-steps 0 --shards 4|--local-steps expects 1 or more, but got 0",
        "--local-steps 17 --shards 4|--local-steps expects 1 to the examples of a shard, 2, but got 17",
        "--batch 200|The batch size 200 is larger than the 117 training examples of data set DATA:"
            + " choose a smaller --batch",
        "--epochs 0|--epochs expects 1 or more, but got 0",
        "--steps 0|--steps expects 1 or more, but got 0",
        "--steps -1|--steps expects 1 or more, but got -1",
        "--lr 0|--lr expects a number above 0, but got 0",
        "--lr -0.1|--lr expects a number above 0, but got -0.1",
        "--optimizer adam --momentum 0.9|--momentum is no option of --optimizer adam, which takes --lr,"
            + " --beta1, --beta2, --eps, --weight-decay",
        "--beta1 0.9|--beta1 is no option of --optimizer sgd, which takes --lr, --momentum, --nesterov,"
            + " --weight-decay",
        "--optimizer adam --beta2 1|--beta2 expects a number in [0, 1), but got 1",
        "--lr 0.0|--lr expects a number above 0, but got 0.0",
        "--lr -1e-3|--lr expects a number above 0, but got -1e-3",
        "--lr 1e-50|--lr expects a number above 0 that single precision can tell from 0, but got 1e-50",
        "--lr 1e39|--lr expects a number above 0 that single precision can tell from Infinity, but got"
            + " 1e39",
        "--momentum 1e-50|--momentum expects a finite number that single precision can tell from 0,"
            + " but got 1e-50",
        "--weight-decay 1e-46|--weight-decay expects 0 or more that single precision can tell from 0,"
            + " but got 1e-46",
        "--optimizer adam --eps 1E-60|--eps expects a number above 0 that single precision can tell"
            + " from 0, but got 1E-60",
        "--schedule exponential:1e-50|--schedule expects a gamma above 0 that single precision can tell"
            + " from 0, but got \"exponential:1e-50\"",
        "--schedule step:0.5:0|--schedule expects an every of 1 or more, but got"
            + " \"step:0.5:0\"",
        "--schedule step:0.5:x|--schedule expects a whole number below 2^63 after a colon, but got"
            + " \"step:0.5:x\"",
        "--schedule inverse:0x1:1|--schedule expects a number after a colon, but got \"inverse:0x1:1\"",
        "--init normal:1e-400|--init expects 0 or a number of a size from 4.9e-324 to 1.8e308 after the"
            + " colon, but got \"normal:1e-400\"",
        "--init constant:1e39|--init expects a finite number that single precision can tell from"
            + " Infinity, but got \"constant:1e39\"",
        "--model=|--model expects a value, but got \"\"",
        "--resize=|--resize expects a value, but got \"\"",
        "--json=|--json expects a value, but got \"\"",
        "--data-dir BOX|--data-dir has no effect with a folder as --data: leave it out",
        "--data digits --data-dir BOX|--data-dir has no effect with the data digits, which are drawn:"
            + " leave it out, or choose other --data",
        "--no-bias-decay --weight-decay 0|--no-bias-decay has no effect without a --weight-decay: leave"
            + " it out",
        "--no-bias-decay --optimizer adam|--no-bias-decay has no effect without a --weight-decay: leave"
            + " it out",
        "--momentum -1e39|--momentum expects a finite number that single precision can tell from"
            + " -Infinity, but got -1e39",
        "--nesterov --momentum 0|Nesterov's rule expects a momentum other than 0",
        "--augment shfit:2|--augment expects some of crop, elastic, flip, noise, rotate, scale, shift,"
            + " vflip, but got \"shfit:2\"; did you mean \"shift\"?",
        "--augment crop:8|--augment expects shifts and crops below the images' side of 8 pixels, but got"
            + " \"crop:8\"",
        "--early-stop 0|--early-stop expects a patience of 1 epoch or more, but got 0",
        "--early-stop x|--early-stop expects a whole number of epochs, and perhaps :DELTA, a number, but"
            + " got \"x\"",
        "--keep-checkpoints 0|--keep-checkpoints expects a number of epochs from 1, or all, but got 0",
        "--weight-decay -1|--weight-decay expects 0 or more, but got -1",
        "--bias-lr -1|--bias-lr expects 0 or more, but got -1",
        "--label-smoothing 1|--label-smoothing expects a share in [0, 1), but got 1",
        "--schedule exponential:-1|--schedule expects a gamma above 0, but got \"exponential:-1\"",
        "--schedule inverse:1:-1|--schedule expects a power of 0 or more, but got \"inverse:1:-1\"",
        "--threads 0|--threads expects 1 to 1024, but got 0",
        "--threads -2|--threads expects 1 to 1024, but got -2",
        "--validation 1|--validation expects a share in [0, 1), but got 1",
        "--validation -0.1|--validation expects a share in [0, 1), but got -0.1",
        "--validation 1e-3|--validation expects a share of the 130 training examples of data set DATA"
            + " that leaves some on both sides, but got 1e-3; with 0 none are held out",
        "--schedule step:0.5:\u0663|--schedule expects a whole number below 2^63 after a colon, but got"
            + " \"step:0.5:\u0663\"",
        "--train-images 3|--validation expects a share of the 3 training examples of data set DATA that"
            + " leaves some on both sides, but got 0.1; with 0 none are held out",
        "--validation 1e-9 --train-images 7|--validation expects a share of the 7 training examples of"
            + " data set DATA that leaves some on both sides, but got 1e-9; with 0 none are held out",
        "--model vgg16 --batch 2000000000|The batch size 2000000000 is larger than the 117 training"
            + " examples of data set DATA: choose a smaller --batch",
        "--train-images 0|--train-images expects 1 or more, but got 0",
        "--train-images 131|Data set DATA has 130 training images, but 131 were asked for",
        "--test-images -1|--test-images expects 1 or more, but got -1",
        "--test-images 41|Data set DATA has 40 test images, but 41 were asked for",
        "--checkpoint-every -1|--checkpoint-every expects 0 to 1,000,000 seconds, but got -1",
        "--model lenet|lenet cannot be built for the images of data set DATA: Layer conv2 does not"
            + " fit a network input of (1, 8, 8): Convolution(5×5) expects an input of at least 5×5"
            + " with its padding, but got (20, 2, 2): use larger images or another model",
        "--model adaline|Data set DATA has 3 classes, but the network has outputs for 1: choose another"
            + " --model or --data",
      })
  void numbers(String options, String sentence) {
    assertThat(box.refusedTraining(options)).isEqualTo("vitrine: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--json BOX/file/x|Cannot write BOX/file/x: BOX/file is a file, not a folder",
        "--json BOX/no/x.json|Cannot write BOX/no/x.json: its folder does not exist",
        "--json BOX|Cannot write BOX: it is a folder, not a file",
        "--out BOX|The folder BOX exists already: a run makes its own, so choose a name that is free,"
            + " such as BOX/run",
        "--out .|The folder . exists already: a run makes its own, so choose a name that is free,"
            + " such as run",
        "--out BOX/file|BOX/file exists already, and is no folder: a run makes its own folder, so"
            + " choose a name that is free",
        "--out BOX/file/deep/run|Cannot write BOX/file/deep/run: BOX/file is a file, not a folder",
        "--out BOX/run --json BOX/run/deep/x.json|Cannot write BOX/run/deep/x.json: its folder does"
            + " not exist",
      })
  void placesBeforeTraining(String options, String sentence) throws IOException {
    Files.writeString(box.path("file"), "x");
    // Data that do not exist: had they been looked for, the complaint would be about them.
    assertThat(box.refusedTraining(options + " --data BOX/file")).isEqualTo("vitrine: " + sentence);
  }

  @Test
  void aReadOnlyFileSystem() {
    assumeTrue(Files.isDirectory(Path.of("/proc")), "this system has no /proc");
    assertThat(box.refusedTraining("--out /proc/vitrine/run"))
        .isEqualTo(
            "vitrine: Cannot write /proc/vitrine/run: no file can be made in the folder /proc");
  }
}
