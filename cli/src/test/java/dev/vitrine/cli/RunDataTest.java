package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.MnistFile;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.format.DType;
import dev.vitrine.format.Idx;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import dev.vitrine.image.Png;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data of a run: known again by their check sums, wherever they are. */
class RunDataTest {
  private static final String TRAINING =
      "train --epochs 1 --steps 6 --batch 8 --threads 1 --model %s --data %s --out %s";

  private RefusalBox box;

  @BeforeEach
  void fill(@TempDir Path folder) throws IOException {
    box = RefusalBox.in(folder);
  }

  private Path train() {
    Path run = box.path("run");
    Cli.done(TRAINING, box.network(), box.data(), run);
    return run;
  }

  private Path labels() {
    return box.data().resolve(MnistFile.TRAIN_LABELS.plainName());
  }

  @Test
  void aRunKeepsTheSumsOfItsFilesAndItsReportShowsThem() throws IOException {
    Path run = train();
    var sums =
        Json.read(run.resolve("config.json")).object("data").object("found").object("checksums");
    assertThat(sums.fields()).hasSize(4);
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("train-labels-idx1-ubyte", sums.string("train-labels-idx1-ubyte"));
  }

  @Test
  void dataThatChangedAtEqualSizeAreRefused() {
    train();
    byte[] changed = TinyData.labels(TinyData.TRAIN);
    changed[77] ^= 1;
    Idx.write(labels(), Shape.of(TinyData.TRAIN), changed);
    assertThat(box.refused("train --resume BOX/run"))
        .matches(
            "vitrine: The data are not those that the run began with: its"
                + " \"train-labels-idx1-ubyte\" was [0-9a-f]{32}, but now is [0-9a-f]{32}; bring the"
                + " old data back, or start a new run");
  }

