package dev.vitrine.settings;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What a training is told: values as they are written, by the names of their settings.
 *
 * @param values those that are given, in the order that they are to be written in again
 * @param naming what the reader of a sentence knows a setting as, from its name
 */
public record GivenSettings(Map<String, String> values, UnaryOperator<String> naming) {
  /**
   * Refuses names that are none of {@link TrainSettings}.
   *
   * @throws UserException if there is one, with the nearest
   */
  public GivenSettings {
    Objects.requireNonNull(naming, "naming");
    values = new LinkedHashMap<>(values);
    for (String name : values.keySet()) {
      if (TrainSettings.find(name).isEmpty()) {
        throw UserException.unknown("setting", name, TrainSettings.names());
      }
    }
  }

  /**
   * {@return settings that sentences call by their plain names}
   *
   * @param values as they are written, by name
   */
  public static GivenSettings of(Map<String, String> values) {
    return new GivenSettings(values, UnaryOperator.identity());
  }

  /** What the reader knows a setting as. */
  String called(String name) {
    return naming.apply(name);
  }

  /** Whether it is given. */
  boolean has(String name) {
    return values.containsKey(name);
  }

  /** Its value, given or standard; of a setting that has one in any case. */
  String text(String name) {
    return said(name).orElseThrow(() -> new IllegalArgumentException("No standard for " + name));
  }

  /** Its value, given or standard, if there is one. */
  Optional<String> said(String name) {
    String value = values.get(name);
    return value == null ? TrainSettings.named(name).standard() : Optional.of(value);
  }

  boolean flag(String name) {
    return said(name).map(text -> truth(name, text)).orElse(false);
  }

  private boolean truth(String name, String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> {
        String expected = TrainSettings.named(name).kind().expected();
        throw UserException.expecting(called(name), expected, Quote.of(text));
      }
    };
  }

  Optional<Integer> count(String name) {
    return said(name).map(text -> parsed(name, text, Decimal::parseInt));
  }

  Optional<Long> whole(String name) {
    return said(name).map(text -> parsed(name, text, Decimal::parseLong));
  }

  Optional<Double> number(String name) {
    return said(name).map(text -> parsed(name, text, Decimal::parse));
  }

  Optional<List<Double>> numbers(String name) {
    return said(name)
        .map(text -> {
          List<Double> all = new ArrayList<>();
          for (String part : text.split(",", -1)) {
            all.add(parsed(name, part.strip(), Decimal::parse));
          }
          return all;
        });
  }

  /** A count of at least 1, if there is one. */
  Optional<Integer> positive(String name) {
    return count(name)
        .map(value -> {
          requirePositive(name, value);
          return value;
        });
  }

  void requirePositive(String name, long value) {
    if (value < 1) {
      throw UserException.expecting(called(name), "1 or more", Long.toString(value));
    }
  }

  private <T> T parsed(String name, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException e) {
      Setting.Kind kind = TrainSettings.named(name).kind();
      boolean real = kind == Setting.Kind.NUMBER || kind == Setting.Kind.NUMBERS;
      String expected = real ? e.getMessage() : kind.expected();
      throw UserException.expecting(called(name), expected, Quote.of(text));
    }
  }

  /** Refuses a setting that does nothing here, if it is given. */
  void refuse(String name, String why) {
    if (has(name)) {
      throw new UserException("%s has no effect %s: leave it out".formatted(called(name), why));
    }
  }
}
