package dev.vitrine.bench.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.vitrine.bench.Contender;
import dev.vitrine.bench.VitrineContender;
import dev.vitrine.data.Dataset;
import dev.vitrine.lab.Workload;
import dev.vitrine.lab.Workloads;
import dev.vitrine.nn.ParameterSpec;
import dev.vitrine.optim.Adam;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vitrine's training against PyTorch's, from the same numbers on the same batches. */
class PyTorchParityTest {
  private static final int THREADS = 2;
  private static final int STEPS = 50;
  private static final int TEN = 10;

  @BeforeAll
  static void askForPyTorchsAdam() {
    System.setProperty("vitrine.parity", "true");
  }

  static List<Workload> workloads() {
    return Workloads.ALL;
  }

  /**
   * Step by step at first, then as means of ten steps: rounding errors grow as training goes on,
   * most with Adam, so that after 25 steps of W4 single losses of PyTorch on AVX2 and on AVX-512
   * differ by a thousandth too.
   */
  @ParameterizedTest
  @MethodSource("workloads")
  void lossCurvesAgree(Workload workload) {
    Dataset data = workload.data();
    Contender vitrine = new VitrineContender.Make().open(workload, data, THREADS);
    Contender pyTorch = new DjlContender.Make().open(workload, data, THREADS);
    double ours = 0;
    double theirs = 0;
    for (int step = 0; step < STEPS; step++) {
      double expected = pyTorch.step();
      double actual = vitrine.step();
      if (step < TEN) {
        assertThat(actual)
            .as("loss of %s at step %d", workload.id(), step)
            .isCloseTo(expected, Offset.offset(1e-4 * expected));
      }
      ours += actual;
      theirs += expected;
      if (step % TEN == TEN - 1) {
        assertThat(ours / TEN)
            .as("mean loss of %s in the ten steps to %d", workload.id(), step)
            .isCloseTo(theirs / TEN, Offset.offset(1e-3 * theirs / TEN));
        ours = 0;
        theirs = 0;
      }
    }
  }

  /**
   * After one step every parameter has moved alike, to a thousandth of its movement: a gradient
   * without an effect on the loss yet would show here.
   */
  @ParameterizedTest
  @MethodSource("workloads")
  void everyParameterMovesAlike(Workload workload) {
    Dataset data = workload.data();
    Contender vitrine = new VitrineContender.Make().open(workload, data, THREADS);
    Contender pyTorch = new DjlContender.Make().open(workload, data, THREADS);
    vitrine.step();
    pyTorch.step();
    for (ParameterSpec spec : workload.model().specs()) {
      float[] start = workload.model().parameters().get(spec.name());
      float[] ours = vitrine.parameter(spec.name());
      float[] theirs = pyTorch.parameter(spec.name());
      assertThat(distance(theirs, start)).as("movement of %s", spec.name()).isPositive();
      assertThat(distance(ours, theirs))
          .as("distance of %s as against its movement", spec.name())
          .isLessThan(1e-3 * distance(theirs, start));
    }
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }

  /** 100 steps on gradients of many sizes, zero among them; weights compared after each. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.01})
  void adamAgreesStepByStep(double weightDecay) {
    Adam adam = Adam.of(1e-3).weightDecay(weightDecay);
    RandomStream random = Seed.of(5).stream("adam parity");
    int n = 37;
    float[] w = new float[n];
    for (int i = 0; i < n; i++) {
      w[i] = (float) random.normal(i);
    }
    float[][] state = new float[2][n];
    try (NDManager manager = NDManager.newBaseManager()) {
      PyTorchAdam rule = new PyTorchAdam(adam, manager);
      NDArray weight = manager.create(w.clone());
      for (int step = 0; step < 100; step++) {
        float[] g = new float[n];
        for (int i = 0; i < n; i++) {
          g[i] = i == 0 ? 0 : (float) (random.normal(n + step * n + i) * Math.pow(10, -i % 10));
        }
        adam.update(w, g, state, 0, n, 1e-3f, true, step);
        rule.update("w", weight, manager.create(g));
        float[] expected = weight.toFloatArray();
        for (int i = 0; i < n; i++) {
          assertThat(w[i])
              .as("weight %d after step %d", i, step)
              .isCloseTo(expected[i], Offset.offset(2e-6f * Math.max(1, Math.abs(expected[i]))));
        }
      }
    }
  }
}
