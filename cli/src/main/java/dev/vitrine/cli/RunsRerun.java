package dev.vitrine.cli;

import dev.vitrine.data.DataSource;
import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import dev.vitrine.lab.store.Field;
import dev.vitrine.lab.store.RunState;
import dev.vitrine.lab.store.StoredRun;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.Run;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.RunImages;
import dev.vitrine.run.RunPlace;
import dev.vitrine.run.TuningData;
import dev.vitrine.settings.NamedData;
import dev.vitrine.train.DivergedException;
import dev.vitrine.train.TrainingControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** Trains a run again, and compares. */
final class RunsRerun {
  private static final int OTHERWISE = 1;
  private static final int INTERRUPTED = 130;
  private static final Duration SAVE_EVERY = Duration.ofDays(1);

  private RunsRerun() {}

  static int run(
      CommandSpec spec,
      List<Path> folders,
      String id,
      Optional<Integer> threads,
      Optional<Path> dataDir,
      Optional<Output> json) {
    Terminal terminal = Main.terminal(spec);
    StoredRun stored = RunsStore.named(folders, List.of(id)).getFirst();
    requireEnded(stored);
    RunConfig config = RunFolder.open(stored.folder()).config();
    String place = NamedData.place(config.data(), dataDir);
    Optional<Path> folder = dataDir.or(() -> config.data().folder().map(Path::of));
    RunConfig here =
        config.with(config.data().movedTo(place, folder.map(f -> f.toAbsolutePath().toString())));
    Path temporary = temporary();
    try (Compute compute = Main.compute(threads, terminal)) {
      DataSource source = DataOptions.find(here, folder, terminal);
      terminal.busy("Loading");
      TuningData data = RunImages.prepare(here, TuningData.load(source));
      here.data().found().requireSame(data);
      terminal.note("%s again: %s", stored.id(), config.command());
      RunPlace again = RunPlace.exactly(temporary.resolve("rerun"));
      Run run = Run.start(again, here, data, compute);
      Optional<String> came = train(run, terminal);
      return came.isEmpty() ? INTERRUPTED : told(terminal, stored, came.get(), json);
    } finally {
      discard(temporary);
    }
  }

  private static void requireEnded(StoredRun run) {
    if (run.state() != RunState.FINISHED && run.state() != RunState.DIVERGED) {
      throw new UserException(
          "The run %s is %s, so there is nothing to compare with: expected a finished or a diverged one"
              .formatted(run.id(), run.state().word()));
    }
  }

  /** What the numbers came to: their hash, or the sentence about their divergence. */
  private static Optional<String> train(Run run, Terminal terminal) {
    TrainingControl control = new TrainingControl();
    TrainingView view = new TrainingView(terminal, run.progress(), run.batchSize());
    try (Interrupt _ = Interrupt.install(control::stop)) {
      boolean ended = run.train(view, control, SAVE_EVERY);
      return ended ? Optional.of(run.parametersHash()) : Optional.empty();
    } catch (DivergedException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static int told(Terminal terminal, StoredRun stored, String came, Optional<Output> json) {
    boolean diverged = stored.state() == RunState.DIVERGED;
    String expected = stored.text(diverged ? Field.REASON : Field.HASH);
    boolean same = came.equals(expected);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", stored.id());
    fields.put("stored", expected);
    fields.put("rerun", came);
    fields.put("identical", same);
    json.ifPresent(file -> file.json(fields));
    terminal.print("");
    terminal.sentence("stored  %s", expected);
    terminal.sentence("rerun   %s", came);
    terminal.line(
        same
            ? diverged ? "diverged in the same way" : "identical, bit for bit"
            : "not the same: the data, the version of Vitrine or a file was changed");
    return same ? 0 : OTHERWISE;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("vitrine-rerun-");
    } catch (IOException failure) {
      throw FileErrors.writing(Path.of(System.getProperty("java.io.tmpdir")), failure);
    }
  }

  private static void discard(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    } catch (IOException failure) {
      throw FileErrors.writing(folder, failure);
    }
  }
}
