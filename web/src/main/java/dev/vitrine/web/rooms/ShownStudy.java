package dev.vitrine.web.rooms;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.Study;
import dev.vitrine.lab.StudyJson;
import dev.vitrine.lab.journal.Entry;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.Journal;
import dev.vitrine.lab.session.AskedSweep;
import dev.vitrine.lab.session.StudyWords;
import dev.vitrine.lab.store.StoredStudy;
import dev.vitrine.lab.trial.Trainings;
import dev.vitrine.settings.Commands;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A study on disk as the page shows it: how far it is, its numbers, its journal. */
final class ShownStudy {
  /** Of a long journal the newest lines. */
  private static final int LINES = 200;

  private ShownStudy() {}

  /** A line of the list. One that is damaged says so, and is in nobody's way. */
  static Map<String, Object> row(StoredStudy study) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", study.name());
    json.put("computed", !study.isSweep());
    json.put("report", Files.isRegularFile(study.report()));
    if (!study.isSweep()) {
      json.put("state", "computed");
      return json;
    }
    try {
      List<Entry> journal = Journal.read(study.folder());
      json.put("state", state(study.folder(), journal));
      json.put("trials", begun(journal));
      json.put("finished", finished(journal));
      json.put("failed", failed(journal));
      json.put("updated", journal.isEmpty() ? "" : journal.getLast().at().toString());
    } catch (UserException damaged) {
      json.put("state", "damaged");
      json.put("sentence", damaged.getMessage());
    }
    return json;
  }

  /** All of it. */
  static Map<String, Object> whole(StoredStudy stored, Trainings trainings) {
    Map<String, Object> json = row(stored);
    json.put("folder", stored.folder().toString());
    if (!stored.isSweep()) {
      return json;
    }
    Study study = Study.open(stored.folder(), trainings);
    List<Entry> journal = Journal.read(stored.folder());
    StudyWords words = new StudyWords(study);
    json.put("question", new AskedSweep(study).question());
    json.put("goesOnWith", Commands.resumingStudy(stored.folder()));
    json.put("results", StudyJson.of(study.results(), false));
    json.put("planned", study.trials().size());
    json.put("underway", underway(stored.folder(), journal));
    json.put(
        "journal",
        journal.stream()
            .skip(Math.max(0, journal.size() - LINES))
            .map(
                entry -> Map.of("at", entry.at().toString(), "text", words.sentence(entry.event())))
            .toList());
    json.put("lines", journal.size());
    return json;
  }

  private static String state(Path folder, List<Entry> journal) {
    if (Journal.isHeld(folder)) {
      return "working";
    }
    return switch (journal.isEmpty() ? null : journal.getLast().event()) {
      case Event.Ended ended -> ended.complete() ? "done" : "ended early: " + ended.why();
      case null, default -> "broke off";
    };
  }

  private static long begun(List<Entry> journal) {
    return journal.stream()
        .map(Entry::event)
        .filter(Event.Started.class::isInstance)
        .map(ShownStudy::trial)
        .distinct()
        .count();
  }

  private static String trial(Event event) {
    return switch (event) {
      case Event.Started started -> started.trial();
      case Event.Reached reached -> reached.trial();
      case Event.Failed failed -> failed.trial();
      case Event.Paused paused -> paused.trial();
      default -> "";
    };
  }

  private static long finished(List<Entry> journal) {
    return journal.stream()
        .map(Entry::event)
        .filter(event -> event instanceof Event.Reached reached && reached.ended())
        .map(ShownStudy::trial)
        .distinct()
        .count();
  }

  /** Failures that were not tried again since. */
  private static long failed(List<Entry> journal) {
    Set<String> failed = new HashSet<>();
    for (Entry entry : journal) {
      switch (entry.event()) {
        case Event.Failed now -> failed.add(now.trial());
        case Event.Retried again -> failed.removeAll(again.trials());
        default -> {}
      }
    }
    return failed.size();
  }

  /** Trials that began and did not come to a line that ends them, while somebody works. */
  private static List<String> underway(Path folder, List<Entry> journal) {
    if (!Journal.isHeld(folder)) {
      return List.of();
    }
    Set<String> begun = new HashSet<>();
    for (Entry entry : journal) {
      switch (entry.event()) {
        case Event.Started started -> begun.add(started.trial());
        case Event.Reached _, Event.Failed _, Event.Paused _ -> begun.remove(trial(entry.event()));
        case Event.Ended _ -> begun.clear();
        default -> {}
      }
    }
    return List.copyOf(begun);
  }
}
