package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.image.ImageFile;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.image.Raster;
import dev.vitrine.tensor.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How pictures become what a network is given. */
final class PictureOptions {
  private static final int WHITE = 255;

  @Option(
      names = "--preprocess",
      paramLabel = "NAME",
      description =
          "unit (resized to the network's input, pixels/255), torchvision or caffe (ImageNet's:"
              + " resized, centre cropped, means subtracted). Default: unit")
  private Optional<String> preprocess;

  @Option(
      names = "--background",
      paramLabel = "COLOUR",
      description = "What lies behind transparent pixels: white or black. Default: white")
  private Optional<String> background;

  @Option(
      names = "--invert",
      description = "Exchange light and dark: for dark digits on white paper, say.")
  private boolean invert;

  /** The first of these options that was given. */
  Optional<String> given() {
    if (preprocess.isPresent()) {
      return Optional.of("--preprocess");
    }
    if (background.isPresent()) {
      return Optional.of("--background");
    }
    return invert ? Optional.of("--invert") : Optional.empty();
  }

  /**
   * The preprocessing for a network.
   *
   * @param unit what {@code unit} stands for
   * @throws UserException if it is unknown or does not fit the network
   */
  Preprocessing preprocessing(Preprocessing unit, Shape input) {
    Preprocessing chosen = Preprocessing.named(preprocess.orElse(unit.name()), unit);
    chosen.requireFit(input);
    return chosen;
  }

  /** What is done to all pictures, in one line. */
  String description(Preprocessing chosen, Shape input) {
    return chosen.description(input) + (invert ? ", inverted" : "");
  }

  /**
   * Reads a picture.
   *
   * @throws UserException if it cannot be read, or the background is no colour
   */
  Subject see(Path path, Preprocessing chosen, Shape input) {
    ImageFile file = ImageFile.read(path, groundValue());
    Raster picture = invert ? file.picture().inverted() : file.picture();
    Raster view = chosen.view(picture, input);
    String ground = file.transparent() ? ", transparent on " + ground() : "";
    return new Subject(
        path.getFileName().toString(),
        "%s  %s%s".formatted(path, file.description(), ground),
        view,
        chosen.numbers(view, input),
        Optional.empty(),
        Map.of("image", path.toString()));
  }

  private String ground() {
    return background.orElse("white");
  }

  private int groundValue() {
    return switch (ground()) {
      case "white" -> WHITE;
      case "black" -> 0;
      case String other ->
          throw UserException.unknown("background", other, List.of("white", "black"));
    };
  }
}
