package dev.vitrine.web.http;

import dev.vitrine.format.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is sent back.
 *
 * @param status of HTTP
 * @param type the media type
 * @param bytes the content; not to be changed afterwards
 * @param headers further ones, by name
 */
public record Answer(int status, String type, byte[] bytes, Map<String, String> headers) {
  private static final int OK = 200;

  /** Copies the headers. */
  public Answer {
    headers = Map.copyOf(headers);
  }

  /**
   * {@return a value as JSON}
   *
   * @param value what {@link Json} writes
   */
  public static Answer json(Object value) {
    return json(OK, value);
  }

  /**
   * {@return one sentence for a person, as {@code {"error": …}}}
   *
   * @param status of HTTP
   * @param sentence what is wrong and how to mend it
   */
  public static Answer fault(int status, String sentence) {
    return json(status, Map.of("error", sentence));
  }

  private static Answer json(int status, Object value) {
    byte[] bytes = Json.line(value).getBytes(StandardCharsets.UTF_8);
    return new Answer(status, "application/json", bytes, Map.of("Cache-Control", "no-store"));
  }

  /**
   * {@return some bytes of a type}
   *
   * @param type the media type
   * @param bytes the content
   */
  public static Answer of(String type, byte[] bytes) {
    return new Answer(OK, type, bytes, Map.of("Cache-Control", "no-store"));
  }

  /**
   * {@return the same with one more header}
   *
   * @param name the header's
   * @param value the header's
   */
  public Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, type, bytes, more);
  }
}
