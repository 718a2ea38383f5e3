package dev.vitrine.lab.trial;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.Journal;
import dev.vitrine.lab.journal.StudyRecord;
import dev.vitrine.train.Progress;

/** What happens, written down first and then told. */
public final class Log {
  private final Journal journal;
  private final StudyRecord record;
  private final StudyListener listener;

  /**
   * A log.
   *
   * @param journal where each event is added
   * @param record what is known, which learns of each
   * @param listener who is told of each
   */
  public Log(Journal journal, StudyRecord record, StudyListener listener) {
    this.journal = journal;
    this.record = record;
    this.listener = listener;
  }

  /**
   * Writes an event down.
   *
   * @param event what happened
   * @throws dev.vitrine.error.UserException if it cannot be written; then nobody is told
   */
  public synchronized void add(Event event) {
    journal.add(event);
    record.add(event);
    listener.happened(event);
  }

  /** {@return what is known} */
  public StudyRecord record() {
    return record;
  }

  synchronized void step(String trial, Progress progress, long totalSteps) {
    listener.step(trial, progress, totalSteps);
  }

  synchronized void due(int trials) {
    listener.due(trials);
  }
}
