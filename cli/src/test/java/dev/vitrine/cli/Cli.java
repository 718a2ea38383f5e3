package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a command line of this process led to. */
record Cli(int code, String out, String err) {
  /** Runs a command line, its words separated by spaces. */
  static Cli run(String words) {
    return run(words.split(" "));
  }

  static Cli run(String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = Main.run(streams(out, err), args);
    return new Cli(code, text(out), text(err));
  }

  /** Streams of UTF-8 into memory. */
  static Streams streams(OutputStream out, OutputStream err) {
    return Streams.of(
        StandardOutput.into(out), StandardCharsets.UTF_8, err, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Runs a command line that must succeed. */
  static Cli done(String words, Object... args) {
    Cli cli = run(words.formatted(args));
    assertThat(cli.code()).as(cli.err()).isZero();
    return cli;
  }

  /** Runs a command line that must succeed and have nothing to say of it. */
  static Cli quiet(String words, Object... args) {
    Cli cli = done(words, args);
    assertThat(cli.complaints()).isEmpty();
    return cli;
  }

  /** The lines of the error stream. */
  List<String> complaints() {
    return err.lines().toList();
  }

  /** All files and folders below a folder, by their paths from it. */
  static List<String> tree(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(p -> !p.equals(folder))
          .map(p -> folder.relativize(p).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
