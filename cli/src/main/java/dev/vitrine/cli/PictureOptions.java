package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import dev.vitrine.image.ImageFile;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.image.Raster;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.RunConfig;
import dev.vitrine.train.RunFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Option;

/** How pictures become what a network is given. */
final class PictureOptions {
  private static final int WHITE = 255;

  @Option(
      names = "--preprocess",
      paramLabel = "NAME",
      defaultValue = "unit",
      description =
          "unit (resized to the network's input, pixels/255), torchvision or caffe (ImageNet's:"
              + " resized, centre cropped, means subtracted). Default: ${DEFAULT-VALUE}")
  private String preprocess;

  @Option(
      names = "--background",
      paramLabel = "COLOUR",
      defaultValue = "white",
      description = "What lies behind transparent pixels: white or black. Default: white")
  private String background;

  @Option(
      names = "--invert",
      description = "Exchange light and dark: for dark digits on white paper, say.")
  private boolean invert;

  /**
   * A picture as the network is given it.
   *
   * @param path its name as typed
   * @param file what was read
   * @param view what it became, of the input's size
   * @param numbers the network's input
   */
  record Seen(Path path, ImageFile file, Raster view, float[] numbers) {}

  /**
   * The preprocessing for a run's network.
   *
   * @throws UserException if it is unknown or does not fit the network
   */
  Preprocessing preprocessing(RunFolder run) {
    RunConfig config = run.config();
    Preprocessing unit = Preprocessing.unit(config.mean(), config.deviation());
    Preprocessing chosen = Preprocessing.named(preprocess, unit);
    chosen.requireFit(config.spec().input());
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
  Seen see(Path path, Preprocessing chosen, Shape input) {
    ImageFile file = ImageFile.read(path, ground());
    Raster picture = invert ? file.picture().inverted() : file.picture();
    Raster view = chosen.view(picture, input);
    return new Seen(path, file, view, chosen.numbers(view, input));
  }

  private int ground() {
    return switch (background) {
      case "white" -> WHITE;
      case "black" -> 0;
      default -> throw UserException.unknown("background", background, List.of("white", "black"));
    };
  }

  /** What is known of a picture: {@code 3.png PNG 28 × 28, transparent on white}. */
  String describe(Seen seen) {
    String ground = seen.file().transparent() ? ", transparent on " + background : "";
    return String.format(Locale.ROOT, "%s  %s%s", seen.path(), seen.file().description(), ground);
  }
}
