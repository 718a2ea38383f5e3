package dev.vitrine.lab.journal;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.lab.search.Known;
import dev.vitrine.lab.spec.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a journal tells, gathered line by line. Any thread may ask and add; what it gives are
 * copies.
 */
public final class StudyRecord {
  private final List<JsonObject> specs = new ArrayList<>();
  private final Map<String, Draft> trials = new LinkedHashMap<>();
  private final Map<List<Object>, Event.Rung> rungs = new LinkedHashMap<>();
  private final Map<String, Event.Chosen> chosen = new LinkedHashMap<>();
  private final Map<String, Event.Copies> copies = new LinkedHashMap<>();
  private int testReads;
  private Optional<Event.Ended> ended = Optional.empty();

  /** A record of nothing. */
  public StudyRecord() {}

  /**
   * {@return what a journal tells}
   *
   * @param entries its lines
   */
  public static StudyRecord of(List<Entry> entries) {
    StudyRecord study = new StudyRecord();
    entries.forEach(entry -> study.add(entry.event()));
    return study;
  }

  /** What is known of a trial so far. */
  private static final class Draft {
    private final Event.Started started;
    private final TreeMap<Integer, Event.Reached> reached = new TreeMap<>();
    private final Map<Optional<Integer>, Event.Tested> tests = new HashMap<>();
    private Optional<Event.Reached> end = Optional.empty();
    private Optional<Event.Failed> failure = Optional.empty();
    private Optional<Event.Measured> measured = Optional.empty();
    private final Map<String, Event.Gradients> gradients = new LinkedHashMap<>();
    private double seconds;
    private double counted;

    private void took(double part) {
      seconds += part;
      counted += part;
    }

    private Draft(Event.Started started) {
      this.started = started;
    }

    private TrialRecord whole() {
      return new TrialRecord(
          started.trial(),
          started.seed(),
          started.command(),
          new TreeMap<>(reached),
          end,
          failure,
          seconds,
          counted,
          measured,
          List.copyOf(gradients.values()),
          Map.copyOf(tests));
    }
  }

  /**
   * Adds what happened next.
   *
   * @param event the journal's next line
   */
  public synchronized void add(Event event) {
    switch (event) {
      case Event.Begun begun -> specs.add(begun.spec());
      case Event.Extended extended -> specs.add(extended.spec());
      case Event.Started started -> trials.putIfAbsent(started.trial(), new Draft(started));
      case Event.Reached reached -> {
        Draft draft = draft(reached.trial());
        draft.reached.put(reached.epochs(), reached);
        draft.end = reached.ended() ? Optional.of(reached) : draft.end;
        draft.took(reached.seconds());
      }
      case Event.Paused paused -> draft(paused.trial()).took(paused.seconds());
      case Event.Failed failed -> {
        Draft draft = draft(failed.trial());
        draft.failure = Optional.of(failed);
        draft.took(failed.seconds());
      }
      case Event.Retried retried ->
          retried
              .trials()
              .forEach(id -> {
                draft(id).failure = Optional.empty();
                draft(id).counted = 0;
              });
      case Event.Rung rung -> rungs.put(List.of(rung.arm(), rung.epochs()), rung);
      case Event.Chosen choice -> chosen.put(choice.arm(), choice);
      case Event.TestRead read -> testReads = Math.max(testReads, read.number());
      case Event.Copies known -> copies.put(known.data(), known);
      case Event.Measured measure -> draft(measure.trial()).measured = Optional.of(measure);
      case Event.Gradients gradients ->
          draft(gradients.trial()).gradients.put(gradients.weights(), gradients);
      case Event.Tested tested -> draft(tested.trial()).tests.put(tested.epoch(), tested);
      case Event.Ended end -> ended = Optional.of(end);
    }
  }

  private Draft draft(String trial) {
    Draft draft = trials.get(trial);
    if (draft == null) {
      throw new UserException(
          "The journal tells of the trial %s, which never began: it is damaged".formatted(trial));
    }
    return draft;
  }

  /** {@return the study as it began, and as it was after each extension} */
  public synchronized List<JsonObject> specs() {
    return List.copyOf(specs);
  }

  /** {@return all trials that were begun} */
  public synchronized Collection<TrialRecord> trials() {
    return trials.values().stream().map(Draft::whole).toList();
  }

  /**
   * {@return a trial, if it was begun}
   *
   * @param id its name
   */
  public synchronized Optional<TrialRecord> trial(String id) {
    return Optional.ofNullable(trials.get(id)).map(Draft::whole);
  }

  /** {@return what a halving decided, the newest decision of each arm and number of epochs} */
  public synchronized List<Event.Rung> rungs() {
    return List.copyOf(rungs.values());
  }

  /**
   * {@return the newest choice of an arm, if there is one}
   *
   * @param arm its name
   */
  public synchronized Optional<Event.Chosen> chosen(String arm) {
    return Optional.ofNullable(chosen.get(arm));
  }

  /**
   * {@return whether a point is the newest choice of an arm}
   *
   * @param point its name
   */
  public synchronized boolean isChosen(String point) {
    return chosen.values().stream().anyMatch(choice -> choice.point().equals(point));
  }

  /** {@return how often the test data were read} */
  public synchronized int testReads() {
    return testReads;
  }

  /** {@return of which data test examples were found among those that trainings see} */
  public synchronized List<Event.Copies> copies() {
    return List.copyOf(copies.values());
  }

  /** {@return how the newest run of the study ended, if one did} */
  public synchronized Optional<Event.Ended> ended() {
    return ended;
  }

  /**
   * {@return what a search has to know}
   *
   * @param metric that the study chooses by
   */
  public Known known(Metric metric) {
    return new KnownTrials(this, metric);
  }

  /** What a trial came to after so many epochs, or at its end, if it has come so far. */
  synchronized Optional<Event.Figures> figures(String id, int epochs) {
    Draft draft = trials.get(id);
    if (draft == null) {
      return Optional.empty();
    }
    Optional<Event.Reached> there =
        epochs == Known.END ? draft.end : Optional.ofNullable(draft.reached.get(epochs));
    // a training that ended before stands at its end for good
    return there
        .or(() -> draft.end.filter(end -> end.epochs() <= epochs))
        .map(Event.Reached::figures);
  }
}
