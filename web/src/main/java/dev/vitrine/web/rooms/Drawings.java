package dev.vitrine.web.rooms;

import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.settings.Commands;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Drawings that were kept, as pictures by class: a data set that trainings and evaluations take by
 * its folder. Each is a file of its own with a new name, so that nothing there is ever written
 * over.
 */
final class Drawings {
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** What may be a folder's name everywhere, and leads nowhere else. */
  private static final String PLAIN = "[\\p{L}\\p{N}][\\p{L}\\p{N} _-]{0,60}";

  private final Path folder;
  private final Deque<Path> added = new ArrayDeque<>();

  /**
   * @param folder where they are kept; made when the first is
   */
  Drawings(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** Keeps one more, and says how many there are and how they are used. */
  synchronized Map<String, Object> add(String name, Raster picture) {
    if (!name.matches(PLAIN)) {
      throw UserException.expecting(
          "A class whose drawings are kept", "letters, digits, spaces, - or _", name);
    }
    Path place = folder.resolve(name);
    try {
      Files.createDirectories(place);
    } catch (IOException failure) {
      throw FileErrors.writing(place, failure);
    }
    Path file = free(place);
    Png.write(file, picture);
    added.push(file);
    return json();
  }

  private static Path free(Path place) {
    String time = NAME.format(Clock.systemUTC().instant());
    Path file = place.resolve(time + ".png");
    for (int i = 2; Files.exists(file); i++) {
      file = place.resolve("%s-%s.png".formatted(time, i));
    }
    return file;
  }

  /** Takes the newest back that was kept since the page was started. */
  synchronized Map<String, Object> takeBack() {
    if (added.isEmpty()) {
      throw new UserException("No drawing has been kept since the page was started");
    }
    Path file = added.pop();
    try {
      Files.deleteIfExists(file);
      if (count(file.getParent()) == 0) {
        // An empty folder of a class would be refused as data.
        Files.deleteIfExists(file.getParent());
      }
    } catch (IOException failure) {
      throw FileErrors.writing(file, failure);
    }
    return json();
  }

  /** How many of each class there are, where, and the commands that use them. */
  synchronized Map<String, Object> json() {
    Map<String, Integer> counts = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> classes = Files.newDirectoryStream(folder, Files::isDirectory)) {
        for (Path each : classes) {
          counts.put(each.getFileName().toString(), count(each));
        }
      } catch (IOException failure) {
        throw FileErrors.reading(folder, failure);
      }
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("counts", counts);
    json.put("folder", folder.toString());
    json.put("can_take_back", !added.isEmpty());
    json.put("evaluate", Commands.evaluatingAll("RUN", folder));
    return json;
  }

  private static int count(Path place) throws IOException {
    int count = 0;
    if (Files.isDirectory(place)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(place, "*.png")) {
        for (Path _ : files) {
          count++;
        }
      }
    }
    return count;
  }
}
