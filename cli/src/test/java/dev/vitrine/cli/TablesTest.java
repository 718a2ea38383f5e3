package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.format.Npz;
import dev.vitrine.format.TensorData;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that users bring: tables of numbers and classes, and folders of pictures. */
class TablesTest {
  private static final String LINE =
      """
      {"name": "line", "input": [2], "layers": [{"linear": 1}]}
      """;

  private static final String TWO =
      """
      {"name": "two", "input": [2], "layers": [{"linear": 2}]}
      """;

  @TempDir Path folder;

  /** y = 3a − 2b + 1 and z = a + b, with a little noise; a is about 100 and b about 0.01. */
  private Path table() throws IOException {
    StringBuilder text = new StringBuilder("a,b,y,z,kind\n");
    Random random = new Random(3);
    for (int i = 0; i < 200; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double y = 3 * a - 2 * b + 1 + 0.01 * random.nextGaussian();
      text.append(100 + 5 * a).append(',').append(0.01 + 0.001 * b).append(',').append(y);
      text.append(',').append(a + b).append(',').append(a > b ? "more" : "less").append('\n');
    }
    return Files.writeString(folder.resolve("t.csv"), text.toString());
  }

  private Path without(Path table, int... columns) throws IOException {
    List<String> kept =
        Files.readAllLines(table).stream()
            .map(line -> {
              String[] fields = line.split(",");
              StringBuilder some = new StringBuilder();
              for (int c : columns) {
                some.append(some.isEmpty() ? "" : ",").append(fields[c]);
              }
              return some.toString();
            })
            .toList();
    return Files.write(folder.resolve("part.csv"), kept);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  @Test
  void aLineIsFittedJudgedEvaluatedAndGoneOnWith() throws IOException {
    Path data = without(table(), 0, 1, 2);
    Path net = file("line.json", LINE);
    Path run = folder.resolve("run");
    Cli training =
        Cli.done(
            "train --data %s --target Y --model %s --standardise --lr 0.1 --weight-decay 0 --epochs 30 --batch 10 --schedule constant --out %s",
            data, net, run);
    assertThat(training.complaints())
        .contains(
            "part.csv: it has no test part: of its 200 examples 30 are kept apart for the test, the same whatever the seed",
            "line on part.csv: 153 training, 17 validation, 30 test examples");
    assertThat(training.complaints())
        .anyMatch(line -> line.startsWith("inputs are standardised: features − ("));
    JsonObject config = Json.read(run.resolve("config.json"));
    assertThat(config.object("recipe").object("loss").string("name")).isEqualTo("mse");
    List<Double> mean = config.object("recipe").object("normalisation").numbers("mean");
    assertThat(mean.getFirst()).isCloseTo(100, within(2.0));
    assertThat(mean.getLast()).isCloseTo(0.01, within(0.001));
    JsonObject result = Json.read(run.resolve("result.json")).object("test");
    assertThat(result.number("rmse")).isCloseTo(0.01, within(0.005));
    assertThat(result.number("r2")).isGreaterThan(0.9999);
    assertThat(training.out()).contains("test mean squared error").contains("R² 0.9999");
    String page = Files.readString(run.resolve("report.html"));
    assertThat(page)
        .contains("is the root of the mean squared error on the test examples of part.csv")
        .contains("Mean squared error.")
        .doesNotContain("Accuracy")
        .doesNotContain("nats");
    Path json = folder.resolve("evaluation.json");
    Cli evaluation = Cli.done("evaluate %s --json %s", run, json);
    assertThat(evaluation.out()).contains("R² 0.9999").doesNotContain("confusion");
    assertThat(Json.read(json).number("rmse")).isEqualTo(result.number("rmse"));
    Cli whole = Cli.done("evaluate %s --test-share 1 --json %s", run, json);
    assertThat(whole.out()).contains("on 200 examples");
    Files.writeString(data, Files.readString(data).replaceFirst("\n.*\n", "\n1,2,3\n"));
    Cli changed = Cli.run("train", "--resume", run.toString());
    assertThat(changed.code()).isEqualTo(2);
    assertThat(changed.complaints().getLast())
        .startsWith(
            "vitrine: The data are not those that the run began with: its \"part.csv\" was");
  }

  @Test
  void severalNumbersAreToldAndShownOneByOne() throws IOException {
    Path data = without(table(), 0, 1, 2, 3);
    Path net = file("two.json", TWO);
    Path run = folder.resolve("run");
    Cli training =
        Cli.done(
            "train --data %s --target y,z --model %s --standardise --lr 0.1 --epochs 9 --batch 10 --out %s",
            data, net, run);
    JsonObject test = Json.read(run.resolve("result.json")).object("test");
    assertThat(test.list("targets")).hasSize(2);
    assertThat(training.out()).contains("target");
    assertThat(Files.readString(run.resolve("report.html"))).contains("Target by target");
  }

  /** The classes keep their numbers where another table lacks one. */
  @Test
  void aTableOfClassesIsLearnedAndAnotherJudgedByIt() throws IOException {
    Path data = without(table(), 0, 1, 4);
    Path run = folder.resolve("run");
    Cli.done(
        "train --data %s --model %s --standardise --lr 0.5 --epochs 10 --batch 10 --out %s",
        data, file("two.json", TWO), run);
    assertThat(Json.read(run.resolve("result.json")).object("test").number("accuracy"))
        .isGreaterThan(0.9);
    List<String> lines = Files.readAllLines(data);
    Path more =
        Files.write(
            folder.resolve("more.csv"),
            lines.stream().filter(line -> !line.endsWith(",less")).toList());
    Path json = folder.resolve("more.json");
    Cli.done("evaluate %s --data %s --test-share 1 --json %s", run, more, json);
    assertThat(Json.read(json).number("accuracy")).isGreaterThan(0.9);
    Cli example = Cli.run("classify", run.toString(), "--example", "0");
    assertThat(example.code()).isEqualTo(2);
    assertThat(example.complaints().getLast())
        .isEqualTo(
            "vitrine: --example shows a test image, but the examples of data set %s are numbers of shape (2)"
                .formatted(data.toAbsolutePath()));
  }

  /** Columns go by their names; what a network did not learn from is no example for it. */
  @Test
  void columnsAreMatchedByTheirNames() throws IOException {
    Path data = without(table(), 0, 1, 4);
    Path run = folder.resolve("run");
    Cli.done(
        "train --data %s --model %s --standardise --lr 0.5 --epochs 4 --batch 10 --out %s",
        data, file("two.json", TWO), run);
    Path json = folder.resolve("all.json");
    Cli.done("evaluate %s --test-share 1 --json %s", run, json);
    double loss = Json.read(json).number("loss");
    Path part = without(folder.resolve("t.csv"), 4, 1, 0);
    Path turned = Files.copy(part, folder.resolve("turned.csv"));
    Cli.done("evaluate %s --data %s --test-share 1 --json %s", run, turned, json);
    assertThat(Json.read(json).number("loss")).isEqualTo(loss);
    Path other = file("other.csv", Files.readString(turned).replaceFirst("b", "depth"));
    Cli refused = Cli.run("evaluate %s --data %s".formatted(run, other));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.complaints().getLast())
        .endsWith(
            "other.csv has no column \"b\", which the network learned from: it has kind, depth, a");
  }

