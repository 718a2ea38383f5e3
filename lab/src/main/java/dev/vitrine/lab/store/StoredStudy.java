package dev.vitrine.lab.store;

import dev.vitrine.lab.journal.Journal;
import dev.vitrine.lab.report.ReportFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A study that stands on disk.
 *
 * @param name what it goes by: its folder's name, with a number where another's is called so, too
 * @param folder where it is
 */
public record StoredStudy(String name, Path folder) {
  /**
   * {@return the studies below some folders, where runs are looked for, too}
   *
   * @param folders where to look
   * @throws dev.vitrine.error.UserException if one of them is no folder, or cannot be read
   */
  public static List<StoredStudy> below(List<Path> folders) {
    List<StoredStudy> studies = new ArrayList<>();
    Set<Path> seen = new LinkedHashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (Path folder : folders) {
      for (Path each : Places.studies(folder)) {
        if (isStudy(each) && seen.add(each.toAbsolutePath().normalize())) {
          studies.add(new StoredStudy(free(each.getFileName().toString(), names), each));
        }
      }
    }
    return studies;
  }

  private static String free(String name, Set<String> taken) {
    String free = name;
    for (int number = 2; !taken.add(free); number++) {
      free = "%s (%s)".formatted(name, number);
    }
    return free;
  }

  /** One that is computed has a report alone. */
  private static boolean isStudy(Path folder) {
    return Files.isRegularFile(folder.resolve(Journal.NAME))
        || Files.isRegularFile(folder.resolve(ReportFiles.PAGE));
  }

  /** {@return whether it is one of many trainings, with a journal} */
  public boolean isSweep() {
    return Files.isRegularFile(folder.resolve(Journal.NAME));
  }

  /** {@return its report's page, which may not be there yet} */
  public Path report() {
    return folder.resolve(ReportFiles.PAGE);
  }
}
