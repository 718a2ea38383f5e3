package dev.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@link AtomicFile} writes to. Never the system's own devices: a fault would replace them.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has neither FIFOs nor POSIX permissions")
class DestinationTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static boolean ran(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }

  @Test
  void aLinkStaysAndItsTargetIsReplaced() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "old");
    Files.createDirectory(folder.resolve("sub"));
    Path link = Files.createSymbolicLink(folder.resolve("sub/link"), Path.of("../target"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), link);
    AtomicFile.probe(second);
    AtomicFile.writeText(second, "new");
    assertThat(target).hasContent("new").isRegularFile();
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(Files.isSymbolicLink(second)).isTrue();
    assertThat(names()).containsExactly("second", "sub", "target");
  }

  @Test
  void aLinkToNothingMakesItsTarget() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target"));
    AtomicFile.writeText(link, "new");
    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(folder.resolve("target")).hasContent("new");
  }

  @Test
  void linksThatLeadNowhereAreOneSentence() throws IOException {
    Path lost = Files.createSymbolicLink(folder.resolve("lost"), folder.resolve("no/target"));
    assertThatThrownBy(() -> AtomicFile.probe(lost))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "Cannot write %s: it is a link to %s/no/target, whose folder does not exist",
            lost, folder);
    Path circle = Files.createSymbolicLink(folder.resolve("circle"), Path.of("circle"));
    assertThatThrownBy(() -> AtomicFile.probe(circle))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot write %s: its links lead in a circle", circle);
  }

  @Test
  void aFileThatIsReplacedKeepsItsPermissions() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw--w--w-"));
    AtomicFile.writeText(file, "new");
    assertThat(file).hasContent("new");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw--w--w-");
  }

  @Test
  void aReadOnlyFileIsRefusedForRootToo() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r--r--"));
    assertThatThrownBy(() -> AtomicFile.probe(file))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot write %s: it is read-only", file);
    assertThatThrownBy(() -> AtomicFile.writeText(file, "new"))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot write %s: it is read-only", file);
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("a");
  }

  @Test
  void aFifoIsWrittenIntoAndItsProbeIsNotItsEnd()
      throws IOException, InterruptedException, ExecutionException {
    Path fifo = folder.resolve("fifo");
    assumeTrue(ran("mkfifo", fifo.toString()), "this system has no mkfifo");
    Path link = Files.createSymbolicLink(folder.resolve("link"), fifo);
    AtomicFile.probe(link); // would wait for a reader if it opened it
    try (ExecutorService reader = Executors.newSingleThreadExecutor()) {
      Future<String> read = reader.submit(() -> Files.readString(fifo));
      AtomicFile.writeText(link, "through");
      assertThat(read.get()).isEqualTo("through");
    }
    assertThat(Files.readAttributes(fifo, "isOther")).containsEntry("isOther", true);
    assertThat(names()).containsExactly("fifo", "link");
  }

  @Test
  void aDeviceIsWrittenIntoAndWhatItSaysIsOneSentence() throws IOException, InterruptedException {
    Path sink = folder.resolve("null");
    Path full = folder.resolve("full");
    boolean made =
        ran("mknod", sink.toString(), "c", "1", "3")
            && ran("mknod", full.toString(), "c", "1", "7");
    assumeTrue(made && Files.isWritable(sink), "only root makes devices");
    AtomicFile.probe(sink);
    AtomicFile.writeText(sink, "gone");
    assertThatThrownBy(() -> AtomicFile.writeText(full, "x"))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot write %s: no space left on device", full);
    assertThat(Files.readAttributes(sink, "isOther")).containsEntry("isOther", true);
    assertThat(Files.readAttributes(full, "isOther")).containsEntry("isOther", true);
  }

  @Test
  void anOpenDescriptorIsAppendedToWhateverItIsOf() throws IOException {
    Path fds = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(fds), "this system has no /proc");
    Path file = Files.writeString(folder.resolve("log"), "before ");
    try (InputStream held = Files.newInputStream(file);
        Stream<Path> open = Files.list(fds)) {
      assertThat(held.available()).isPositive();
      Path descriptor = open.filter(fd -> isOf(fd, file)).findFirst().orElseThrow();
      AtomicFile.probe(descriptor);
      AtomicFile.writeText(descriptor, "after");
      assertThat(new String(held.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("before after");
    }
    assertThat(names()).containsExactly("log");
    assertThatThrownBy(() -> AtomicFile.probe(Path.of("/dev/fd/987")))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot write /dev/fd/987: it stands for a descriptor that is not open");
  }

  private static boolean isOf(Path descriptor, Path file) {
    try {
      return Files.exists(descriptor) && Files.isSameFile(descriptor, file);
    } catch (IOException closed) {
      return false;
    }
  }

  @Test
  void namesMayBeAsLongAsTheDiskAllows() throws IOException {
    String longest = "漢".repeat(60) + "x".repeat(255 - 180);
    AtomicFile.probe(folder.resolve(longest));
    AtomicFile.writeText(folder.resolve(longest), "a");
    assertThat(names()).containsExactly(longest);
    Path longer = folder.resolve(longest + "x");
    assertThatThrownBy(() -> AtomicFile.probe(longer))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot write %s: file name too long (%s)", longer, folder);
  }

  @Test
  void noSentenceNamesATemporaryFile() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "this system has no /proc");
    for (Path file : List.of(Path.of("/proc/x.json"), Path.of("/proc/self/x.json"))) {
      assertThatThrownBy(() -> AtomicFile.probe(file))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("Cannot write %s: ".formatted(file))
          .hasMessageNotContaining("tmp");
    }
  }
}
