package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Fitting;
import dev.vitrine.image.ImageFile;
import dev.vitrine.image.Polarity;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.image.Raster;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Shape;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How pictures become what a network is given. */
final class PictureOptions {
  private static final int WHITE = 255;
  private static final String WHITE_NAME = "white";
  private static final String BLACK_NAME = "black";

  /** How far levels may be apart where a person sees one colour. */
  private static final int BLANK = 3;

  private static final String INVERT = "--invert";

  @Option(
      names = "--preprocess",
      paramLabel = "NAME",
      description =
          "unit (resized to the network's input, pixels/255), torchvision, inception or caffe"
              + " (ImageNet's: resized, centre cropped, means subtracted), or toronto (minus the"
              + " picture's mean, blue, green, blue). Default: unit")
  private Optional<String> preprocess;

  @Option(
      names = "--fit",
      paramLabel = "WAY",
      description =
          "How a picture comes to the input's size: stretch it, crop what is too much at two sides"
              + " of it, or pad it with the background. Default: as the preprocessing does")
  private Optional<String> fit;

  @Option(
      names = "--background",
      paramLabel = "COLOUR",
      description =
          "What lies behind transparent pixels and around a picture that is padded: white or black."
              + " Default: white")
  private Optional<String> background;

  @Option(
      names = INVERT,
      negatable = true,
      description =
          "Exchange light and dark, or do not. Default: if the picture is clearly dark on light and"
              + " those of the training were light on dark, or the other way round")
  private Optional<Boolean> invert;

  /** The first of these options that was given. */
  Optional<String> given() {
    if (preprocess.isPresent()) {
      return Optional.of("--preprocess");
    }
    if (fit.isPresent()) {
      return Optional.of("--fit");
    }
    if (background.isPresent()) {
      return Optional.of("--background");
    }
    return inversion();
  }

  private Optional<String> inversion() {
    return invert.map(on -> on ? INVERT : "--no-invert");
  }

  /**
   * The preprocessing for a network.
   *
   * @param unit what {@code unit} stands for
   * @throws UserException if it is unknown or does not fit the network
   */
  Preprocessing preprocessing(Preprocessing unit, Shape input) {
    Preprocessing named = Preprocessing.named(preprocess.orElse(unit.name()), unit);
    named.requireFit(input);
    return fit.map(Fitting.Way::named).map(named::fitted).orElse(named).onGround(groundValue());
  }

  /** What is done to all pictures, in one line. */
  String description(Preprocessing chosen, Shape input) {
    return chosen.description(input) + (invert.orElse(false) ? ", inverted" : "");
  }

  /** That no picture is inverted, as nobody knows how those of the training were. */
  Optional<String> remark(TrainedNetwork network, Preprocessing chosen) {
    boolean ours = chosen.isUnit(); // ImageNet's are photographs
    return network.inputs().polarities().isEmpty() && invert.isEmpty() && ours
        ? Optional.of(
            "not inverted: nothing says whether the training's pictures were light on dark"
                + " (--invert or --no-invert does)")
        : Optional.empty();
  }

  /**
   * Reads a picture.
   *
   * @throws UserException if it cannot be read, the memory does not suffice, or the background is
   *     no colour
   */
  Subject see(Path path, Preprocessing chosen, Shape input) {
    try {
      return seen(path, chosen, input);
    } catch (OutOfMemoryError e) {
      throw Memory.exhausted(path);
    }
  }

  private Subject seen(Path path, Preprocessing chosen, Shape input) {
    ImageFile file = ImageFile.read(path, groundValue());
    Polarity seen = Polarity.of(file.picture());
    boolean guessed = invert.isEmpty() && chosen.polarity().contradicts(seen);
    Optional<String> why = guessed ? Optional.of(reason(seen)) : inversion();
    boolean inverted = invert.orElse(guessed);
    Raster picture = inverted ? file.picture().inverted() : file.picture();
    Preprocessing plain = chosen.trainedOn(Polarity.UNCLEAR);
    Raster view = (inverted ? plain.onGround(WHITE - groundValue()) : plain).view(picture, input);
    boolean blank = view.contrast() <= BLANK;
    String ground = file.transparent() ? ", transparent on " + ground() : "";
    return new Subject(
        Quote.line(path.getFileName().toString()),
        "%s  %s%s".formatted(Quote.line(path.toString()), file.description(), ground),
        view,
        chosen.numbers(view, input),
        Optional.empty(),
        blank ? Optional.of(blank(path, file, chosen, input)) : remark(chosen.polarity(), seen),
        fields(path, seen, blank, inverted, why));
  }

  /** That there is nothing to see, and whether there is on the other background. */
  private String blank(Path path, ImageFile file, Preprocessing chosen, Shape input) {
    String said = "blank: the network is given one colour all over, so its answer means nothing";
    if (!file.transparent()) {
      return said;
    }
    Raster other = ImageFile.read(path, WHITE - groundValue()).picture();
    return chosen.view(other, input).contrast() <= BLANK
        ? said
        : said
            + " (--background %s shows what is on it)"
                .formatted(groundValue() == 0 ? WHITE_NAME : BLACK_NAME);
  }

  /** What was decided, or could not be, given what the network was trained on. */
  private Optional<String> remark(Polarity trained, Polarity seen) {
    if (invert.isPresent() || trained == Polarity.UNCLEAR || trained == seen) {
      return Optional.empty();
    }
    if (seen != Polarity.UNCLEAR) {
      return Optional.of("inverted: %s (--no-invert leaves it)".formatted(reason(seen)));
    }
    Polarity other =
        trained == Polarity.LIGHT_ON_DARK ? Polarity.DARK_ON_LIGHT : Polarity.LIGHT_ON_DARK;
    return Optional.of(
        "not inverted: cannot tell whether it is %s (--invert or --no-invert says)"
            .formatted(reason(other)));
  }

  /** Why a picture is inverted without being asked to. */
  private static String reason(Polarity seen) {
    return seen.words() + ", unlike the training's pictures";
  }

  private static Map<String, Object> fields(
      Path path, Polarity seen, boolean blank, boolean inverted, Optional<String> why) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("image", path.toString());
    fields.put("polarity", seen.key());
    fields.put("blank", blank);
    fields.put("inverted", inverted);
    fields.put("inverted_why", why.orElse(null));
    return fields;
  }

  private String ground() {
    return background.orElse(WHITE_NAME);
  }

  private int groundValue() {
    return switch (ground()) {
      case WHITE_NAME -> WHITE;
      case BLACK_NAME -> 0;
      case String other ->
          throw UserException.unknown("background", other, List.of(WHITE_NAME, BLACK_NAME));
    };
  }
}
