package dev.vitrine.lab;

import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.search.Point;
import dev.vitrine.lab.trial.Log;
import java.util.List;

/** What a study has decided, as lines of its journal. */
final class Decisions {
  private Decisions() {}

  /** Writes down what is new. */
  static void add(Agenda agenda, Log log) {
    for (Agenda.Rung rung : agenda.rungs()) {
      Event.Rung event =
          new Event.Rung(rung.arm(), rung.epochs(), ids(rung.kept()), ids(rung.dropped()));
      if (!log.record().rungs().contains(event)) {
        log.add(event);
      }
    }
    for (Agenda.Choice choice : agenda.choices().values()) {
      Event.Chosen event =
          new Event.Chosen(
              choice.arm(),
              choice.point().id(),
              choice.metric().mean(),
              choice.metric().deviation(),
              choice.metric().n(),
              choice.among());
      if (log.record().chosen(choice.arm()).filter(event::equals).isEmpty()) {
        log.add(event);
      }
    }
  }

  private static List<String> ids(List<Point> points) {
    return points.stream().map(Point::id).toList();
  }
}
