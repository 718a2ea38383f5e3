package dev.vitrine.lab.store;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.Journal;
import dev.vitrine.lab.journal.StudyRecord;
import dev.vitrine.lab.journal.TrialRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What a study's journal says of its trials and their folders do not: a trial knows no test. */
final class Trials {
  private final Optional<StudyRecord> study;

  private Trials(Optional<StudyRecord> study) {
    this.study = study;
  }

  /**
   * Of the study around a folder of trials; of runs that are none, nothing. A journal that is
   * damaged is for whoever goes on with the study to hear of.
   */
  static Trials around(Path root) {
    Path folder = root.toAbsolutePath().normalize().getParent();
    if (folder == null || !Files.isRegularFile(folder.resolve(Journal.NAME))) {
      return new Trials(Optional.empty());
    }
    try {
      return new Trials(Optional.of(StudyRecord.of(Journal.read(folder))));
    } catch (UserException damaged) {
      return new Trials(Optional.empty());
    }
  }

  /** A run with what the journal adds. */
  StoredRun add(StoredRun run) {
    if (study.isEmpty() || run.text(Field.STUDY).isEmpty()) {
      return run;
    }
    String id = run.folder().toAbsolutePath().normalize().getFileName().toString();
    Optional<TrialRecord> trial = study.flatMap(record -> record.trial(id));
    if (trial.isEmpty()) {
      return run;
    }
    StoredRun more = run;
    Event.Tested test = trial.get().tests().get(Optional.<Integer>empty());
    if (test != null) {
      more =
          more.with(Field.TEST_LOSS, test.loss())
              .with(Field.TEST_ACCURACY, test.accuracy())
              .with(Field.TEST_EXAMPLES, test.examples());
    }
    Optional<Event.Failed> failure = trial.get().failure();
    return failure.isPresent() ? more.with(Field.REASON, failure.get().cause()) : more;
  }
}
