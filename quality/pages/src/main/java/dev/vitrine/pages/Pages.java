package dev.vitrine.pages;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.MnistFolder;
import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.image.Png;
import dev.vitrine.random.Seed;
import dev.vitrine.vision.find.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code quality/pages/run} starts. */
@Command(
    name = "quality/pages/run",
    description = "Pages of digits, and the network that reads them.",
    mixinStandardHelpOptions = true)
public final class Pages {
  /** The resource, from the repository's root. */
  private static final String RESOURCE =
      "study/src/main/resources/dev/vitrine/vision/model/digits.safetensors";

  private Pages() {}

  /**
   * Runs a command.
   *
   * @param args {@code teach}, {@code judge}, {@code draw} or {@code measure} and their options
   */
  public static void main(String... args) {
    System.exit(
        new CommandLine(new Pages()).setExecutionExceptionHandler(Pages::explain).execute(args));
  }

  private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (failure instanceof UserException) {
      command.getErr().println(failure.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    throw failure;
  }

  private static Optional<MnistFolder> mnist() {
    return Optional.ofNullable(System.getenv("VITRINE_DATA"))
        .map(folder -> MnistFolder.of(Path.of(folder, "mnist")));
  }

  @Command(
      name = "teach",
      description = "Makes the embedded networks anew; the same options give the same bits.",
      mixinStandardHelpOptions = true)
  int teach(
      @Option(names = "--cuts", defaultValue = "200000", description = "Default: 200,000") int cuts,
      @Option(names = "--epochs", defaultValue = "12", description = "Default: 12") int epochs,
      @Option(names = "--drawn-only", description = "Learn from drawn digits alone, without MNIST.")
          boolean drawnOnly,
      @Option(names = "--out", defaultValue = RESOURCE, description = "Default: the resource")
          Path out)
      throws IOException {
    Optional<MnistFolder> real = drawnOnly ? Optional.empty() : mnist();
    if (!drawnOnly && real.isEmpty()) {
      throw new UserException(
          "Teaching expects MNIST in the folder that VITRINE_DATA names, but it names none: set it, or learn from drawn digits alone");
    }
    ReaderTraining.teach(out, real, cuts, epochs);
    return CommandLine.ExitCode.OK;
  }

  @Command(
      name = "judge",
      description = "Says how well a network of cuts knows digits, and whether it knows when not.",
      mixinStandardHelpOptions = true)
  int judge(@Parameters(arity = "0..1", defaultValue = RESOURCE) Path file) throws IOException {
    ReaderTraining.judge(file, mnist());
    return CommandLine.ExitCode.OK;
  }

  @Command(
      name = "draw",
      description = "Draws a page of every fault.",
      mixinStandardHelpOptions = true)
  int draw(
      @Parameters(paramLabel = "FOLDER") Path folder,
      @Option(names = "--strength", defaultValue = "0.5", description = "0 to 1. Default: 0.5")
          double strength,
      @Option(names = "--seed", defaultValue = "1", description = "Default: 1") long seed)
      throws IOException {
    PageMaker maker = new PageMaker(Seed.of(seed), mnist().map(MnistFolder::loadTest));
    Files.createDirectories(folder);
    StringBuilder truth = new StringBuilder("file\tlines\n");
    for (Fault fault : Fault.values()) {
      Page page =
          maker.make((List.of(Fault.values()).indexOf(fault) + 1) * 1000, Map.of(fault, strength));
      String name = fault.label().replace(' ', '-') + ".png";
      Png.write(folder.resolve(name), page.picture());
      truth.append(name).append('\t').append(page.text()).append('\n');
    }
    AtomicFile.writeText(folder.resolve("truth.tsv"), truth.toString());
    return CommandLine.ExitCode.OK;
  }

  @Command(
      name = "measure",
      description = "Has pages of every fault read, and prints what was right as a table.",
      mixinStandardHelpOptions = true)
  int measure(
      @Option(names = "--pages", defaultValue = "10", description = "A cell. Default: 10")
          int pages,
      @Option(names = "--strengths", defaultValue = "0.25,0.5,1", description = "0 to 1, in order")
          String strengths,
      @Option(names = "--faults", description = "Such as shadow,ruled. Default: all")
          Optional<String> faults,
      @Option(names = "--seed", defaultValue = "1", description = "Default: 1") long seed,
      @Option(names = "--by", defaultValue = "vitrine", description = "vitrine or tesseract")
          String by,
      @Option(names = "--drawn", description = "Pages of drawn digits, not MNIST's test images.")
          boolean drawn,
      @Option(names = "--without", description = "Steps left out, such as rules,joining.")
          Optional<String> without,
      @Option(names = "--keep", description = "A folder for pages that were misread.")
          Optional<Path> keep)
      throws Exception {
    Optional<Dataset> digits = drawn ? Optional.empty() : mnist().map(MnistFolder::loadTest);
    if (keep.isPresent()) {
      Files.createDirectories(keep.get());
    }
    List<Double> steps = Arrays.stream(strengths.split(",", -1)).map(Double::parseDouble).toList();
    List<Fault> which =
        faults
            .map(names -> Arrays.stream(names.split(",", -1)).map(Pages::fault).toList())
            .orElse(List.of(Fault.values()));
    PageMaker maker = new PageMaker(Seed.of(seed), digits);
    try (Reader reader = reader(by, steps(without))) {
      new Measurement(maker, reader, pages, keep).table(which, steps, System.out::println);
    }
    return CommandLine.ExitCode.OK;
  }

  private static Fault fault(String name) {
    try {
      return Fault.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw UserException.unknown(
          "fault",
          name,
          Arrays.stream(Fault.values())
              .map(fault -> fault.name().toLowerCase(Locale.ROOT))
              .toList());
    }
  }

  private static Set<Step> steps(Optional<String> names) {
    Set<Step> steps = EnumSet.noneOf(Step.class);
    for (String name : names.map(text -> text.split(",", -1)).orElse(new String[0])) {
      steps.add(Step.valueOf(name.toUpperCase(Locale.ROOT)));
    }
    return steps;
  }

  private static Reader reader(String by, Set<Step> without) {
    return switch (by) {
      case "tesseract" -> new Tesseract();
      case "vitrine" -> new VitrineReader(without);
      default -> throw UserException.unknown("reader", by, List.of("vitrine", "tesseract"));
    };
  }
}
