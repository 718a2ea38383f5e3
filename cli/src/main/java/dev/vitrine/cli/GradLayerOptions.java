package dev.vitrine.cli;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Layer;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.language.Tensor;
import dev.vitrine.trace.layer.LayerChoice;
import dev.vitrine.trace.layer.LayerQuestion;
import dev.vitrine.trace.layer.LayerQuestion.Orientation;
import dev.vitrine.trace.layer.SoftmaxLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The layer that {@code vitrine grad --layer} explains. */
final class GradLayerOptions {
  /** All that are about a layer, and say nothing without one. */
  static final List<String> NAMES =
      List.of(
          "--input",
          "--kernel",
          "--stride",
          "--padding",
          "--dilation",
          "--groups",
          "--units",
          "--element");

  @Option(
      names = "--layer",
      paramLabel = "KIND",
      description =
          "Explain backpropagation through a layer: conv2d, maxpool, avgpool, linear, batchnorm, lrn,"
              + " dropout, or any other that network files have; softmax is that with cross-entropy."
              + " Or one in JSON: '{\"lrn\": 3, \"alpha\": 1}'. --at gives numbers of x, weight, bias"
              + " and of dy, the gradient of its output; the rest is drawn. --layout says how Jacobians"
              + " lie: a row for each output (numerator), or each input (denominator).")
  private Optional<String> layer;

  @Option(
      names = "--input",
      paramLabel = "SIZES",
      description = "The shape of x, such as 1x4x4. Default: that of --at x=…, else 1x4x4 or 4")
  private Optional<String> input;

  @Option(names = "--kernel", paramLabel = "N", description = "The layer's window.")
  private Optional<Long> kernel;

  @Option(names = "--stride", paramLabel = "N", description = "The layer's stride.")
  private Optional<Long> stride;

  @Option(names = "--padding", paramLabel = "N", description = "The layer's padding.")
  private Optional<Long> padding;

  @Option(names = "--dilation", paramLabel = "N", description = "The layer's dilation.")
  private Optional<Long> dilation;

  @Option(names = "--groups", paramLabel = "N", description = "The layer's groups.")
  private Optional<Long> groups;

  @Option(
      names = "--units",
      paramLabel = "N",
      description =
          "Channels that a convolution makes (1), features of a linear layer (2), LRN's size (3).")
  private Optional<Long> units;

  @Option(
      names = "--element",
      paramLabel = "C,H,W",
      description =
          "The element of x whose gradient is followed. Default: one that most outputs feel")
  private Optional<String> element;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the numbers that are drawn for a layer or a small network (0).")
  private Optional<Long> seed;

  Optional<Long> seed() {
    return seed;
  }

  Optional<String> kind() {
    return layer;
  }

  LayerQuestion question(Map<String, Tensor> at, List<String> layout) {
    Shape shape = input.map(InputShape::of).orElseGet(() -> usual(at));
    Map<String, Object> options = new LinkedHashMap<>();
    kernel.ifPresent(n -> options.put("kernel", n));
    stride.ifPresent(n -> options.put("stride", n));
    padding.ifPresent(n -> options.put("padding", n));
    dilation.ifPresent(n -> options.put("dilation", n));
    groups.ifPresent(n -> options.put("groups", n));
    Layer found = LayerChoice.of(layer.orElseThrow(), options, units.orElse(null), shape);
    return new LayerQuestion(
        found,
        shape,
        numbers(at),
        seed.orElse(0L),
        element.map(GradLayerOptions::index),
        orientation(layout));
  }

  /** Whether it is softmax with cross-entropy, which is a loss and no layer. */
  boolean isSoftmax() {
    return layer.filter("softmax"::equals).isPresent();
  }

  /** Of the logits x and the class t: −1, 2, 1 and 0 if they are not given. */
  SoftmaxLoss softmax(Map<String, Tensor> at) {
    Map<String, List<Double>> numbers = numbers(at);
    for (String name : numbers.keySet()) {
      if (!List.of("x", "t").contains(name)) {
        throw new UserException(
            "Softmax with cross-entropy has no %s: its numbers are the logits x and the class t"
                .formatted(Quote.of(name)));
      }
    }
    List<Double> target = numbers.getOrDefault("t", List.of(0.0));
    if (target.size() != 1) {
      throw new UserException("t expects one class number, but got %s".formatted(target.size()));
    }
    return SoftmaxLoss.of(numbers.getOrDefault("x", List.of(-1.0, 2.0, 1.0)), target.getFirst());
  }

  private static Map<String, List<Double>> numbers(Map<String, Tensor> at) {
    Map<String, List<Double>> numbers = new LinkedHashMap<>();
    at.forEach(
        (name, value) -> numbers.put(name, Arrays.stream(value.elements()).boxed().toList()));
    return numbers;
  }

  /** A matrix is an image of one channel. */
  private Shape usual(Map<String, Tensor> at) {
    Tensor x = at.get("x");
    if (x != null && x.shape().rank() > 0) {
      return x.shape().rank() == 2 ? Shape.of(1, x.shape().size(0), x.shape().size(1)) : x.shape();
    }
    boolean vector = List.of("linear", "dense", "softmax").contains(layer.orElseThrow());
    return vector
        ? Shape.of(3)
        : layer.orElseThrow().equals("lrn") ? Shape.of(5) : Shape.of(1, 4, 4);
  }

  private static List<Integer> index(String text) {
    List<Integer> index = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      try {
        index.add(Decimal.parseInt(part.strip()));
      } catch (NumberFormatException e) {
        throw new UserException(
            "--element expects an index such as 0,1,2, but got %s".formatted(Quote.of(text)), e);
      }
    }
    return index;
  }

  private static Orientation orientation(List<String> layout) {
    String word = layout.isEmpty() ? "numerator" : String.join(",", layout);
    return switch (word) {
      case "numerator" -> Orientation.NUMERATOR;
      case "denominator" -> Orientation.DENOMINATOR;
      default ->
          throw new UserException(
              "--layout of a layer expects numerator or denominator, but got %s"
                  .formatted(Quote.of(word)));
    };
  }
}
