package dev.vitrine.lab.studies;

import dev.vitrine.lab.report.Figure;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.statistics.Comparison;
import dev.vitrine.metrics.Interval;
import dev.vitrine.report.Numbers;
import dev.vitrine.report.Series.Point;
import dev.vitrine.report.Series.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The tables and charts of the study of the course's recipe. */
final class CourseTables {
  private CourseTables() {}

  static String interval(Interval interval) {
    return "%s – %s"
        .formatted(
            Numbers.percentDigits(interval.low(), 2), Numbers.percentDigits(interval.high(), 2));
  }

  /** Every reading of the first seed, and the mean over all. */
  static Grid steps(CourseGroup group, int few) {
    long all = group.first().end().total();
    Grid grid =
        Grid.of(
            "steps-" + group.arm().name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-"),
            "%s, seed %s: right of the first %s and of all %s test images, with Wilson's 95 %% intervals; the mean over %s seeds"
                .formatted(
                    group.arm().name(),
                    group.first().seed(),
                    few,
                    Numbers.count(all),
                    group.seeds().size()),
            "iteration",
            "of " + few,
            "%",
            "95 %",
            "of " + Numbers.count(all),
            "% of all",
            "95 % of all",
            "mean of seeds, %");
    List<CourseTraining.Reading> readings = group.first().readings();
    for (int i = 0; i < readings.size(); i++) {
      CourseTraining.Reading one = readings.get(i);
      long right = one.right(0, few);
      grid =
          grid.row(
              Numbers.count(one.iteration()),
              Long.toString(right),
              Numbers.percentDigits((double) right / few, 1),
              interval(Interval.wilson95(right, few)),
              Numbers.count(one.right()),
              Numbers.percentDigits(one.all().accuracy(), 2),
              interval(one.interval()),
              Say.mean(group.percents(i)));
    }
    return grid;
  }

  static Figure curves(List<CourseGroup> groups) {
    return new Figure(
        "accuracy",
        "Right of all test images by iteration: the mean over seeds, and their range; the start itself is in the tables",
        Figure.Scale.linear("iteration"),
        Figure.Scale.linear("%"),
        groups.stream().map(CourseGroup::line).toList());
  }

  /** What few images and what all see of one network. */
  static Figure sight(CourseGroup group, int few) {
    List<Point> small = new ArrayList<>();
    List<Range> smallRange = new ArrayList<>();
    List<Point> large = new ArrayList<>();
    List<Range> largeRange = new ArrayList<>();
    for (CourseTraining.Reading one :
        group.first().readings().subList(1, group.first().readings().size())) {
      long right = one.right(0, few);
      Interval own = Interval.wilson95(right, few);
      small.add(new Point(one.iteration(), 100.0 * right / few));
      smallRange.add(new Range(one.iteration(), 100 * own.low(), 100 * own.high()));
      large.add(new Point(one.iteration(), one.percent()));
      largeRange.add(
          new Range(one.iteration(), 100 * one.interval().low(), 100 * one.interval().high()));
    }
    return new Figure(
        "few",
        "%s, seed %s: what %s test images see of it, and what all do, each with its 95 %% interval"
            .formatted(group.arm().name(), group.first().seed(), few),
        Figure.Scale.linear("iteration"),
        Figure.Scale.linear("%"),
        List.of(
            new Figure.Line("first " + few, small, smallRange, true),
            new Figure.Line(
                "all " + Numbers.count(group.first().end().total()), large, largeRange, true)));
  }

  static Grid comparisons(List<CourseDifference> differences) {
    Grid grid =
        Grid.of(
            "momentum",
            "Percent of all test images at the end, mean ± deviation over seeds, and the differences paired by seed",
            "comparison",
            "first",
            "second",
            "difference",
            "95 % interval",
            "p",
            "p (Holm)",
            "n");
    for (CourseDifference one : differences) {
      Comparison found = one.comparison();
      grid =
          grid.row(
              "%s against %s".formatted(one.first().arm().name(), one.second().arm().name()),
              Say.mean(one.first().ends()),
              Say.mean(one.second().ends()),
              Say.number(found.differences().mean(), 3),
              Say.interval(found.interval(), 2),
              Say.number(found.p(), 2),
              Say.number(found.corrected(), 2),
              Integer.toString(found.differences().size()));
    }
    return grid;
  }

  /** The end of each training of the first seed, on few images to learn from and on all. */
  static Grid ends(List<CourseGroup> groups, int few) {
    Grid grid =
        Grid.of(
            "ends",
            "Each way's first seed at the end, with the hash of its parameters",
            "way",
            "learned from",
            "of " + few,
            "of all",
            "% of all",
            "95 %",
            "parameters, sha256");
    for (CourseGroup group : groups) {
      CourseTraining.Reading end = group.first().end();
      grid =
          grid.row(
              group.arm().name(),
              Numbers.count(group.arm().images()),
              Long.toString(end.right(0, few)),
              Numbers.count(end.right()),
              Numbers.percentDigits(end.all().accuracy(), 2),
              interval(end.interval()),
              group.first().hash().substring(0, 16));
    }
    return grid;
  }
}
