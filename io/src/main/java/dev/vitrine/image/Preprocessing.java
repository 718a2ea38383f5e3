package dev.vitrine.image;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;

/**
 * From a picture to a network's input {@code (C, H, W)}, in the way that a family of networks was
 * trained with: resized by {@link Resampler} as a {@link Fitting} says, then {@code (v/divisor −
 * mean[c])/deviation[c]} in double, rounded once. There are five:
 *
 * <ul>
 *   <li>{@link #TORCHVISION}: the shorter side becomes {@code s = ⌊256/224·max(H, W) + ½⌋} (256 for
 *       224), the centre is cropped; red, green, blue; {@code v/255}, mean (0.485, 0.456, 0.406),
 *       deviation (0.229, 0.224, 0.225).
 *   <li>{@link #INCEPTION}: the same, but {@code (v/255 − 0.5)/0.5}.
 *   <li>{@link #CAFFE}: both sides become 256, and {@code ⌊256/227·side + ½⌋} where the network's
 *       side is below 224 or above 256, the centre is cropped; blue, green, red; minus (104, 117,
 *       123), not divided.
 *   <li>{@link #TORONTO}: both sides become the network's; minus the mean of all of the picture's
 *       samples; blue, green and blue again.
 *   <li>{@link #unit}: both sides become the network's; {@code v/255} and the normalisation of its
 *       training; for a network of one channel {@code (19595 R + 38470 G + 7471 B + 2¹⁵) ≫ 16}
 *       (ITU-R BT.601, as Pillow).
 * </ul>
 *
 * <p>A picture that is clearly dark on light is inverted first where the training's pictures are
 * known to have been light on dark, and the other way round.
 *
 * @param name what the command line calls it
 * @param fitting how the picture is resized, cropped and padded
 * @param channels in which order they are
 * @param normalisation how samples become numbers, by channel of the input
 * @param polarity of the training's pictures; if it is unclear no picture is inverted
 */
