package dev.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
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
import org.junit.jupiter.api.Timeout;
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
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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
    Path file = Files.writeString(folder.resolve("log"), "before ");
    try (RandomAccessFile held = new RandomAccessFile(file.toFile(), "rw")) {
      assertThat(held.getFD().valid()).isTrue();
      Path descriptor = descriptorOf(file);
      AtomicFile.probe(descriptor);
      AtomicFile.writeText(descriptor, "after");
      assertThat(held.readLine()).isEqualTo("before after");
    }
    assertThat(names()).containsExactly("log");
  }

  /** Such as those of the JDK's own files, which a root user could overwrite. */
  @Test
  void aDescriptorThatIsOpenForReadingOrNotAtAllIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("log"), "before");
    try (InputStream held = Files.newInputStream(file)) {
      assertThat(held.available()).isPositive();
      Path descriptor = descriptorOf(file);
      assertThatThrownBy(() -> AtomicFile.writeText(descriptor, "after"))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "Cannot write %s: it stands for a descriptor that is open for reading alone",
              descriptor);
    }
    assertThat(file).hasContent("before");
    assertThatThrownBy(() -> AtomicFile.probe(Path.of("/dev/fd/987")))
        .isInstanceOf(UserException.class)
        .hasMessage("Cannot write /dev/fd/987: it stands for a descriptor that is not open");
  }

  private static Path descriptorOf(Path file) throws IOException {
    Path all = Path.of("/proc/self/fd");
    assumeTrue(Files.isDirectory(all), "this system has no /proc");
    try (Stream<Path> open = Files.list(all)) {
      return open.filter(descriptor -> isOf(descriptor, file)).findFirst().orElseThrow();
    }
  }

  @Test
  void descriptorsAreKnownByTheirNames() throws IOException {
    assumeTrue(Files.isSymbolicLink(Path.of("/dev/stdout")), "this system has no /dev/stdout");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("/dev/stdout"));
    for (Path path : List.of(link, Path.of("/dev/stdout"), Path.of("/proc/self/fd/1"))) {
      assertThat(AtomicFile.descriptor(path)).hasValue(1);
    }
    assertThat(AtomicFile.descriptor(Path.of("/dev/stderr"))).hasValue(2);
    assertThat(AtomicFile.descriptor(Path.of("/dev/fd/63"))).hasValue(63);
    assertThat(AtomicFile.descriptor(Path.of("/proc/1/fd/1"))).isEmpty();
    assertThat(AtomicFile.descriptor(folder.resolve("1"))).isEmpty();
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
        .hasMessage("Cannot write %s file name too long (%s)", Quote.place(longer + ":"), folder);
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
