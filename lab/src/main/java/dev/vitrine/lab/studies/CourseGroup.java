package dev.vitrine.lab.studies;

import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.report.Series.Point;
import dev.vitrine.report.Series.Range;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to train, with all its seeds.
 *
 * @param arm the way
 * @param seeds a training of each
 */
record CourseGroup(CourseArm arm, List<CourseTraining> seeds) {
  CourseTraining first() {
    return seeds.getFirst();
  }

  /** The percentages of all test images at a reading, by seed. */
  Sample percents(int reading) {
    return new Sample(seeds.stream().map(one -> one.readings().get(reading).percent()).toList());
  }

  Sample ends() {
    return percents(first().readings().size() - 1);
  }

  boolean lost() {
    return arm.momentum() == 0;
  }

  /** The mean over seeds and the range of them; the start is left out, it is far below. */
  Figure.Line line() {
    List<Point> points = new ArrayList<>();
    List<Range> ranges = new ArrayList<>();
    for (int i = 1; i < first().readings().size(); i++) {
      long iteration = first().readings().get(i).iteration();
      Sample sample = percents(i);
      points.add(new Point(iteration, sample.mean()));
      ranges.add(
          new Range(
              iteration,
              sample.values().stream().mapToDouble(v -> v).min().orElseThrow(),
              sample.values().stream().mapToDouble(v -> v).max().orElseThrow()));
    }
    return new Figure.Line(arm.name(), points, ranges, true);
  }
}