  /** What is said in part leaves the rest as is usual for features: they are not divided by 255. */
  @Test
  void featuresAreDividedByNothingUnlessSomebodySaysSo() throws IOException {
    Path table = without(table(), 0, 1, 2);
    Path net = file("l.json", "{\"name\": \"l\", \"input\": [2], \"layers\": [{\"linear\": 1}]}");
    Path weights = folder.resolve("w.npz");
    Npz.write(
        weights,
        List.of(
            TensorData.floats("0.weight", Shape.of(1, 2), new float[] {0.01f, 2}),
            TensorData.floats("0.bias", Shape.of(1), new float[] {1})));
    String train = "train --data %s --model %s --epochs 1 --out %s".formatted(table, net, folder);
    Cli begun = Cli.done("%s", train + "/a --init-from " + weights);
    assertThat(begun.complaints())
        .anyMatch(line ->
            line.endsWith("begins with the numbers of " + weights + ", with inputs of features"));
    Cli.done("%s", train + "/b --lr 0.0001 --mean 100");
    Cli.done("%s", train + "/c --lr 0.0001 --divisor 10");
    assertThat(divisor("a")).isEqualTo(1);
    assertThat(divisor("b")).isEqualTo(1);
    assertThat(divisor("c")).isEqualTo(10);
  }

