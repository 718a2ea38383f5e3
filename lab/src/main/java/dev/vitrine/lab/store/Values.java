package dev.vitrine.lab.store;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import dev.vitrine.settings.TrainSettings;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A column of runs: one of the {@link Field fields}, or a setting. Hyphens and underscores are the
 * same in its name, as are large and small letters.
 *
 * @param field the field, if it is one
 * @param key its name for scripts: of a setting as the command line has it
 */
public record Values(Optional<Field> field, String key) {
  /**
   * {@return the column of a field}
   *
   * @param field any
   */
  public static Values of(Field field) {
    return new Values(Optional.of(field), field.key());
  }

  /**
   * {@return the column of a name}
   *
   * @param typed a field's key, or a setting's name
   * @param runs whose settings count, besides those that any training has
   * @throws UserException if there is none, with the nearest
   */
  public static Values named(String typed, Collection<StoredRun> runs) {
    String plain = plain(typed);
    for (Field field : Field.values()) {
      if (plain(field.key()).equals(plain)) {
        return of(field);
      }
    }
    Set<String> settings = new LinkedHashSet<>(TrainSettings.names());
    runs.forEach(run -> settings.addAll(run.settings().keySet()));
    for (String setting : settings) {
      if (plain(setting).equals(plain)) {
        return new Values(Optional.empty(), setting);
      }
    }
    Set<String> known = new LinkedHashSet<>(Field.keys());
    known.addAll(settings);
    throw UserException.unknown("column of runs", typed, known);
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** {@return its name for people} */
  public String heading() {
    return field.map(Field::heading).orElse(key);
  }

  /** {@return whether it holds texts; a setting may be a number or a word} */
  public boolean isText() {
    return field.map(f -> f.kind() == Field.Kind.TEXT).orElse(true);
  }

  /**
   * {@return its value of a run: a {@link String}, {@link Long} or {@link Double}, if it is known}
   *
   * @param run any
   */
  public Optional<Object> of(StoredRun run) {
    return field.isPresent()
        ? Optional.ofNullable(run.values().get(field.get()))
        : Optional.ofNullable(run.settings().get(key));
  }

  /** The number that a value is, if it is one. */
  static Optional<Double> number(Object value) {
    if (value instanceof Number number) {
      return Optional.of(number.doubleValue());
    }
    try {
      return Optional.of(Decimal.parse(value.toString()));
    } catch (NumberFormatException word) {
      return Optional.empty();
    }
  }

  /** Numbers by size before words by the alphabet; what is not known comes last either way. */
  Comparator<StoredRun> order(boolean descending) {
    Comparator<Object> ascending =
        (a, b) -> {
          Optional<Double> x = number(a);
          Optional<Double> y = number(b);
          if (x.isPresent() != y.isPresent()) {
            return x.isPresent() ? -1 : 1;
          }
          return x.isPresent()
              ? Double.compare(x.get(), y.get())
              : a.toString().compareToIgnoreCase(b.toString());
        };
    Comparator<Object> order = descending ? ascending.reversed() : ascending;
    return Comparator.comparing(run -> of(run).orElse(null), Comparator.nullsLast(order));
  }
}
