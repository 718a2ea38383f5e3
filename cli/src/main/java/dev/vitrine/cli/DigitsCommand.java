package dev.vitrine.cli;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.KnownData;
import dev.vitrine.data.digits.DigitSheet;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.random.Seed;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vitrine digits}: a sheet of the digits that Vitrine draws. */
@Command(
    name = "digits",
    description = "Draw a sheet of Vitrine's digits, with MNIST's beside them where it is at hand.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  vitrine digits --out sheet.png"})
final class DigitsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      required = true,
      description = "The PNG file to write.")
  private Output out;

  @Option(
      names = "--columns",
      paramLabel = "N",
      defaultValue = "12",
      description = "How many of each digit. Default: 12")
  private int columns;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of the digits. Default: 42")
  private long seed;

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder to look for MNIST in.")
  private Optional<Path> dataDir;

  @Option(names = "--json", paramLabel = "FILE", description = "Write what was drawn for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    if (out.hasEnding() && !out.endsWith(".png")) {
      throw new UserException(
          "--out expects a name that ends with .png, for that is what is drawn, but got %s"
              .formatted(Quote.of(out)));
    }
    out.refuseScreen("a picture");
    Optional<Dataset> mnist = mnist(terminal);
    Raster sheet = DigitSheet.compose(Seed.of(seed), mnist, columns);
    out.write(stream -> Png.write(stream, sheet));
    json.ifPresent(file -> file.json(toJson(mnist.isPresent())));
    terminal.line(
        "%s",
        mnist.isPresent()
            ? "Drawn digits on the left, MNIST's test images on the right: " + out
            : "Drawn digits: %s (with --data-dir, MNIST's would stand beside them)".formatted(out));
  }

  private Map<String, Object> toJson(boolean withMnist) {
    Map<String, Object> drawn = new LinkedHashMap<>();
    drawn.put("out", out.toString());
    drawn.put("columns", columns);
    drawn.put("seed", seed);
    drawn.put("mnist", withMnist);
    return drawn;
  }

  /** MNIST's test images if they are on this machine; nothing is downloaded for a picture. */
  private Optional<Dataset> mnist(Terminal terminal) {
    DataFolders folders = DataFolders.ofSystem(dataDir);
    Optional<Dataset> test = folders.locate(KnownData.MNIST).map(source -> source.loadTest());
    test.ifPresent(data -> DataOptions.warn(data.origin(), terminal));
    return test;
  }
}
