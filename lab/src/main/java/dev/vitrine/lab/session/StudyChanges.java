package dev.vitrine.lab.session;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.search.Widening;
import dev.vitrine.lab.spec.StudySpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * What is asked of a study beyond its text.
 *
 * @param more values or ranges, such as {@code lr=0.3,1}
 * @param seeds how many, in place of the text's
 */
public record StudyChanges(List<String> more, Optional<Integer> seeds) {
  private static final int MOST_SEEDS = 1000;

  /** Copies the list. */
  public StudyChanges {
    more = List.copyOf(more);
  }

  /** {@return nothing beyond the text} */
  public static StudyChanges none() {
    return new StudyChanges(List.of(), Optional.empty());
  }

  /**
   * {@return a number of seeds}
   *
   * @param name what the reader calls it
   * @param many how many
   * @throws UserException if there cannot be so many
   */
  public static int seeds(String name, int many) {
    if (many < 1 || many > MOST_SEEDS) {
      throw UserException.expecting(name, "1 to " + MOST_SEEDS, Integer.toString(many));
    }
    return many;
  }

  /** A study with these. */
  StudySpec of(StudySpec spec) {
    StudySpec changed = spec;
    for (String values : more) {
      changed = Widening.of(changed, values);
    }
    if (seeds.isPresent()) {
      int many = seeds("The number of seeds", seeds.get());
      changed = changed.withSeeds(LongStream.rangeClosed(1, many).boxed().toList());
    }
    return changed;
  }
}
