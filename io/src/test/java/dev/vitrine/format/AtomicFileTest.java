package dev.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
          assertThat(names())
              .singleElement()
              .asString()
              .matches("\\.a\\.txt\\.\\d+-[0-9a-f]+-\\d+\\.tmp");
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
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "takes the name away when it closes the file")
  void whatProbesTheFolderHasNoNameToStayUnder() throws IOException {
    try (FileChannel probe = AtomicFile.openNameless(folder.resolve("probe"))) {
      assertThat(probe.isOpen()).isTrue();
      assertThat(names()).isEmpty();
    }
    AtomicFile.probe(folder.resolve("a.txt"));
    AtomicFile.probeFolder(folder.resolve("not/yet"));
    assertThat(names()).isEmpty();
  }

  @Test
  void anEndInTheMiddleOfAFileTakesItAway() throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classes = System.getProperty("java.class.path");
    String target = folder.resolve("a.txt").toString();
    Process process =
        new ProcessBuilder(java.toString(), "-cp", classes, Endless.class.getName(), target)
            .redirectErrorStream(true)
            .start();
    try {
      assertThat(process.inputReader().readLine()).isEqualTo("in the middle");
      assertThat(names()).hasSize(1);
      process.destroy();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(names()).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }

  /** A process that never comes to the end of its file. */
  static final class Endless {
    public static void main(String... args) {
      AtomicFile.write(
          Path.of(args[0]),
          out -> {
            System.out.println("in the middle");
            LockSupport.park();
          });
    }
  }

  @Test
  void whatTheFileSystemReportsBecomesWords() {
    Path file = Path.of("f");
    assertThat(
            FileErrors.writing(file, new FileSystemException("f", null, "Read-only file system")))
        .hasMessage("Cannot write f: read-only file system");
    assertThat(FileErrors.reading(file, new AccessDeniedException("f")))
        .hasMessage("Cannot read f: access to it is denied");
    assertThat(
            FileErrors.writing(
                file, new FileAlreadyExistsException(file.toAbsolutePath().toString())))
        .hasMessage("Cannot write f: it exists already");
    Path within = Path.of("d/f");
    assertThat(FileErrors.writing(within, new FileAlreadyExistsException("d")))
        .hasMessage("Cannot write d/f: d is in the way");
    assertThat(FileErrors.reading(Path.of("d"), new AccessDeniedException("d/f")))
        .hasMessage("Cannot read d: access to d/f is denied");
  }

  @Test
  void aFileInAFoldersPlaceIsNamedOnce() throws IOException {
    Path file = Files.createFile(folder.resolve("f"));
    assertThatThrownBy(() -> AtomicFile.probeFolder(file))
        .hasMessage("Cannot write %s: it is a file, not a folder", file);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
