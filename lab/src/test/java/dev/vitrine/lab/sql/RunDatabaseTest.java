package dev.vitrine.lab.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.store.RunStore;
import dev.vitrine.lab.store.StoredRun;
import dev.vitrine.lab.store.TinyRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunDatabaseTest {
  @TempDir static Path box;
  private static List<StoredRun> runs;

  @BeforeAll
  static void train() {
    TinyRuns.train(box.resolve("runs/a"), Map.of("lr", "0.05", "epochs", "2"));
    runs = RunStore.below(List.of(box)).runs();
  }

  @Test
  void answers() {
    Answer answer =
        RunDatabase.ask(runs, "SELECT id, seed, note, test_accuracy < 2 AS low FROM runs");
    assertThat(answer.columns()).containsExactly("id", "seed", "note", "low");
    assertThat(answer.rows().getFirst()).containsExactly("a", 42L, null, true);
    assertThat(
            RunDatabase.ask(
                    runs,
                    "SELECT e.epoch, s.number FROM epochs e JOIN settings s ON s.run = e.run"
                        + " WHERE s.name = 'lr' ORDER BY 1")
                .rows())
        .containsExactly(List.of(1L, 0.05), List.of(2L, 0.05));
  }

  @Test
  void aSemicolonMayEndItOrStandInAText() {
    assertThat(RunDatabase.ask(runs, "SELECT 'a;b' || id FROM runs; ").rows())
        .containsExactly(List.of("a;ba"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DROP TABLE runs",
        "UPDATE runs SET note = 'x'",
        "DELETE FROM runs",
        "INSERT INTO settings VALUES ('a', 'b', 'c', 1)",
        "CREATE TABLE x(y INT)",
        "SELECT 1; DROP TABLE runs",
        "SELECT 1; SELECT 2",
        "SELECT FILE_READ('/etc/hostname')",
        "SELECT FILE_READ('https://example.org/')",
        "SELECT FILE_WRITE('x', 'BOX/written')",
        "SELECT * FROM CSVREAD('/etc/hostname')",
        "CALL CSVWRITE('BOX/written', 'SELECT 1')",
        "CREATE ALIAS run FOR 'java.lang.Runtime.getRuntime'",
        "CREATE ALIAS exec AS 'void exec(String c) {}'",
        "CREATE LINKED TABLE x('org.h2.Driver', 'jdbc:h2:BOX/written', '', '', 'y')",
        "RUNSCRIPT FROM 'BOX/script.sql'",
        "SCRIPT TO 'BOX/written'",
        "BACKUP TO 'BOX/written'",
        "CREATE TRIGGER t BEFORE SELECT ON runs CALL 'java.lang.Object'",
        "CALL LINK_SCHEMA('s', '', 'jdbc:h2:BOX/written', '', '', 'PUBLIC')",
        "SHUTDOWN",
        "SET PASSWORD 'x'",
        "GRANT ALL ON SCHEMA PUBLIC TO READER",
        "CREATE USER x PASSWORD 'y' ADMIN",
        "CREATE LOCAL TEMPORARY TABLE x(y INT)",
        "EXPLAIN ANALYZE DELETE FROM runs"
      })
  void readsAndDoesNothingElse(String question) throws IOException {
    String asked = question.replace("BOX", box.toString());
    assertThatThrownBy(() -> RunDatabase.ask(runs, asked))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("The question expects SQL that only reads");
    try (Stream<Path> left = Files.list(box)) {
      assertThat(left).containsExactly(box.resolve("runs"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELEC | from \"SELEC\" on | ; did you mean \"SELECT\"?",
        "selct id from runs | from \"selct id from runs\" on | ; did you mean \"SELECT\"?",
        "SELECT id FROM runs WHRE x = 1 | from \"x = 1\" on | ''",
        "SELECT id, FROM runs | from \"FROM runs\" on | ''",
        "SELECT id FROM | as if its end were missing | ''",
        "hello | from \"hello\" on | ''",
      })
  void whatIsNoSqlIsSaidFromWhereOn(String question, String where, String hint) {
    assertThatThrownBy(() -> RunDatabase.ask(runs, question))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The question is no SQL, %s: expected one such as SELECT id, test_accuracy FROM runs%s"
                .formatted(where, hint));
  }

  @Test
  void aSlipIsOneSentence() {
    assertThatThrownBy(() -> RunDatabase.ask(runs, "SELECT tset FROM runs"))
        .isInstanceOf(UserException.class)
        .hasMessage("The question cannot be answered: Column \"TSET\" not found");
  }
}
