package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.format.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings and evaluations as users run them, on data that take a moment. */
class TrainTest {
  @TempDir private static Path shared;
  private static String start;

  @TempDir private Path box;

  @BeforeAll
  static void write() throws IOException {
    Path data = TinyData.write(shared.resolve("the data"));
    start =
        "train|--data|%s|--model|%s|--batch|8|--epochs|2".formatted(data, TinyData.network(shared));
  }

  private static Cli run(String words) {
    return Cli.run(words.split("\\|"));
  }

  private Cli train(String name, String options) {
    Cli cli =
        run("%s|--out|%s|--json|%s%s".formatted(start, box.resolve(name), json(name), options));
    assertThat(cli.code()).as(cli.err()).isZero();
    return cli;
  }

  private Path json(String name) {
    return box.resolve(name + ".json");
  }

  @Test
  void aNetworkFileWithoutANameIsCalledLikeTheFile() throws IOException {
    Path network = box.resolve("wide.json");
    Files.writeString(
        network, "{\"input\": [1, 8, 8], \"layers\": [\"flatten\", {\"linear\": 3}]}");
    Cli cli =
        run(
            "train|--data|%s|--model|%s|--steps|1|--out|%s"
                .formatted(shared.resolve("the data"), network, box.resolve("run")));
    assertThat(cli.complaints().getFirst()).startsWith("wide on ");
    Files.delete(network);
    assertThat(
            Json.read(box.resolve("run/config.json"))
                .object("network")
                .object("file")
                .string("name"))
        .isEqualTo("wide");
    assertThat(Files.readString(box.resolve("run/report.html"))).contains("<title>wide on ");
    assertThat(run("summary|" + box.resolve("run")).out()).startsWith("wide");
  }

  @Test
  void aTrainingLeavesItsFolderAndItsResults() {
    Cli cli = train("run", "");
    assertThat(Cli.tree(box))
        .containsExactly(
            "run",
            "run.json",
            "run/checkpoints",
            "run/checkpoints/last.safetensors",
            "run/config.json",
            "run/metrics.jsonl",
            "run/report.html",
            "run/result.json");
    JsonObject result = Json.read(json("run"));
    assertThat(result.fields().keySet())
        .containsExactly(
            "test",
            "steps",
            "images_per_second",
            "parameters_hash",
            "classes_without_training_images",
            "report");
    assertThat(result.list("classes_without_training_images")).isEmpty();
    assertThat(result.object("test").fields().keySet())
        .containsExactly("accuracy", "loss", "examples");
    assertThat(result.object("test").number("accuracy")).isBetween(0.5, 1.0);
    assertThat(result.object("test").integer("examples")).isEqualTo(40);
    assertThat(result.integer("steps")).isEqualTo(2 * 15);
    assertThat(result.number("images_per_second")).isPositive();
    assertThat(result.string("parameters_hash")).matches("[0-9a-f]{64}");
    assertThat(result.string("report")).isEqualTo(box.resolve("run/report.html").toString());
    assertThat(cli.out().lines().toList())
        .startsWith("epoch   train loss   train acc   valid loss   valid acc   images/s    time")
        .anyMatch(line -> line.matches("test accuracy .* of 40 misread"))
        .anyMatch(line -> line.contains("read as →"))
        .endsWith("report      " + box.resolve("run/report.html"));
    assertThat(cli.out()).doesNotContain("\u001B");
    assertThat(cli.complaints())
        .containsExactly(
            "tiny on the data: 117 training, 13 validation, 40 test images",
            "run folder " + box.resolve("run"));
  }

  @Test
  void theRowsOfTheEpochsStandUnderTheirHeads() {
    List<String> rows = train("run", "").out().lines().limit(3).toList();
    assertThat(rows).extracting(String::length).containsOnly(rows.getFirst().length());
    assertThat(rows.get(1)).startsWith("    1 ");
    assertThat(rows.get(2)).startsWith("    2 ");
  }

