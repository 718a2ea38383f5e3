package dev.vitrine.data;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where examples come from.
 *
 * @param checksums what tells these data from others: the MD5 sum of every file that was read, as
 *     it is unpacked, by the name that it has as published; for drawn data what they are drawn by.
 *     Empty for data from elsewhere
 * @param warnings what is not as it was published, a sentence each
 * @param columns the names of the columns of a table that an example has, in their order; empty of
 *     data that are none, or have no names
 */
public record Origin(Map<String, String> checksums, List<String> warnings, List<String> columns) {
  /** Of data that are no file's. */
  public static final Origin UNKNOWN = new Origin(Map.of(), List.of());

  /** The origin, with its own copies; the order stays. */
  public Origin {
    Objects.requireNonNull(checksums, "checksums");
    Objects.requireNonNull(warnings, "warnings");
    Objects.requireNonNull(columns, "columns");
    checksums = Collections.unmodifiableMap(new LinkedHashMap<>(checksums));
    warnings = List.copyOf(warnings);
    columns = List.copyOf(columns);
  }

  /**
   * Of data that are no table.
   *
   * @param checksums what tells these data from others
   * @param warnings what is not as it was published, a sentence each
   */
  public Origin(Map<String, String> checksums, List<String> warnings) {
    this(checksums, warnings, List.of());
  }

  /**
   * {@return the origin of examples of which some come from here and some from there}
   *
   * @param other where the others come from
   */
  public Origin and(Origin other) {
    Objects.requireNonNull(other, "other");
    Map<String, String> all = new LinkedHashMap<>(checksums);
    all.putAll(other.checksums);
    return new Origin(
        all,
        Stream.of(warnings, other.warnings).flatMap(List::stream).distinct().toList(),
        columns);
  }
}
