package dev.vitrine.cli;

import dev.vitrine.format.FileErrors;
import dev.vitrine.image.ImageFile;
import dev.vitrine.look.KernelView;
import dev.vitrine.look.View;
import dev.vitrine.look.kernel.Kernel;
import dev.vitrine.look.kernel.KernelPass;
import dev.vitrine.look.kernel.Matrix;
import dev.vitrine.look.kernel.Padding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A kernel and how it is slid over a picture. */
final class KernelOptions {
  private static final int WHITE = 255;

  @Option(
      names = "--kernel",
      paramLabel = "KERNEL",
      description =
          "Slide a kernel over a picture or typed numbers: rows such as '0 -1 0; -1 5 -1; 0 -1 0',"
              + " or identity, box[:SIDE], gauss[:SIDE[:DEVIATION]], sharpen, sobel (or sobel-x),"
              + " sobel-y,"
              + " laplace or emboss.")
  private Optional<String> kernel;

  @Option(
      names = "--padding",
      paramLabel = "PADDING",
      description =
          "Beyond the picture's edge: zeros, the result as large as the picture (zero, also called"
              + " same), or larger by every overlap (full); the edge's pixels again (replicate);"
              + " nothing, the result smaller (valid). Default: zero")
  private Optional<String> padding;

  @Option(
      names = "--stride",
      paramLabel = "N",
      description = "Pixels from one place of the kernel to the next. Default: 1")
  private Optional<Integer> stride;

  @Option(
      names = "--correlate",
      description =
          "Lay the kernel on as it is, as networks do (cross-correlation). Default: turned by 180°"
              + " first (convolution)")
  private boolean correlate;

  /** Whether a kernel was given. */
  boolean given() {
    return kernel.isPresent();
  }

  /**
   * What it makes.
   *
   * @param subject a picture's file, a text file of numbers, or numbers in rows
   */
  View view(String subject) {
    Kernel chosen = Kernel.parse(kernel.orElseThrow());
    KernelPass pass =
        new KernelPass(
            chosen.numbers(),
            padding.map(Padding::named).orElse(Padding.ZERO),
            Counts.positive("--stride", stride, 1),
            correlate);
    Optional<Path> file = file(subject);
    if (file.filter(KernelOptions::isText).isPresent()) {
      return KernelView.of(chosen, pass, Matrix.parse("matrix", text(file.get())));
    }
    if (file.isPresent()) {
      ImageFile read = ImageFile.read(file.get(), WHITE);
      String name = file.get().getFileName().toString();
      return KernelView.of(chosen, pass, name, read.picture());
    }
    return KernelView.of(chosen, pass, Matrix.parse("matrix", subject));
  }

  private static boolean isText(Path file) {
    return Files.exists(file) && file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(csv|txt)");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw FileErrors.reading(file, unreadable);
    }
  }

  private static Optional<Path> file(String subject) {
    try {
      Path path = Path.of(subject);
      boolean typed = subject.strip().matches("[-−+.\\d].*[\\s,;].*|[-−+]?(\\d+\\.?\\d*|\\.\\d+)");
      return Files.exists(path) || !typed ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException notAPath) {
      return Optional.empty(); // numbers in lines
    }
  }
}
