package dev.vitrine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files that a data set was read from: an {@link Origin} in the making. */
final class ReadFiles {
  private final String title;
  private final Map<String, String> published;
  private final Map<String, String> sums = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * None yet.
   *
   * @param title what people call the data
   * @param published the MD5 sums of its unpacked files by their names; empty for data that nobody
   *     published
   */
  ReadFiles(String title, Map<String, String> published) {
    this.title = title;
    this.published = published;
  }

  /**
   * A file has been read.
   *
   * @param name what it is called as published, unpacked
   * @param md5 of its unpacked content
   */
  void add(Path file, String name, String md5) {
    sums.put(name, md5);
    String expected = published.get(name);
    if (expected != null && !expected.equals(md5)) {
      warnings.add(
          "%s is not %s's %s as published (its content's MD5 sum is %s, not %s): numbers may not compare with those of others"
              .formatted(file, title, name, md5, expected));
    } else if (expected == null && !published.isEmpty()) {
      warnings.add(
          "%s is no file of %s as published: numbers may not compare with those of others"
              .formatted(file, title));
    }
  }

  /** What is known of the files so far. */
  Origin origin() {
    return new Origin(sums, warnings);
  }
}
