package dev.vitrine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.Run;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.RunPlace;
import dev.vitrine.run.Saving;
import dev.vitrine.run.Team;
import dev.vitrine.train.StepSummary;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs on a file system of Hadoop's: the one of this machine, through Hadoop. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class HadoopRunTest {
  private final List<String> notes = new ArrayList<>();
  @TempDir private Path box;

  private static Trainings training(Compute compute) {
    Map<String, String> beside =
        Map.of("local-steps", "2", "optimizer", "adam", "train-images", "300", "epochs", "3");
    return new Trainings(compute, "mlp", 4, 12, beside);
  }

  private HadoopRun copy(String name) {
    return HadoopRun.at(box.resolve(name).toUri().toString(), new Configuration(), notes::add);
  }

  /** Trains up to a step. */
  private static boolean train(Run run, long steps, HadoopRun copy) {
    TrainingControl control = new TrainingControl();
    TrainingListener stopping =
        new TrainingListener() {
          @Override
          public void step(StepSummary summary) {
            if (summary.step() >= steps) {
              control.stop();
            }
          }
        };
    return run.train(stopping, control, Saving.every(Duration.ZERO).epochs(1).copy(copy));
  }

  private Run start(Trainings training, Compute compute, String name, Optional<Team> team) {
    return Run.start(
        RunPlace.exactly(box.resolve(name)), training.config(), training.splits(), compute, team);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(name -> !name.contains(".crc") && !name.equals(".training"))
          .sorted()
          .toList();
    }
  }

  @Test
  void aRunGoesOnFromItsCopyWithOtherMembers() throws IOException {
    try (Compute compute = Compute.of(2);
        JavaSparkContext context = SparkMaster.connect("local[3]")) {
      Trainings training = training(compute);
      Run whole = start(training, compute, "whole", Optional.empty());
      assertThat(train(whole, 1000, copy("there/whole"))).isTrue();
      try (SparkTeam team = SparkTeam.of(context, 3, notes::add)) {
        Run first = start(training, compute, "first", Optional.of(team));
        assertThat(train(first, 7, copy("there/first"))).isFalse();
      }
      assertThat(names(box.resolve("there/first")))
          .isEqualTo(names(box.resolve("first")))
          .contains("checkpoints/epoch-0001.safetensors");
      RunFolder fetched = copy("there/first").fetch(box.resolve("fetched"));
      try (SparkTeam team = SparkTeam.of(context, 2, notes::add)) {
        Run second = Run.resume(fetched, training.splits(), compute, Optional.of(team));
        assertThat(second.progress().step()).isEqualTo(7);
        assertThat(train(second, 1000, copy("there/first"))).isTrue();
        second.finish(Duration.ZERO);
      }
      assertThat(names(box.resolve("there/first")))
          .isEqualTo(names(box.resolve("fetched")))
          .contains("report.html", "checkpoints/epoch-0003.safetensors")
          .doesNotContain("checkpoints/epoch-0001.safetensors");
      assertThat(Files.readAllBytes(box.resolve("there/first/checkpoints/last.safetensors")))
          .isEqualTo(Files.readAllBytes(RunFolder.open(box.resolve("whole")).checkpoint()));
    }
  }

  @Test
  void whatCannotBeCopiedIsSaid() throws IOException {
    try (Compute compute = Compute.of(1)) {
      Trainings training = training(compute);
      train(start(training, compute, "one", Optional.empty()), 2, copy("taken"));
      Trainings others = new Trainings(compute, "mlp", 4, 3);
      Run other = start(others, compute, "other", Optional.empty());
      assertThatThrownBy(() -> train(other, 2, copy("taken")))
          .isInstanceOf(UserException.class)
          .hasMessageMatching(".*taken/? has another run already: choose a place that is free");
      Files.writeString(box.resolve("file"), "");
      Run blocked = start(training, compute, "blocked", Optional.empty());
      assertThatThrownBy(() -> train(blocked, 2, copy("file/run")))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("The run cannot be copied to file:");
      assertThat(notes).isEmpty();
    }
    assertThatThrownBy(() -> copy("nowhere").fetch(box.resolve("x")))
        .isInstanceOf(UserException.class)
        .hasMessageMatching("There is no run at .*nowhere: it has no checkpoints/last.safetensors");
    assertThatThrownBy(() -> copy("taken").fetch(box.resolve("one")))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(box.resolve("one") + " is a run already");
    assertThatThrownBy(() -> HadoopRun.at("gopher://x/y", new Configuration(), notes::add))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("Hadoop knows no file system for \"gopher://x/y\": ");
  }

  /** As on an HDFS that somebody set up a moment ago. */
  @Test
  void whoHasNoHomeThereHasARunThere() {
    String home = System.getProperty("user.home");
    System.setProperty("user.home", box.resolve("nobody").toString());
    try {
      HadoopRun copy = copy("there");
      assertThatThrownBy(() -> copy.fetch(box.resolve("x")))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("There is no run at ");
    } finally {
      System.setProperty("user.home", home);
    }
  }

  /** A place that is away for a while costs no training. */
  @Test
  void whatFailsLaterIsTriedAgain() throws IOException {
    try (Compute compute = Compute.of(1)) {
      Run run = start(training(compute), compute, "one", Optional.empty());
      HadoopRun copy = copy("there");
      train(run, 1, copy);
      Path there = box.resolve("there");
      Files.move(there, box.resolve("away"));
      Files.writeString(there, "");
      train(run, 2, copy);
      assertThat(notes)
          .isNotEmpty()
          .allMatch(note -> note.startsWith("the run could not be copied to file:"));
      Files.delete(there);
      Files.move(box.resolve("away"), there);
      train(run, 3, copy);
      assertThat(Files.readAllBytes(there.resolve("checkpoints/last.safetensors")))
          .isEqualTo(Files.readAllBytes(box.resolve("one/checkpoints/last.safetensors")));
    }
  }
}
