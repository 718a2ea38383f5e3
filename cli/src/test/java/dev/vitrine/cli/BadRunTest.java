package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Run folders that are refused, and what cannot be asked of them. */
class BadRunTest {
  private RefusalBox box;

  @BeforeEach
  void fill(@TempDir Path folder) throws IOException {
    box = RefusalBox.in(folder);
  }

  @Test
  void whatIsNotThere() {
    assertThat(box.refused("train --resume BOX/no"))
        .isEqualTo(
            "vitrine: There is no run folder BOX/no: expected one that 'vitrine train' made, such"
                + " as runs/lenet-digits-1");
    assertThat(box.refused("evaluate BOX/no"))
        .isEqualTo(
            "vitrine: There is no run folder or checkpoint BOX/no: expected what 'vitrine train'"
                + " made, such as runs/lenet-digits-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"train --resume", "evaluate", "summary"})
  void whatIsNoRun(String command) {
    assertThat(box.refused(command + " BOX"))
        .isEqualTo("vitrine: BOX is not a run folder: it has no config.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "config.json|missing|BOX/run is not a run folder: it has no config.json",
        "config.json|half|BOX/run/config.json: not valid JSON at ",
        "config.json|number|BOX/run/config.json: recipe: \"batch_size\" expects a number below 2^31, but got 8"
            + "000000000",
        "config.json|format|BOX/run/config.json is of format 12, but this version of Vitrine reads"
            + " formats 1 to 3",
        "config.json|sizes|BOX/run/config.json: network: built_for: \"input\" expects one to three sizes from 1 to 2^31 − 1, such as"
            + " [1, 28, 28], but got [\"a\", 28]",
        "config.json|huge|BOX/run/config.json: network: built_for: \"input\" expects one to three sizes from 1 to 2^31 − 1, such as"
            + " [1, 28, 28], but got [1, 9999999999, 28]",
        "config.json|nothing|BOX/run/config.json: network: built_for: The number of classes expects 1 or more, but got 0",
        "checkpoints/last.safetensors|missing|BOX/run is not a run folder: it has no"
            + " checkpoints/last.safetensors",
        "checkpoints/last.safetensors|half|BOX/run/checkpoints/last.safetensors: truncated",
        "checkpoints/last.safetensors|noise|BOX/run/checkpoints/last.safetensors: truncated or not"
            + " a safetensors file",
      })
  void damagedRuns(String file, String damage, String sentence) throws IOException {
    train();
    damageRun(box.path("run").resolve(file), damage);
    assertThat(box.refused("train --resume BOX/run")).startsWith("vitrine: " + sentence);
    assertThat(box.refused("evaluate BOX/run")).startsWith("vitrine: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "missing|Cannot read BOX/run/metrics.jsonl: it does not exist",
        "empty|BOX/run/metrics.jsonl: expected 1 losses and 1 epochs up to the checkpoint's step"
            + " 22, but there are 0 and 0: the file is damaged",
        "lesser|BOX/run/metrics.jsonl: expected 1 losses and 1 epochs up to the checkpoint's step"
            + " 22, but there are 0 and 1: the file is damaged",
        "noise|BOX/run/metrics.jsonl, line 1: ",
      })
  void damagedMetrics(String damage, String sentence) throws IOException {
    train();
    damageRun(box.path("run/metrics.jsonl"), damage);
    assertThat(box.refused("train --resume BOX/run")).startsWith("vitrine: " + sentence);
  }

  private void train() {
    Cli cli =
        Cli.run(
            "train --epochs 1 --steps 22 --batch 5 --model %s --data %s --out %s"
                .formatted(box.network(), box.data(), box.path("run")));
    assertThat(cli.code()).as(cli.err()).isZero();
  }

  private static void damageRun(Path file, String how) throws IOException {
    switch (how) {
      case "missing" -> Files.delete(file);
      case "half" ->
          Files.write(file, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 2));
      case "lesser" -> Files.write(file, Files.readAllLines(file).subList(1, 2));
      case "empty" -> Files.write(file, new byte[0]);
      case "noise" -> Files.write(file, "noise, more noise\n".getBytes(StandardCharsets.UTF_8));
      case "number" -> replace(file, "\"batch_size\" : 5", "\"batch_size\" : 8000000000");
      case "sizes" -> builtFor(file, "[\"a\", 28]", 10);
      case "huge" -> builtFor(file, "[1, 9999999999, 28]", 10);
      case "nothing" -> builtFor(file, "[1, 8, 8]", 0);
      case "format" -> replace(file, "\"format\" : 3", "\"format\" : 12");
      default -> throw new IllegalArgumentException(how);
    }
  }

  private static void builtFor(Path file, String input, int classes) throws IOException {
    String field = "\"built_for\" : {\"input\": %s, \"classes\": %s}".formatted(input, classes);
    replace(file, "\"built_for\" : null", field);
  }

  private static void replace(Path file, String old, String text) throws IOException {
    String before = Files.readString(file);
    assertThat(before).contains(old);
    Files.writeString(file, before.replace(old, text), StandardOpenOption.TRUNCATE_EXISTING);
  }

  @Test
  void resumingTakesNoOptionThatWouldChangeTheRun() throws IOException {
    train();
    assertThat(box.refused("train --resume BOX/run --lr 3"))
        .isEqualTo(
            "vitrine: --lr cannot be given with --resume: the run goes on as it was started; only"
                + " --threads, --data, --data-dir, --checkpoint-every, --keep-checkpoints,"
                + " --tensorboard, --cluster, --members, --copy-to, --json, --stacktrace can");
    assertThat(box.refused("train --resume BOX/run --json BOX/no/x"))
        .isEqualTo("vitrine: Cannot write BOX/no/x: its folder does not exist");
  }

  @Test
  void onlyOfARunItIsSaidHowToGoOn() throws IOException {
    train();
    assertThat(box.refusedTraining("--out BOX/run"))
        .isEqualTo(
            "vitrine: BOX/run is a run already: choose another --out, or go on with --resume"
                + " BOX/run");
    Path spaced = Files.move(box.path("run"), box.path("my run"));
    Cli cli = Cli.run("train", "--out", spaced.toString());
    assertThat(cli.err()).endsWith("--resume '" + spaced + "'\n");
  }

  @Test
  void evaluatingOtherData() throws IOException {
    train();
    TinyData.write(box.path("larger"), 9);
    assertThat(box.refused("evaluate BOX/run --data BOX/larger"))
        .isEqualTo(
            "vitrine: The network expects images of shape (1, 8, 8), but those of data set"
                + " BOX/larger are (1, 9, 9): choose another model or --data");
    assertThat(box.refused("evaluate BOX/run --out BOX/larger/t10k-images-idx3-ubyte/x"))
        .isEqualTo(
            "vitrine: Cannot write BOX/larger/t10k-images-idx3-ubyte/x:"
                + " BOX/larger/t10k-images-idx3-ubyte is a file, not a folder");
    assertThat(box.refused("evaluate BOX/run --json BOX/no/x"))
        .isEqualTo("vitrine: Cannot write BOX/no/x: its folder does not exist");
    assertThat(box.refused("evaluate BOX/run --test-images 0"))
        .isEqualTo("vitrine: --test-images expects 1 or more, but got 0");
  }
}
