package dev.vitrine.convert;

import dev.vitrine.error.UserException;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.predict.Predictor;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.transfer.Conventions;
import dev.vitrine.transfer.Transfer;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.onnx.OnnxGraph;
import dev.vitrine.weights.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * How far what a converted file computes is from what its original does. The converted file is read
 * again and computed in single precision, by the plan. The original is what is stored of it,
 * computed elsewhere; else the double interpreter computes it: an ONNX file's own graph, or the
 * network with the original's tensors. A relative difference is one over the largest number of that
 * example's output.
 *
 * @param original the file that was converted
 * @param converted what was made of it
 * @param examples how many were compared
 * @param stored of how many the original's output was stored
 * @param output how many numbers the output has
 * @param absolute the largest difference; NaN if one is none
 * @param relative the largest relative difference
 * @param top how many of the best classes were compared: 5, or all if there are fewer
 * @param topEqual of how many examples they are the same, in the same order
 */
public record Certificate(
    Path original,
    Path converted,
    int examples,
    int stored,
    int output,
    double absolute,
    double relative,
    int top,
    int topEqual) {
  /** The largest relative difference that single precision explains. */
  public static final double LIMIT = 1e-4;

  private static final int TOP = 5;

  /** Refuses {@code null}. */
  public Certificate {
    Objects.requireNonNull(original, "original");
    Objects.requireNonNull(converted, "converted");
  }

  /**
   * {@return whether the difference is what single precision explains, and all best classes agree}
   */
  public boolean isEqual() {
    return relative <= LIMIT && topEqual == examples;
  }

  /**
   * Compares by random pictures.
   *
   * @param original the network that was converted
   * @param converted the file that was made of it
   * @param count how many pictures, 1 or more
   * @param progress is told what is done
   * @return the differences
   * @throws UserException if a file cannot be read
   */
  public static Certificate random(
      TrainedNetwork original, Path converted, int count, Consumer<String> progress) {
    Objects.requireNonNull(original, "original");
    if (count < 1) {
      throw UserException.expecting(
          "The number of random inputs", "1 or more", Integer.toString(count));
    }
    return of(
        original,
        converted,
        ParityCases.random(count, original.spec().input(), original.normalisation()),
        progress);
  }

  /**
   * Compares by examples that are stored.
   *
   * @param original the network that was converted
   * @param converted the file that was made of it
   * @param folder holds {@code input_0.pb} or {@code .npy} and, if the original's answers are
   *     known, {@code output_0} likewise, or folders {@code test_data_set_…} with these
   * @param progress is told what is done
   * @return the differences
   * @throws UserException if a file cannot be read, or does not fit the network
   */
  public static Certificate stored(
      TrainedNetwork original, Path converted, Path folder, Consumer<String> progress) {
    Objects.requireNonNull(original, "original");
    Objects.requireNonNull(folder, "folder");
    Model.Network network = Model.inference(original.spec().layers(), original.spec().input());
    int outputs = network.output().shape().elements();
    return of(
        original,
        converted,
        ParityCases.stored(folder, original.spec().input().elements(), outputs),
        progress);
  }

  private static Certificate of(
      TrainedNetwork original,
      Path converted,
      List<ParityCases.Case> cases,
      Consumer<String> progress) {
    Objects.requireNonNull(converted, "converted");
    Model reference = reference(original);
    Model made = made(original.spec(), converted);
    int outputs = made.output().elements();
    requireAlike(original.checkpoint(), reference, made);
    boolean probabilities = endsInSoftmax(original.checkpoint());
    var differences = new Differences(Math.min(TOP, outputs));
    try (Predictor predictor = Predictor.of(made)) {
      for (ParityCases.Case each : cases) {
        progress.accept(
            "comparing, example %s of %s".formatted(differences.examples + 1, cases.size()));
        double[] got = doubles(predictor.predict(each.input()));
        if (each.output().isPresent()) {
          differences.add(doubles(each.output().get()), probabilities ? softmax(got) : got);
        } else {
          differences.add(precise(reference, each.input()), got);
        }
      }
    }
    int stored = (int) cases.stream().filter(each -> each.output().isPresent()).count();
    return new Certificate(
        original.checkpoint(),
        converted,
        cases.size(),
        stored,
        outputs,
        differences.absolute,
        differences.relative,
        differences.top,
        differences.topEqual);
  }

  /** The original: the graph of an ONNX file is its own, whatever network its numbers went to. */
  private static Model reference(TrainedNetwork original) {
    return OnnxNetwork.isOne(original.checkpoint())
        ? OnnxNetwork.read(original.checkpoint(), Optional.empty())
        : original.model();
  }

  /** Whether a file's own output, which others store, is a softmax: networks here leave it out. */
  private static boolean endsInSoftmax(Path file) {
    if (!OnnxNetwork.isOne(file)) {
      return false;
    }
    OnnxGraph graph = OnnxModel.read(file).graph();
    String end = graph.outputs().getFirst().name();
    return graph.nodes().stream()
        .anyMatch(node -> node.operator().equals("Softmax") && node.outputs().contains(end));
  }

  private static double[] softmax(double[] logits) {
    double most = Arrays.stream(logits).max().orElse(0);
    double[] shares = Arrays.stream(logits).map(logit -> Math.exp(logit - most)).toArray();
    double sum = Arrays.stream(shares).sum();
    return Arrays.stream(shares).map(share -> share / sum).toArray();
  }

  /** What stands in the file that was written, read again. */
  private static Model made(NetworkSpec spec, Path file) {
    boolean itself = OnnxNetwork.isOne(file) || TrainedNetwork.saysNetwork(Weights.read(file));
    if (itself) {
      return TrainedNetwork.open(file, Optional.empty()).model();
    }
    Model model = Model.of(spec.layers(), spec.input());
    Transfer.of(Weights.read(file), spec, Optional.empty(), Conventions.NONE).into(model);
    return model;
  }

  private static void requireAlike(Path original, Model reference, Model made) {
    if (reference.input().elements() != made.input().elements()
        || reference.output().elements() != made.output().elements()) {
      throw new UserException(
          "%s makes %s of %s, but the network it was converted for %s of %s: they cannot be compared"
              .formatted(
                  original, reference.output(), reference.input(), made.output(), made.input()));
    }
  }

  private static double[] precise(Model model, float[] input) {
    Model.Network network = model.inference();
    Interpreter interpreter = new Interpreter(1).input(Model.INPUT, doubles(input));
    model
        .specs()
        .forEach(spec ->
            interpreter.parameter(spec.name(), doubles(model.parameters().get(spec.name()))));
    return interpreter.run(network.graph()).of(network.output(), 0);
  }

  private static double[] doubles(float[] singles) {
    return IntStream.range(0, singles.length).mapToDouble(i -> singles[i]).toArray();
  }

  /** The largest so far. */
  private static final class Differences {
    private final int top;
    private int examples;
    private double absolute;
    private double relative;
    private int topEqual;

    Differences(int top) {
      this.top = top;
    }

    void add(double[] expected, double[] got) {
      double largest = 0;
      double scale = 0;
      for (int i = 0; i < got.length; i++) {
        double difference = expected[i] == got[i] ? 0 : Math.abs(expected[i] - got[i]);
        largest = Math.max(largest, difference); // NaN stays
        scale = Math.max(scale, Math.abs(expected[i]));
      }
      absolute = Math.max(absolute, largest);
      relative = Math.max(relative, largest == 0 ? 0 : largest / scale);
      topEqual += best(expected).equals(best(got)) ? 1 : 0;
      examples++;
    }

    private List<Integer> best(double[] output) {
      return IntStream.range(0, output.length)
          .boxed()
          .sorted((a, b) -> Double.compare(output[b], output[a]))
          .limit(top)
          .toList();
    }
  }

  /** {@return the differences with stable names} */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("original", original.toString());
    json.put("converted", converted.toString());
    json.put("examples", examples);
    json.put("stored_outputs", stored);
    json.put("reference", stored == examples ? "stored" : "double interpreter");
    json.put("output", output);
    json.put("largest_absolute", absolute);
    json.put("largest_relative", relative);
    json.put("limit_relative", LIMIT);
    json.put("top", top);
    json.put("top_equal", topEqual);
    json.put("equal", isEqual());
    return json;
  }
}
