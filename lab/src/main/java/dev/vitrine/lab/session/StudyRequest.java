package dev.vitrine.lab.session;

import dev.vitrine.format.TextFile;
import dev.vitrine.lab.studies.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody asks for.
 *
 * @param text the study's, in YAML, of which JSON is a part
 * @param source what the text is, for the sentences about what is wrong with it
 * @param quick whether the thin version is asked for
 * @param changes what is asked beyond the text
 * @param studies the folder that new studies' folders are made in
 * @param place the study's own folder, if it is to be another one
 */
public record StudyRequest(
    String text,
    String source,
    boolean quick,
    StudyChanges changes,
    Path studies,
    Optional<Path> place) {
  /** Checks that nothing lacks. */
  public StudyRequest {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(changes, "changes");
    Objects.requireNonNull(studies, "studies");
    Objects.requireNonNull(place, "place");
  }

  /**
   * {@return the text of a study: of a file, which goes before a study of its name, or of one that
   * Vitrine brings along}
   *
   * @param file or a name
   * @throws dev.vitrine.error.UserException if there is neither
   */
  public static String text(Path file) {
    return Files.isRegularFile(file) || file.toString().matches(".*[./].*")
        ? TextFile.read(file)
        : Catalogue.text(file.toString());
  }

  /** Where a study of a name is kept. */
  Path folder(String name) {
    return place.orElseGet(() -> studies.resolve(name + (quick ? "-quick" : "")));
  }
}