  @Test
  void theNumberOfThreadsDoesNotChangeTheParameters() {
    train("one", "|--threads|1");
    train("three", "|--threads|3");
    train("other", "|--seed|43");
    String one = Json.read(json("one")).string("parameters_hash");
    assertThat(Json.read(json("three")).string("parameters_hash")).isEqualTo(one);
    assertThat(Json.read(json("other")).string("parameters_hash")).isNotEqualTo(one);
  }

  @Test
  void anEvaluationRepeatsTheResult() {
    train("run", "|--test-images|31");
    Path run = box.resolve("run");
    Cli cli = run("evaluate|%s|--json|%s".formatted(run, json("again")));
    assertThat(cli.code()).as(cli.err()).isZero();
    JsonObject first = Json.read(json("run"));
    JsonObject again = Json.read(json("again"));
    assertThat(again.fields().keySet())
        .containsExactly(
            "network",
            "trained_on",
            "training",
            "data",
            "preprocess",
            "preprocess_known",
            "accuracy",
            "loss",
            "examples",
            "top",
            "confusion",
            "classes",
            "worst",
            "parameters_hash",
            "flaws");
    assertThat(again.list("flaws")).isEmpty();
    assertThat(again.number("accuracy")).isEqualTo(first.object("test").number("accuracy"));
    assertThat(again.number("loss")).isEqualTo(first.object("test").number("loss"));
    assertThat(again.string("trained_on")).as("one name in both places").isEqualTo("the data");
    assertThat(again.string("data")).isEqualTo("the data");
    assertThat(cli.out() + cli.err()).doesNotContain(shared.resolve("the data").toString());
    assertThat(again.integer("examples")).isEqualTo(31);
    assertThat(again.string("parameters_hash")).isEqualTo(first.string("parameters_hash"));
    assertThat(again.list("confusion")).hasSize(3);
    long all =
        again.list("confusion").stream()
            .flatMap(row -> ((List<?>) row).stream())
            .mapToLong(count -> (Long) count)
            .sum();
    assertThat(all).isEqualTo(31);
    assertThat(run.resolve("evaluate-the data/report.html")).isNotEmptyFile();
    assertThat(run.resolve("evaluate-the data/confusion.png")).isNotEmptyFile();
    assertThat(cli.out()).contains("precision", "recall", "F1", "top-1", "report      " + run);
  }

  @Test
  void adamWithItsOptionsIsTrainedResumedAndReported() throws IOException {
    String options =
        "|--optimizer|adam|--lr|0.002|--beta1|0.8|--beta2|0.99|--eps|1e-6|--weight-decay|0.01";
    train("adam", options);
    train("whole", options);
    train("sgd", "");
    JsonObject kept =
        Json.read(box.resolve("adam/config.json")).object("recipe").object("optimizer");
    assertThat(kept.fields())
        .isEqualTo(
            Map.of(
                "name",
                "adam",
                "learning_rate",
                0.002,
                "beta1",
                0.8,
                "beta2",
                0.99,
                "epsilon",
                1e-6,
                "weight_decay",
                0.01));
    assertThat(Files.readString(box.resolve("adam/report.html")))
        .contains("adam, learning rate 0.002, beta1 0.8, beta2 0.99, epsilon 1e-6, weight decay");
    Cli again = run("train|--resume|%s|--json|%s".formatted(box.resolve("adam"), json("adam")));
    assertThat(again.code()).as(again.err()).isZero();
    String hash = Json.read(json("whole")).string("parameters_hash");
    assertThat(Json.read(json("adam")).string("parameters_hash")).isEqualTo(hash);
    assertThat(Json.read(json("sgd")).string("parameters_hash")).isNotEqualTo(hash);
  }

  @Test
  void theFirstImagesAloneAreUsed() {
    Cli cli = train("run", "|--train-images|50|--test-images|9|--validation|0");
    assertThat(cli.complaints())
        .first()
        .asString()
        .endsWith(": 50 training, 0 validation, 9 test images");
    assertThat(Json.read(json("run")).integer("steps")).isEqualTo(2 * 7);
  }

