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
    description = {
      "See a kernel, the layers of a network, or what its answer owes to the pixels.",
      "",
      "What a map is to the original (--features), brought to the map's size; the first that holds:"
          + " blank: its range is at most 1 %% of the largest of the layer's maps; near copy:"
          + " correlation of 0.97 or more, contrast within a tenth; copy of another contrast;"
          + " inverted copy: correlation of -0.97; blurred copy: 0.97 with the original blurred over"
          + " 3x3, 5x5 or 7x7; vertical, horizontal or slanted edges: correlation of 0.6 or more with"
          + " the best weighted sum of the original's changes to the right and downwards (Sobel),"
          + " within 22.5 degrees of the one, the other, or neither; edges of all directions: what is"
          + " far from the map's median correlates with the size of changes, 0.5 or more. Thickness:"
          + " twice the area over the outline of what is further than half from the median; from 3"
          + " places on an edge is bold.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footer = {
      "",
      "Examples:",
      "  vitrine look --kernel sharpen photo.jpg --out sharp.html",
      "  vitrine look --kernel '1 0 -1' '0 0 1 1; 0 0 1 1' --correlate",
      "  vitrine look runs/lenet-digits-1 --histograms --out inside.html",
      "  vitrine look runs/lenet-digits-1 --features conv1,pool1 --example 3,7 --grid 4x5 --out maps.html",
      "  vitrine look runs/lenet-digits-1 --saliency --occlude --example 3,7 --out pixels.html",
      "  vitrine look runs/lenet-digits-1 --maximize linear2:0-9 --out wanted.png",
    })
final class LookCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SUBJECT",
      arity = "0..*",
      description =
          "A run folder, a file of weights, an ONNX file, or a network's name or file, and pictures"
              + " to show it; with --kernel a picture, or numbers in rows, typed or in a text file.")
  private List<String> subjects = List.of();

  @Mixin private KernelOptions kernel;

  @Mixin private LookAtNetwork looked;

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
    Stream.concat(
            looked.asked().stream(),
            Stream.of("--grid", "--class", "--when", "--example", "--data"))
        .forEach(option -> Surplus.refuse(spec, option, "with --kernel"));
    if (subjects.size() != 1) {
      throw new UserException(
          "--kernel expects one picture, or numbers in rows such as '0 0 1; 0 1 0', but got %s"
              .formatted(subjects.isEmpty() ? "none" : subjects.size()));
    }
    return kernel.view(subjects.getFirst());
  }

  private View networkView(Terminal terminal) {
    requireOneQuestion();
    LookedAt seen = network.open(subjects.getFirst());
    List<Path> images = subjects.stream().skip(1).map(Path::of).toList();
    boolean shows = !images.isEmpty() || shown.saysData() || shown.saysExamples();
    Optional<String> usual = looked.usual();
    if (usual.isEmpty() && shows) {
      throw new UserException(
          "%s looks at no picture: leave %s out"
              .formatted(
                  looked.asked().getFirst(),
                  images.isEmpty() ? "--example and --data" : images.getFirst()));
    }
    if (usual.isEmpty() || (!seen.trained() && !shows && looked.weightsDo())) {
      network.remark(terminal, seen);
      return with(network.fields(seen), looked.ofNumbers(seen));
    }
    requireData(seen, images);
    looked.check(seen);
    shown.usual(images, usual.get());
    shown.check(images);
    SubjectOptions.Shown given =
        shown.see(images, seen.network(), Main.kernels(terminal), terminal);
    network.remark(terminal, seen);
    Stream.concat(
            given.remarks().stream(),
            given.subjects().stream().flatMap(subject -> subject.remark().stream()))
        .forEach(remark -> terminal.sentence("%s", remark));
    Map<String, Object> fields = new LinkedHashMap<>(network.fields(seen));
    fields.put("subjects", given.subjects().stream().map(Subject::fields).toList());
    fields.putAll(given.fields());
    return with(fields, looked.of(seen, given.subjects()));
  }

  private void requireOneQuestion() {
    List<String> ofKernels = List.of("--padding", "--stride", "--correlate");
    ofKernels.forEach(option -> Surplus.refuse(spec, option, "without --kernel"));
    looked
        .companions()
        .forEach((option, has) -> {
          if (!has) {
            Surplus.refuse(spec, option, "beside what is looked at");
          }
        });
    List<String> asked = looked.asked();
    if (asked.size() != 1) {
      throw new UserException(
          asked.isEmpty()
              ? "Say what to look at: --kernel, --histograms, --filters, --features, --maximize, --saliency or --occlude"
              : "%s and %s are two views: ask for one"
                  .formatted(asked.getFirst(), asked.getLast()));
    }
    if (subjects.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "Missing which network to look into: a run folder, a file or a name");
    }
  }

  private void requireData(LookedAt seen, List<Path> images) {
    if (!seen.trained() && images.isEmpty() && !shown.saysData()) {
      throw new UserException(
          "%s was not trained, so no data are known: add a picture's file, or --data, such as --data digits"
              .formatted(subjects.getFirst()));
    }
  }

  private static View with(Map<String, Object> fields, View view) {
    Map<String, Object> all = new LinkedHashMap<>(fields);
    all.putAll(view.json());
    return new View(view.title(), view.sentences(), view.sections(), all);
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
