package dev.vitrine.lab;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.search.Edge;
import dev.vitrine.lab.search.Point;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Leaves out of what lies beyond an edge what the setting cannot be, such as a negative rate. */
final class PossibleEdge {
  private PossibleEdge() {}

  static Edge of(Edge edge, Study study) {
    Point some =
        study.points().stream()
            .filter(point -> point.arm().equals(edge.arm()))
            .filter(point -> edge.value().equals(point.varied().get(edge.parameter())))
            .findFirst()
            .orElseThrow();
    List<String> beyond =
        edge.beyond().stream()
            .filter(value -> isPossible(study, some, edge.parameter(), value))
            .toList();
    return new Edge(edge.arm(), edge.parameter(), edge.value(), edge.lower(), beyond);
  }

  private static boolean isPossible(Study study, Point point, String parameter, String value) {
    Map<String, String> settings =
        new LinkedHashMap<>(point.with(study.spec().seeds().getFirst()).settings());
    settings.put(parameter, value);
    try {
      study.trainings().config(settings);
      return true;
    } catch (UserException refused) {
      return false;
    }
  }
}