  @Test
  void anUnusualMomentumIsTriedWithOneWarning() {
    Cli cli = train("run", "|--lr|0.001|--momentum|-0.5");
    assertThat(cli.complaints())
        .filteredOn(line -> line.contains("momentum"))
        .containsExactly(
            "A momentum of -0.5 takes a part of each step back: gradient descent stands rates up to"
                + " 0.5 times the largest without momentum.");
    assertThat(train("usual", "").err()).doesNotContain("momentum");
  }

  @Test
  void ratesAreTriedAndRunsAreNotTouched() throws IOException {
    train("run", "");
    List<String> before = Cli.tree(box.resolve("run"));
    byte[] numbers = Files.readAllBytes(box.resolve("run/checkpoints/last.safetensors"));
    train("range", "|--lr-range|0.001:10:40");
    JsonObject json = Json.read(json("range"));
    assertThat(json.string("reason")).isNotBlank();
    assertThat(json.list("points")).hasSizeBetween(20, 40);
    assertThat(Cli.tree(box.resolve("range")))
        .containsExactlyInAnyOrder("lr-range.csv", "lr-range.html", "lr-range.svg");
    assertThat(Files.readString(box.resolve("range/lr-range.csv")))
        .startsWith("rate,loss,smoothed\n0.001,");
    assertThat(Files.readString(box.resolve("range/lr-range.html")))
        .contains("<svg", json.string("reason"), "--lr-range 0.001:10:40");
    assertThat(Cli.tree(box.resolve("run"))).isEqualTo(before);
    assertThat(box.resolve("run/checkpoints/last.safetensors")).hasBinaryContent(numbers);
  }

