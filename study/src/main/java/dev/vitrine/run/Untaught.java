package dev.vitrine.run;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.error.Quote;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The classes that no training image is of, which a network cannot learn.
 *
 * @param classes their numbers
 * @param names the same by name
 * @param all how many classes the data have
 */
public record Untaught(List<Integer> classes, List<String> names, int all) {
  /** As many names as one reads in a line. */
  private static final int MOST = 8;

  /** Copies the lists. */
  public Untaught {
    classes = List.copyOf(classes);
    names = List.copyOf(names);
  }

  /**
   * {@return those of some training data}
   *
   * @param train with classes; of numbers there are none that it does not know
   */
  public static Untaught of(Dataset train) {
    Objects.requireNonNull(train, "train");
    if (!(train.targets() instanceof Targets.Classes classes)) {
      return new Untaught(List.of(), List.of(), 0);
    }
    List<Integer> absent = classes.absent();
    List<String> all = train.classNames();
    return new Untaught(absent, absent.stream().map(all::get).toList(), all.size());
  }

  /** {@return what to say of them, a sentence without its full stop; empty if there are none} */
  public Optional<String> sentence() {
    return text().map(text -> "No training image is of " + text);
  }

  /** Such as {@code 2 of the 10 classes: "0" and "7"}. */
  Optional<String> text() {
    if (classes.isEmpty()) {
      return Optional.empty();
    }
    String some = names.stream().limit(MOST).map(Quote::of).collect(Collectors.joining(", "));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d of the %,d classes: %s%s",
            names.size(),
            all,
            some,
            names.size() > MOST ? ", …" : ""));
  }
}
