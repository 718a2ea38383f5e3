package dev.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void writesAndReplaces() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.writeText(file, "eins");
    AtomicFile.writeText(file, "zwö");
    assertThat(file).hasContent("zwö");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void aFailureLeavesTheOldContentAndNothingElse() throws IOException {
    Path file = folder.resolve("a.txt");
    AtomicFile.writeText(file, "old");
    assertThatThrownBy(() ->
            AtomicFile.write(
                file,
                out -> {
                  out.write(new byte[100_000]);
                  throw new IllegalStateException("stopped");
                }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("stopped");
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("a.txt");
  }

  @Test
  void nobodySeesAPart() {
    Path file = folder.resolve("a.txt");
    AtomicFile.write(
        file,
        out -> {
          out.write(new byte[100_000]);
          assertThat(file).doesNotExist();
          assertThat(names()).singleElement().asString().matches("\\.a\\.txt\\.\\d+-\\d+\\.tmp");
        });
    assertThat(file).hasSize(100_000);
  }

  @Test
  void aFullDiskIsOneSentence() throws IOException {
    Path file = folder.resolve("a.txt");
    assertThatThrownBy(() ->
            AtomicFile.write(
                file,
                out -> {
                  throw new IOException("No space left on device");
                }))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot write %s: no space left on device", file);
    assertThat(names()).isEmpty();
  }

  @Test
  void aMissingFolderIsOneSentence() {
    Path file = folder.resolve("no/a.txt");
    assertThatThrownBy(() -> AtomicFile.writeText(file, ""))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot write %s: its folder does not exist", file);
  }

  @Test
  void aFileInPlaceOfTheFolderIsOneSentence() throws IOException {
    Path parent = Files.createFile(folder.resolve("file"));
    Path file = parent.resolve("a.txt");
    assertThatThrownBy(() -> AtomicFile.writeText(file, ""))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot write %s: %s is a file, not a folder", file, parent);
  }

  @Test
  void aFolderInPlaceOfTheFileIsOneSentence() throws IOException {
    Path file = Files.createDirectory(folder.resolve("a.txt"));
    assertThatThrownBy(() -> AtomicFile.writeText(file, ""))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot write %s: it is a folder, not a file", file);
  }

  @Test
  void whatTheFileSystemReportsBecomesWords() {
    Path file = Path.of("f");
    assertThat(
            FileErrors.writing(file, new FileSystemException("f", null, "Read-only file system")))
        .hasMessage("Cannot write f: read-only file system (f)");
    assertThat(FileErrors.reading(file, new AccessDeniedException("f")))
        .hasMessage("Cannot read f: access to f is denied");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
