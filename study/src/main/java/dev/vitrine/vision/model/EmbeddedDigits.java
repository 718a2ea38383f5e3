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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The networks that come with Vitrine: twelve classes, ten digits, none and several that touch,
 * taught on cuts that imitate photographs ({@code quality/pages} does it, and says how well they
 * read). They vote: what is said is the mean of their probabilities. Their numbers are stored in
 * half precision; the texts beside them hold the form of each and the temperature by which its
 * scores are divided, so that of what it is 90 % sure nine in ten are right.
 */
public final class EmbeddedDigits implements DigitModel {
  /** What the text with a network's form begins with; its number follows, from 1 on. */
  public static final String NETWORK = "network.";

  /** The same of its temperature. */
  public static final String TEMPERATURE = "temperature.";

  /** The text with how far all of them together can be believed; files of before have none. */
  public static final String RELIABILITY = "reliability";

  private static final String RESOURCE = "digits.safetensors";

  /** One of the networks. */
  private record Voter(Model model, Predictor predictor, double temperature) {}

  private final List<Voter> voters;
  private final List<Reliability> reliability;

  private EmbeddedDigits(List<Voter> voters, List<Reliability> reliability) {
    this.voters = voters;
    this.reliability = reliability;
  }

  /**
   * {@return the networks that come with Vitrine; to be closed}
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
   * {@return the networks in such a file; to be closed}
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
      List<Voter> voters = new ArrayList<>();
      for (int i = 1; i == 1 || texts.containsKey(NETWORK + i); i++) {
        NetworkSpec spec = NetworkFile.parse(Json.parse(text(texts, NETWORK + i), RESOURCE));
        Model model = Model.of(spec.layers(), spec.input());
        for (ParameterSpec parameter : model.specs()) {
          model.parameters().set(parameter.name(), file.floats(tensorName(i, parameter.name())));
        }
        double temperature = Double.parseDouble(text(texts, TEMPERATURE + i));
        voters.add(new Voter(model, Predictor.of(model, kernels), temperature));
      }
      List<Reliability> reliability =
          texts.containsKey(RELIABILITY) ? Reliability.parse(texts.get(RELIABILITY)) : List.of();
      return new EmbeddedDigits(List.copyOf(voters), reliability);
    }
  }

  /**
   * {@return what such a file calls a parameter}
   *
   * @param number the network's, from 1 on
   * @param parameter its name in the network
   */
  public static String tensorName(int number, String parameter) {
    return number + "." + parameter;
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
    double[][] sums = new double[cuts.length][CLASSES];
    for (Voter voter : voters) {
      float[][] scores = voter.predictor.predict(cuts);
      for (int i = 0; i < cuts.length; i++) {
        addSoftmax(scores[i], voter.temperature, sums[i]);
      }
    }
    float[][] all = new float[cuts.length][CLASSES];
    for (int i = 0; i < cuts.length; i++) {
      for (int c = 0; c < CLASSES; c++) {
        all[i][c] = (float) (sums[i][c] / voters.size());
      }
    }
    return all;
  }

  /** In double precision by {@link StrictMath}: the same bits everywhere. */
  private static void addSoftmax(float[] scores, double temperature, double[] into) {
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
    for (int i = 0; i < scores.length; i++) {
      into[i] += shares[i] / sum;
    }
  }

  /** {@return the first network with its numbers, to look inside; its scores are before softmax} */
  public Model model() {
    return voters.getFirst().model;
  }

  @Override
  public List<Reliability> reliability() {
    return reliability;
  }

  @Override
  public String title() {
    return "the embedded networks";
  }

  @Override
  public void close() {
    voters.forEach(voter -> voter.predictor.close());
  }
}
