package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.readout.MapSheet;
import dev.vitrine.readout.Maps;
import dev.vitrine.transfer.Recognition;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.WeightsComparison;
import dev.vitrine.weights.WeightsListing;
import dev.vitrine.weights.stored.StoredTensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine weights}: what stands in anybody's file of weights. */
@Command(
    name = "weights",
    description =
        "List the tensors in a file of weights, whatever program wrote it, or compare two files"
            + " tensor by tensor.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vitrine weights lenet.mat",
      "  vitrine weights checkpoint.th --key state_dict",
      "  vitrine weights before.safetensors after.safetensors",
      "  vitrine weights conv1.mat --maps conv1.png"
    })
final class WeightsCommand implements Runnable {
  private static final String MAPS = "--maps";
  private static final String AXES = "--axes";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..2",
      description = "A file, or a folder with the index of several; two are compared.")
  private List<Path> files = List.of();

  @Option(
      names = "--key",
      paramLabel = "PLACE",
      description = "Only what lies at a place, such as state_dict or net.layers.")
  private Optional<String> key;

  @Option(
      names = MAPS,
      paramLabel = "FILE",
      description =
          "Also draw the tensor, the file's only one or that of --key, as a sheet of maps (.png):"
              + " what a layer of somebody else's network said.")
  private Optional<Output> maps;

  @Option(
      names = AXES,
      paramLabel = "ORDER",
      description =
          "Whether its axes are height, width, channels (hwc) or channels, height, width (chw)."
              + " Default: the two axes of equal size are height and width")
  private Optional<String> axes;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    if (maps.isEmpty()) {
      Surplus.refuse(spec, AXES, "without --maps");
    }
    if (files.size() > 2) {
      throw new UserException(
          "Two files are compared, but got %s: leave the others out".formatted(files.size()));
    }
    if (files.size() > 1) {
      Surplus.refuse(spec, MAPS, "where two files are compared");
    }
    maps.ifPresent(WeightsCommand::requirePicture);
    terminal.busy("reading");
    Weights first = Weights.read(files.getFirst());
    if (files.size() == 1) {
      WeightsListing listing = WeightsListing.of(first, key);
      List<Recognition> fitting = Recognition.of(first, key);
      json.ifPresent(file -> file.json(WeightsView.json(first, listing, fitting)));
      maps.ifPresent(file -> draw(first, file));
      WeightsView.show(terminal, first, listing, fitting);
      return;
    }
    Weights second = Weights.read(files.getLast());
    WeightsComparison comparison = WeightsComparison.of(first, second, key);
    json.ifPresent(file -> file.json(WeightsComparisonView.json(first, second, comparison)));
    WeightsComparisonView.show(terminal, first, second, comparison);
  }

  private static void requirePicture(Output file) {
    if (!file.endsWith(".png") && !file.isStream()) {
      throw new UserException(
          "--maps expects a name that ends with .png, but got %s".formatted(Quote.of(file)));
    }
    file.refuseScreen("a picture");
  }

  private void draw(Weights weights, Output file) {
    Map.Entry<String, StoredTensor> tensor = StoredMaps.tensor(weights, key);
    Maps drawn = StoredMaps.maps(tensor.getKey(), tensor.getValue(), axes);
    String title = "%s in %s".formatted(tensor.getKey(), weights.file().getFileName());
    MapSheet sheet = new MapSheet(MapSheet.Range.ZERO, 0);
    Raster picture = sheet.draw(title, "as it is stored", drawn);
    file.write(stream -> Png.write(stream, picture));
  }
}
