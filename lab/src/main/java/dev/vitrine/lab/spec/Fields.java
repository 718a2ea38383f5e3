package dev.vitrine.lab.spec;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

/** Keys and values, with getters that check: what is wrong is said with its place. */
record Fields(Item.Mapping mapping) {
  /** The same, if it is keys and values. */
  static Fields of(String what, Item item) {
    if (item instanceof Item.Mapping mapping) {
      return new Fields(mapping);
    }
    throw wrong(what, "keys and values", item);
  }

  private static UserException wrong(String what, String expected, Item item) {
    String got = item instanceof Item.Scalar s && !s.text().isEmpty() ? shown(s) : item.kind();
    return item.place().refusal(UserException.expecting(what, expected, got));
  }

  private static String shown(Item.Scalar scalar) {
    return Values.number(scalar.text()).isPresent() ? scalar.text() : Quote.of(scalar.text());
  }

  /** Refuses any other key, with the nearest of these. */
  void allow(String kind, Collection<String> known) {
    mapping
        .fields()
        .forEach((name, field) -> {
          if (!known.contains(name)) {
            throw unknown(field.key(), kind, name, known);
          }
        });
  }

  /** The exception for a name that is none of those that are known. */
  static UserException unknown(Place at, String kind, String name, Collection<String> known) {
    String hint = Nearest.hint(name, known);
    return at.refusal(
        "unknown %s %s%s"
            .formatted(
                kind,
                Quote.of(name),
                hint.isEmpty() ? "; known: " + String.join(", ", known) : hint));
  }

  /** Refuses a list, or keys and values, that hold nothing. */
  void refuseEmpty(Collection<String> keys) {
    for (String key : keys) {
      item(key)
          .filter(item ->
              (item instanceof Item.Sequence(var items, _) && items.isEmpty())
                  || (item instanceof Item.Mapping(var fields, _) && fields.isEmpty()))
          .ifPresent(item -> {
            throw item.place()
                .refusal(
                    "%s holds nothing: leave it out, or say what it is".formatted(Quote.of(key)));
          });
    }
  }

  Place place() {
    return mapping.place();
  }

  Place place(String key) {
    return mapping.fields().get(key).value().place();
  }

  boolean has(String key) {
    return mapping.fields().containsKey(key);
  }

  /** A part, as it stands. */
  Optional<Item> item(String key) {
    return Optional.ofNullable(mapping.fields().get(key)).map(Item.Field::value);
  }

  /** Checks a part of the study where it stands. */
  <T> Optional<T> read(String key, Function<Item, T> reader) {
    return item(key).map(item -> at(item.place(), () -> reader.apply(item)));
  }

  /** Checks a value where it stands; without it there is nothing to check. */
  void check(String key, Runnable check) {
    item(key).ifPresent(item -> check(item.place(), check));
  }

  /** Checks something that stands there. */
  static void check(Place place, Runnable check) {
    at(
        place,
        () -> {
          check.run();
          return place;
        });
  }

  /** What is refused without a place gets this one. */
  static <T> T at(Place place, Supplier<T> make) {
    try {
      return make.get();
    } catch (UserException e) {
      throw e.getMessage().startsWith(place.source()) ? e : place.refusal(e);
    }
  }

  Optional<String> text(String key) {
    return item(key).map(item -> scalar(Quote.of(key), item));
  }

  static String scalar(String what, Item item) {
    if (item instanceof Item.Scalar scalar && !scalar.text().isEmpty()) {
      return scalar.text();
    }
    throw wrong(what, "a value", item);
  }

  Optional<Double> number(String key) {
    return item(key)
        .map(item -> {
          OptionalDouble number = Values.number(scalar(Quote.of(key), item));
          if (number.isEmpty()) {
            throw wrong(Quote.of(key), "a number", item);
          }
          return number.getAsDouble();
        });
  }

  Optional<Integer> whole(String key) {
    return item(key).map(item -> (int) whole(Quote.of(key), item, Integer.MAX_VALUE));
  }

  Optional<Long> integer(String key) {
    return item(key).map(item -> whole(Quote.of(key), item, Long.MAX_VALUE));
  }

  static long whole(String what, Item item, long most) {
    try {
      long value = Decimal.parseLong(scalar(what, item));
      if (Math.abs(value) <= most) {
        return value;
      }
    } catch (NumberFormatException _) {
      // is said below
    }
    throw wrong(what, "a whole number", item);
  }

  boolean flag(String key) {
    return item(key)
        .map(item ->
            switch (scalar(Quote.of(key), item)) {
              case "true" -> true;
              case "false" -> false;
              default -> throw wrong(Quote.of(key), "true or false", item);
            })
        .orElse(false);
  }

  Optional<Duration> duration(String key) {
    return read(key, item -> Durations.parse(Quote.of(key), scalar(Quote.of(key), item)));
  }

  /** One of a few words. */
  <T> Optional<T> word(String key, String kind, Map<String, T> words) {
    return item(key)
        .map(item -> {
          String word = scalar(Quote.of(key), item);
          if (!words.containsKey(word)) {
            throw unknown(item.place(), kind, word, words.keySet());
          }
          return words.get(word);
        });
  }

  /** A list of values, or a single one. */
  List<Item> several(String key) {
    return item(key)
        .map(item -> item instanceof Item.Sequence list ? list.items() : List.of(item))
        .orElse(List.of());
  }

  List<String> texts(String key) {
    return several(key).stream().map(item -> scalar("Each of " + Quote.of(key), item)).toList();
  }

  /** All values, each of which is a single one. */
  Map<String, String> values() {
    Map<String, String> values = new LinkedHashMap<>();
    mapping
        .fields()
        .forEach((key, field) ->
            values.put(key, Values.canonical(scalar(Quote.of(key), field.value()))));
    return values;
  }

  /** The keys' names. */
  List<String> keys() {
    return new ArrayList<>(mapping.fields().keySet());
  }
}
