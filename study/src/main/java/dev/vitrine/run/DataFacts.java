package dev.vitrine.run;

import dev.vitrine.data.Origin;
import dev.vitrine.data.Polarities;
import dev.vitrine.data.Targets;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a run found its data to be when it began.
 *
 * @param checksums as {@link dev.vitrine.data.Origin#checksums} says them; empty if nothing does
 * @param polarities of the pictures that it learned from, if they are pictures
 * @param classNames the names of the classes, by number, if the data have names of their own
 * @param columns the names of the columns of a table that examples have, in their order, if it has
 *     names
 */
public record DataFacts(
    Map<String, String> checksums,
    Optional<Polarities> polarities,
    Optional<List<String>> classNames,
    Optional<List<String>> columns) {
  /** Of runs that did not look. */
  public static final DataFacts NONE = new DataFacts(Map.of(), Optional.empty());

  /**
   * Facts of data whose classes are called by their numbers, or are known.
   *
   * @param checksums as {@link dev.vitrine.data.Origin#checksums} says them
   * @param polarities of the pictures that it learned from, if they are pictures
   */
  public DataFacts(Map<String, String> checksums, Optional<Polarities> polarities) {
    this(checksums, polarities, Optional.empty(), Optional.empty());
  }

  /** The facts, with their own copies. */
  public DataFacts {
    Objects.requireNonNull(checksums, "checksums");
    Objects.requireNonNull(polarities, "polarities");
    checksums = Map.copyOf(checksums);
    classNames = classNames.map(List::copyOf);
    columns = columns.map(List::copyOf);
  }

  /**
   * {@return the facts of data that a run is about to use}
   *
   * @param data what the run uses
   */
  public static DataFacts of(TuningData data) {
    Optional<List<String>> names =
        data.train().targets() instanceof Targets.Classes classes
            ? Optional.of(classes.names()).filter(DataFacts::areOwn)
            : Optional.empty();
    return new DataFacts(
        data.origin().checksums(),
        Polarities.of(data.train()),
        names,
        Optional.of(data.origin().columns()).filter(columns -> !columns.isEmpty()));
  }

  /** Numbers from 0 need no list. */
  private static boolean areOwn(List<String> names) {
    return !IntStream.range(0, names.size())
        .allMatch(i -> names.get(i).equals(Integer.toString(i)));
  }

  /**
   * Checks that data are those that these facts were found of, as far as they say.
   *
   * @param data what the run would go on with
   * @throws UserException if they are not
   */
  public void requireSame(TuningData data) {
    if (checksums.isEmpty()) {
      return;
    }
    Map<String, String> now = data.origin().checksums();
    Set<String> names = new TreeSet<>(checksums.keySet());
    names.addAll(now.keySet());
    change(names, now)
        .ifPresent(change -> {
          throw new UserException(
              "The data are not those that the run began with: its %s; bring the old data back, or start a new run"
                  .formatted(change));
        });
  }

  /**
   * {@return how a file that was read differs from the one that these facts were found of; empty if
   * none does, or no check sums are known}
   *
   * @param read some of the data's files, such as those of the test images
   */
  public Optional<String> change(Origin read) {
    return checksums.isEmpty()
        ? Optional.empty()
        : change(new TreeSet<>(read.checksums().keySet()), read.checksums());
  }

  private Optional<String> change(Set<String> names, Map<String, String> now) {
    return names.stream()
        .filter(name -> !Objects.equals(checksums.get(name), now.get(name)))
        .findFirst()
        .map(name ->
            "%s was %s, but now is %s"
                .formatted(Quote.of(name), said(checksums.get(name)), said(now.get(name))));
  }

  private static String said(String checksum) {
    return checksum == null ? "not there" : checksum;
  }
}
