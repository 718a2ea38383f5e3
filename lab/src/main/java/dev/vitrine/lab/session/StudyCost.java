package dev.vitrine.lab.session;

import static dev.vitrine.lab.session.StudyWords.counted;

import dev.vitrine.lab.Study;
import dev.vitrine.lab.search.Point;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a study is going to do, before it does any of it.
 *
 * @param arms what is compared
 * @param points choices of settings, of all arms together, each once
 * @param seeds with so many what was chosen is trained
 * @param tuning trainings of which the choice is made
 * @param trials trainings in all, at most: arms may choose alike, and points may fail
 * @param epochs of all these trainings, at most: a halving trains most of its points for fewer
 */
public record StudyCost(long arms, long points, int seeds, long tuning, long trials, long epochs) {
  /**
   * {@return what a study costs, without looking at what is known of it}
   *
   * @param study that may not have begun
   */
  public static StudyCost of(Study study) {
    Map<String, Point> points = new LinkedHashMap<>();
    Map<String, Long> longest = new LinkedHashMap<>();
    long epochs = 0;
    int tuned = study.spec().tuneSeeds();
    for (Point point : study.points()) {
      long each = study.trainings().config(point.with(1).settings()).recipe().epochs();
      longest.merge(point.arm(), each, Math::max);
      if (points.put(point.id(), point) == null) {
        epochs += each * tuned;
      }
    }
    int seeds = study.spec().seeds().size();
    long rest = (long) seeds - tuned;
    return new StudyCost(
        longest.size(),
        points.size(),
        seeds,
        (long) points.size() * tuned,
        (long) points.size() * tuned + longest.size() * rest,
        epochs + sum(longest.values()) * rest);
  }

  private static long sum(Collection<Long> numbers) {
    return numbers.stream().mapToLong(number -> number).sum();
  }

  /** {@return how large it is, in a few words} */
  public String size() {
    return "%s, %s, %s"
        .formatted(counted(arms, "arm"), counted(points, "point"), counted(seeds, "seed"));
  }
}
