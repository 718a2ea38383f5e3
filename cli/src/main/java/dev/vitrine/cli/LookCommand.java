package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.look.View;
import dev.vitrine.look.ViewPage;
import dev.vitrine.look.ViewSheet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine look}: a layer, a kernel or a gradient seen. */
@Command(
    name = "look",
    description = "See what a kernel makes of a picture.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footer = {
      "",
      "Examples:",
      "  vitrine look --kernel sharpen photo.jpg --out sharp.html",
      "  vitrine look --kernel '1 0 -1' '0 0 1 1; 0 0 1 1' --correlate",
    })
final class LookCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SUBJECT",
      arity = "0..*",
      description = "With --kernel a picture's file or numbers in rows.")
  private List<String> subjects = List.of();

  @Mixin private KernelOptions kernel;

  @Option(names = "--out", paramLabel = "FILE", description = "A page (.html) or a picture (.png).")
  private Optional<Output> out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "html or png, where --out has no such ending.")
  private Optional<String> format;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    if (out.isEmpty()) {
      Surplus.refuse(spec, "--format", "without --out");
    }
    LookFormat chosen = WrittenFormat.choose(LookFormat.values(), LookFormat.HTML, format, out);
    View view = kernel.view(one());
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

  private String one() {
    if (subjects.size() != 1) {
      throw new UserException(
          "--kernel expects one picture, or numbers in rows such as '0 0 1; 0 1 0', but got %s"
              .formatted(subjects.isEmpty() ? "none" : subjects.size()));
    }
    return subjects.getFirst();
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