public record Preprocessing(
    String name,
    Fitting fitting,
    Channels channels,
    Normalisation normalisation,
    Polarity polarity) {
  private static final String UNIT = "unit";
  private static final String TORONTO_NAME = "toronto";
  private static final int WHITE = 255;

  private static final Fitting WHOLE = new Fitting(Fitting.Frame.INPUT, Fitting.Way.STRETCH, WHITE);

  private static final Fitting CENTRE =
      new Fitting(Fitting.Frame.TORCHVISION, Fitting.Way.CROP, WHITE);

  /** How torchvision's ImageNet networks see a picture. */
  public static final Preprocessing TORCHVISION =
      new Preprocessing(
          "torchvision",
          CENTRE,
          Channels.RGB,
          new Normalisation(255, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)),
          Polarity.UNCLEAR);

  /**
   * How Google's Inception networks see a picture, torchvision's GoogLeNet among them: what its
   * {@code transform_input} makes of {@link #TORCHVISION}'s numbers.
   */
  public static final Preprocessing INCEPTION =
      new Preprocessing(
          "inception", CENTRE, Channels.RGB, Normalisation.of(0.5, 0.5), Polarity.UNCLEAR);

  /** How Caffe's ImageNet networks see a picture. */
  public static final Preprocessing CAFFE =
      new Preprocessing(
          "caffe",
          new Fitting(Fitting.Frame.CAFFE, Fitting.Way.STRETCH, WHITE),
          Channels.BGR,
          new Normalisation(1, List.of(104.0, 117.0, 123.0), List.of(1.0)),
          Polarity.UNCLEAR);

  /**
   * How the University of Toronto's AlexNet script sees a picture. It means to exchange red and
   * blue, but assigns one view of an array to another, so that red is overwritten before it is
   * read: {@code img[:, :, 0], img[:, :, 2] = img[:, :, 2], img[:, :, 0]}.
   */
  public static final Preprocessing TORONTO =
      new Preprocessing(
          TORONTO_NAME,
          WHOLE,
          Channels.BGB,
          new Normalisation(1, List.of(0.0), List.of(1.0)),
          Polarity.UNCLEAR);

  private static final List<Preprocessing> KNOWN = List.of(TORCHVISION, INCEPTION, CAFFE, TORONTO);

  /** The names of all. */
  public static final List<String> NAMES =
      Stream.concat(Stream.of(UNIT), KNOWN.stream().map(Preprocessing::name)).toList();

  /** Which of red (0), green (1) and blue (2) a network's channels are. */
  public enum Channels {
    /** As pictures have them. */
    RGB(0, 1, 2),
    /** As Caffe and OpenCV have them. */
    BGR(2, 1, 0),
    /** Without red; see {@link #TORONTO}. */
    BGB(2, 1, 2);

    private final int[] colours;

    Channels(int... colours) {
      this.colours = colours;
    }
  }

  /**
   * {@return the preprocessing of pictures as Vitrine trains with them: with the normalisation of
   * the training}
   *
   * @param normalisation of the training
   */
  public static Preprocessing unit(Normalisation normalisation) {
    return new Preprocessing(UNIT, WHOLE, Channels.RGB, normalisation, Polarity.UNCLEAR);
  }

  /**
   * {@return the same for a network whose training's pictures had this polarity}
   *
   * @param usual if it is unclear, no picture is inverted
   */
  public Preprocessing trainedOn(Polarity usual) {
    return new Preprocessing(name, fitting, channels, normalisation, usual);
  }

  /**
   * {@return the same, but that pictures are resized for the input itself, in this way}
   *
   * @param way what becomes of pictures with other proportions than the input's
   */
  public Preprocessing fitted(Fitting.Way way) {
    return with(new Fitting(Fitting.Frame.INPUT, way, fitting.ground()));
  }

  /**
   * {@return the same with another ground around pictures that are padded}
   *
   * @param ground its sample, 0 … 255, before any inversion
   */
  public Preprocessing onGround(int ground) {
    return with(new Fitting(fitting.frame(), fitting.way(), ground));
  }

  private Preprocessing with(Fitting other) {
    return new Preprocessing(name, other, channels, normalisation, polarity);
  }

  /** {@return whether pictures become inputs as Vitrine trains with them} */
  public boolean isUnit() {
    return name.equals(UNIT);
  }

  /**
   * {@return the preprocessing of a name, one of {@link #NAMES}, with the polarity of {@code unit}}
   *
   * @param name the preprocessing's name
   * @param unit what {@code unit} stands for
   * @throws UserException if it is none of them
   */
  public static Preprocessing named(String name, Preprocessing unit) {
    if (name.equals(UNIT)) {
      return unit;
    }
    return KNOWN.stream()
        .filter(known -> known.name.equals(name))
        .findFirst()
        .orElseThrow(() -> UserException.unknown("preprocessing", name, NAMES))
        .trainedOn(unit.polarity);
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
    if (!isUnit() && input.size(0) != 3) {
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
    if (inverts(picture)) {
      Preprocessing even = trainedOn(Polarity.UNCLEAR).onGround(WHITE - fitting.ground());
      return even.view(picture.inverted(), input);
    }
    boolean grey = input.size(0) == 1 && picture.channels() == 3;
    return fitting.view(grey ? Grey.of(picture) : picture, input.size(2), input.size(1));
  }

  /**
   * {@return the numbers of a {@link #view}, in the order {@code C H W}}
   *
   * @param view as {@link #view} gives it
   * @param input the network's input; a grey view fills all of its channels
   */
  public float[] numbers(Raster view, Shape input) {
    int count = input.size(0);
    int plane = view.width() * view.height();
    float[] numbers = new float[count * plane];
    double mean = isCentred() ? mean(view) : 0;
    for (int c = 0; c < count; c++) {
      int channel = view.channels() == 1 ? 0 : channels.colours[c];
      for (int i = 0; i < plane; i++) {
        int value = view.get(i % view.width(), i / view.width(), channel);
        numbers[c * plane + i] =
            isCentred() ? (float) (value - mean) : normalisation.number(value, c);
      }
    }
    return numbers;
  }

  /** Whether a picture's own mean is subtracted. */
  private boolean isCentred() {
    return name.equals(TORONTO_NAME);
  }

  private static double mean(Raster view) {
    long sum = 0;
    for (byte sample : view.samples()) {
      sum += Byte.toUnsignedInt(sample);
    }
    return (double) sum / view.samples().length;
  }

  /**
   * {@return what is done to a picture for a network's input, in one line}
   *
   * @param input the network's input, {@code (C, H, W)}
   */
  public String description(Shape input) {
    String fitted = fitting.description(input.size(2), input.size(1));
    String colours = input.size(0) == 1 ? "grey" : channels.toString();
    String numbers = isCentred() ? "pixels − their mean" : normalisation.description();
    return "%s: %s, %s, %s".formatted(name, fitted, colours, numbers);
  }
}
