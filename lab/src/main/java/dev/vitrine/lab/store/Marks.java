package dev.vitrine.lab.store;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What somebody wrote beside a run, in a file of its own in the run's folder: no training reads it.
 *
 * @param name what it is called; empty for nothing
 * @param tags what it is filed under, in alphabetical order
 * @param note a text; empty for none
 */
public record Marks(String name, List<String> tags, String note) {
  /** The file's name. */
  public static final String FILE = "marks.json";

  private static final Marks NONE = new Marks("", List.of(), "");
  private static final int LONGEST_NAME = 80;
  private static final String TAG = "[\\p{L}\\p{N}][\\p{L}\\p{N}._:+-]{0,39}";

  /** Orders the tags. */
  public Marks {
    tags = List.copyOf(new TreeSet<>(tags));
  }

  /**
   * {@return what stands beside a run}
   *
   * @param folder the run's
   * @throws UserException if the file cannot be read or is wrong
   */
  public static Marks of(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      return NONE;
    }
    JsonObject json = Json.read(file);
    List<String> tags = json.list("tags").stream().map(String::valueOf).toList();
    return new Marks(json.string("name"), tags, json.string("note"));
  }

  /**
   * Writes them beside a run; where nothing is said, no file is left.
   *
   * @param folder the run's
   * @throws UserException if they cannot be written
   */
  public void write(Path folder) {
    Path file = folder.resolve(FILE);
    if (equals(NONE)) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException failure) {
        throw FileErrors.writing(file, failure);
      }
      return;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", name);
    json.put("tags", tags);
    json.put("note", note);
    Json.write(file, json);
  }

  /**
   * {@return the same with another name}
   *
   * @param text at most 80 characters on one line; empty for none
   * @throws UserException if it is longer
   */
  public Marks named(String text) {
    String kept = text.strip();
    if (kept.length() > LONGEST_NAME || !Quote.line(kept).equals(kept)) {
      throw UserException.expecting(
          "A run's name", "one line of at most 80 characters", Quote.of(text));
    }
    return new Marks(kept, tags, note);
  }

  /**
   * {@return the same with more tags}
   *
   * @param more words of letters, digits and {@code . _ : + -}
   * @throws UserException if one is no such word
   */
  public Marks tagged(Collection<String> more) {
    for (String tag : more) {
      if (!tag.matches(TAG)) {
        throw UserException.expecting(
            "A tag", "a word of at most 40 letters, digits and . _ : + -", Quote.of(tag));
      }
    }
    TreeSet<String> all = new TreeSet<>(tags);
    all.addAll(more);
    return new Marks(name, List.copyOf(all), note);
  }

  /**
   * {@return the same without some tags}
   *
   * @param fewer which
   * @throws UserException if it has not one of them
   */
  public Marks untagged(Collection<String> fewer) {
    TreeSet<String> left = new TreeSet<>(tags);
    for (String tag : fewer) {
      if (!left.remove(tag)) {
        throw UserException.unknown("tag of this run", tag, tags);
      }
    }
    return new Marks(name, List.copyOf(left), note);
  }

  /**
   * {@return the same with another note}
   *
   * @param text any; empty for none
   */
  public Marks noted(String text) {
    return new Marks(name, tags, text.strip());
  }
}
