package dev.vitrine.web.live;

import dev.vitrine.lab.StudyRun;
import dev.vitrine.lab.session.AskedStudy;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A study that is to begin, or to go on.
 *
 * @param study what was asked
 * @param options how it is run
 * @param command the command line that does the same
 * @param text that somebody wrote and no file has yet; it is kept beside the journal
 */
public record StudyStart(
    AskedStudy study, StudyRun.Options options, String command, Optional<String> text) {
  /**
   * {@return where a study's own text is kept}
   *
   * @param folder the study's
   */
  public static Path file(Path folder) {
    return folder.resolve("study.yaml");
  }

  Path file() {
    return file(study.folder());
  }
}
