package dev.vitrine.web.http;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a browser asked: the parts of its path, its query and its body, within bounds. */
public final class Request {
  private static final int MOST_JSON = 8 << 20;

  private final Map<String, String> places;
  private final Map<String, String> query;
  private final InputStream body;

  Request(Map<String, String> places, Map<String, String> query, InputStream body) {
    this.places = places;
    this.query = query;
    this.body = body;
  }

  /**
   * {@return a part of the path, decoded}
   *
   * @param name what stands in braces in the route's pattern
   */
  public String part(String name) {
    String value = places.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The route has no {" + name + "}");
    }
    return value;
  }

  /**
   * {@return a value of the query, if it is there}
   *
   * @param name its name
   */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /**
   * {@return a value of the query that must be there}
   *
   * @param name its name
   * @throws UserException if it is not
   */
  public String required(String name) {
    return query(name)
        .orElseThrow(() -> new UserException("The address lacks %s=".formatted(name)));
  }

  /**
   * {@return a whole number of the query}
   *
   * @param name its name
   * @param usual what it is where it is not given
   * @throws UserException if it is none
   */
  public int number(String name, int usual) {
    return query(name)
        .map(text -> {
          try {
            return Decimal.parseInt(text);
          } catch (NumberFormatException _) {
            throw UserException.expecting(name, "a whole number", Quote.of(text));
          }
        })
        .orElse(usual);
  }

  /**
   * {@return the body as a JSON object; at most 8 MB}
   *
   * @throws UserException if it is none, or larger
   */
  public JsonObject json() {
    return Json.parse(new String(bytes(MOST_JSON), StandardCharsets.UTF_8), "The request");
  }

  /**
   * Writes the body to a file, however large it is.
   *
   * @param file that exists and is written over
   * @param most how many bytes it may have
   * @throws UserException if it does not arrive, or cannot be kept
   */
  public void save(Path file, long most) {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] buffer = new byte[1 << 16];
      long all = 0;
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        all += n;
        if (all > most) {
          throw tooLarge(most);
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException broken) {
      throw new UserException("The file did not arrive whole: " + broken.getMessage(), broken);
    }
  }

  private static Refusal tooLarge(long most) {
    return new Refusal(
        Refusal.TOO_LARGE,
        String.format(Locale.ROOT, "At most %,d bytes are taken, but more were sent", most));
  }

  /**
   * {@return the body}
   *
   * @param most how many bytes it may have
   * @throws UserException if it does not arrive
   */
  public byte[] bytes(int most) {
    try {
      byte[] bytes = body.readNBytes(most + 1);
      if (bytes.length > most) {
        throw tooLarge(most);
      }
      return bytes;
    } catch (IOException broken) {
      throw new UserException("The request broke off: " + broken.getMessage(), broken);
    }
  }
}
