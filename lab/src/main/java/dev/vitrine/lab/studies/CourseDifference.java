package dev.vitrine.lab.studies;

import dev.vitrine.lab.statistics.Comparison;
import java.util.ArrayList;
import java.util.List;

/**
 * Two ways to train, compared by their ends on all test images, paired by seed.
 *
 * @param first one way
 * @param second the other
 * @param comparison first minus second, in points
 */
record CourseDifference(CourseGroup first, CourseGroup second, Comparison comparison) {
  /** What the momentum is worth from each start, and the start where the momentum is lost. */
  static List<CourseDifference> all(List<CourseGroup> groups) {
    List<List<CourseGroup>> pairs = new ArrayList<>();
    for (CourseGroup kept : groups) {
      for (CourseGroup lost : groups) {
        if (!kept.lost() && lost.lost() && kept.arm().pretrained() == lost.arm().pretrained()) {
          pairs.add(List.of(kept, lost));
        }
      }
    }
    groups.stream()
        .filter(group -> group.lost() && group.arm().pretrained())
        .forEach(first ->
            groups.stream()
                .filter(group -> group.lost() && !group.arm().pretrained())
                .forEach(second -> pairs.add(List.of(first, second))));
    List<Comparison> found =
        Comparison.all(
            pairs.stream()
                .map(pair ->
                    new Comparison.Pair(pair.getFirst().ends(), pair.getLast().ends(), false))
                .toList(),
            Comparison.USUAL_LEVEL);
    List<CourseDifference> all = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      all.add(new CourseDifference(pairs.get(i).getFirst(), pairs.get(i).getLast(), found.get(i)));
    }
    return all;
  }

  /** What can be said, in a sentence. */
  String sentence() {
    String numbers =
        "%s points (95 %%: %s), n = %s, p = %s after Holm's correction"
            .formatted(
                Say.number(comparison.differences().mean(), 2),
                Say.interval(comparison.interval(), 2),
                comparison.differences().size(),
                Say.number(comparison.corrected(), 2));
    boolean start = first.arm().pretrained() != second.arm().pretrained();
    return start ? "%s: %s.".formatted(starts(), numbers) : "%s: %s.".formatted(cost(), numbers);
  }

  private String cost() {
    String where = first.arm().start();
    return switch (comparison.verdict()) {
      case LARGER -> "The lost momentum cost the network %s accuracy".formatted(where);
      case SMALLER -> "The network %s is better without the momentum".formatted(where);
      case IDENTICAL -> "The momentum changes no bit of the network %s".formatted(where);
      case TOO_FEW_SEEDS ->
          "What the lost momentum cost the network %s cannot be told with so few seeds"
              .formatted(where);
      case NO_DIFFERENCE_SHOWN ->
          "That the lost momentum cost the network %s anything could not be shown".formatted(where);
    };
  }

  private String starts() {
    return switch (comparison.verdict()) {
      case LARGER -> "At the end the pretrained start is still ahead of a drawn one";
      case SMALLER -> "At the end the pretrained start is behind a drawn one";
      case IDENTICAL -> "At the end both starts have come to the same bits";
      case TOO_FEW_SEEDS -> "Which start ends better cannot be told with so few seeds";
      case NO_DIFFERENCE_SHOWN -> "At the end no difference between the starts could be shown";
    };
  }
}
