package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.DataSplits;
import dev.vitrine.error.UserException;
import dev.vitrine.plan.Compute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPlaceTest {
  private static final int RUNS = 8;

  @TempDir private Path box;

  private static Run run(RunPlace place, Compute compute) {
    RunConfig config = TinyRuns.config(0.05);
    DataSplits data = RunImages.prepare(config, TinyRuns.splits());
    return Run.start(place, config, data, compute);
  }

  @Test
  void runsThatBeginAtOnceTakeTheNextFreeNumbers()
      throws IOException, InterruptedException, ExecutionException {
    RunPlace place = RunPlace.numbered(box.resolve("runs/net"));
    Files.createDirectories(box.resolve("runs/net-2"));
    List<Path> taken = new ArrayList<>();
    try (Compute compute = Compute.of(1);
        ExecutorService threads = Executors.newFixedThreadPool(RUNS)) {
      List<Callable<Path>> all = new ArrayList<>();
      for (int i = 0; i < RUNS; i++) {
        all.add(run(place, compute)::begin);
      }
      for (Future<Path> one : threads.invokeAll(all)) {
        taken.add(one.get());
      }
    }
    List<Path> expected =
        Stream.of(1, 3, 4, 5, 6, 7, 8, 9).map(n -> box.resolve("runs/net-" + n)).toList();
    assertThat(taken).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(taken).allMatch(RunFolder::isRun);
    try (Stream<Path> left = Files.list(box.resolve("runs"))) {
      assertThat(left).hasSize(RUNS + 1);
    }
  }

  @Test
  void aChosenFolderThatIsTakenMeanwhileIsRefusedAndStaysAsItIs() throws IOException {
    Path path = box.resolve("run");
    try (Compute compute = Compute.of(1)) {
      Run late = run(RunPlace.exactly(path), compute);
      run(RunPlace.exactly(path), compute).begin();
      byte[] first = Files.readAllBytes(path.resolve("config.json"));
      assertThatThrownBy(late::begin)
          .isInstanceOf(UserException.class)
          .hasMessage("%s is a run already: choose another name", path);
      assertThat(path.resolve("config.json")).hasBinaryContent(first);
    }
  }

  @Test
  void aRunKnowsItsOwnFiles() throws IOException {
    Path path = box.resolve("run");
    try (Compute compute = Compute.of(1)) {
      run(RunPlace.exactly(path), compute).begin();
    }
    for (String own : List.of("config.json", "result.json", "checkpoints/last.safetensors")) {
      assertThat(RunFolder.isOwn(path.resolve(own))).as(own).isTrue();
    }
    for (String other : List.of("mine.json", "evaluate-mnist/report.html", "../config.json")) {
      assertThat(RunFolder.isOwn(path.resolve(other))).as(other).isFalse();
    }
  }
}
