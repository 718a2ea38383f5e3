package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.lab.store.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsCommandTest {
  private static final String TRAIN =
      "train --model mlp --train-images 120 --test-images 30 --epochs 1 --batch 20 --out ";

  @TempDir static Path box;

  @BeforeAll
  static void train() {
    Cli.done(TRAIN + box.resolve("runs/one"));
    Cli.done(TRAIN + box.resolve("runs/two") + " --seed 7");
  }

  private static Cli runs(String words) {
    return Cli.run(("runs " + words + " --in " + box).split(" "));
  }

  private static void assertRefused(String words, String sentence) {
    Cli cli = runs(words);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err().lines().toList().getLast()).contains(sentence);
  }

  @Test
  void listsGroupsAndAsks() {
    assertThat(runs("").out()).contains("one  ", "two  ", "finished", "train-images=120");
    assertThat(runs("two --columns id,seed,batch").out()).contains("two     7  20");
    assertThat(runs("--group seed").out()).contains(" ± ", "mlp    digits  2");
    Path json = box.resolve("answer.json");
    Cli asked =
        Cli.run(
            "runs", "--sql", "SELECT COUNT(*) n FROM runs", "--in", "" + box, "--json", "" + json);
    assertThat(asked.err()).isEmpty();
    assertThat(((JsonObject) Json.read(json).list("rows").getFirst()).integer("n")).isEqualTo(2);
  }

  @Test
  void aFigureThatNotAllHaveSaysSo() {
    Sample two = Sample.of(0.9, 0.8);
    assertThat(RunsGroups.measured(Field.TEST_ACCURACY, two, 2)).isEqualTo("85.00 ± 7.07 %");
    assertThat(RunsGroups.measured(Field.TEST_ACCURACY, two, 3))
        .isEqualTo("85.00 ± 7.07 % (n = 2)");
    assertThat(RunsGroups.measured(Field.TEST_ACCURACY, null, 3)).isEmpty();
  }

  @Test
  void showsAndCompares() {
    assertThat(runs("show one").out()).contains("unusual", "hash", "vitrine train --model mlp");
    assertThat(runs("compare one two").out()).contains("seed", "42", "7");
  }

  @Test
  void rerunsToTheSameBits() throws IOException {
    assertThat(runs("rerun two").out()).contains("identical, bit for bit");
    Path copy = box.resolve("other/changed");
    Files.createDirectories(copy.resolve("checkpoints"));
    for (String file :
        new String[] {"config.json", "metrics.jsonl", "checkpoints/last.safetensors"}) {
      Files.copy(box.resolve("runs/two").resolve(file), copy.resolve(file));
    }
    Path result = box.resolve("runs/two/result.json");
    String hash = Json.read(result).string("parameters_hash");
    Files.writeString(
        copy.resolve("result.json"), Files.readString(result).replace(hash, "0" + hash));
    Cli cli = Cli.run("runs", "rerun", "" + copy, "--in", "" + box);
    assertThat(cli.out()).contains("not the same");
    assertThat(cli.code()).isEqualTo(1);
  }

  @Test
  void anEmptyListSaysWhy() {
    Cli none = runs("--where lr>3");
    assertThat(none.code()).isZero();
    assertThat(none.out()).isEmpty();
    assertThat(none.complaints()).containsExactly("No run fulfils lr>3.");
    assertThat(runs("--group seed --where lr>3").complaints())
        .containsExactly("No run fulfils lr>3.");
  }

  @Test
  void complaintsAreOneSentence() {
    assertRefused("nothing", "None of 2 runs in " + box + " is meant by nothing");
    assertRefused("shwo", "; did you mean \"show\"?");
    assertRefused("--where lr", "expects a column, one of = != < <= > >= ~, and a value");
    assertRefused("--sort tset_accuracy", "did you mean \"test_accuracy\"?");
    assertRefused("--group hash", "--group expects a setting that the runs have");
    assertRefused("--limit 0", "expects 1 or more, but got 0");
    assertRefused("show three", "Unknown run \"three\"");
    assertRefused("compare one one", "These are one run, one");
    assertRefused("export", "'runs export' expects --csv FILE, --json FILE or both");
    assertRefused("delete --restore one", "The bin is empty");
    Cli nowhere = Cli.run("runs", "--in", "" + box.resolve("nowhere"));
    assertThat(nowhere.err()).contains("There is no folder").doesNotContain("\tat ");
  }
}
