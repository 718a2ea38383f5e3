package dev.vitrine.pages;

import dev.vitrine.error.UserException;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Tesseract, as a user installs it, told that there are only digits: what one would use instead.
 */
final class Tesseract implements Reader {
  private final Path folder;

  Tesseract() {
    try {
      folder = Files.createTempDirectory("vitrine-pages");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public Reading read(Raster picture) {
    Path file = folder.resolve("page.png");
    Png.write(file, picture);
    ProcessBuilder command =
        new ProcessBuilder(
            "tesseract",
            file.toString(),
            "stdout",
            "--psm",
            "6",
            "-c",
            "tessedit_char_whitelist=0123456789");
    command.environment().put("OMP_THREAD_LIMIT", "1");
    command.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = command.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return new Reading(
          said.lines()
              .map(line -> line.replaceAll("[^0-9]", ""))
              .filter(line -> !line.isEmpty())
              .collect(Collectors.joining("/")),
          List.of());
    } catch (IOException failure) {
      throw new UserException(
          "Tesseract does not start: install Debian's package tesseract-ocr", failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped", stopped);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(folder.resolve("page.png"));
      Files.deleteIfExists(folder);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