  private double divisor(String run) {
    return Json.read(folder.resolve(run).resolve("config.json"))
        .object("recipe")
        .object("normalisation")
        .number("divisor");
  }

  /** A test part that holds what is learned from is no test. */
  @Test
  void testPicturesThatAreLearnedFromAreSaid() throws IOException {
    Random random = new Random(6);
    for (int i = 0; i < 40; i++) {
      Raster picture = Raster.black(4, 4, 1);
      picture.set(random.nextInt(4), i % 2, 0, 100 + i);
      String kind = i % 2 == 0 ? "even" : "odd";
      Path train = Files.createDirectories(folder.resolve("pictures/train").resolve(kind));
      Png.write(train.resolve(i + ".png"), picture);
      picture.set(3, 3, 0, i < 6 ? 0 : 200);
      Path test = Files.createDirectories(folder.resolve("pictures/test").resolve(kind));
      Png.write(test.resolve(i + ".png"), picture);
    }
    String known =
        "6 of the 40 test examples are exact copies of some that the training sees: test figures are better than they would be on new ones.";
    String data = folder.resolve("pictures").toString();
    assertThat(
            Cli.done("train --data %s --model mlp-10 --batch 8 --out %s/r", data, folder)
                .complaints())
        .contains(known);
    Path study =
        file(
            "s.yaml",
            "name: s\nsettings: {model: mlp-10, data: '%s', batch: 8, epochs: 1}\narms: {a: {lr: 0.1}, b: {lr: 0.01}}\nseeds: 2\n"
                .formatted(data));
    Cli done = Cli.done("study %s --out %s/s", study, folder);
    assertThat(done.complaints()).containsOnlyOnce(known);
    assertThat(Files.readString(folder.resolve("s/report.md")))
        .containsOnlyOnce(known.substring(3));
    assertThat(Files.readString(folder.resolve("s/journal.jsonl")))
        .containsOnlyOnce("\"event\":\"copies\"");
  }

  @Test
  void aFolderOfPicturesIsLearnedAndAPictureOfItRead() throws IOException {
    Random random = new Random(5);
    for (int i = 0; i < 60; i++) {
      Raster picture = Raster.black(9 + i % 3, 9, 1);
      boolean top = i % 2 == 0;
      for (int x = 0; x < picture.width(); x++) {
        picture.set(x, top ? 1 : 7, 0, 200 + random.nextInt(50));
        picture.set(x, 4, 0, random.nextInt(50));
      }
      Path kind = Files.createDirectories(folder.resolve("pictures").resolve(top ? "top" : "low"));
      Png.write(kind.resolve(i + ".png"), picture);
    }
    Path net =
        file(
            "net.json",
            "{\"name\": \"net\", \"input\": [1, 9, 9], \"layers\": [\"flatten\", {\"linear\": 2}]}");
    Path run = folder.resolve("run");
    Cli refused =
        Cli.run(
            "train --data %s --model %s --out %s".formatted(folder.resolve("pictures"), net, run));
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.complaints().getLast())
        .endsWith("say with --resize what size all are to be brought to");
    Cli.done(
        "train --data %s --model %s --resize 9 --batch 8 --epochs 8 --out %s",
        folder.resolve("pictures"), net, run);
    assertThat(Json.read(run.resolve("result.json")).object("test").number("accuracy"))
        .isEqualTo(1);
    assertThat(Cli.done("classify %s %s", run, folder.resolve("pictures/low/1.png")).out())
        .contains("low");
    Cli.done("train --resume %s", run);
    Cli.done("evaluate %s", run);
  }
}
