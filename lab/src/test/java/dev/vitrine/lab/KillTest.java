package dev.vitrine.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.lab.journal.Entry;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.Journal;
import dev.vitrine.lab.trial.StudyListener;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.train.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies that end at any moment, and go on to the same bytes. */
class KillTest {
  private static final int TRIALS = 8;
  private static final int STEPS = 10;

  @TempDir private static Path shared;
  private static String whole;

  @TempDir private Path box;

  @BeforeAll
  static void uninterrupted() throws IOException {
    TinyStudies.run(shared.resolve("whole"), TinyStudies.YAML, 2);
    whole = results(shared.resolve("whole"));
  }

  private static String results(Path folder) throws IOException {
    return Files.readString(folder.resolve("results.json"));
  }

  /** No finished trial is trained again, no step stands twice, and nothing else is left. */
  private static void assertWhole(Path folder) throws IOException {
    assertThat(results(folder)).isEqualTo(whole);
    List<Event> events = Journal.read(folder).stream().map(Entry::event).toList();
    assertThat(events.stream().filter(Event.Reached.class::isInstance)).hasSize(TRIALS);
    try (Stream<Path> trials = Files.list(folder.resolve("trials"))) {
      assertThat(trials.toList())
          .hasSize(TRIALS)
          .allSatisfy(trial -> {
            List<Long> epochs =
                Json.readLines(trial.resolve("metrics.jsonl")).stream()
                    .filter(line -> line.has("epoch"))
                    .map(line -> line.integer("epoch"))
                    .toList();
            assertThat(epochs).containsExactly(1L, 2L);
          });
    }
  }

  /** What a kill at random steps would leave, with the beginning of a line in the journal. */
  @Test
  void whatIsThereAtAnyMomentGoesOnToTheSameBytes() throws IOException {
    RandomStream random = Seed.of(13).stream("kills");
    Set<Integer> moments = new TreeSet<>();
    for (int i = 0; moments.size() < 6; i++) {
      moments.add(random.below(i, TRIALS * STEPS));
    }
    List<Path> killed = new ArrayList<>();
    Path folder = box.resolve("study");
    StudyListener killer =
        new StudyListener() {
          private int steps;

          @Override
          public void step(String trial, Progress progress, long totalSteps) {
            if (moments.contains(steps++)) {
              killed.add(Folders.copy(folder, box.resolve("killed-" + steps)));
            }
          }
        };
    TinyStudies.run(TinyStudies.study(folder, TinyStudies.YAML), TinyStudies.options(1), killer);
    assertThat(killed).hasSize(6);
    for (Path each : killed) {
      Files.writeString(each.resolve(Journal.NAME), "{\"at\":", StandardOpenOption.APPEND);
      TinyStudies.run(each, TinyStudies.YAML, 2);
      assertWhole(each);
    }
  }

  @Test
  void aProcessThatIsKilledAgainAndAgainComesToTheSameBytes()
      throws IOException, InterruptedException {
    Path folder = box.resolve("study");
    int kills = 0;
    for (int lines = 3; ; lines += 6) {
      Process process = start(folder);
      while (process.isAlive() && lines(folder) < lines) {
        Thread.sleep(2);
      }
      boolean killed = process.isAlive();
      process.destroyForcibly();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      if (!killed) {
        assertThat(process.exitValue()).as(Files.readString(box.resolve("err"))).isZero();
        break;
      }
      kills++;
    }
    assertThat(kills).isGreaterThan(1);
    assertWhole(folder);
  }

  private Process start(Path folder) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            KilledStudy.class.getName(),
            folder.toString())
        .redirectErrorStream(true)
        .redirectOutput(box.resolve("err").toFile())
        .start();
  }

  private static long lines(Path folder) {
    Path journal = folder.resolve(Journal.NAME);
    try {
      return Files.exists(journal) ? Json.readLines(journal).size() : 0;
    } catch (UserException beingMended) {
      return 0;
    }
  }

  @Test
  void aFullDiskEndsAStudyInOneLineAndCostsNothing() throws IOException {
    assumeTrue(Files.exists(Path.of("/dev/full")));
    Path folder = box.resolve("full");
    Path journal = folder.resolve(Journal.NAME);
    Path aside = box.resolve("aside");
    StudyListener disk =
        new StudyListener() {
          private int reached;

          @Override
          public void happened(Event event) {
            if (event instanceof Event.Reached && ++reached == 2) {
              try {
                Files.move(journal, aside);
                Files.createSymbolicLink(journal, Path.of("/dev/full"));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          }
        };
    Study study = TinyStudies.study(folder, TinyStudies.YAML);
    assertThatThrownBy(() -> TinyStudies.run(study, TinyStudies.options(1), disk))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot write %s: no space left on device".formatted(journal));
    Files.delete(journal);
    Files.move(aside, journal);
    TinyStudies.run(folder, TinyStudies.YAML, 2);
    assertWhole(folder);
  }
}
