package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.look.View;
import dev.vitrine.look.ViewPage;
import dev.vitrine.look.ViewSheet;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine look}: a layer, a kernel or a gradient seen. */
@Command(
    name = "look",
    description = "See what a kernel makes of a picture, and the numbers within a network.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footer = {
      "",
      "Examples:",
      "  vitrine look --kernel sharpen photo.jpg --out sharp.html",
      "  vitrine look --kernel '1 0 -1' '0 0 1 1; 0 0 1 1' --correlate",
      "  vitrine look runs/lenet-digits-1 --histograms --out inside.html",
    })
final class LookCommand implements Runnable {
  /** Test images that are looked at where nothing is said. */
  private static final String USUAL = "0-63";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SUBJECT",
      arity = "0..*",
      description =
          "A run folder, a file of weights, an ONNX file, or a network's name or file, and pictures"
              + " to show it; with --kernel a picture's file or numbers in rows.")
  private List<String> subjects = List.of();

  @Mixin private KernelOptions kernel;

  @Option(
      names = "--histograms",
      description =
          "Weights, activations and gradients of every layer, and units that are dead, saturated or"
              + " copies of others, for the first 64 test images or those of --example.")
  private boolean histograms;

  @Option(names = "--out", paramLabel = "FILE", description = "A page (.html) or a picture (.png).")
  private Optional<Output> out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "html or png, where --out has no such ending.")
  private Optional<String> format;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers for scripts.")
  private Optional<Output> json;

  @Mixin private LookNetworkOptions network;
  @Mixin private SubjectOptions shown;

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    if (out.isEmpty()) {
      Surplus.refuse(spec, "--format", "without --out");
    }
    LookFormat chosen = WrittenFormat.choose(LookFormat.values(), LookFormat.HTML, format, out);
    View view = kernel.given() ? kernelView() : networkView(terminal);
    write(view, chosen);
    terminal.print("%s", view.title());
    terminal.print("");
    view.text().forEach(line -> terminal.print("%s", line));
    out.filter(file -> !file.isStream())
        .ifPresent(file -> {
          terminal.print("");
          terminal.line("%s", file);
        });
  }

  private View kernelView() {
    List<String> others = List.of("--histograms", "--when", "--example", "--data");
    others.forEach(option -> Surplus.refuse(spec, option, "with --kernel"));
    if (subjects.size() != 1) {
      throw new UserException(
          "--kernel expects one picture, or numbers in rows such as '0 0 1; 0 1 0', but got %s"
              .formatted(subjects.isEmpty() ? "none" : subjects.size()));
    }
    return kernel.view(subjects.getFirst());
  }

  private View networkView(Terminal terminal) {
    List<String> ofKernels = List.of("--padding", "--stride", "--correlate");
    ofKernels.forEach(option -> Surplus.refuse(spec, option, "without --kernel"));
    if (!histograms) {
      throw new ParameterException(
          spec.commandLine(), "Say what to look at: --kernel or --histograms");
    }
    if (subjects.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Missing which network to look into: a run folder, a file or a name");
    }
    LookedAt seen = network.open(subjects.getFirst());
    List<Path> images = subjects.stream().skip(1).map(Path::of).toList();
    boolean nothing =
        !seen.trained() && images.isEmpty() && !shown.saysData() && !shown.saysExamples();
    if (nothing) {
      return LookHistograms.ofWeights(seen);
    }
    shown.usual(images, USUAL);
    shown.check(images);
    SubjectOptions.Shown given =
        shown.see(images, seen.network(), Main.kernels(terminal), terminal);
    network.remark(terminal, seen);
    Stream.concat(
            given.remarks().stream(),
            given.subjects().stream().flatMap(subject -> subject.remark().stream()))
        .forEach(remark -> terminal.sentence("%s", remark));
    View view = LookHistograms.of(seen, given.subjects());
    Map<String, Object> fields = new LinkedHashMap<>(network.fields(seen));
    fields.put("shown", given.subjects().stream().map(Subject::fields).toList());
    fields.putAll(given.fields());
    fields.putAll(view.json());
    return new View(view.title(), view.sentences(), view.sections(), fields);
  }

  private void write(View view, LookFormat chosen) {
    out.ifPresent(file -> {
      if (chosen == LookFormat.HTML) {
        file.text(ViewPage.html(view, Main.commandLine(spec)));
      } else {
        file.refuseScreen("a picture");
        Raster sheet = ViewSheet.of(view);
        file.write(stream -> Png.write(stream, sheet));
      }
    });
    json.ifPresent(file -> file.json(view.json()));
  }
}
