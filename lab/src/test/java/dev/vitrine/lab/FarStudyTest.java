package dev.vitrine.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.journal.Journal;
import dev.vitrine.lab.trial.SentTrial;
import dev.vitrine.lab.trial.StudyListener;
import dev.vitrine.lab.trial.TrialAnswer;
import dev.vitrine.lab.trial.TrialSteps;
import dev.vitrine.lab.trial.TrialTeam;
import dev.vitrine.train.Progress;
import dev.vitrine.train.TrainingControl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies whose trials are trained from what is sent, and known from what comes back. */
class FarStudyTest {
  private static final String HALVING =
      TinyStudies.YAML
          .replace("epochs: 2", "epochs: 4")
          .replace(
              "seeds: 2", "search: {kind: halving, factor: 2, epochs: 1}\ntest: curves\nseeds: 2");

  /** As far as a socket is: what goes there and back is bytes. */
  private static final class ByBytes implements TrialTeam {
    private final AtomicInteger sent = new AtomicInteger();

    @Override
    public int room() {
      return 2;
    }

    @Override
    public Optional<TrialAnswer> train(SentTrial trial, TrialSteps steps, TrainingControl control) {
      sent.incrementAndGet();
      SentTrial there = again(trial);
      return Optional.of(again(there.train("executor 7", 1, steps, control)));
    }

    @SuppressWarnings("unchecked")
    private static <T> T again(T sent) {
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
          out.writeObject(sent);
        }
        return (T)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
      } catch (IOException | ClassNotFoundException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() {}
  }

  private static void run(Path folder, String yaml, TrialTeam team, StudyListener listener) {
    Study study = TinyStudies.study(folder, yaml);
    try (StudyRun run =
        StudyRun.begin(study, TinyStudies.options(2), listener, Optional.of(team))) {
      run.run();
    }
  }

  /** The journal as a set of lines, without times; trials side by side end in any order. */
  private static List<String> journal(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve(Journal.NAME)).stream()
        .map(line -> line.replaceAll("\"(at|seconds)\":\\s*(\"[^\"]*\"|[-+.0-9E]+),?", ""))
        .sorted()
        .toList();
  }

  private static byte[] results(Path folder) throws IOException {
    return Files.readAllBytes(folder.resolve(StudyFolder.RESULTS));
  }

  @Test
  void aStudyElsewhereIsThatOfThisMachine(@TempDir Path folder) throws IOException {
    ByBytes team = new ByBytes();
    run(folder.resolve("far"), HALVING, team, StudyListener.SILENT);
    TinyStudies.run(folder.resolve("near"), HALVING, 2);
    assertThat(team.sent.get()).isPositive();
    assertThat(results(folder.resolve("far"))).isEqualTo(results(folder.resolve("near")));
    assertThat(journal(folder.resolve("far"))).isEqualTo(journal(folder.resolve("near")));
    for (Path file : Folders.files(folder.resolve("near/trials"))) {
      Path same =
          folder.resolve("far/trials").resolve(folder.resolve("near/trials").relativize(file));
      if (!file.getFileName().toString().startsWith(".")
          && !file.getFileName().toString().equals("metrics.jsonl")) {
        assertThat(same).hasSameBinaryContentAs(file);
      }
    }
  }

  @Test
  void whatWasStoppedGoesOnElsewhere(@TempDir Path folder) throws IOException {
    Study study = TinyStudies.study(folder.resolve("far"), TinyStudies.YAML);
    StudyRun[] running = new StudyRun[1];
    StudyListener stopping =
        new StudyListener() {
          @Override
          public void step(String trial, Progress progress, long totalSteps) {
            if (progress.step() == 3) {
              running[0].stop("it was stopped");
            }
          }
        };
    try (StudyRun run =
        StudyRun.begin(study, TinyStudies.options(1), stopping, Optional.of(new ByBytes()))) {
      running[0] = run;
      run.run();
    }
    assertThat(journal(folder.resolve("far"))).anyMatch(line -> line.contains("paused"));
    run(folder.resolve("far"), TinyStudies.YAML, new ByBytes(), StudyListener.SILENT);
    TinyStudies.run(folder.resolve("near"), TinyStudies.YAML, 1);
    assertThat(results(folder.resolve("far"))).isEqualTo(results(folder.resolve("near")));
  }

  @Test
  void dataThatAreOthersThereEndTheStudyAndNotTheTrial(@TempDir Path folder) throws IOException {
    TrialTeam team =
        new TrialTeam() {
          @Override
          public int room() {
            return 1;
          }

          @Override
          public Optional<TrialAnswer> train(
              SentTrial trial, TrialSteps steps, TrainingControl control) {
            return Optional.of(new TrialAnswer("", new byte[0], "On executor 7: no data"));
          }

          @Override
          public void close() {}
        };
    assertThatThrownBy(
            () -> run(folder.resolve("far"), TinyStudies.YAML, team, StudyListener.SILENT))
        .isInstanceOf(UserException.class)
        .hasMessage("On executor 7: no data");
    assertThat(journal(folder.resolve("far"))).noneMatch(line -> line.contains("failed"));
  }
}
