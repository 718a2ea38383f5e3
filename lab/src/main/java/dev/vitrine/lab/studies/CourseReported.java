package dev.vitrine.lab.studies;

import dev.vitrine.lab.report.Grid;
import dev.vitrine.metrics.Interval;
import dev.vitrine.report.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What the documents report of the course's recipe, beside what was found. */
final class CourseReported {
  private static final int RIGHT = 9605;
  private static final int OF = 10_000;

  private CourseReported() {}

  /** Wilson's interval of the one matrix that is over all test images. */
  static Interval matrix() {
    return Interval.wilson95(RIGHT, OF);
  }

  /** Columns are the ways from the script's start. */
  static Grid table(CourseFindings found) {
    boolean weights = found.script().arm().pretrained();
    List<CourseGroup> ways =
        found.both().stream().filter(group -> group.arm().pretrained() == weights).toList();
    List<String> heads = new ArrayList<>(List.of("claim", "reported"));
    ways.forEach(way ->
        heads.add("%s, %s images".formatted(way.arm().name(), Numbers.count(way.arm().images()))));
    Grid grid =
        new Grid(
            "reported",
            "What the documents reported beside what was found, first seed",
            heads,
            List.of());
    if (weights) {
      grid =
          grid.row(
              row(ways, "right before, of all", "90.85 %", way -> all(way.readings().getFirst())));
    }
    int few = found.few();
    return grid.row(
            row(
                ways,
                "right after, of %s".formatted(few),
                "97.6, 97.4 %",
                way -> {
                  long right = way.end().right(0, few);
                  return "%s (%s)"
                      .formatted(
                          Numbers.percent((double) right / few, 1),
                          CourseTables.interval(Interval.wilson95(right, few)));
                }))
        .row(
            row(
                ways,
                "right after, of all",
                "96.05 % (" + CourseTables.interval(matrix()) + ")",
                way -> all(way.end())))
        .row(row(ways, "most confused pairs", "2 and 7 32, 7 and 9 30", way -> pairs(way)))
        .row(
            row(
                ways,
                "3 and 8 among %s".formatted(few),
                "2, the most",
                way -> Long.toString(CourseFindings.pairs(way.end(), few).pair(3, 8).count())));
  }

  private static List<String> row(
      List<CourseGroup> ways,
      String claim,
      String reported,
      Function<CourseTraining, String> cell) {
    List<String> row = new ArrayList<>(List.of(claim, reported));
    ways.forEach(way -> row.add(cell.apply(way.first())));
    return row;
  }

  private static String all(CourseTraining.Reading one) {
    return "%s (%s)"
        .formatted(Numbers.percent(one.all().accuracy(), 2), CourseTables.interval(one.interval()));
  }

  private static String pairs(CourseTraining way) {
    List<ConfusedPairs.Pair> pairs =
        CourseFindings.pairs(way.end(), (int) way.end().total()).pairs();
    return "%s %s, %s %s"
        .formatted(
            pairs.getFirst().name(),
            pairs.getFirst().count(),
            pairs.get(1).name(),
            pairs.get(1).count());
  }
}
