package dev.vitrine.lab.journal;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.notation.RecordJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A line of a journal.
 *
 * @param at when it was written
 * @param event what happened
 */
public record Entry(Instant at, Event event) {
  private static final RecordJson JSON = RecordJson.of(Confusion.Cell.FORM);
  private static final String EVENT = "event";
  private static final String AT = "at";

  private static final Map<String, Class<?>> KINDS =
      Arrays.stream(Event.class.getPermittedSubclasses())
          .collect(Collectors.toMap(Entry::word, Function.identity()));

  private static String word(Class<?> type) {
    return type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  /**
   * {@return an event as a text for another process, which has no time}
   *
   * @param event what happened
   */
  public static String line(Event event) {
    return Json.line(new Entry(Instant.EPOCH, event).toJson());
  }

  /**
   * {@return the event that {@link #line} was given}
   *
   * @param line what it gave
   * @throws UserException if it is no such text
   */
  public static Event event(String line) {
    return of(Json.parse(line, "an event")).event();
  }

  /** The line's fields. */
  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(AT, at.toString());
    json.put(EVENT, word(event.getClass()));
    json.putAll(JSON.write((Record) event));
    return json;
  }

  /**
   * What {@link #toJson} wrote.
   *
   * @throws UserException if it is no such line
   */
  static Entry of(JsonObject json) {
    Map<String, Object> fields = new LinkedHashMap<>(json.fields());
    Class<?> type = KINDS.get(json.string(EVENT));
    if (type == null) {
      throw UserException.unknown("event", json.string(EVENT), KINDS.keySet()).of(json.source());
    }
    fields.remove(EVENT);
    fields.remove(AT);
    Event event = (Event) JSON.read(new JsonObject(json.source(), fields), type);
    try {
      return new Entry(Instant.parse(json.string(AT)), event);
    } catch (DateTimeParseException e) {
      throw new UserException("%s: \"at\" is no time".formatted(json.source()), e);
    }
  }
}
