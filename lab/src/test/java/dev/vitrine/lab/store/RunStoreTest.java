package dev.vitrine.lab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.Run;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStoreTest {
  @TempDir Path box;

  private Path run(String name, String... settings) {
    Map<String, String> all = settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1]);
    return TinyRuns.train(box.resolve("runs").resolve(name), all);
  }

  private List<StoredRun> runs() {
    return RunStore.below(List.of(box)).runs();
  }

  private StoredRun find(String name) {
    return RunStore.below(List.of(box)).find(name);
  }

  /** So that what is read of them is remembered. */
  private void age(Path folder) throws IOException {
    FileTime old = FileTime.from(Instant.now().minusSeconds(60));
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.toList()) {
        Files.setLastModifiedTime(each, old);
      }
    }
  }

  /** Beside the usual folders, too; but not whatever lies deeper there. */
  @Test
  void aRunWithAPlaceOfItsOwnIsFound() throws IOException {
    run("a");
    TinyRuns.train(box.resolve("es"), Map.of("lr", "0.05"));
    Files.createDirectories(box.resolve("other/checkpoints"));
    Files.createDirectories(box.resolve("much/deeper/checkpoints"));
    Files.createDirectories(box.resolve("mine/trials/x-s1/checkpoints"));
    assertThat(runs()).extracting(StoredRun::id).containsExactlyInAnyOrder("a", "es", "other");
    Files.createFile(box.resolve("mine/journal.jsonl"));
    assertThat(runs()).extracting(StoredRun::id).contains("mine/x-s1").hasSize(4);
  }

  /** Of a folder without the usual ones, too: trials of two studies go by these. */
  @Test
  void studiesInAnyFolderAreStudies() throws IOException {
    for (String study : List.of("a", "b", "deep/c")) {
      Files.createDirectories(box.resolve(study).resolve("trials/x-s1/checkpoints"));
      Files.createFile(box.resolve(study).resolve("journal.jsonl"));
    }
    assertThat(runs())
        .extracting(StoredRun::id)
        .containsExactlyInAnyOrder("a/x-s1", "b/x-s1", "c/x-s1");
  }

  @Test
  void aRunIsWhatItsFolderSays() {
    run("a", "lr", "0.05");
    StoredRun run = find("a");
    assertThat(run.state()).isEqualTo(RunState.FINISHED);
    assertThat(run.text(Field.MODEL)).isEqualTo("mlp");
    assertThat(run.number(Field.SEED)).contains(42.0);
    assertThat(run.number(Field.TEST_EXAMPLES)).contains(30.0);
    assertThat(run.number(Field.VALIDATION_ACCURACY))
        .isPresent()
        .isEqualTo(run.number(Field.BEST_VALIDATION_ACCURACY));
    assertThat(run.text(Field.HASH)).hasSize(64);
    assertThat(run.unusual()).isEqualTo(Map.of("lr", "0.05", "batch", "20"));
  }

  @Test
  void aDamagedRunIsNamedAndInNobodysWay() throws IOException {
    run("a");
    Files.writeString(run("b").resolve("config.json"), "{");
    assertThat(find("a").state()).isEqualTo(RunState.FINISHED);
    StoredRun damaged = find("b");
    assertThat(damaged.state()).isEqualTo(RunState.DAMAGED);
    assertThat(damaged.text(Field.REASON)).contains("config.json");
  }

  @Test
  void oneThatIsTrainedNowIsRunningAndCannotBeDeleted() {
    try (Compute compute = Compute.of(1)) {
      Run run = TinyRuns.begun(box.resolve("runs/a"), Map.of(), compute);
      run.begin();
      StoredRun running = find("a");
      assertThat(running.state()).isEqualTo(RunState.RUNNING);
      assertThatThrownBy(() -> Bin.put(running))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("being trained by another process");
      assertThat(run.train(TrainingListener.SILENT, new TrainingControl(), Duration.ofDays(1)))
          .isTrue();
    }
    assertThat(find("a").state()).isEqualTo(RunState.FINISHED);
  }

  @Test
  void whatIsRememberedIsWhatIsThere() throws IOException {
    Path a = run("a");
    age(a);
    List<StoredRun> first = runs();
    Path memo = box.resolve("runs").resolve(Memo.FILE);
    assertThat(memo).exists();
    assertThat(runs()).isEqualTo(first);
    byte[] bytes = Files.readAllBytes(memo);
    for (int i = 0; i < bytes.length; i += 7) {
      byte[] damaged = bytes.clone();
      damaged[i] = (byte) (damaged[i] ^ 1);
      Files.write(memo, damaged);
      assertThat(runs()).isEqualTo(first);
    }
    Files.writeString(memo, "");
    assertThat(runs()).isEqualTo(first);
    assertThat(Files.readAllBytes(memo)).isEqualTo(bytes);
    Files.writeString(a.resolve("result.json"), "[]");
    assertThat(find("a").state()).isEqualTo(RunState.DAMAGED);
  }

  @Test
  void theMemoIsRead() throws IOException {
    Path a = run("a");
    age(a);
    assertThat(runs()).hasSize(1);
    Path config = a.resolve("config.json");
    FileTime time = Files.getLastModifiedTime(config);
    Files.writeString(config, Files.readString(config).replace("mlp", "MLP"));
    Files.setLastModifiedTime(config, time); // of the same size: nothing shows
    assertThat(find("a").text(Field.MODEL)).isEqualTo("mlp");
    Files.delete(box.resolve("runs").resolve(Memo.FILE));
    assertThat(find("a").state()).isEqualTo(RunState.DAMAGED);
  }

  @Test
  void aBeginningOrAnEndIsEnoughIfItIsTheOnlyOne() {
    run("lenet-1");
    run("lenet-2");
    assertThat(find("-2").id()).isEqualTo("lenet-2");
    assertThat(find(box.resolve("runs/lenet-1").toString()).id()).isEqualTo("lenet-1");
    assertThatThrownBy(() -> find("lenet"))
        .hasMessage(
            "\"lenet\" is short for 2 runs, among them lenet-1, lenet-2: write more of its name, or its folder");
    assertThatThrownBy(() -> find("lenet-3"))
        .hasMessage("Unknown run \"lenet-3\"; did you mean \"lenet-1\"?");
  }

  @Test
  void conditionsChooseAndSort() {
    run("a", "lr", "0.05");
    run("b", "lr", "0.1");
    assertThat(chosen("lr>=0.1")).containsExactly("b");
    assertThat(chosen("model=MLP", "lr!=0.1")).containsExactly("a");
    assertThat(chosen("test_accuracy>=0%")).containsExactly("a", "b");
    assertThat(chosen("test-accuracy>100%")).isEmpty();
    assertThat(chosen("note=")).containsExactly("a", "b");
    Selection largest = new Selection(List.of(), List.of(), Optional.of("-lr"), Optional.of(1));
    assertThat(largest.of(runs())).extracting(StoredRun::id).containsExactly("b");
    assertThatThrownBy(() -> chosen("test_acuracy>1"))
        .hasMessage("Unknown column of runs \"test_acuracy\"; did you mean \"test_accuracy\"?");
    assertThatThrownBy(() -> chosen("seed>many"))
        .hasMessage("The condition on seed expects a number, but got \"many\"");
  }

  private List<String> chosen(String... where) {
    return new Selection(List.of(), List.of(where), Optional.empty(), Optional.empty())
        .of(runs()).stream().map(StoredRun::id).sorted().toList();
  }

  @Test
  void seedsFoldAndEqualRunsCountOnce() {
    run("a", "seed", "1");
    run("b", "seed", "2");
    run("again", "seed", "2");
    run("other", "lr", "0.1");
    List<RunGroup> groups = RunGroup.over(Values.of(Field.SEED), runs());
    assertThat(groups).hasSize(2);
    assertThat(groups.getFirst().runs()).hasSize(2);
    assertThat(groups.getFirst().samples().get(Field.TEST_ACCURACY).size()).isEqualTo(2);
  }

  @Test
  void comparisonsSayWhatDiffersAndWhatIsIdentical() {
    run("a", "seed", "1");
    run("same", "seed", "1");
    run("other", "seed", "2");
    RunComparison all = RunComparison.of(runs());
    assertThat(all.differences()).containsOnlyKeys("seed");
    assertThat(all.sentences())
        .singleElement()
        .asString()
        .matches(".* and .* are identical, bit for bit: parameters [0-9a-f]{16}");
    assertThat(all.identical().getFirst())
        .extracting(StoredRun::id)
        .containsExactlyInAnyOrder("a", "same");
  }

  @Test
  void marksAreBesideTheRun() {
    Path a = run("a");
    Marks.of(a).named("first").tagged(List.of("x", "final")).noted("good, \"very\"").write(a);
    assertThat(find("first").text(Field.TAGS)).isEqualTo("final,x");
    assertThat(RunTable.csv(runs())).contains(",\"good, \"\"very\"\"\",");
    assertThatThrownBy(() -> Marks.of(a).tagged(List.of("a b")))
        .hasMessage(
            "A tag expects a word of at most 40 letters, digits and . _ : + -, but got \"a b\"");
    Marks.of(a).named("").untagged(List.of("x", "final")).noted("").write(a);
    assertThat(a.resolve(Marks.FILE)).doesNotExist();
  }

  @Test
  void theBinGivesBack() {
    Path a = run("a");
    Bin.put(find("a"));
    assertThat(runs()).isEmpty();
    assertThat(Bin.restore("a", List.of(box))).isEqualTo(a.toAbsolutePath());
    assertThat(find("a").state()).isEqualTo(RunState.FINISHED);
    Bin.put(find("a"));
    run("a");
    assertThatThrownBy(() -> Bin.restore("a", List.of(box)))
        .hasMessageContaining("exists already: rename it first");
  }
}
