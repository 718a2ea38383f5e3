package dev.vitrine.data;

import dev.vitrine.image.ImageSize;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which data are wanted, and how they are read where they leave it open.
 *
 * @param name of a published data set, or a file or a folder
 * @param reading what the user says of them
 * @param size that pictures of different sizes are brought to
 * @param classes that labels are to be names of, in this order: those that a network knows; empty
 *     if the data decide it
 * @param columns of a table that examples are to have, by name and in this order: those that a
 *     network learned from; empty for all but the targets
 */
public record DataRequest(
    String name,
    Reading reading,
    Optional<ImageSize> size,
    List<String> classes,
    List<String> columns) {
  /** The request, with its own copy. */
  public DataRequest {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(reading, "reading");
    Objects.requireNonNull(size, "size");
    Objects.requireNonNull(classes, "classes");
    Objects.requireNonNull(columns, "columns");
    classes = List.copyOf(classes);
    columns = List.copyOf(columns);
  }

  /**
   * A request of data that decide themselves what examples have.
   *
   * @param name of a published data set, or a file or a folder
   * @param reading what the user says of them
   * @param size that pictures of different sizes are brought to
   * @param classes that labels are to be names of; empty if the data decide it
   */
  public DataRequest(String name, Reading reading, Optional<ImageSize> size, List<String> classes) {
    this(name, reading, size, classes, List.of());
  }

  /**
   * {@return a request of which only the name is said}
   *
   * @param name of a published data set, or a file or a folder
   */
  public static DataRequest of(String name) {
    return new DataRequest(name, Reading.USUAL, Optional.empty(), List.of());
  }
}
