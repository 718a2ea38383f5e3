package dev.vitrine.image;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;

/**
 * From a picture to a network's input {@code (C, H, W)}, in the way that a family of networks was
 * trained with: resized by {@link Resampler}, cropped at the centre, then {@code (v/divisor −
 * mean[c])/deviation[c]} in double, rounded once. There are three:
 *
 * <ul>
 *   <li>{@link #TORCHVISION}: the shorter side becomes {@code s = ⌊256/224·max(H, W) + ½⌋} (256 for
 *       224), the longer one {@code ⌊s·long/short⌋}; the crop begins at {@code (side − H)/2},
 *       halves to even; red, green, blue; {@code v/255}, mean (0.485, 0.456, 0.406), deviation
 *       (0.229, 0.224, 0.225).
 *   <li>{@link #CAFFE}: both sides become 256, and {@code ⌊256/227·side + ½⌋} where the network's
 *       side is below 224 or above 256; the crop begins at {@code ⌊(256 − side)/2⌋}; blue, green,
 *       red; minus (104, 117, 123), not divided.
 *   <li>{@link #unit}: both sides become the network's; {@code v/255} and the normalisation of its
 *       training; for a network of one channel {@code (19595 R + 38470 G + 7471 B + 2¹⁵) ≫ 16}
 *       (ITU-R BT.601, as Pillow).
 * </ul>
 *
 * <p>A picture that is clearly dark on light is inverted first where the training's pictures are
 * known to have been light on dark, and the other way round.
 *
 * @param name what the command line calls it
 * @param fit how the picture is resized and cropped
 * @param reversed whether the channels are blue, green, red
 * @param normalisation how samples become numbers, by channel of the input
 * @param polarity of the training's pictures; if it is unclear no picture is inverted
 */
