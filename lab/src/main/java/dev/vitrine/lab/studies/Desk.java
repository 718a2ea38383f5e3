package dev.vitrine.lab.studies;

import dev.vitrine.data.DataFolders;
import dev.vitrine.error.Decimal;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a study is computed on and with.
 *
 * @param values what its file sets, by name, each a list of one or more
 * @param quick whether a thin version on what Vitrine brings along is wanted
 * @param folders where data are looked for
 * @param compute what trainings run on; it stays the caller's
 * @param seed of all that is drawn
 * @param progress is told in a few words what is being done
 */
public record Desk(
    Map<String, List<String>> values,
    boolean quick,
    DataFolders folders,
    Compute compute,
    Seed seed,
    Consumer<String> progress) {
  /** Copies the values. */
  public Desk {
    values = Map.copyOf(values);
  }

  /**
   * {@return numbers that the file sets}
   *
   * @param name of the value
   * @throws UserException if it sets none of that name, or one is no number
   */
  public List<Double> numbers(String name) {
    return parsed(name, Decimal::parse);
  }

  /**
   * {@return whole numbers that the file sets}
   *
   * @param name of the value
   * @throws UserException if it sets none of that name, or one is no whole number
   */
  public List<Integer> counts(String name) {
    return parsed(name, Decimal::parseInt);
  }

  /**
   * {@return a number of things that the file sets, the first if there are several}
   *
   * @param name of the value
   * @throws UserException if it sets none of that name, or it is not 1 or more
   */
  public int positive(String name) {
    int count = counts(name).getFirst();
    if (count < 1) {
      throw UserException.expecting(of(name), "1 or more", Integer.toString(count));
    }
    return count;
  }

  /**
   * {@return words that the file sets}
   *
   * @param name of the value
   * @throws UserException if it sets none of that name
   */
  public List<String> words(String name) {
    return parsed(name, Function.identity());
  }

  private <T> List<T> parsed(String name, Function<String, T> parser) {
    List<String> texts = values.get(name);
    if (texts == null) {
      throw UserException.unknown("value", name, values.keySet());
    }
    if (texts.isEmpty()) {
      throw UserException.expecting(of(name), "one value or more", "none");
    }
    return texts.stream()
        .map(text -> {
          try {
            return parser.apply(text);
          } catch (NumberFormatException e) {
            throw UserException.expecting(of(name), e.getMessage(), Quote.of(text));
          }
        })
        .toList();
  }

  private static String of(String name) {
    return "values: " + name;
  }
}
