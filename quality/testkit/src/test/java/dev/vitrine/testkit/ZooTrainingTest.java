package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.Dataset;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.optim.Sgd;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Layout;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.TrainingSession;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every network of the zoo, at reduced width, trained as a user trains it: the first step moves
 * every parameter and every running average, and {@value #STEPS} steps on the same batch lower its
 * loss.
 */
class ZooTrainingTest {
  private static final int STEPS = 30;
  private static final int LAST = 5;
  private static final int EXAMPLES = 20;

  static List<SlimNetwork> networks() {
    return SlimNetwork.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void trains(SlimNetwork network) {
    Model model = model(network);
    Recipe recipe =
        Recipe.of(Sgd.of(0.005).momentum(0.9))
            .loss(network.classifies() ? network.loss() : Loss.meanSquaredError())
            .normalisation(Normalisation.of(0.5, 0.35))
            .batchSize(EXAMPLES)
            .epochs(STEPS);
    try (Compute compute = new Compute(Engines.SIMD.kernels(), new Workers(2))) {
      TrainingSession session = new TrainingSession(model, recipe, data(network, model), compute);
      Parameters start = copy(model.parameters());
      double[] losses = new double[STEPS];
      losses[0] = session.advance();
      assertThat(unmoved(start, model.parameters()))
          .as("%s: what the first step does not move", network)
          .allMatch(network::cancels);
      for (int step = 1; step < STEPS; step++) {
        losses[step] = session.advance();
      }
      assertThat(Arrays.stream(losses)).as("losses of %s", network).allMatch(Double::isFinite);
      double last = Arrays.stream(losses).skip(STEPS - LAST).average().orElseThrow();
      if (Boolean.getBoolean("vitrine.show")) {
        System.out.printf(Locale.ROOT, "%s %.4f %.4f%n", network, losses[0], last);
      }
      assertThat(last)
          .as("the mean loss of the last steps of %s, less than by guessing", network)
          .isLessThan(Math.min(0.97 * losses[0], 0.98 * Math.log(SlimNetwork.CLASSES)));
    }
  }

  /** Biases start above 0, so that few rectifiers are dead where channels are few. */
  private static Model model(SlimNetwork network) {
    boolean image = network.input().rank() == 3;
    return Model.of(
        image ? network.layers() : Sequential.of(Flatten.of(), network.layers()),
        image ? network.input() : Shape.of(1, 1, network.input().elements()),
        Initializer.kaimingNormal(),
        Initializer.constant(0.1),
        Seed.of(2));
  }

  /** A random picture for every class, and noise on it. */
  private static Dataset data(SlimNetwork network, Model model) {
    int classes = network.classifies() ? SlimNetwork.CLASSES : 1;
    RandomStream pictures = Seed.of(5).stream("pictures");
    RandomStream noise = Seed.of(5).stream("noise");
    int elements = network.input().elements();
    byte[] pixels = new byte[EXAMPLES * elements];
    byte[] labels = new byte[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      labels[i] = (byte) (i % classes);
      for (int e = 0; e < elements; e++) {
        int ink = pictures.below((long) labels[i] * elements + e, 2) * 192;
        pixels[i * elements + e] = (byte) (ink + noise.below((long) i * elements + e, 64));
      }
    }
    List<String> names = IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    return Dataset.of("pictures", model.input(), pixels, labels, names);
  }

  private static Parameters copy(Parameters of) {
    return new Parameters(of.layout(), of.values().clone());
  }

  private static List<String> unmoved(Parameters before, Parameters after) {
    return before.layout().entries().stream()
        .map(Layout.Entry::name)
        .filter(name -> Arrays.equals(before.get(name), after.get(name)))
        .toList();
  }
}