  /** Labels from 1 on, as in published sets: one class more than there is to learn. */
  @Test
  void classesWithoutTrainingImagesAreSaid() throws IOException {
    byte[] labels = TinyData.labels(TinyData.TRAIN);
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (1 + i % 2);
    }
    Path run = box.path("run");
    String said = "No training image is of 1 of the 3 classes: \"0\".";
    assertThat(Cli.done(TRAINING, box.network(), box.data(), box.path("all")).complaints())
        .noneMatch(line -> line.startsWith("No training image"));
    Idx.write(labels(), Shape.of(TinyData.TRAIN), labels);
    assertThat(Cli.done(TRAINING, box.network(), box.data(), run).complaints()).contains(said);
    assertThat(Json.read(run.resolve("result.json")).fields())
        .containsEntry("classes_without_training_images", List.of(0L));
    assertThat(Json.read(box.path("all").resolve("result.json")).fields())
        .containsEntry("classes_without_training_images", List.of());
    assertThat(Files.readString(run.resolve("report.html")))
        .contains("no training image of", "1 of the 3 classes: ");
  }

  /** A folder that holds sevens alone: its one class is the network's eighth. */
  @Test
  void aFolderOfSomeClassesIsJudgedByTheirNames(@TempDir Path folder) throws IOException {
    Path run = folder.resolve("run");
    Cli.done(
        "train --model mlp-30 --data digits --train-images 2000 --test-images 100 --epochs 2"
            + " --batch 20 --threads 1 --out %s",
        run);
    Path sevens = Files.createDirectories(folder.resolve("drawn/7"));
    Dataset digits = Digits.test(Seed.of(3), 200);
    int count = 0;
    for (int i = 0; i < 200; i++) {
      if (digits.label(i) == 7) {
        Png.write(sevens.resolve(i + ".png"), digits.picture(i));
        count++;
      }
    }
    Path json = folder.resolve("judged.json");
    Cli.done("evaluate %s --data %s --test-share 1 --json %s", run, folder.resolve("drawn"), json);
    JsonObject judged = Json.read(json);
    assertThat(judged.number("accuracy")).isGreaterThan(0.5);
    List<?> read = (List<?>) judged.list("confusion").get(7);
    assertThat(read.stream().mapToLong(n -> (Long) n).sum()).isEqualTo(count);
  }

  @Test
  void anEvaluationOnOtherTestDataThanTheTrainingsSaysSo() {
    Path run = train();
    assertThat(Cli.done("evaluate %s", run).err()).doesNotContain("not the run's data");
    byte[] changed = TinyData.labels(TinyData.TEST);
    changed[7] ^= 1;
    Idx.write(
        box.data().resolve(MnistFile.TEST_LABELS.plainName()), Shape.of(TinyData.TEST), changed);
    for (String command : new String[] {"evaluate %s", "classify %s --example 0"}) {
      assertThat(Cli.done(command, run).complaints())
          .anySatisfy(line ->
              assertThat(line)
                  .matches(
                      "These are not the run's data, so numbers may not compare:"
                          + " \"t10k-labels-idx1-ubyte\" was [0-9a-f]{32}, but now is [0-9a-f]{32}"));
    }
  }

  @Test
  void aRunGoesOnWhereItsDataAreNow() throws IOException {
    Path run = train();
    Path moved = Files.move(box.data(), box.data().resolveSibling("moved"));
    String gone =
        "vitrine: The folder DATA with the data of this run is gone: say with --data where they are now";
    assertThat(box.refused("train --resume BOX/run")).isEqualTo(gone);
    assertThat(box.refused("evaluate BOX/run")).isEqualTo(gone);
    assertThat(box.refused("classify BOX/run --example 0")).isEqualTo(gone);
    Path other = TinyData.write(box.data().resolveSibling("other"), 9);
    assertThat(box.refused("train --resume BOX/run --data " + other))
        .startsWith("vitrine: The data are not those that the run began with: its \"t10k-images");
    Cli.done("train --resume %s --data %s", run, moved);
    Cli.done("evaluate %s", run);
    Path again = Files.move(moved, Files.createDirectory(box.path("place")).resolve("data"));
    Cli.done("train --resume %s --data-dir %s", run, again);
    Cli.done("train --resume %s --data-dir %s", run, box.path("place"));
    assertThat(Json.read(run.resolve("config.json")).object("data").string("name"))
        .isEqualTo(again.toString());
  }

  /** As runs of earlier versions are. */
  @Test
  void aRunWithoutSumsTakesWhatItIsGiven() throws IOException {
    Path run = train();
    forgetNotes(run);
    edit(run, "(\"checksums\" : )\\{[^}]*}", "$1{}");
    String unknown =
        "This run kept no check sums of its data: that these are the same is not known.";
    assertThat(Cli.done("train --resume %s", run).complaints()).contains(unknown);
    Path moved = Files.move(box.data(), box.data().resolveSibling("moved"));
    assertThat(Cli.done("train --resume %s --data %s", run, moved).complaints()).contains(unknown);
  }

  /** Of one file it is not known whether it is the same. */
  @Test
  void aSumThatIsMissingIsSaid() throws IOException {
    Path run = train();
    forgetNotes(run);
    edit(run, "\"t10k-labels-idx1-ubyte\" : \"[0-9a-f]{32}\",", "");
    String change = "\"t10k-labels-idx1-ubyte\" was not there, but now is [0-9a-f]{32}";
    assertThat(box.refused("train --resume BOX/run"))
        .matches(
            "vitrine: The data are not those that the run began with: its "
                + change
                + "; bring the old data back, or start a new run");
    assertThat(Cli.done("evaluate %s", run).complaints())
        .anySatisfy(line ->
            assertThat(line)
                .matches("These are not the run's data, so numbers may not compare: " + change));
  }

  /** The report of a training that is at its end would tell what is not so. */
  @Test
  void aConfigurationThatWasChangedIsRefused() throws IOException {
    Path run = train();
    String report = Files.readString(run.resolve("report.html"));
    edit(run, "\"seed\" : 42", "\"seed\" : 7");
    String sentence =
        "vitrine: BOX/run/config.json was changed after the training began: recipe.seed is 7, but was"
            + " 42; put it back, or start a new run";
    for (String command : new String[] {"train --resume", "evaluate", "summary"}) {
      assertThat(box.refused(command + " BOX/run")).isEqualTo(sentence);
    }
    assertThat(box.refused("classify BOX/run --example 0")).isEqualTo(sentence);
    assertThat(Files.readString(run.resolve("report.html"))).isEqualTo(report);
  }

  @Test
  void aDataSetThatIsNoneIsNoFolderThatIsGone() throws IOException {
    Path run = train();
    edit(run, "\"name\" : \"[^\"]*data\"", "\"name\" : \"mnits\"");
    String sentence =
        "vitrine: There is no data set or folder \"mnits\", which this run's data are called: say with"
            + " --data where they are; did you mean \"mnist\"?";
    assertThat(box.refused("train --resume BOX/run")).isEqualTo(sentence);
    assertThat(box.refused("evaluate BOX/run")).isEqualTo(sentence);
    Cli.done("train --resume %s --data %s", run, box.data());
  }

  private static void edit(Path run, String old, String text) throws IOException {
    Path config = run.resolve("config.json");
    String before = Files.readString(config);
    String after = before.replaceFirst(old, text);
    assertThat(after).isNotEqualTo(before);
    Files.writeString(config, after);
  }

  /** As checkpoints of earlier versions are. */
  private static void forgetNotes(Path run) {
    Path file = run.resolve("checkpoints/last.safetensors");
    List<TensorData> tensors = new ArrayList<>();
    try (Safetensors open = Safetensors.open(file)) {
      open.tensors()
          .forEach((name, info) ->
              tensors.add(
                  info.dtype() == DType.F32
                      ? TensorData.floats(name, info.shape(), open.floats(name), 0)
                      : TensorData.counter(name, open.longs(name)[0])));
    }
    Safetensors.write(file, tensors, Map.of());
  }

  @Test
  void publishedDataThatWereAlteredAreNamed() throws IOException {
    TinyData.write(box.path("data/mnist"));
    String place = "--data mnist --data-dir %s".formatted(box.path("data"));
    String training = "train --model mlp --steps 1 --batch 8 --out %s %s";
    List<String> files = Stream.of(MnistFile.values()).map(MnistFile::plainName).toList();
    assertThat(warned(Cli.done(training, box.path("run"), place))).isEqualTo(files);
    List<String> test = files.subList(2, 4);
    assertThat(warned(Cli.done("evaluate %s", box.path("run")))).isEqualTo(test);
    assertThat(warned(Cli.done("classify %s --example 0", box.path("run")))).isEqualTo(test);
    assertThat(warned(Cli.done("train --resume %s", box.path("run")))).isEqualTo(files);
  }

  private List<String> warned(Cli cli) {
    return cli.complaints().stream()
        .filter(line -> line.startsWith("Warning: "))
        .peek(line -> assertThat(line).endsWith("numbers may not compare with those of others."))
        .map(line -> line.replaceAll(".*/([^ /]*) is not MNIST's .*", "$1"))
        .toList();
  }

  @Test
  void oneClassAloneIsRefusedBeforeTheTraining() {
    byte[] same = new byte[TinyData.TRAIN];
    Idx.write(labels(), Shape.of(same.length), same);
    assertThat(box.refusedTraining("--validation 0"))
        .isEqualTo(
            "vitrine: The training images of data set DATA (130) are all of class \"0\": a classifier"
                + " learns from two classes or more");
    Idx.write(box.data().resolve(MnistFile.TEST_LABELS.plainName()), Shape.of(40), new byte[40]);
    assertThat(box.refusedTraining("--model mlp"))
        .contains("(117) are all of class \"0\": a classifier");
  }

  @Test
  void labelsWithoutAnOutputAreRefusedBeforeTheTraining() {
    byte[] labels = TinyData.labels(TinyData.TRAIN);
    labels[3] = (byte) 200;
    Idx.write(labels(), Shape.of(labels.length), labels);
    assertThat(box.refusedTraining(""))
        .isEqualTo(
            "vitrine: Data set DATA has 201 classes, but the network has outputs for 3: choose"
                + " another --model or --data");
  }
}
