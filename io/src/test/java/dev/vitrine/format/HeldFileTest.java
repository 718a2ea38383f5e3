package dev.vitrine.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldFileTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve(".busy");
  }

  @Test
  void isHeldOnceAndGoneAfterwards() {
    try (HeldFile _ = HeldFile.hold(file()).orElseThrow()) {
      assertThat(HeldFile.isHeld(file())).isTrue();
      assertThat(HeldFile.hold(file())).isEmpty();
    }
    assertThat(file()).doesNotExist();
    assertThat(HeldFile.isHeld(file())).isFalse();
  }

  @Test
  void aFileThatAKilledProcessLeftIsNotHeld() throws IOException {
    Files.createFile(file());
    assertThat(HeldFile.isHeld(file())).isFalse();
    HeldFile.hold(file()).orElseThrow().close();
  }

  /** POSIX lets go of a process's lock when it closes any channel on the file. */
  @Test
  void askingDoesNotLetGoOfOnesOwn() throws Exception {
    try (HeldFile _ = HeldFile.hold(file()).orElseThrow()) {
      assertThat(HeldFile.isHeld(file())).isTrue();
      assertThat(HeldFile.hold(file())).isEmpty();
      assertThat(elsewhere("ask").answer()).isEqualTo("true");
    }
  }

  @Test
  void readersOfOtherProcessesDoNotHinder() throws Exception {
    Files.createFile(file());
    Process reader = elsewhere("read").process;
    int held = 0;
    int tries = 0;
    while (reader.isAlive()) {
      Optional<HeldFile> got = HeldFile.hold(file());
      tries++;
      held += got.isPresent() ? 1 : 0;
      got.ifPresent(HeldFile::close);
      Files.createFile(file());
    }
    assertThat(reader.exitValue()).isZero();
    assertThat(held).isEqualTo(tries).isGreaterThan(20);
  }

  private record Other(Process process) {
    String answer() throws IOException {
      try (BufferedReader out = process.inputReader()) {
        return out.readLine();
      }
    }
  }

  private Other elsewhere(String what) throws IOException {
    return new Other(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Elsewhere.class.getName(),
                what,
                file().toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Another process that asks. */
  static final class Elsewhere {
    public static void main(String... args) {
      Path file = Path.of(args[1]);
      if (args[0].equals("ask")) {
        System.out.println(HeldFile.isHeld(file));
        return;
      }
      long end = System.nanoTime() + 1_500_000_000L;
      while (System.nanoTime() < end) {
        HeldFile.isHeld(file);
      }
    }
  }
}
