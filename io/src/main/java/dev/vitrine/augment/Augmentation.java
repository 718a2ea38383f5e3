package dev.vitrine.augment;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Range;
import dev.vitrine.error.UserException;
import java.util.Objects;
import java.util.Optional;

/**
 * How images are changed at random before a training learns from them: each time that an epoch
 * comes to it, an image is flipped, scaled and turned about its middle, shifted, bent, and made
 * noisy. What a change leaves open is the nearest pixel of the image's edge.
 *
 * @param shift by how many pixels at most it is moved along each side, fractions too; 0 for none
 * @param rotate by how many degrees at most it is turned either way, up to 180; 0 for none
 * @param scale by which share at most it is made larger or smaller, below 1; 0 for none
 * @param elastic how it is bent, if it is
 * @param flip whether left and right are exchanged, every other time
 * @param verticalFlip whether above and below are exchanged, every other time
 * @param crop by how many whole pixels at most it is moved along each side: a window of the image's
 *     own size in the image with so wide an edge; 0 for none
 * @param noise the standard deviation of normal noise on each sample, as a share of the way from
 *     black to white, up to 1; what is beyond black or white is cut off; 0 for none
 */
public record Augmentation(
    double shift,
    double rotate,
    double scale,
    Optional<Elastic> elastic,
    boolean flip,
    boolean verticalFlip,
    int crop,
    double noise) {
  /** Nothing is changed. */
  public static final Augmentation NONE =
      new Augmentation(0, 0, 0, Optional.empty(), false, false, 0, 0);

  private static final String SETTING = "The augmentation";

  /** Checks the ranges. */
  public Augmentation {
    Objects.requireNonNull(elastic, "elastic");
    Range.FROM_ZERO.require(SETTING, "a shift of 0 pixels or more", shift);
    require(rotate >= 0 && rotate <= 180, "a rotation of 0 to 180 degrees", rotate);
    Range.BELOW_ONE.require(SETTING, "a scale in [0, 1)", scale);
    require(crop >= 0, "a crop of 0 pixels or more", crop);
    require(noise >= 0 && noise <= 1, "a noise in [0, 1]", noise);
  }

  private static void require(boolean holds, String expected, double got) {
    if (!holds) {
      throw UserException.expecting(SETTING, expected, Decimal.text(got));
    }
  }

  /**
   * Smooth displacements (Simard et al., "Best practices for convolutional neural networks", 2003):
   * random numbers for each pixel and direction, smoothed by a Gaussian.
   *
   * @param pixels the standard deviation of a pixel's displacement along each side, above 0; that
   *     paper's α = 34, σ = 4 comes to 1.4
   * @param sigma the Gaussian's standard deviation in pixels, 0.5 to 100
   */
  public record Elastic(double pixels, double sigma) {
    private static final double LEAST_SIGMA = 0.5;
    private static final double MOST_SIGMA = 100;

    /** Checks the ranges. */
    public Elastic {
      Range.POSITIVE.require(SETTING, "elastic displacements above 0 pixels", pixels);
      require(sigma >= LEAST_SIGMA && sigma <= MOST_SIGMA, "an elastic sigma of 0.5 to 100", sigma);
    }
  }

  /** {@return whether nothing is changed} */
  public boolean isNone() {
    return equals(NONE);
  }

  /** Whether pixels move. */
  boolean moves() {
    return !equals(NONE.noise(noise));
  }

  /**
   * {@return this with shifts}
   *
   * @param pixels at most; 0 for none
   */
  public Augmentation shift(double pixels) {
    return new Augmentation(pixels, rotate, scale, elastic, flip, verticalFlip, crop, noise);
  }

  /**
   * {@return this with turns}
   *
   * @param degrees at most, either way; 0 for none
   */
  public Augmentation rotate(double degrees) {
    return new Augmentation(shift, degrees, scale, elastic, flip, verticalFlip, crop, noise);
  }

  /**
   * {@return this with larger and smaller images}
   *
   * @param share by which at most, below 1; 0 for none
   */
  public Augmentation scale(double share) {
    return new Augmentation(shift, rotate, share, elastic, flip, verticalFlip, crop, noise);
  }

  /**
   * {@return this with bent images}
   *
   * @param how far, and how smoothly
   */
  public Augmentation elastic(Elastic how) {
    return new Augmentation(
        shift, rotate, scale, Optional.of(how), flip, verticalFlip, crop, noise);
  }

  /**
   * {@return this with left and right exchanged every other time, or never}
   *
   * @param on whether they are
   */
  public Augmentation flip(boolean on) {
    return new Augmentation(shift, rotate, scale, elastic, on, verticalFlip, crop, noise);
  }

  /**
   * {@return this with above and below exchanged every other time, or never}
   *
   * @param on whether they are
   */
  public Augmentation verticalFlip(boolean on) {
    return new Augmentation(shift, rotate, scale, elastic, flip, on, crop, noise);
  }

  /**
   * {@return this with windows of the widened image}
   *
   * @param pixels the width of the edge; 0 for none
   */
  public Augmentation crop(int pixels) {
    return new Augmentation(shift, rotate, scale, elastic, flip, verticalFlip, pixels, noise);
  }

  /**
   * {@return this with normal noise on each sample}
   *
   * @param deviation as a share of the way from black to white; 0 for none
   */
  public Augmentation noise(double deviation) {
    return new Augmentation(shift, rotate, scale, elastic, flip, verticalFlip, crop, deviation);
  }
}
