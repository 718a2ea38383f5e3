package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Npy;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.notation.NumberList;
import dev.vitrine.predict.LayerOutput;
import dev.vitrine.predict.Predictor;
import dev.vitrine.readout.MapSheet;
import dev.vitrine.readout.Maps;
import dev.vitrine.run.LoadedNetwork;
import dev.vitrine.run.TrainedNetwork;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine readout}: what one layer of a trained network says about a picture. */
@Command(
    name = "readout",
    description = "Show what a layer of a trained network says about a picture or a test image.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vitrine readout runs/lenet-digits-1 --example 0 --layer conv1 --out maps.png",
      "  vitrine readout runs/lenet-digits-1 three.png --layer conv2 --channels 0-19 --out maps.npy",
      "  vitrine readout runs/lenet-digits-1 three.png --layer linear2"
    })
final class ReadoutCommand implements Runnable {
  private static final String PNG = "png";
  private static final String NPY = "npy";

  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "IMAGE",
      description = "The picture: one.")
  private List<Path> images = List.of();

  @Option(
      names = "--layer",
      paramLabel = "LAYER",
      required = true,
      description = "The layer, such as conv1; 'vitrine summary RUN' lists them.")
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
  private Optional<Output> out;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "png or npy, where --out has no such ending.")
  private Optional<String> format;

  @Option(
      names = "--range",
      paramLabel = "RANGE",
      description =
          "What the greys stand for: grey is 0, and white each map's largest number, whatever its"
              + " sign (zero); each map's own smallest and largest number (own); those of all maps"
              + " (common). Default: zero")
  private Optional<String> range;

  @Option(
      names = "--columns",
      paramLabel = "N",
      description = "Maps in a row of the picture. Default: a number that fills the rows")
  private Optional<Integer> columns;

  @Mixin private SubjectOptions subjects;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the numbers for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    if (out.isEmpty()) {
      Surplus.refuse(spec, "--format", "without --out");
    }
    boolean picture = isPicture();
    MapSheet sheet = sheet();
    Optional<List<Integer>> wanted = channels.map(list -> NumberList.parse("--channels", list));
    requireOne(subjects.check(images));
    TrainedNetwork network = model.open();
    LoadedNetwork loaded = network.load();
    Kernels kernels = Main.kernels(terminal, loaded.model(), 1);
    try (Predictor predictor = Predictor.of(loaded.model(), kernels)) {
      LayerOutput readout = predictor.layer(layer);
      if (picture) {
        MapSheet.requireMaps(layer, readout.shape());
      }
      SubjectOptions.Shown shown = subjects.see(images, network, kernels, terminal);
      Subject subject = shown.subjects().getFirst();
      Maps all = Maps.of(layer, readout.shape(), readout.read(subject.numbers()));
      Maps maps = wanted.map(all::select).orElse(all);
      String title = "%s of %s".formatted(layer, network.spec().title());
      write(
          maps,
          picture
              ? Optional.of(sheet.draw(title, subject.caption(), subject.view(), maps))
              : Optional.empty());
      json.ifPresent(file ->
          file.json(
              ReadoutView.toJson(
                  model.fields(network, loaded.reading()),
                  subject.fields(),
                  shown.fields(),
                  maps)));
      terminal.line("%s", network.title());
      model.tell(terminal, network, loaded.reading());
      terminal.line("%s, %s, output %s", title, readout.text(), readout.shape());
      terminal.line("%s%s", subject.heading(), subject.truth());
      subject.remark().ifPresent(remark -> terminal.sentence("%s", remark));
      terminal.print("%s", shown.done());
      shown.remarks().forEach(remark -> terminal.sentence("%s", remark));
      terminal.print("");
      ReadoutView.show(terminal, maps);
      out.filter(file -> !file.isStream())
          .ifPresent(file -> {
            terminal.print("");
            terminal.line("%-11s %s", picture ? "picture" : "numbers", file);
          });
    }
  }

  private void requireOne(int subjects) {
    if (images.size() > 1) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "A readout expects one picture, but got %,d: leave the others out",
              images.size()));
    }
    if (subjects != 1) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "--example expects one number here, because a readout is of one picture, but got %,d",
              subjects));
    }
  }

  private void write(Maps maps, Optional<Raster> drawn) {
    out.ifPresent(file ->
        drawn.ifPresentOrElse(
            picture -> file.write(stream -> Png.write(stream, picture)),
            () -> file.write(stream -> Npy.write(stream, maps.shape(), maps.values()))));
  }

  /** Whether the result is a picture; refuses names that say neither, and options beside them. */
  private boolean isPicture() {
    boolean picture = out.isPresent() && kind(out.get()).equals(PNG);
    out.ifPresent(file -> file.refuseScreen(picture ? "a picture" : "numbers for NumPy"));
    if (!picture && (range.isPresent() || columns.isPresent())) {
      throw new UserException(
          "%s is about a picture: give --out a name that ends with .png, or leave it out"
              .formatted(range.isPresent() ? "--range" : "--columns"));
    }
    return picture;
  }

  /** What is written, by the option or by the name's ending. */
  private String kind(Output file) {
    Optional<String> ending =
        Stream.of(PNG, NPY).filter(kind -> file.endsWith("." + kind)).findFirst();
    if (format.isPresent() && !List.of(PNG, NPY).contains(format.get())) {
      throw new UserException(
          "--format expects png or npy, but got %s".formatted(Quote.of(format.get())));
    }
    if (format.isPresent() && ending.isPresent() && !format.equals(ending)) {
      throw new UserException(
          "--format %s contradicts --out %s: change one of them".formatted(format.get(), file));
    }
    return format
        .or(() -> ending)
        .orElseThrow(() ->
            new UserException(
                "--out expects a name that ends with .png (a picture) or .npy (numbers), or --format beside it, but got %s"
                    .formatted(Quote.of(file))));
  }

  private MapSheet sheet() {
    int perRow = Counts.positive("--columns", columns, 0);
    return switch (range.orElse("zero")) {
      case "zero" -> new MapSheet(MapSheet.Range.ZERO, perRow);
      case "own" -> new MapSheet(MapSheet.Range.OWN, perRow);
      case "common" -> new MapSheet(MapSheet.Range.COMMON, perRow);
      case String other ->
          throw UserException.unknown("range", other, List.of("zero", "own", "common"));
    };
  }
}
