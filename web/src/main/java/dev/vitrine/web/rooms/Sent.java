package dev.vitrine.web.rooms;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.web.http.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;

/** Files that a browser sends: what reads files reads one for a moment, in nobody else's reach. */
final class Sent {
  private Sent() {}

  /**
   * What is read from the body of a request.
   *
   * @param name what the sender calls it; its ending says what it is, and complaints call it so
   * @param most how many bytes it may have
   */
  static <T> T as(Request request, String name, long most, Function<Path, T> reader) {
    Path file = null;
    try {
      file = Files.createTempFile("vitrine-sent", ending(name));
      request.save(file, most);
      return reader.apply(file);
    } catch (UserException wrong) {
      String said = wrong.getMessage().replace(String.valueOf(file), Quote.place(name));
      throw new UserException(said, wrong);
    } catch (IOException failure) {
      throw new UserException(
          "The file could not be kept for reading: " + failure.getMessage(), failure);
    } finally {
      delete(file);
    }
  }

  private static String ending(String name) {
    return name.matches(".*\\.[A-Za-z0-9]{1,12}") ? name.substring(name.lastIndexOf('.')) : "";
  }

  private static void delete(Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