public record Preprocessing(
    String name, Fit fit, boolean reversed, Normalisation normalisation, Polarity polarity) {
  /** How torchvision's ImageNet networks see a picture. */
  public static final Preprocessing TORCHVISION =
      new Preprocessing(
          "torchvision",
          Fit.SHORTER_SIDE,
          false,
          new Normalisation(255, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)),
          Polarity.UNCLEAR);

  /** How Caffe's ImageNet networks see a picture. */
  public static final Preprocessing CAFFE =
      new Preprocessing(
          "caffe",
          Fit.SQUARE,
          true,
          new Normalisation(1, List.of(104.0, 117.0, 123.0), List.of(1.0)),
          Polarity.UNCLEAR);

  /** The names of all. */
  public static final List<String> NAMES = List.of("unit", TORCHVISION.name, CAFFE.name);

  /** How a picture comes to the size of an input. */
  public enum Fit {
    /** Stretched to the input's size. */
    WHOLE,
    /** Shrunk until its shorter side is 8/7 of the input's; the centre. */
    SHORTER_SIDE,
    /** Stretched to a square; the centre. */
    SQUARE
  }

  /**
   * {@return the preprocessing of pictures as Vitrine trains with them: with the normalisation of
   * the training}
   *
   * @param normalisation of the training
   */
  public static Preprocessing unit(Normalisation normalisation) {
    return new Preprocessing("unit", Fit.WHOLE, false, normalisation, Polarity.UNCLEAR);
  }

  /**
   * {@return the same for a network whose training's pictures had this polarity}
   *
   * @param usual if it is unclear, no picture is inverted
   */
  public Preprocessing trainedOn(Polarity usual) {
    return new Preprocessing(name, fit, reversed, normalisation, usual);
  }

  /**
   * {@return the preprocessing of a name, one of {@link #NAMES}, with the polarity of {@code unit}}
   *
   * @param name the preprocessing's name
   * @param unit what {@code unit} stands for
   * @throws UserException if it is none of them
   */
  public static Preprocessing named(String name, Preprocessing unit) {
    return switch (name) {
      case "torchvision" -> TORCHVISION.trainedOn(unit.polarity);
      case "caffe" -> CAFFE.trainedOn(unit.polarity);
      case "unit" -> unit;
      default -> throw UserException.unknown("preprocessing", name, NAMES);
    };
  }

  /**
   * Checks that a network's input can be made.
   *
   * @param input the network's input, {@code (C, H, W)}
   * @throws UserException if it is no picture of 1 or 3 channels, or of others than this one makes
   */
  public void requireFit(Shape input) {
    if (input.rank() != 3 || (input.size(0) != 1 && input.size(0) != 3)) {
      throw new UserException(
          "A picture cannot be the network's input %s: expected (1, H, W) or (3, H, W)"
              .formatted(input));
    }
    if (fit != Fit.WHOLE && input.size(0) != 3) {
      throw UserException.advising(
          "The preprocessing %s makes inputs of 3 channels, but the network expects %s"
              .formatted(Quote.of(name), input),
          "choose %s unit",
          "the preprocessing");
    }
    normalisation.requireFit(input);
  }

  /**
   * {@return whether a picture is inverted, as it clearly contradicts those of the training}
   *
   * @param picture of any size
   */
  public boolean inverts(Raster picture) {
    return polarity != Polarity.UNCLEAR && polarity.contradicts(Polarity.of(picture));
  }

  /**
   * {@return the picture as the network sees it, before the numbers are scaled: of the input's
   * size, and inverted if {@link #inverts} says so}
   *
   * @param picture of any size
   * @param input the network's input, {@code (C, H, W)}
   * @throws UserException as {@link #requireFit}
   */
  public Raster view(Raster picture, Shape input) {
    requireFit(input);
    Raster even = inverts(picture) ? picture.inverted() : picture;
    Raster coloured = input.size(0) == 1 && even.channels() == 3 ? Grey.of(even) : even;
    int height = input.size(1);
    int width = input.size(2);
    return switch (fit) {
      case WHOLE -> Resampler.resize(coloured, width, height);
      case SHORTER_SIDE -> shorterSide(coloured, width, height);
      case SQUARE -> {
        int w = caffeSide(width);
        int h = caffeSide(height);
        var box = new Resampler.Box((w - width) / 2, (h - height) / 2, width, height);
        yield Resampler.resize(coloured, w, h, box);
      }
    };
  }

  private static Raster shorterSide(Raster picture, int width, int height) {
    long target = torchvisionSide(width, height);
    long shorter = Math.min(picture.width(), picture.height());
    int w = Math.toIntExact(target * picture.width() / shorter);
    int h = Math.toIntExact(target * picture.height() / shorter);
    int x = (int) Math.rint((w - width) / 2.0);
    int y = (int) Math.rint((h - height) / 2.0);
    return Resampler.resize(picture, w, h, new Resampler.Box(x, y, width, height));
  }

  private static long torchvisionSide(int width, int height) {
    return Math.round(Math.max(width, height) * 256 / 224.0);
  }

  private static int caffeSide(int side) {
    return side >= 224 && side <= 256 ? 256 : (int) Math.round(side * 256 / 227.0);
  }

  /**
   * {@return the numbers of a {@link #view}, in the order {@code C H W}}
   *
   * @param view as {@link #view} gives it
   * @param input the network's input; a grey view fills all of its channels
   */
  public float[] numbers(Raster view, Shape input) {
    int channels = input.size(0);
    int plane = view.width() * view.height();
    float[] numbers = new float[channels * plane];
    for (int c = 0; c < channels; c++) {
      int channel = view.channels() == 1 ? 0 : reversed ? channels - 1 - c : c;
      for (int i = 0; i < plane; i++) {
        int value = view.get(i % view.width(), i / view.width(), channel);
        numbers[c * plane + i] = normalisation.number(value, c);
      }
    }
    return numbers;
  }

  /**
   * {@return what is done to a picture for a network's input, in one line}
   *
   * @param input the network's input, {@code (C, H, W)}
   */
  public String description(Shape input) {
    int height = input.size(1);
    int width = input.size(2);
    String size = "%s × %s".formatted(width, height);
    String fitting =
        switch (fit) {
          case WHOLE -> "resized to " + size;
          case SHORTER_SIDE ->
              "shorter side resized to %s, centre %s"
                  .formatted(torchvisionSide(width, height), size);
          case SQUARE ->
              "resized to %s × %s, centre %s".formatted(caffeSide(width), caffeSide(height), size);
        };
    String colours = input.size(0) == 1 ? "grey" : reversed ? "BGR" : "RGB";
    return "%s: %s, %s, %s".formatted(name, fitting, colours, normalisation.description());
  }
}
