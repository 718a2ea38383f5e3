package dev.vitrine.lab.store;

import dev.vitrine.error.UserException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which runs, and in which order.
 *
 * @param words each of which must stand in what the run goes by, its name, state, network, data or
 *     tags
 * @param where conditions, all of which hold
 * @param sort the column to sort by, after a hyphen from the largest on
 * @param limit how many at most, the last of them
 */
public record Selection(
    List<String> words, List<String> where, Optional<String> sort, Optional<Integer> limit) {
  private static final List<Field> SEARCHED =
      List.of(Field.ID, Field.NAME, Field.STATE, Field.MODEL, Field.DATA, Field.TAGS);

  /**
   * Checks the limit.
   *
   * @throws UserException if it is below 1
   */
  public Selection {
    words = List.copyOf(words);
    where = List.copyOf(where);
    limit
        .filter(most -> most < 1)
        .ifPresent(most -> {
          throw UserException.expecting("The limit", "1 or more", Integer.toString(most));
        });
  }

  /**
   * {@return those of some runs that are meant}
   *
   * @param runs in their order
   * @throws UserException if a condition is none, or a column is unknown
   */
  public List<StoredRun> of(Collection<StoredRun> runs) {
    List<Condition> conditions = where.stream().map(each -> Condition.parse(each, runs)).toList();
    Stream<StoredRun> meant =
        runs.stream()
            .filter(run -> words.stream().allMatch(word -> has(run, word)))
            .filter(run -> conditions.stream().allMatch(condition -> condition.test(run)));
    List<StoredRun> found = new ArrayList<>(meant.toList());
    sort.ifPresent(by -> {
      boolean descending = by.startsWith("-");
      found.sort(Values.named(descending ? by.substring(1) : by, runs).order(descending));
    });
    int most = limit.orElse(found.size());
    boolean sorted = sort.isPresent();
    return found.size() <= most
        ? found
        : sorted ? found.subList(0, most) : found.subList(found.size() - most, found.size());
  }

  private static boolean has(StoredRun run, String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    return SEARCHED.stream()
        .anyMatch(field -> run.text(field).toLowerCase(Locale.ROOT).contains(lower));
  }
}
