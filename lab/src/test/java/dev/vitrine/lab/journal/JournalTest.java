package dev.vitrine.lab.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final Event.Figures ODD =
      new Event.Figures(Double.NaN, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1e-300);

  /** One of each kind. */
  private static final List<Event> ALL =
      List.of(
          new Event.Begun(new JsonObject("x", Map.of("name", "x")), "1"),
          new Event.Extended(new JsonObject("x", Map.of("name", "x")), List.of("seeds: 3")),
          new Event.Started("a-s1", "sgd", 1, "vitrine train --lr 1"),
          new Event.Reached("a-s1", 3, true, ODD, "00ff", 0.5),
          new Event.Paused("a-s1", 0.25),
          new Event.Failed("a-s1", "diverged", "A \"quoted\" cause\nof two lines", 2, 0.1),
          new Event.Retried(List.of("a-s1")),
          new Event.Rung("sgd", 1, List.of("a"), List.of("b", "c")),
          new Event.Chosen("sgd", "a", 0.5, Double.NaN, 1, 3),
          new Event.TestRead(1, "a-s1", Optional.empty(), "the choice of sgd"),
          new Event.Measured("a-s1", 0.01, Double.NaN, 900),
          new Event.Gradients(
              "a-s1",
              "zeros",
              2.3,
              List.of(GradientSizes.of("linear1.weight", 0, 1e-3f, -2e-3f, 0))),
          new Event.Copies("mine.npz", 3, 100),
          new Event.Tested(
              "a-s1",
              Optional.of(2),
              0.1,
              0.9,
              100,
              Optional.of(
                  new Confusion(
                      List.of("a", "b"),
                      List.of(new Confusion.Cell(0, 0, 90, -1), new Confusion.Cell(1, 0, 10, 7))))),
          new Event.Ended(false, "its time was over"));

  @TempDir private Path box;

  private static List<Event> events(Path folder) {
    return Journal.read(folder).stream().map(Entry::event).toList();
  }

  @Test
  void everyEventComesBackWithItsOddNumbers() {
    assertThat(ALL.stream().map(event -> event.getClass().getName()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Event.class.getPermittedSubclasses()).map(Class::getName).toList());
    try (Journal journal = Journal.open(box)) {
      ALL.forEach(journal::add);
      assertThat(Journal.isHeld(box)).isTrue();
    }
    assertThat(Journal.isHeld(box)).isFalse();
    assertThat(events(box)).hasToString(ALL.toString());
  }

  @Test
  void whatIsCutOffAtAnyByteIsReadAndGoneOnWith() throws IOException {
    try (Journal journal = Journal.open(box)) {
      ALL.subList(2, 5).forEach(journal::add);
    }
    byte[] whole = Files.readAllBytes(box.resolve(Journal.NAME));
    for (int length = 0; length < whole.length; length += 7) {
      Path folder = Files.createDirectories(box.resolve("cut-" + length));
      Files.write(folder.resolve(Journal.NAME), Arrays.copyOf(whole, length));
      List<Event> kept = events(folder);
      try (Journal journal = Journal.open(folder)) {
        journal.add(ALL.getLast());
      }
      assertThat(events(folder)).hasSize(kept.size() + 1).endsWith(ALL.getLast());
      assertThat(events(folder).subList(0, kept.size())).isEqualTo(kept);
    }
  }

  /** Journals of older versions have no confusion. */
  @Test
  void aTestWithoutConfusionIsReadAndAWrongCellRefused() throws IOException {
    String tested =
        "{\"at\":\"2026-01-01T00:00:00Z\",\"event\":\"tested\",\"trial\":\"a-s1\",\"loss\":0.1,\"accuracy\":0.9,\"examples\":100%s}\n";
    Files.writeString(box.resolve(Journal.NAME), tested.formatted(""));
    assertThat(events(box))
        .containsExactly(new Event.Tested("a-s1", Optional.empty(), 0.1, 0.9, 100));
    String confusion = ",\"confusion\":{\"classes\":[\"a\",\"b\"],\"cells\":[[0,2,1,5]]}";
    Files.writeString(box.resolve(Journal.NAME), tested.formatted(confusion));
    assertThatThrownBy(() -> Journal.read(box))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "A cell of a confusion matrix expects two of 2 classes, but got [0, 2, 1, 5]");
  }

  @Test
  void aRecordCountsWhatALimitCounts() {
    StudyRecord record = new StudyRecord();
    record.add(ALL.get(2));
    record.add(new Event.Paused("a-s1", 2));
    record.add(new Event.Failed("a-s1", "time", "over", 1, 3));
    assertThat(record.trial("a-s1").orElseThrow().counted()).isEqualTo(5);
    record.add(new Event.Retried(List.of("a-s1")));
    TrialRecord trial = record.trial("a-s1").orElseThrow();
    assertThat(trial.counted()).isZero();
    assertThat(trial.seconds()).isEqualTo(5);
    assertThat(trial.failure()).isEmpty();
  }

  @Test
  void aDamagedJournalIsRefusedInOneLine() throws IOException {
    Files.writeString(
        box.resolve(Journal.NAME), "{\"at\":\"2026-01-01T00:00:00Z\",\"event\":\"unheard\"}\n");
    assertThatThrownBy(() -> Journal.read(box))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(box.resolve(Journal.NAME) + ", line 1: Unknown event \"unheard\"");
    assertThatThrownBy(() -> StudyRecord.of(List.of(new Entry(Instant.EPOCH, ALL.get(4)))))
        .isInstanceOf(UserException.class)
        .hasMessage("The journal tells of the trial a-s1, which never began: it is damaged");
  }
}
