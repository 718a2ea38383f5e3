package dev.vitrine.image;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a sample {@code v} of channel {@code c}, 0 … 255 in images, becomes a number: {@code
 * (v/divisor − mean[c])/deviation[c]}, computed in double and rounded once. The channels are those
 * of an image, or the features of an example that is a vector.
 *
 * @param divisor what samples are divided by first; positive
 * @param mean what is then subtracted, by channel of the network's input, or one for all
 * @param deviation what is divided by then, by channel, or one for all; below 0 where pictures are
 *     inverted, as by {@link #inverted}
 */
public record Normalisation(double divisor, List<Double> mean, List<Double> deviation) {
  /** 0 … 255 to 0 … 1. */
  public static final Normalisation UNIT = of(0, 1);

  /** Numbers as they are. */
  public static final Normalisation NONE = new Normalisation(1, List.of(0.0), List.of(1.0));

  /** Mean and deviation of MNIST's training images, as commonly rounded. */
  public static final Normalisation MNIST = of(0.1307, 0.3081);

  private static final int VALUES = 256;

  /** From here on whole numbers have a power of ten. */
  private static final double LARGE = 1e9;

  /** Features may be hundreds. */
  private static final int MOST_SHOWN = 4;

  /**
   * The normalisation, with its own copies of the lists.
   *
   * @throws UserException if a number is not finite, a divisor not positive, a deviation 0, there
   *     are other numbers of means and deviations than one or one a channel, or a sample becomes
   *     infinite
   */
  public Normalisation {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    Range.POSITIVE.require("The normalisation's divisor", "a number above 0", divisor);
    for (double each : mean) {
      Range.FINITE.require("The normalisation's mean", "a finite number", each);
    }
    for (double each : deviation) {
      Range.NOT_ZERO.require(
          "The normalisation's deviation",
          "a number above 0, or below it for inverted pictures",
          each);
    }
    int most = Math.max(mean.size(), deviation.size());
    if (most == 0
        || Stream.of(mean, deviation).anyMatch(list -> list.size() != 1 && list.size() != most)) {
      throw new UserException(
          "Normalisation expects one mean and one deviation, or one a channel, but got %s and %s"
              .formatted(mean.size(), deviation.size()));
    }
    for (int c = 0; c < most; c++) {
      requireFinite(divisor, of(mean, c), of(deviation, c));
    }
  }

  /** Each number may be good, and what they make together too large. */
  private static void requireFinite(double divisor, double mean, double deviation) {
    for (int sample : new int[] {0, VALUES - 1}) {
      if (!Float.isFinite(number(sample, divisor, mean, deviation))) {
        throw new UserException(
            "The normalisation makes samples infinite: with divisor %s, mean %s and deviation %s the number of %s is too large"
                .formatted(
                    Decimal.text(divisor), Decimal.text(mean), Decimal.text(deviation), sample));
      }
    }
  }

  private static float number(double sample, double divisor, double mean, double deviation) {
    return (float) ((sample / divisor - mean) / deviation);
  }

  /**
   * {@return the normalisation of samples divided by 255: the same for all channels}
   *
   * @param mean on the scale of 0 … 1
   * @param deviation on the same scale
   */
  public static Normalisation of(double mean, double deviation) {
    return new Normalisation(255, List.of(mean), List.of(deviation));
  }

  /**
   * {@return the same of pictures whose light and dark are exchanged first: of 255 − v where this
   * is of v}
   */
  public Normalisation inverted() {
    BigDecimal white =
        BigDecimal.valueOf(VALUES - 1).divide(BigDecimal.valueOf(divisor), MathContext.DECIMAL64);
    return new Normalisation(
        divisor,
        mean.stream().map(each -> white.subtract(BigDecimal.valueOf(each)).doubleValue()).toList(),
        deviation.stream().map(each -> -each).toList());
  }

  /** {@return whether all channels are treated alike} */
  public boolean isUniform() {
    return mean.size() == 1 && deviation.size() == 1;
  }

  /**
   * {@return the number of a sample}
   *
   * @param sample 0 … 255
   * @param channel its number, from 0
   */
  public float number(int sample, int channel) {
    return number(sample, divisor, of(mean, channel), of(deviation, channel));
  }

  /**
   * Normalises the samples of an example where they are.
   *
   * @param samples row-major
   * @param shape of the example, {@code (C, H, W)} or {@code (F)}
   * @throws UserException if a number becomes infinite
   */
  public void apply(float[] samples, Shape shape) {
    int each = shape.elements() / shape.size(0);
    for (int i = 0; i < samples.length; i++) {
      float number = number(samples[i], divisor, of(mean, i / each), of(deviation, i / each));
      if (!Float.isFinite(number)) {
        throw new UserException(
            "The normalisation (%s) makes a sample of %s infinite"
                .formatted(description(), Decimal.text(samples[i])));
      }
      samples[i] = number;
    }
  }

  private static double of(List<Double> list, int channel) {
    return list.get(list.size() == 1 ? 0 : channel);
  }

  /**
   * {@return the numbers of all 256 samples: once if all channels are treated alike, else for each
   * channel, one after another}
   *
   * @param input the network's input, {@code (C, H, W)}
   * @throws UserException if there is not one mean a channel
   */
  public float[] table(Shape input) {
    requireFit(input);
    int channels = isUniform() ? 1 : input.size(0);
    float[] table = new float[channels * VALUES];
    for (int i = 0; i < table.length; i++) {
      table[i] = number(i % VALUES, i / VALUES);
    }
    return table;
  }

  /**
   * Checks that there is a mean for every channel of a network's input.
   *
   * @param input {@code (C, H, W)}, or {@code (F)}
   * @throws UserException if there is not
   */
  public void requireFit(Shape input) {
    int channels = Math.max(mean.size(), deviation.size());
    if (!isUniform() && (input.rank() == 0 || input.size(0) != channels)) {
      throw new UserException(
          "The normalisation has numbers for %s %s, but the network's input is %s"
              .formatted(channels, input.rank() == 1 ? "features" : "channels", input));
    }
  }

  /**
   * {@return what is done to a sample, in a few words: {@code pixels/255 − 0.1307, over 0.3081}}
   */
  public String description() {
    if (deviation.stream().allMatch(each -> each < 0)) {
      return "inverted " + inverted().description();
    }
    String scaled = divisor == 1 ? "pixels" : "pixels/" + text(List.of(divisor));
    boolean plain = mean.equals(List.of(0.0)) && deviation.equals(List.of(1.0));
    String less = plain ? "" : " − " + text(mean);
    String per = deviation.equals(List.of(1.0)) ? "" : ", over " + text(deviation);
    return scaled + less + per;
  }

  /**
   * {@return the same of examples of a shape, of which only images have pixels}
   *
   * @param example of an image {@code (C, H, W)}
   */
  public String description(Shape example) {
    return example.rank() == 3 ? description() : description().replaceFirst("^pixels", "features");
  }

  /** Whole numbers whole, unless they are long; others as they are. */
  private static String text(List<Double> numbers) {
    int left = numbers.size() - MOST_SHOWN;
    String joined =
        numbers.stream()
            .limit(left > 1 ? MOST_SHOWN : numbers.size())
            .map(n ->
                n == Math.rint(n) && Math.abs(n) < LARGE
                    ? Long.toString(n.longValue())
                    : Double.toString(n))
            .collect(Collectors.joining(", "));
    String more = left > 1 ? ", and %s more".formatted(left) : "";
    return numbers.size() == 1 ? joined : "(" + joined + more + ")";
  }
}
