package dev.vitrine.lab;

import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.FileErrors;
import dev.vitrine.format.Folders;
import dev.vitrine.lab.journal.Journal;
import dev.vitrine.lab.trial.MisreadPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a study is kept: {@code journal.jsonl}, the runs of its trials in {@code trials}, pictures
 * of what they misread in {@code misread}, and {@code results.json}, which follows from these.
 *
 * @param path the folder
 */
public record StudyFolder(Path path) {
  /** What a study came to, for scripts. */
  static final String RESULTS = "results.json";

  /** {@return the folder of the trials' runs} */
  public Path trials() {
    return path.resolve("trials");
  }

  /**
   * {@return the run folder of a trial}
   *
   * @param id the trial's name
   */
  public Path trial(String id) {
    return trials().resolve(id);
  }

  /** {@return the pictures of what chosen networks misread} */
  public MisreadPictures misread() {
    return new MisreadPictures(path.resolve("misread"));
  }

  /** {@return whether there is a study in it} */
  public boolean isStudy() {
    return Files.isRegularFile(path.resolve(Journal.NAME));
  }

  /**
   * Checks that it is a study.
   *
   * @throws UserException if it is none
   */
  void requireStudy() {
    if (!isStudy()) {
      throw UserException.advising(
          "There is no study in %s".formatted(path),
          "expected a folder that %s made, such as studies/optimizers",
          "a study");
    }
  }

  /**
   * Checks that a study can be begun or gone on with here, and makes the folder.
   *
   * @throws UserException if something else is there, or it cannot be made
   */
  void make() {
    AtomicFile.probeFolder(path);
    try {
      // Its journal last: another process may be writing it just now.
      if (Files.isDirectory(path) && !isBare() && !isStudy()) {
        throw UserException.advising(
            "The folder %s exists already, and is no study".formatted(path),
            "choose a name that is free for %s",
            "the study");
      }
      Files.createDirectories(trials());
    } catch (IOException failure) {
      throw FileErrors.writing(path, failure);
    }
  }

  /** Whether nothing is there but what a study that was killed at once may leave. */
  private boolean isBare() throws IOException {
    List<String> own = List.of(Journal.LOCK, "trials");
    try (Stream<Path> files = Files.list(path)) {
      return files.allMatch(file -> own.contains(file.getFileName().toString()));
    }
  }

  /** Removes what a killed process left of run folders that it was about to make. */
  void removeDrafts() {
    try (Stream<Path> files = Files.list(trials())) {
      for (Path draft :
          files.filter(file -> file.getFileName().toString().matches("\\..*\\.tmp")).toList()) {
        Folders.delete(draft);
      }
    } catch (IOException failure) {
      throw FileErrors.writing(trials(), failure);
    }
  }

  /** Removes the run of a trial that is to begin again. */
  void removeTrial(String id) {
    try {
      Folders.delete(trial(id));
    } catch (IOException failure) {
      throw FileErrors.writing(trial(id), failure);
    }
  }
}
