package dev.vitrine.bench.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.loss.Loss;
import dev.vitrine.data.Dataset;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Named;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Evaluator;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.TrainingSession;
import dev.vitrine.workload.Workload;
import dev.vitrine.workload.Workloads;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/**
 * Trainings of residual, normalised networks against PyTorch's in single and in double precision:
 * losses, what the parameters did, what the running averages gathered, and inference with them.
 *
 * <p>With rectifiers two right trainings part at once: W6 has three million of them, and one number
 * that rounding puts on the other side of 0 in its last stages, where a channel has 64 or 256
 * numbers, changes all gradients before it by 4·10⁻³. From LeCun's weights Vitrine's losses leave
 * PyTorch's doubles by 2·10⁻⁴ in the second step and 3·10⁻² in the fourth, PyTorch's floats by
 * 2·10⁻⁴ in the fifth and 3·10⁻² in the tenth. So what lasts longer than a forward pass is compared
 * on networks without edges: SiLU for the rectifiers, means for the maxima. There, Vitrine's losses
 * stay within 3·10⁻⁶ of the doubles and its gradients within 2·10⁻⁵, PyTorch's floats within 10⁻⁶
 * and 10⁻⁵.
 */
class ResidualParityTest {
  private static final int THREADS = 2;

  /** Three trainings from the same numbers on the same batches. */
  private static final class Three implements AutoCloseable {
    private final Dataset data;
    private final Model start;
    private final Model model;
    private final Compute compute = Compute.of(THREADS);
    private final TrainingSession vitrine;
    private final DjlContender floats;
    private final DjlContender doubles;

    Three(Workload workload) {
      data = workload.data();
      start = model(workload);
      model = model(workload);
      vitrine = new TrainingSession(model, workload.recipe(), data, compute);
      floats = new DjlContender(workload, start, data, DataType.FLOAT32);
      doubles = new DjlContender(workload, start, data, DataType.FLOAT64);
    }

    private static Model model(Workload workload) {
      NetworkSpec spec = workload.network();
      Seed seed = workload.recipe().seed();
      return Model.of(spec.layers(), spec.input(), Initializer.leCunUniform(), seed);
    }

    void compareLosses(int steps, double bound) {
      for (int step = 0; step < steps; step++) {
        double got = vitrine.advance();
        for (DjlContender pyTorch : List.of(floats, doubles)) {
          double expected = pyTorch.step();
          assertThat(got)
              .as("loss at step %d, PyTorch's %s", step, pyTorch == floats ? "floats" : "doubles")
              .isCloseTo(expected, Offset.offset(bound * expected));
        }
      }
    }

    /** Learned numbers and running averages alike: their distance against how far they moved. */
    void compareMovements(double bound) {
      for (ParameterSpec spec : model.specs()) {
        float[] from = start.parameters().get(spec.name());
        float[] ours = model.parameters().get(spec.name());
        for (DjlContender pyTorch : List.of(floats, doubles)) {
          float[] theirs = pyTorch.parameter(spec.name());
          double moved = distance(theirs, from);
          if (Boolean.getBoolean("vitrine.show")) {
            System.out.printf(
                Locale.ROOT, "%s %.2e%n", spec.name(), distance(ours, theirs) / moved);
          }
          assertThat(moved).as("movement of %s", spec.name()).isPositive();
          assertThat(distance(ours, theirs))
              .as("distance of %s as against its movement", spec.name())
              .isLessThan(bound * moved);
        }
      }
    }

    @Override
    public void close() {
      compute.close();
    }
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  /** ResNet-18 as it is: its forward pass with a batch's statistics. */
  @Test
  void firstLossOfResNet18Agrees() {
    try (Three three = new Three(Workloads.find("W6"))) {
      three.compareLosses(1, 1e-6);
    }
  }

  @Test
  void smoothResNet18MovesAlike() {
    Workload w6 = Workloads.find("W6");
    NetworkSpec spec = w6.network();
    NetworkSpec smooth = new NetworkSpec("smooth", "smooth", spec.input(), smooth(spec.layers()));
    try (Three three = new Three(new Workload("smooth", smooth, w6.recipe()))) {
      three.compareLosses(3, 1e-5);
      three.compareMovements(1e-3);
    }
  }

  /** The same network without edges. */
  private static Layer smooth(Layer layer) {
    return switch (layer) {
      case Sequential(List<Layer> layers) ->
          Sequential.of(layers.stream().map(ResidualParityTest::smooth).toList());
      case Named(String name, Layer named) -> Named.of(name, smooth(named));
      case Residual(Layer body, Layer shortcut) -> Residual.of(smooth(body), smooth(shortcut));
      case Activation _ -> Activation.silu();
      case MaxPool2d pool -> new AvgPool2d(pool.window(), false, true);
      default -> layer;
    };
  }

  /** A loss curve; then the averages gathered; then what they say of images in inference. */
  @Test
  void smallResidualNetworkAgrees() {
    NetworkSpec spec = new NetworkSpec("small", "small", Shape.of(3, 16, 16), small());
    Recipe recipe = Recipe.of(Sgd.of(0.02).momentum(0.9).weightDecay(1e-4)).batchSize(24);
    Workload workload =
        new Workload("small", spec, recipe.epochs(Integer.MAX_VALUE).seed(Seed.of(42)));
    try (Three three = new Three(workload)) {
      three.compareLosses(20, 1e-5);
      three.compareMovements(1e-3);
      Normalisation unit = recipe.normalisation();
      double got =
          new Evaluator(three.model, three.data, unit, three.compute).evaluate(0).meanLoss();
      for (DataType type : List.of(DataType.FLOAT32, DataType.FLOAT64)) {
        double expected = inference(three.model, three.data, type);
        assertThat(got).as("loss by %s", type).isCloseTo(expected, Offset.offset(1e-5 * expected));
      }
    }
  }

  /** PyTorch's mean loss on all images, normalised with running averages. */
  private static double inference(Model model, Dataset data, DataType type) {
    try (NDManager manager = NDManager.newBaseManager()) {
      int[] sizes = data.shape().sizes();
      NDArray images =
          manager.create(
              ByteBuffer.wrap(data.pixels()),
              new ai.djl.ndarray.types.Shape(data.size(), sizes[0], sizes[1], sizes[2]),
              DataType.UINT8);
      int[] labels = IntStream.range(0, data.size()).map(data::label).toArray();
      NDArray pixels = images.toType(DataType.FLOAT32, false).divi(255).toType(type, false);
      NDArray logits = new DjlNetwork(model, manager, type).logits(pixels, false);
      NDArray loss =
          Loss.softmaxCrossEntropyLoss()
              .evaluate(new NDList(manager.create(labels)), new NDList(logits));
      return loss.toType(DataType.FLOAT64, false).getDouble();
    }
  }

  private static Layer small() {
    return Sequential.of(
        Conv2d.of(8, 3).padding(1).bias(false),
        BatchNorm2d.of(),
        Activation.silu(),
        Residual.of(body(8, 1)),
        Activation.silu(),
        Residual.of(
            body(16, 2), Sequential.of(Conv2d.of(16, 1).stride(2).bias(false), BatchNorm2d.of())),
        Activation.gelu(),
        Residual.of(body(16, 1)),
        GlobalAvgPool2d.of(),
        Flatten.of(),
        Linear.of(10));
  }

  private static Layer body(int width, int stride) {
    return Sequential.of(
        Conv2d.of(width, 3).stride(stride).padding(1).bias(false),
        BatchNorm2d.of(),
        Activation.silu(),
        Conv2d.of(width, 3).padding(1).bias(false),
        BatchNorm2d.of());
  }
}
