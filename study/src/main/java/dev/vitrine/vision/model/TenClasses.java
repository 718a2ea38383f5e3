package dev.vitrine.vision.model;

import dev.vitrine.error.UserException;
import dev.vitrine.image.Normalisation;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.image.Raster;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.predict.Predictor;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Shape;
import dev.vitrine.vision.cut.MnistCut;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Any trained network of 28×28 pictures and ten classes. It has never seen what is no digit, so how
 * likely that is follows from how undecided it is: the entropy of its ten probabilities, as a share
 * of the largest there is, squared.
 */
public final class TenClasses implements DigitModel {
  private static final Shape INPUT = Shape.of(1, MnistCut.SIDE, MnistCut.SIDE);
  private static final int LEVELS = 255;

  /** How to mend it. */
  private static final String OTHERS =
      "give one that learned digits, of MNIST or of the same form, or none, for the networks that come with Vitrine";

  private final String title;
  private final Predictor predictor;
  private final Normalisation normalisation;
  private final boolean inverted;

  private TenClasses(
      String title, Predictor predictor, Normalisation normalisation, boolean inverted) {
    this.title = title;
    this.predictor = predictor;
    this.normalisation = normalisation;
    this.inverted = inverted;
  }

  /**
   * {@return the model of a trained network; to be closed}
   *
   * @param network of 1×28×28 inputs and ten classes
   * @param kernels the routines to run on
   * @throws UserException if its inputs are others, or it tells apart another number of classes
   */
  public static TenClasses of(TrainedNetwork network, Kernels kernels) {
    Objects.requireNonNull(network, "network");
    Objects.requireNonNull(kernels, "kernels");
    Shape input = network.spec().input();
    if (!input.equals(INPUT)) {
      throw new UserException(
          "%s: digits are read by a network of inputs 1×28×28, but this one's are %s: %s"
              .formatted(network.path(), sizes(input), OTHERS));
    }
    Predictor predictor = Predictor.of(network.model(), kernels);
    Shape output = predictor.output().shape();
    if (output.rank() != 1 || output.elements() != DIGITS) {
      predictor.close();
      throw new UserException(
          "%s: digits are read by a network of ten classes, 0 to 9, but this one's output is %s: %s"
              .formatted(network.path(), sizes(output), OTHERS));
    }
    Preprocessing how = network.preprocessing();
    return new TenClasses(
        network.title(), predictor, network.normalisation(), how.inverts(lightOnDark()));
  }

  private static String sizes(Shape shape) {
    return IntStream.of(shape.sizes()).mapToObj(Integer::toString).collect(Collectors.joining("×"));
  }

  /** A picture that is clearly light on dark: what a network of dark strokes wants inverted. */
  private static Raster lightOnDark() {
    Raster picture = Raster.black(MnistCut.SIDE, MnistCut.SIDE, 1);
    for (int y = 6; y < 22; y++) {
      picture.set(13, y, 0, LEVELS);
      picture.set(14, y, 0, LEVELS);
    }
    return picture;
  }

  @Override
  public float[][] probabilities(float[][] cuts) {
    float[][] inputs = new float[cuts.length][];
    for (int i = 0; i < cuts.length; i++) {
      inputs[i] = input(cuts[i]);
    }
    float[][] scores = predictor.predict(inputs);
    float[][] all = new float[cuts.length][];
    for (int i = 0; i < cuts.length; i++) {
      requireFinite(scores[i]);
      all[i] = withNone(scores[i], predictor.output().isSoftmax());
    }
    return all;
  }

  private void requireFinite(float[] scores) {
    for (float score : scores) {
      if (!Float.isFinite(score)) {
        throw new UserException(
            "%s: digits are read by a network that answers with numbers, but this one says %s: it diverged in training, or its file is damaged"
                .formatted(title, score));
      }
    }
  }

  private float[] input(float[] cut) {
    float[] input = new float[cut.length];
    for (int i = 0; i < cut.length; i++) {
      int level = Math.round(LEVELS * cut[i]);
      input[i] = normalisation.number(inverted ? LEVELS - level : level, 0);
    }
    return input;
  }

  private static float[] withNone(float[] scores, boolean softmax) {
    double[] digits = new double[DIGITS];
    double most = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      most = Math.max(most, score);
    }
    double sum = 0;
    for (int i = 0; i < DIGITS; i++) {
      digits[i] = softmax ? scores[i] : Math.exp(scores[i] - most);
      sum += digits[i];
    }
    double entropy = 0;
    for (int i = 0; i < DIGITS; i++) {
      digits[i] /= sum;
      entropy -= digits[i] > 0 ? digits[i] * Math.log(digits[i]) : 0;
    }
    double share = entropy / Math.log(DIGITS);
    double none = share * share;
    float[] all = new float[CLASSES];
    for (int i = 0; i < DIGITS; i++) {
      all[i] = (float) (digits[i] * (1 - none));
    }
    all[NONE] = (float) none;
    return all;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public void close() {
    predictor.close();
  }
}
