package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.run.Heap;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.vision.PhotoReader;
import dev.vitrine.vision.ReadDigit;
import dev.vitrine.vision.ReadLine;
import dev.vitrine.vision.Reading;
import dev.vitrine.vision.model.DigitModel;
import dev.vitrine.vision.model.EmbeddedDigits;
import dev.vitrine.vision.model.TenClasses;
import dev.vitrine.vision.page.AnnotatedPhoto;
import dev.vitrine.vision.page.ReadingJson;
import dev.vitrine.vision.page.ReadingPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine read}: the digits in photographs. */
@Command(
    name = "read",
    description = "Read the handwritten digits in photographs (JPEG, PNG), line by line.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vitrine read photo.jpg",
      "  vitrine read photo.jpg --out boxes.png --page report.html",
      "  vitrine read one.jpg two.jpg --lines --reject 0.9 --json digits.json",
    })
final class ReadCommand implements Runnable {
  /**
   * Multiply–accumulates of a photograph: eight are soonest read on scalar kernels, ten on vectors.
   */
  private static final long MACS = 500_000_000;

  @Spec private CommandSpec spec;

  @Parameters(arity = "1..*", paramLabel = "PHOTO", description = "The photographs.")
  private List<Path> photos = List.of();

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description =
          "A run or a file of weights of a network that takes 28x28 pictures for one of ten digits."
              + " Default: the network that comes with Vitrine")
  private Optional<Path> model;

  @Mixin private OpeningOptions opening;

  @Option(names = "--lines", description = "Print what the lines say and nothing else.")
  private boolean linesOnly;

  @Option(
      names = "--reject",
      paramLabel = "PROBABILITY",
      description = "Print ? for digits that are less probable. Default: 0, for none")
  private double reject;

  @Option(
      names = "--expect",
      paramLabel = "N",
      description = "Fail, with exit code 2, unless each photograph has so many digits.")
  private Optional<Integer> expected;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results for scripts.")
  private Optional<Output> json;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the photograph with boxes, digits and probabilities, as PNG.")
  private Optional<Output> out;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Write a page (HTML) of every digit: as found, as cut, as the network sees it.")
  private Optional<Output> page;

  /** What is written besides, photograph by photograph: a reading holds much memory. */
  private record Results(Optional<ReadingPage> page, List<Map<String, Object>> json) {
    void fault(Path photo, String sentence) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("photo", photo.toString());
      fields.put("error", sentence);
      json.add(fields);
      page.ifPresent(each -> each.addFault(photo.toString(), sentence));
    }
  }

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    check();
    Kernels kernels = Main.kernels(terminal, MACS * photos.size());
    try (DigitModel digits = open(kernels)) {
      Results results =
          new Results(
              page.map(_ -> new ReadingPage(digits, Main.commandLine(spec))), new ArrayList<>());
      PhotoReader reader = PhotoReader.of(digits);
      List<UserException> faults = new ArrayList<>();
      for (Path photo : photos) {
        try {
          show(terminal, photo, reader.read(photo), results);
          Heap.sweep();
        } catch (UserException e) {
          UserException said = new Words(spec).of(e);
          faults.add(said);
          results.fault(photo, said.getMessage());
          if (photos.size() > 1) {
            terminal.note("vitrine: %s", said.getMessage());
          }
        }
      }
      write(results, digits.title());
      if (photos.size() > 1 && !faults.isEmpty()) {
        throw new UserException(
            "%s of %s photographs failed, as said above".formatted(faults.size(), photos.size()));
      }
      faults.forEach(fault -> {
        throw fault;
      });
    }
  }

  private void check() {
    if (model.isEmpty()) {
      for (String option : List.of("--network", "--key", "--layout", "--classes")) {
        if (spec.findOption(option) != null) {
          Surplus.refuse(spec, option, "without --model");
        }
      }
    }
    for (Path photo : photos) {
      String name = photo.toString();
      if (name.equals(Output.STANDARD) || name.matches("https?:/.*")) {
        throw new UserException(
            "read expects photographs in files, but got %s: save it to a file first"
                .formatted(Quote.of(name)));
      }
    }
    if (!(reject >= 0 && reject <= 1)) {
      throw new UserException(
          "--reject expects a probability from 0 to 1, but got %s".formatted(reject));
    }
    expected
        .filter(count -> count < 0)
        .ifPresent(count -> {
          throw new UserException(
              "--expect expects a number of digits, 0 or more, but got %s".formatted(count));
        });
    if (out.isPresent() && photos.size() > 1) {
      throw new UserException(
          "--out draws on one photograph, but there are %s: name one, or write a page of all with --page"
              .formatted(photos.size()));
    }
    out.ifPresent(file -> {
      if (file.hasEnding() && !file.endsWith(".png")) {
        throw new UserException(
            "--out expects a name that ends with .png, for that is what is drawn, but got %s"
                .formatted(Quote.of(file)));
      }
      file.refuseScreen("a picture");
    });
  }

  private DigitModel open(Kernels kernels) {
    if (model.isEmpty()) {
      return EmbeddedDigits.open(kernels);
    }
    TrainedNetwork network = opening.open(model.get());
    return TenClasses.of(network, kernels);
  }

  private void write(Results results, String title) {
    page.ifPresent(file -> file.text(results.page().orElseThrow().html()));
    json.ifPresent(file -> {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("model", title);
      fields.put("photos", results.json());
      file.json(fields);
    });
  }

  private void show(Terminal terminal, Path photo, Reading reading, Results results) {
    out.ifPresent(file -> {
      Raster drawn = AnnotatedPhoto.of(reading);
      file.write(stream -> Png.write(stream, drawn));
    });
    if (!linesOnly) {
      terminal.line("%s: %s", photo, summary(reading));
    }
    for (ReadLine line : reading.lines()) {
      terminal.print("%s", line.text(reject));
      if (!linesOnly) {
        terminal.sentence("%s", probabilities(line));
      }
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("photo", photo.toString());
    fields.putAll(ReadingJson.of(reading, reject));
    results.json().add(fields);
    results.page().ifPresent(each -> each.add(photo.toString(), reading, reject));
    int count = reading.count();
    if (expected.isPresent() && expected.get() != count) {
      throw new UserException(
          "%s: expected %s digits, but found %s".formatted(photo, expected.get(), count));
    }
  }

  private static String summary(Reading reading) {
    if (reading.lines().isEmpty()) {
      return "no digits found";
    }
    int digits = reading.count();
    int lines = reading.lines().size();
    int turned = 90 * reading.view().quarters();
    return "%s %s in %s %s%s"
        .formatted(
            digits,
            digits == 1 ? "digit" : "digits",
            lines,
            lines == 1 ? "line" : "lines",
            turned == 0 ? "" : ", the photograph turned by %s°".formatted(turned));
  }

  private static String probabilities(ReadLine line) {
    return String.join(", ", line.digits().stream().map(ReadCommand::probability).toList());
  }

  private static String probability(ReadDigit digit) {
    String sure =
        String.format(Locale.ROOT, "%s %.0f %%", digit.digit(), 100 * digit.probability());
    return digit.unsure() ? "%s (unsure: %s)".formatted(sure, digit.otherwise()) : sure;
  }
}
