package dev.vitrine.testkit;

import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import dev.vitrine.zoo.Zoo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A network of the zoo made small enough to be checked whole.
 *
 * @param input about the smallest at which every layer before the last pooling sees more than one
 *     pixel
 */
record SlimNetwork(String name, Layer layers, Shape input) {
  static final int CLASSES = 5;

  /** The input's height and width, and what widths are divided by. */
  private record Size(int side, int factor) {}

  private static final Size VGG = new Size(32, 24);
  private static final Size RESNET = new Size(33, 24);

  private static final Map<String, Size> SIZES =
      Map.ofEntries(
          Map.entry("lenet", new Size(16, 4)),
          Map.entry("lenet-course", new Size(16, 4)),
          Map.entry("lenet5", new Size(16, 4)),
          Map.entry("lenet5-cifar", new Size(16, 4)),
          Map.entry("lenet5-relu-cifar", new Size(16, 4)),
          Map.entry("cnn32-64", new Size(8, 8)),
          Map.entry("cnn32-64-100-100", new Size(8, 8)),
          Map.entry("mlp", new Size(6, 4)),
          Map.entry("linear", new Size(6, 1)),
          Map.entry("perceptron", new Size(20, 1)),
          Map.entry("adaline", new Size(4, 1)),
          Map.entry("alexnet", new Size(67, 16)),
          Map.entry("alexnet-grouped", new Size(67, 16)),
          Map.entry("alexnet-torchvision", new Size(95, 16)),
          Map.entry("alexnet-toronto", new Size(67, 16)),
          Map.entry("vgg11-lrn", new Size(32, 12)),
          Map.entry("googlenet", new Size(63, 12)),
          Map.entry("googlenet-aux", new Size(79, 12)),
          Map.entry("googlenet-torchvision", new Size(63, 14)),
          Map.entry("resnet50-caffe", new Size(37, 24)), // its pooling is not padded
          Map.entry("squeezenet", new Size(33, 8)));

  static List<SlimNetwork> all() {
    return Zoo.all().stream().map(SlimNetwork::of).toList();
  }

  static SlimNetwork of(NetworkSpec spec) {
    if (spec.input().rank() < 3) {
      return new SlimNetwork(spec.name(), spec.layers(), spec.input());
    }
    Size size = SIZES.getOrDefault(spec.name(), spec.name().startsWith("resnet") ? RESNET : VGG);
    Layer layers = new Slim(size.factor, CLASSES).of(spec.layers());
    return new SlimNetwork(
        spec.name(), layers, Shape.of(spec.input().size(0), size.side, size.side));
  }

  /** Whether its outputs are classes, not one neuron's number. */
  boolean classifies() {
    return Model.inference(layers, input).output().shape().elements() > 1;
  }

  Loss loss() {
    return classifies() ? Loss.crossEntropy() : Loss.meanSquaredError();
  }

  /** The training graph, differentiated by the image too. */
  Problem problem() {
    Model model = Model.of(layers, input);
    Model.Training training = model.training(loss());
    Graph forward = new Graph(training.graph(), training.forwardValues());
    Value objective = forward.values().getLast();
    List<Value> wanted = forward.values().stream().filter(SlimNetwork::isWanted).toList();
    Gradient gradient = Gradient.of(forward, objective, wanted);
    return new Problem(
        GraphCase.of(name, g -> g.layer(layers, g.input(input.sizes()))),
        forward,
        training.output(),
        objective,
        gradient.graph(),
        wanted,
        gradient.of(),
        points(model));
  }

  private static boolean isWanted(Value value) {
    return value.op() instanceof Leaf.Parameter
        || (value.op() instanceof Leaf.Input input && input.name().equals(Model.INPUT));
  }

  /**
   * Numbers that neither grow nor shrink from layer to layer (He et al., 2015). Scales are small,
   * so that a residual's body adds little to its shortcut: fifty normalisations one after another
   * are badly conditioned otherwise (Goyal et al., 2017, begin with 0). Biases are mostly positive:
   * of three channels all might be dead.
   */
  private Map<String, Points> points(Model model) {
    Map<String, Points> points = new HashMap<>();
    points.put(Model.INPUT, Points.normal());
    points.put(Model.TARGET, classifies() ? Points.label(CLASSES) : Points.sign());
    for (ParameterSpec spec : model.specs()) {
      points.put(
          spec.name(),
          switch (spec.role()) {
            case WEIGHT, FIXED -> Points.normal(Math.sqrt(2.0 / spec.fanIn()));
            case SCALE, SLOPE, RUNNING_VARIANCE -> Points.between(0.1, 0.3);
            case BIAS, SHIFT, RUNNING_MEAN -> Points.between(-0.1, 0.3);
          });
    }
    return points;
  }

  /** Whether batch normalisation takes away what a bias adds, so that its gradient is 0. */
  boolean cancels(String parameter) {
    return parameter.matches("(.*\\.)?conv[0-9_]+\\.bias")
        && (name.endsWith("-bn") || name.startsWith("resnet"));
  }

  @Override
  public String toString() {
    return name;
  }
}
