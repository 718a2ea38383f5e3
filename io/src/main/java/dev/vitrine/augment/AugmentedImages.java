package dev.vitrine.augment;

import dev.vitrine.data.Dataset;
import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import dev.vitrine.image.Raster;
import dev.vitrine.image.Sheet;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The images of a dataset as the epochs of a training see them. An image stays bytes: it is what a
 * camera could have given, can be looked at, and goes the same fast way into a plan; the rounding
 * is at most half a step of 255. Any number of threads may use it.
 */
public final class AugmentedImages {
  private static final long PURPOSE = Seed.purpose("augment");

  /** The first indices of the draws for each pixel; before them are those for a whole image. */
  private static final long BENDING = 1L << 32;

  private static final long NOISE = 1L << 33;

  private final Dataset data;
  private final Augmentation how;
  private final Seed seed;
  private final Optional<Bending> bending;
  private final Optional<Noise> noise;

  private AugmentedImages(Dataset data, Augmentation how, Seed seed) {
    this.data = data;
    this.how = how;
    this.seed = seed;
    bending = how.elastic().map(elastic -> new Bending(elastic, data.shape()));
    noise = how.noise() == 0 ? Optional.empty() : Optional.of(new Noise(how.noise()));
  }

  /**
   * {@return the images that a training with this augmentation and seed sees}
   *
   * @param data what is learned from
   * @param how they are changed
   * @param seed of the training
   * @throws UserException if the examples are no images of bytes, or would be moved out of sight
   */
  public static AugmentedImages of(Dataset data, Augmentation how, Seed seed) {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(how, "how");
    Objects.requireNonNull(seed, "seed");
    if (data.hasFloats() || !data.hasPictures()) {
      throw new UserException(
          "The augmentation expects grey or coloured images, but data set %s holds %s of shape %s: leave it out"
              .formatted(data.name(), data.hasFloats() ? "numbers" : "bytes", data.shape()));
    }
    int side = Math.min(data.shape().size(1), data.shape().size(2));
    double furthest = Math.max(how.shift(), how.crop());
    if (furthest >= side) {
      throw UserException.expecting(
          "The augmentation",
          "shifts and crops below the images' side of %s pixels".formatted(side),
          Decimal.text(furthest));
    }
    return new AugmentedImages(data, how, seed);
  }

  /**
   * {@return an image as an epoch sees it: a new array in the order {@code C H W}}
   *
   * @param example its place in the dataset, from 0
   * @param epoch the epoch's number, from 0
   */
  public byte[] bytes(int example, long epoch) {
    byte[] from = data.array(example);
    int start = data.offset(example);
    RandomStream random =
        new RandomStream(new RandomStream(seed.key(PURPOSE, epoch)).bits(example));
    int size = data.shape().elements();
    byte[] image = new byte[size];
    if (how.moves()) {
      Motion motion = Motion.drawn(how, data.shape(), random);
      motion.move(from, start, image, bending.map(bend -> bend.drawn(random, BENDING)));
    } else {
      System.arraycopy(from, start, image, 0, size);
    }
    noise.ifPresent(deviations -> deviations.add(image, random, NOISE));
    return image;
  }

  /**
   * {@return an image as an epoch sees it, to be looked at}
   *
   * @param example its place in the dataset, from 0
   * @param epoch the epoch's number, from 0
   */
  public Raster picture(int example, long epoch) {
    return Raster.of(data.shape(), bytes(example, epoch), 0);
  }

  /**
   * {@return a sheet to be looked at: a row for each of the first examples, as it is on the left,
   * then as the first epochs see it}
   *
   * @param examples how many, if there are so many
   * @param epochs how many
   */
  public Raster sheet(int examples, int epochs) {
    List<Raster> pictures = new ArrayList<>();
    for (int example = 0; example < Math.min(examples, data.size()); example++) {
      pictures.add(data.picture(example));
      for (int epoch = 0; epoch < epochs; epoch++) {
        pictures.add(picture(example, epoch));
      }
    }
    int scale = Math.max(1, 56 / data.shape().size(2));
    return new Sheet(epochs + 1, scale, 2, 128).compose(pictures);
  }
}
