package dev.vitrine.vision.model;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.Safetensors;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.predict.Predictor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The network that comes with Vitrine: eleven classes, ten digits and none, taught on cuts that
 * imitate photographs ({@code quality/pages} does it, and says how well it reads). Its numbers are
 * stored in half precision; the text beside them holds its form and the temperature by which its
 * scores are divided, so that of what it is 90 % sure nine in ten are right.
 */
public final class EmbeddedDigits implements DigitModel {
  /** What the texts beside the numbers are called. */
  public static final String NETWORK = "network";

  /** The text with the temperature. */
  public static final String TEMPERATURE = "temperature";

  /** The text with how far it can be believed; files of before have none. */
  public static final String RELIABILITY = "reliability";

  private static final String RESOURCE = "digits.safetensors";

  private final Model model;
  private final Predictor predictor;
  private final double temperature;
  private final List<Reliability> reliability;

  private EmbeddedDigits(
      Model model, Predictor predictor, double temperature, List<Reliability> reliability) {
    this.model = model;
    this.predictor = predictor;
    this.temperature = temperature;
    this.reliability = reliability;
  }

  /**
   * {@return the network that comes with Vitrine; to be closed}
   *
   * @param kernels the routines to run on
   */
  public static EmbeddedDigits open(Kernels kernels) {
    Objects.requireNonNull(kernels, "kernels");
    try (InputStream in = EmbeddedDigits.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the module");
      }
      return of(in.readAllBytes(), kernels);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(RESOURCE + " cannot be read from the module", unreadable);
    }
  }

  /**
   * {@return the network in such a file; to be closed}
   *
   * @param bytes the whole file
   * @param kernels the routines to run on
   * @throws dev.vitrine.error.UserException if it is no such file
   */
  public static EmbeddedDigits of(byte[] bytes, Kernels kernels) {
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(kernels, "kernels");
    try (Safetensors file = Safetensors.of(Path.of(RESOURCE), MemorySegment.ofArray(bytes))) {
      Map<String, String> texts = file.metadata();
      NetworkSpec spec = NetworkFile.parse(Json.parse(text(texts, NETWORK), RESOURCE));
      Model model = Model.of(spec.layers(), spec.input());
      for (ParameterSpec parameter : model.specs()) {
        model.parameters().set(parameter.name(), file.floats(parameter.name()));
      }
      double temperature = Double.parseDouble(text(texts, TEMPERATURE));
      List<Reliability> reliability =
          texts.containsKey(RELIABILITY) ? Reliability.parse(texts.get(RELIABILITY)) : List.of();
      return new EmbeddedDigits(model, Predictor.of(model, kernels), temperature, reliability);
    }
  }

  private static String text(Map<String, String> texts, String key) {
    String text = texts.get(key);
    if (text == null) {
      throw new UserException(
          "%s: expected the text \"%s\" beside the tensors, but there is none: quality/pages makes such files"
              .formatted(RESOURCE, key));
    }
    return text;
  }

  @Override
  public float[][] probabilities(float[][] cuts) {
    Objects.requireNonNull(cuts, "cuts");
    float[][] scores = predictor.predict(cuts);
    float[][] all = new float[cuts.length][];
    for (int i = 0; i < cuts.length; i++) {
      all[i] = softmax(scores[i], temperature);
    }
    return all;
  }

  /** In double precision by {@link StrictMath}: the same bits everywhere. */
  private static float[] softmax(float[] scores, double temperature) {
    double most = Double.NEGATIVE_INFINITY;
    for (float score : scores) {
      most = Math.max(most, score);
    }
    double[] shares = new double[scores.length];
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      shares[i] = StrictMath.exp((scores[i] - most) / temperature);
      sum += shares[i];
    }
    float[] all = new float[scores.length];
    for (int i = 0; i < scores.length; i++) {
      all[i] = (float) (shares[i] / sum);
    }
    return all;
  }

  /** {@return the network with its numbers, to look inside; its scores are those before softmax} */
  public Model model() {
    return model;
  }

  @Override
  public List<Reliability> reliability() {
    return reliability;
  }

  @Override
  public String title() {
    return "the embedded network";
  }

  @Override
  public void close() {
    predictor.close();
  }
}
