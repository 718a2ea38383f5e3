package dev.vitrine.run;

import dev.vitrine.inside.Recording;
import dev.vitrine.report.Html.Element;
import dev.vitrine.report.SpreadCourse;
import dev.vitrine.report.SpreadSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sections of a run's page about what was recorded of the numbers within. */
final class SpreadReport {
  private SpreadReport() {}

  /** One for each kind; none if fewer than two steps were recorded. */
  static List<Element> sections(List<Recording> recordings) {
    if (recordings.size() < 2) {
      return List.of();
    }
    List<Element> sections = new ArrayList<>();
    for (Recording.Kind kind : Recording.Kind.values()) {
      List<SpreadCourse> courses = courses(recordings, kind);
      if (!courses.isEmpty()) {
        sections.add(SpreadSection.of(title(kind), note(kind), courses));
      }
    }
    return sections;
  }

  private static List<SpreadCourse> courses(List<Recording> recordings, Recording.Kind kind) {
    Map<String, List<SpreadCourse.Point>> byName = new LinkedHashMap<>();
    for (Recording recording : recordings) {
      for (Recording.Named named : recording.spreads()) {
        if (named.kind() == kind) {
          byName
              .computeIfAbsent(named.name(), _ -> new ArrayList<>())
              .add(new SpreadCourse.Point(recording.step(), named.spread().at().subList(1, 6)));
        }
      }
    }
    List<SpreadCourse> courses = new ArrayList<>();
    byName.forEach((name, points) -> courses.add(new SpreadCourse(name, points)));
    return courses;
  }

  private static String title(Recording.Kind kind) {
    return switch (kind) {
      case WEIGHTS -> "How weights moved";
      case ACTIVATIONS -> "How activations moved";
      case GRADIENTS -> "How gradients moved";
    };
  }

  private static String note(Recording.Kind kind) {
    return switch (kind) {
      case WEIGHTS -> "The numbers of each parameter.";
      case ACTIVATIONS -> "What each layer gives for the training’s first batch.";
      case GRADIENTS ->
          "The gradient of that batch’s mean loss, dropout off, with respect to each parameter.";
    };
  }
}
