package dev.vitrine.bench.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import dev.vitrine.graph.Gradient;
import dev.vitrine.graph.Graph;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.Auxiliary;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Dropout2d;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.LocalResponseNorm;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Mode;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.NetworkBuilder;
import dev.vitrine.nn.PRelu;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Value;
import dev.vitrine.plan.Plan;
import dev.vitrine.plan.Planner;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import dev.vitrine.testkit.LayerCases;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every layer of the testkit's list, and larger ones of the networks' own kinds, against PyTorch in
 * single and in double precision: outputs, the gradient of every parameter, and the input's.
 *
 * <p>Numbers agree to {@value #TOLERANCE} of the largest of their kind. The objective is a sum of
 * the outputs with random factors, so that no output's derivative is like another's.
 */
class LayerParityTest {
  /** A block of 16 examples and a part of one. */
  private static final int BATCH = 19;

  private static final double TOLERANCE = 1e-5;

  private static final String INPUT = "input";
  private static final String OUTPUT = "output";
  private static final String FACTORS = "factors";
  private static final Layer RELU = Activation.relu();

  /** A layer on its input. */
  private record Case(Layer layer, Shape input) {
    Model model() {
      Model model =
          Model.of(
              layer, input, Initializer.kaimingUniform(), Initializer.uniform(0.5), Seed.of(3));
      for (ParameterSpec spec : model.specs()) {
        float[] values = model.parameters().get(spec.name());
        if (spec.role() != ParameterSpec.Role.WEIGHT && spec.role() != ParameterSpec.Role.BIAS) {
          RandomStream random = Seed.of(4).stream(spec.name());
          for (int i = 0; i < values.length; i++) {
            values[i] += (float) random.uniform(i, -0.2, 0.2);
          }
          model.parameters().set(spec.name(), values);
        }
      }
      return model;
    }
  }

  /** A head adds to a training's objective, which a layer by itself has not. */
  private static boolean hasHead(Layer layer) {
    return layer instanceof Sequential(List<Layer> layers)
        && layers.stream().anyMatch(Auxiliary.class::isInstance);
  }

  static Stream<Arguments> cases() {
    List<Arguments> cases = new ArrayList<>();
    Map<Layer, int[]> layers = new LinkedHashMap<>(LayerCases.layers());
    ofNetworks(layers);
    layers.keySet().removeIf(LayerParityTest::hasHead);
    for (Map.Entry<Layer, int[]> entry : layers.entrySet()) {
      Shape input = Shape.of(entry.getValue());
      for (Mode mode : Mode.values()) {
        if (mode == Mode.INFERENCE || !isRandom(entry.getKey())) {
          String name = "%s %s of %s".formatted(mode, entry.getKey(), input).replace("\n", "");
          cases.add(Arguments.argumentSet(name, entry.getKey(), input, mode));
        }
      }
    }
    return cases.stream();
  }

  private static boolean isRandom(Layer layer) {
    return switch (layer) {
      case Dropout dropout -> dropout.rate() > 0;
      case Dropout2d dropout -> dropout.rate() > 0;
      case Sequential(List<Layer> layers) -> layers.stream().anyMatch(LayerParityTest::isRandom);
      default -> false;
    };
  }

  private static void ofNetworks(Map<Layer, int[]> layers) {
    int[] image = {16, 14, 14};
    layers.put(BatchNorm2d.of(), image);
    layers.put(residual(16, 1), image);
    layers.put(residual(32, 2), image);
    layers.put(inception(), image);
    layers.put(GLOBAL_HEAD, image);
    layers.put(AdaptiveAvgPool2d.of(6, 5), image);
    layers.put(Sequential.of(Conv2d.of(16, 3).padding(1), Activation.gelu()), image);
    layers.put(Sequential.of(Conv2d.of(16, 3).padding(1), Activation.silu()), image);
    layers.put(Sequential.of(Conv2d.of(16, 3).padding(1), PRelu.of()), image);
    layers.put(ConvTranspose2d.of(24, 4).stride(2).padding(1), image);
    layers.put(ConvTranspose2d.of(24, 3).stride(3).outputPadding(2).groups(4), image);
    layers.put(LocalResponseNorm.of(5).alpha(0.1), image);
    layers.put(LocalResponseNorm.undivided(2, 0.1).bias(2), image);
    layers.put(MaxPool2d.of(3).stride(2).ceil(true), image);
    layers.put(AvgPool2d.of(3).stride(2).ceil(true), image);
    layers.put(Conv2d.of(48, 5).padding(2).groups(2), image);
    layers.put(Conv2d.of(24, 1, 7).padding(0, 3), image);
    layers.put(Conv2d.of(24, 7, 1).padding(3, 0).stride(2, 1), image);
    layers.put(Conv2d.of(32, 3, 5).padding(1, 2), image);
    layers.put(Conv2d.of(24, 3).dilation(1, 3).stride(1, 2).groups(4), image);
    layers.put(MaxPool2d.of(3).stride(2).dilation(2).padding(1), image);
    layers.put(MaxPool2d.of(2, 3).stride(1, 2).dilation(3, 1).ceil(true), image);
    layers.put(AvgPool2d.of(5, 2).stride(3, 2).padding(2, 0).countPadding(false), image);
    layers.put(ConvTranspose2d.of(24, 2, 5).stride(2, 3).padding(0, 1).outputPadding(1, 2), image);
    layers.put(Conv2d.of(96, 11).stride(4), new int[] {3, 67, 67});
  }

  private static final Layer GLOBAL_HEAD =
      Sequential.of(
          dev.vitrine.nn.GlobalAvgPool2d.of(),
          dev.vitrine.nn.Flatten.of(),
          dev.vitrine.nn.Linear.of(10));

  /** ResNet's basic block. */
  private static Layer residual(int width, int stride) {
    Layer body =
        Sequential.of(
            Conv2d.of(width, 3).stride(stride).padding(1).bias(false),
            BatchNorm2d.of(),
            RELU,
            Conv2d.of(width, 3).padding(1).bias(false),
            BatchNorm2d.of());
    Layer block =
        stride == 1
            ? Residual.of(body)
            : Residual.of(
                body,
                Sequential.of(Conv2d.of(width, 1).stride(stride).bias(false), BatchNorm2d.of()));
    return Sequential.of(block, RELU);
  }

  private static Layer inception() {
    return Parallel.of(
        Sequential.of(Conv2d.of(8, 1), RELU),
        Sequential.of(Conv2d.of(6, 1), RELU, Conv2d.of(12, 3).padding(1), RELU),
        Sequential.of(Conv2d.of(3, 1), RELU, Conv2d.of(4, 5).padding(2), RELU),
        Sequential.of(MaxPool2d.of(3).stride(1).padding(1), Conv2d.of(5, 1), RELU));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void outputsAndGradientsAgree(Layer layer, Shape input, Mode mode) {
    Model model = new Case(layer, input).model();
    float[] x = draws("x", BATCH * input.elements());
    float[] factors = draws(FACTORS, BATCH * model.output().elements());
    Map<String, float[]> ours = vitrine(model, mode, x, factors);
    for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
      Map<String, double[]> theirs = pyTorch(model, type, mode, x, factors);
      assertThat(ours.keySet()).as("what is compared").isEqualTo(theirs.keySet());
      ours.forEach((name, got) -> {
        String what = "%s of %s in %s, PyTorch's %s".formatted(name, layer, mode, type);
        compare(what, theirs.get(name), got);
      });
    }
  }

  private static void compare(String name, double[] expected, float[] got) {
    assertThat(got).as(name).hasSameSizeAs(expected);
    double largest = 0;
    for (double element : expected) {
      largest = Math.max(largest, Math.abs(element));
    }
    double worst = 0;
    for (int i = 0; i < got.length; i++) {
      worst = Math.max(worst, Math.abs(got[i] - expected[i]));
    }
    if (Boolean.getBoolean("vitrine.show")) {
      System.out.printf(Locale.ROOT, "%-60s %.2e%n", name, worst / largest);
    }
    assertThat(largest).as(name + ", largest").isPositive();
    assertThat(worst).as(name).isLessThanOrEqualTo(TOLERANCE * largest);
  }

  private static float[] draws(String purpose, int count) {
    RandomStream random = Seed.of(5).stream(purpose);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.normal(i);
    }
    return numbers;
  }

  private static Map<String, float[]> vitrine(Model model, Mode mode, float[] x, float[] factors) {
    Graph graph = new Graph();
    Value in = graph.input(INPUT, model.input());
    Value y = model.network().apply(new NetworkBuilder(graph, mode), in);
    Value factor = graph.input(FACTORS, y.shape());
    Value objective = graph.batchSum(graph.sum(graph.multiply(y, factor)));
    List<Value> with = new ArrayList<>(List.of(in));
    graph.values().stream().filter(v -> v.op() instanceof Leaf.Parameter).forEach(with::add);
    Gradient gradient = Gradient.of(graph, objective, with);
    Map<String, Value> of = new LinkedHashMap<>();
    gradient
        .of()
        .forEach((value, d) -> {
          if (value.op() instanceof Leaf.Parameter p) {
            of.put(p.name(), d);
          }
        });
    Value dx = gradient.of().get(in);
    Parameters gradients = Parameters.zeros(model.parameters().layout());
    try (Workers team = new Workers(2)) {
      Plan plan =
          Planner.of(gradient.graph(), model.parameters())
              .outputs(y, dx)
              .gradients(of, gradients, graph.values().size())
              .batchSize(BATCH)
              .plan(KernelChoice.best().kernels(), team);
      give(plan, INPUT, x);
      give(plan, FACTORS, factors);
      plan.run(BATCH, 0, Seed.of(1));
      Map<String, float[]> got = new LinkedHashMap<>();
      got.put(OUTPUT, take(plan, y));
      got.put(INPUT, take(plan, dx));
      of.keySet().forEach(name -> got.put(name, gradients.get(name)));
      return got;
    }
  }

  private static void give(Plan plan, String name, float[] all) {
    int n = all.length / BATCH;
    for (int i = 0; i < BATCH; i++) {
      plan.input(name, i, java.util.Arrays.copyOfRange(all, i * n, (i + 1) * n));
    }
  }

  private static float[] take(Plan plan, Value value) {
    int n = value.shape().elements();
    float[] all = new float[BATCH * n];
    float[] one = new float[n];
    for (int i = 0; i < BATCH; i++) {
      plan.read(value, i, one);
      System.arraycopy(one, 0, all, i * n, n);
    }
    return all;
  }

  private static Map<String, double[]> pyTorch(
      Model model, DataType type, Mode mode, float[] x, float[] factors) {
    try (NDManager manager = NDManager.newBaseManager();
        GradientCollector tape = Engine.getInstance().newGradientCollector()) {
      DjlNetwork network = new DjlNetwork(model, manager, type);
      NDArray in = array(manager, x, model.input(), type);
      in.setRequiresGradient(true);
      NDArray y = network.logits(in, mode == Mode.TRAINING);
      tape.backward(y.mul(array(manager, factors, model.output(), type)).sum());
      Map<String, double[]> got = new LinkedHashMap<>();
      got.put(OUTPUT, doubles(y));
      got.put(INPUT, doubles(in.getGradient()));
      network.learned().forEach((name, weight) -> got.put(name, doubles(weight.getGradient())));
      return got;
    }
  }

  private static NDArray array(NDManager manager, float[] numbers, Shape example, DataType type) {
    long[] sizes = new long[example.rank() + 1];
    sizes[0] = BATCH;
    for (int axis = 0; axis < example.rank(); axis++) {
      sizes[axis + 1] = example.size(axis);
    }
    return manager.create(numbers, new ai.djl.ndarray.types.Shape(sizes)).toType(type, false);
  }

  private static double[] doubles(NDArray array) {
    return array.toType(DataType.FLOAT64, false).toDoubleArray();
  }
}