  @Test
  void whatHasNoEffectOnARangeTestIsRefused() {
    Cli cli = run(start + "|--lr-range|--tensorboard|--out|" + box.resolve("range"));
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.complaints())
        .last()
        .isEqualTo("vitrine: --tensorboard has no effect with --lr-range: leave it out");
    Cli bad = run(start + "|--lr-range|1:0.1");
    assertThat(bad.complaints())
        .last()
        .isEqualTo("vitrine: --lr-range expects a last rate above the first, but got \"1:0.1\"");
  }

  @Test
  void theRecipesOfAStudyFromTheCommandLine() {
    train(
        "run",
        "|--validation|0.2|--augment|crop:1,noise:0.05|--early-stop|2"
            + "|--schedule|plateau:0.5:1|--keep-checkpoints|2|--tensorboard");
    Path run = box.resolve("run");
    JsonObject recipe = Json.read(run.resolve("config.json")).object("recipe");
    assertThat(recipe.string("augmentation")).isEqualTo("crop:1,noise:0.05");
    assertThat(recipe.object("early_stop").integer("patience")).isEqualTo(2);
    assertThat(Cli.tree(run)).filteredOn(file -> file.contains("epoch-")).hasSize(2);
    assertThat(Cli.tree(run)).anyMatch(file -> file.startsWith("tensorboard/events.out.tfevents."));
    Cli again = run("train|--resume|%s|--json|%s".formatted(run, json("again")));
    assertThat(again.code()).as(again.err()).isZero();
    assertThat(Json.read(json("again")).string("parameters_hash"))
        .isEqualTo(Json.read(json("run")).string("parameters_hash"));
  }

  @Test
  void earlyStoppingWantsValidationData() {
    for (String words : List.of("|--early-stop|2", "|--schedule|plateau:0.5:2")) {
      Cli cli = run(start + "|--validation|0" + words + "|--out|" + box.resolve("none"));
      assertThat(cli.code()).isEqualTo(2);
      assertThat(cli.complaints())
          .last()
          .asString()
          .endsWith(" expects validation data, but there are none: choose a --validation above 0");
      assertThat(box.resolve("none")).doesNotExist();
    }
  }

  @Test
  void drawnDigitsCanBeFew() throws IOException {
    String network = TinyData.NETWORK.replace("[1, 8, 8]", "[1, 28, 28]").replace("3}]", "10}]");
    Path file = Files.writeString(box.resolve("digits.json"), network);
    Cli cli =
        run(
            "train|--model|%s|--train-images|60|--test-images|20|--batch|30|--epochs|1|--out|%s"
                .formatted(file, box.resolve("run")));
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.err()).contains("digits: 54 training, 6 validation, 20 test images");
  }

  @Test
  void aNetworkMayTellMoreClassesApartThanTheDataHave() throws IOException {
    Path file =
        Files.writeString(
            box.resolve("wide.json"), TinyData.NETWORK.replace("\"linear\": 3", "\"linear\": 5"));
    String words = start.replaceFirst("--model\\|[^|]*", "--model|" + file);
    Cli cli = run(words + "|--out|" + box.resolve("run"));
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out().lines()).anyMatch(line -> line.startsWith("4  "));
    Cli evaluated = run("evaluate|" + box.resolve("run"));
    assertThat(evaluated.code()).as(evaluated.err()).isZero();
  }

  @Test
  void aNamedNetworkIsBuiltForTheDataAndStaysSo() {
    String words = start.replaceFirst("--model\\|[^|]*", "--model|linear");
    Path run = box.resolve("run");
    Cli cli = run("%s|--out|%s|--json|%s".formatted(words, run, json("run")));
    assertThat(cli.complaints())
        .contains(
            "linear is built here for (1, 8, 8) and 3 classes; as published it is for (1, 28, 28) and 10");
    JsonObject builtFor =
        Json.read(run.resolve("config.json")).object("network").object("built_for");
    assertThat(builtFor.list("input")).isEqualTo(List.of(1L, 8L, 8L));
    assertThat(builtFor.integer("classes")).isEqualTo(3);
    String hash = Json.read(json("run")).string("parameters_hash");
    for (String command : List.of("evaluate|%s|--json|%s", "train|--resume|%s|--json|%s")) {
      Cli again = run(command.formatted(run, json("again")));
      assertThat(again.code()).as(again.err()).isZero();
      assertThat(Json.read(json("again")).string("parameters_hash")).isEqualTo(hash);
    }
  }

  @Test
  void theReportNamesACommandThatCanBeTypedAgain() throws IOException {
    train("run", "");
    assertThat(Json.read(box.resolve("run/config.json")).string("command"))
        .startsWith("vitrine train --data '%s/the data' --model ".formatted(shared));
  }

  @Test
  void aFinishedRunResumedGivesItsResultsAgain() {
    train("run", "");
    Path run = box.resolve("run");
    Cli cli = run("train|--resume|%s|--json|%s".formatted(run, json("again")));
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.complaints()).last().isEqualTo("Going on after step 30.");
    assertThat(Json.read(json("again")).string("parameters_hash"))
        .isEqualTo(Json.read(json("run")).string("parameters_hash"));
  }

  @Test
  void divergenceIsOneLineThatNamesStepAndPlaceAndExitsWith3() {
    Path run = box.resolve("run");
    Cli cli =
        run(
            "%s|--lr|1000|--checkpoint-every|0|--out|%s|--json|%s"
                .formatted(start, run, json("diverged")));
    assertThat(cli.code()).isEqualTo(3);
    JsonObject told = Json.read(json("diverged"));
    assertThat(told.string("state")).isEqualTo("diverged");
    assertThat(told.integer("step")).isPositive();
    assertThat(cli.complaints()).last().isEqualTo("vitrine: " + told.string("reason"));
    assertThat(cli.complaints())
        .hasSize(3)
        .last()
        .asString()
        .matches(
            "vitrine: Training diverged at step (\\d+): .*\\. Try a smaller learning rate than 1000");
    assertThat(Cli.tree(run))
        .containsExactly(
            "checkpoints", "checkpoints/last.safetensors", "config.json", "metrics.jsonl");
    try (Safetensors last = Safetensors.open(run.resolve("checkpoints/last.safetensors"))) {
      assertThat(last.longs("progress.step")[0]).isPositive();
      for (float value : last.floats("linear1.weight")) {
        assertThat(value).isFinite();
      }
    }
  }

  @Test
  void aSheetOfDigits() {
    Path sheet = box.resolve("sheet.png");
    Cli cli = run("digits|--columns|2|--out|" + sheet);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(sheet).isNotEmptyFile();
    assertThat(cli.out()).contains(sheet.toString());
  }
}
