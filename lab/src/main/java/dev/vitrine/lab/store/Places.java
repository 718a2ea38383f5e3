package dev.vitrine.lab.store;

import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Where runs are looked for.
 *
 * @param folder a folder that may be a run's
 * @param study the study that it is a trial of; empty for none
 * @param root the folder of runs or of trials below which it was found
 * @param key where it is below the root, from wherever that is looked at
 */
record Places(Path folder, String study, Path root, String key) {
  /** Folders within folders of runs are looked into so far. */
  private static final int DEEPEST = 4;

  private static final String RUNS = "runs";
  private static final String STUDIES = "studies";
  private static final String TRIALS = "trials";

  /** Ends of paths that are no folder's name. */
  private static final Set<String> UNNAMED = Set.of("", ".", "..");

  /** What only the folder of a run has. */
  private static final List<String> SIGNS = List.of("config.json", "metrics.jsonl", "checkpoints");

  /**
   * All runs and trials below a folder: those of its folders {@code runs} and {@code
   * studies/NAME/trials}, and the runs and studies that stand beside these; of a folder that has
   * neither, those in it, of its studies the trials, or itself.
   *
   * @throws UserException if it is none
   */
  static List<Places> below(Path base) {
    if (!Files.isDirectory(base)) {
      throw UserException.advising(
          "There is no folder %s".formatted(base), "say where runs are, such as runs");
    }
    List<Places> found = new ArrayList<>();
    Path runs = base.resolve(RUNS);
    Path studies = base.resolve(STUDIES);
    boolean usual = Files.isDirectory(runs) || Files.isDirectory(studies);
    if (Files.isDirectory(runs)) {
      new Places(runs, "", runs, "").addBelow(1, found);
    }
    if (Files.isDirectory(studies)) {
      for (Path study : inside(studies)) {
        addTrials(study, found);
      }
    }
    if (usual) {
      addBeside(base, found);
    }
    if (!usual && isRun(base)) {
      found.add(ofRun(base));
    } else if (!usual && Files.isDirectory(base.resolve(TRIALS))) {
      addTrials(base, found);
    } else if (!usual && base.toAbsolutePath().normalize().endsWith(STUDIES)) {
      inside(base).forEach(study -> addTrials(study, found));
    } else if (!usual) {
      new Places(base, studyAround(base), base, "").addBelow(1, found);
    }
    return found;
  }

  /** The folders that may be studies', where {@link #below} looks, in the order of their names. */
  static List<Path> studies(Path base) {
    List<Path> found = new ArrayList<>();
    boolean own = base.toAbsolutePath().normalize().endsWith(STUDIES);
    Path studies = own ? base : base.resolve(STUDIES);
    if (Files.isDirectory(studies)) {
      found.addAll(inside(studies));
    }
    if (!own && Files.isDirectory(base)) {
      inside(base).stream().filter(Places::isStudy).forEach(found::add);
    }
    if (isStudy(base) && base.getFileName() != null) {
      found.add(base);
    }
    found.sort(Comparator.comparing(Places::name));
    return found;
  }

  /** What somebody gave a place of its own. */
  private static void addBeside(Path base, List<Places> found) {
    for (Path child : inside(base)) {
      if (name(child).equals(RUNS) || name(child).equals(STUDIES)) {
        continue;
      }
      if (isRun(child)) {
        found.add(new Places(child, "", base, name(child)));
      } else if (isStudy(child)) {
        addTrials(child, found);
      }
    }
  }

  private static void addTrials(Path study, List<Places> found) {
    Path trials = study.resolve(TRIALS);
    if (Files.isDirectory(trials)) {
      new Places(trials, name(study), trials, "").addBelow(1, found);
    }
  }

  /** The place of a folder that is a run's. */
  static Places ofRun(Path folder) {
    Path root = folder.toAbsolutePath().normalize().getParent();
    return new Places(folder, root == null ? "" : studyAround(root), root, name(folder));
  }

  /** The study whose trials a folder has; empty for none. */
  private static String studyAround(Path folder) {
    Path whole = folder.toAbsolutePath().normalize();
    boolean trials = whole.getParent() != null && whole.endsWith(TRIALS);
    return trials && Files.isRegularFile(whole.resolveSibling("journal.jsonl"))
        ? name(whole.getParent())
        : "";
  }

  /** All below a place that is no run's. */
  private void addBelow(int depth, List<Places> found) {
    for (Path child : inside(folder)) {
      Places place =
          new Places(child, study, root, key.isEmpty() ? name(child) : key + "/" + name(child));
      if (isRun(child)) {
        found.add(place);
      } else if (isStudy(child)) {
        addTrials(child, found);
      } else if (depth < DEEPEST && Files.isDirectory(child)) {
        place.addBelow(depth + 1, found);
      }
    }
  }

  private static boolean isStudy(Path folder) {
    return Files.isRegularFile(folder.resolve("journal.jsonl"));
  }

  /** Whether a folder is a run's, be it a damaged one. */
  static boolean isRun(Path folder) {
    return SIGNS.stream().anyMatch(sign -> Files.exists(folder.resolve(sign)));
  }

  /** What has no point before its name, as folders of drafts and of the bin have. */
  private static List<Path> inside(Path folder) {
    List<Path> folders = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path each : all) {
        if (!name(each).startsWith(".")) {
          folders.add(each);
        }
      }
    } catch (DirectoryIteratorException failure) {
      throw FileErrors.reading(folder, failure.getCause());
    } catch (IOException failure) {
      throw FileErrors.reading(folder, failure);
    }
    return folders;
  }

  /** What the run goes by. */
  String id() {
    return study.isEmpty() ? name(folder) : study + "/" + name(folder);
  }

  private static String name(Path folder) {
    Path last = folder.getFileName();
    if (last == null || UNNAMED.contains(last.toString())) {
      last = folder.toAbsolutePath().normalize().getFileName();
    }
    return last == null ? "" : last.toString();
  }
}
