package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.Json;
import dev.vitrine.format.Npy;
import dev.vitrine.image.Png;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.image.Raster;
import dev.vitrine.nn.Model;
import dev.vitrine.readout.MapSheet;
import dev.vitrine.readout.Maps;
import dev.vitrine.readout.Readout;
import dev.vitrine.train.Compute;
import dev.vitrine.train.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine readout}: what one layer of a trained network says about a picture. */
@Command(
    name = "readout",
    description = "Show what a layer of a trained network says about a picture (JPEG, PNG).",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vitrine readout runs/lenet-digits-1 three.png --layer conv1 --out maps.png",
      "  vitrine readout runs/lenet-digits-1 three.png --layer conv2 --channels 0-19 --out maps.npy",
      "  vitrine readout runs/lenet-digits-1 three.png --layer linear2"
    })
final class ReadoutCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "RUN", description = "The folder of the run.")
  private Path run;

  @Parameters(index = "1", paramLabel = "IMAGE", description = "The picture.")
  private Path image;

  @Option(
      names = "--layer",
      paramLabel = "LAYER",
      required = true,
      description = "The layer, such as conv1; 'vitrine summary MODEL' lists them.")
  private String layer;

  @Option(
      names = "--channels",
      paramLabel = "LIST",
      description = "Which of its channels, such as 0,3,5-8. Default: all")
  private Optional<String> channels;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "A picture of the maps (.png) or the numbers for NumPy (.npy). Default: print them")
  private Optional<Path> out;

  @Option(
      names = "--range",
      paramLabel = "RANGE",
      description =
          "What black and white stand for: each map's own smallest and largest number (own), or"
              + " those of all maps (common). Default: own")
  private Optional<String> range;

  @Option(
      names = "--columns",
      paramLabel = "N",
      description = "Maps in a row of the picture. Default: a number that fills the rows")
  private Optional<Integer> columns;

  @Mixin private PictureOptions pictures;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers for scripts.")
  private Optional<Path> json;

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    boolean picture = isPicture();
    MapSheet sheet = sheet();
    Optional<List<Integer>> wanted = channels.map(ChannelList::parse);
    RunFolder folder = RunFolder.open(run);
    Preprocessing preprocessing = pictures.preprocessing(folder);
    out.ifPresent(AtomicFile::probe);
    json.ifPresent(AtomicFile::probe);
    try (Compute compute = Main.compute(Optional.of(1), terminal)) {
      Model model = folder.model();
      Readout readout = Readout.of(model, layer, compute);
      PictureOptions.Seen seen = pictures.see(image, preprocessing, model.input());
      Maps all = Maps.of(layer, readout.shape(), readout.read(seen.numbers()));
      Maps maps = wanted.map(all::select).orElse(all);
      String title = "%s of %s".formatted(layer, folder.config().spec().title());
      String done = pictures.description(preprocessing, model.input());
      write(maps, picture ? Optional.of(sheet.draw(title, seen.view(), maps)) : Optional.empty());
      json.ifPresent(file -> Json.write(file, ReadoutView.toJson(run, image, done, maps)));
      terminal.print("%s, %s, output %s", title, readout.layer(), readout.shape());
      terminal.print("%s%n%s%n", pictures.describe(seen), done);
      ReadoutView.show(terminal, maps);
      out.ifPresent(file -> terminal.print("%n%-11s %s", picture ? "picture" : "numbers", file));
    }
  }

  private void write(Maps maps, Optional<Raster> drawn) {
    out.ifPresent(file ->
        drawn.ifPresentOrElse(
            picture -> Png.write(file, picture),
            () -> Npy.write(file, maps.shape(), maps.values())));
  }

  /** Whether the result is a picture; refuses names that say neither, and options beside them. */
  private boolean isPicture() {
    String name = out.map(Path::toString).orElse("").toLowerCase(Locale.ROOT);
    if (out.isPresent() && !name.endsWith(".png") && !name.endsWith(".npy")) {
      throw new UserException(
          "--out expects a name that ends with .png (a picture) or .npy (numbers), but got '%s'"
              .formatted(out.get()));
    }
    boolean picture = name.endsWith(".png");
    if (!picture && (range.isPresent() || columns.isPresent())) {
      throw new UserException(
          "%s is about a picture: give --out a name that ends with .png, or leave it out"
              .formatted(range.isPresent() ? "--range" : "--columns"));
    }
    return picture;
  }

  private MapSheet sheet() {
    int perRow = TrainOptions.positive("--columns", columns, 0);
    return switch (range.orElse("own")) {
      case "own" -> new MapSheet(MapSheet.Range.OWN, perRow);
      case "common" -> new MapSheet(MapSheet.Range.COMMON, perRow);
      case String other -> throw UserException.unknown("range", other, List.of("own", "common"));
    };
  }
}
