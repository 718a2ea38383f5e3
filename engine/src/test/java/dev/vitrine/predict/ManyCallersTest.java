package dev.vitrine.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An answer depends on its example alone, whoever else asks and whatever is asked with it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ManyCallersTest {
  private static final int IMAGES = 300;
  private static final Shape INPUT = Shape.of(2, 9, 8);

  private final Model model = model();
  private final float[][] images = images();

  private static Model model() {
    Model model =
        Model.of(
            Sequential.of(
                Conv2d.of(6, 3).padding(1),
                BatchNorm2d.of(),
                Activation.relu(),
                Conv2d.of(20, 3).padding(1),
                BatchNorm2d.of(),
                Activation.tanh(),
                MaxPool2d.of(2),
                Conv2d.of(5, 3).stride(2).padding(1),
                Flatten.of(),
                Linear.of(30),
                Activation.relu(),
                Linear.of(10)),
            INPUT,
            Initializer.normal(0.3),
            Initializer.normal(0.3),
            Seed.of(3));
    for (int n = 1; n <= 2; n++) {
      float[] variance = new float[n == 1 ? 6 : 20];
      for (int c = 0; c < variance.length; c++) {
        variance[c] = 0.5f + c;
      }
      model.parameters().set("batchnorm%s.running_var".formatted(n), variance);
    }
    return model;
  }

  private static float[][] images() {
    float[][] images = new float[IMAGES][INPUT.elements()];
    for (int n = 0; n < IMAGES; n++) {
      for (int i = 0; i < images[n].length; i++) {
        images[n][i] = (float) Seed.of(n).stream("image").normal(i);
      }
    }
    return images;
  }

  private float[][] alone(LayerOutput output) {
    return Arrays.stream(images).map(output::read).toArray(float[][]::new);
  }

  private static void assertSame(float[][] got, float[][] expected, int from) {
    for (int i = 0; i < got.length; i++) {
      assertThat(Arrays.equals(got[i], expected[from + i])).as("example %d", from + i).isTrue();
    }
  }

  /** A normalised layer is folded; one that is folded away is read from the whole network. */
  @Test
  void aBatchOfAnySizeGivesTheSameBits() {
    try (Predictor predictor = Predictor.of(model)) {
      for (String layer : new String[] {"conv1", "batchnorm1", "batchnorm2", "conv3", "linear2"}) {
        LayerOutput output = predictor.layer(layer);
        float[][] expected = alone(output);
        assertThat(expected[0]).isNotEqualTo(expected[1]);
        for (int count : new int[] {1, 3, 16, 17, 33, 256, 257, IMAGES}) {
          int from = IMAGES - count;
          float[][] batch = Arrays.copyOfRange(images, from, IMAGES);
          assertSame(output.read(batch), expected, from);
        }
      }
    }
  }

  @Test
  void foldedLayersAreNearTheWholeNetworks() {
    try (Predictor predictor = Predictor.of(model)) {
      float[] conv = predictor.layer("conv1").read(images[0]);
      float[] norm = predictor.layer("batchnorm1").read(images[0]);
      float[] variance = model.parameters().get("batchnorm1.running_var");
      for (int i = 0; i < conv.length; i++) {
        double expected = conv[i] / Math.sqrt(variance[i / 72] + 1e-5);
        assertThat(norm[i]).isCloseTo((float) expected, within(1e-5f));
      }
    }
  }

  @Test
  void threadsGetTheBitsOfOne() throws InterruptedException {
    try (Predictor predictor = Predictor.of(model)) {
      LayerOutput middle = predictor.layer("conv2");
      float[][] expected = predictor.predict(images);
      float[][] inside = middle.read(images);
      AtomicInteger answers = new AtomicInteger();
      onThreads(
          8,
          thread -> {
            for (int call = 0; call < 2_000; call++) {
              int n = (call * 7 + thread * 31) % (IMAGES - 20);
              if (call % 50 == 0) {
                assertSame(predictor.predict(Arrays.copyOfRange(images, n, n + 20)), expected, n);
              } else if (call % 3 == 0) {
                assertSame(new float[][] {middle.read(images[n])}, inside, n);
              } else {
                assertSame(new float[][] {predictor.predict(images[n])}, expected, n);
              }
              answers.incrementAndGet();
            }
          });
      assertThat(answers).hasValue(16_000);
    }
  }

  /** Little calls have a second thread while they follow each other, and none after a pause. */
  @Test
  void littleCallsGiveTheSameBitsInARowAndAfterPauses() throws InterruptedException {
    Model little =
        Model.of(
            Sequential.of(
                Conv2d.of(6, 5).padding(2),
                Activation.tanh(),
                MaxPool2d.of(2),
                Conv2d.of(16, 5),
                Flatten.of(),
                Linear.of(10)),
            Shape.of(1, 28, 28),
            Initializer.normal(0.1),
            Initializer.normal(0.1),
            Seed.of(4));
    float[][] pictures = new float[20][28 * 28];
    float[][] expected = new float[pictures.length][];
    try (Predictor alone = Predictor.onCallers(little);
        Predictor predictor = Predictor.of(little)) {
      for (int n = 0; n < pictures.length; n++) {
        for (int i = 0; i < pictures[n].length; i++) {
          pictures[n][i] = (float) Seed.of(n).stream("picture").normal(i);
        }
        expected[n] = alone.predict(pictures[n]);
      }
      for (int threads : new int[] {1, 3}) {
        onThreads(
            threads,
            thread -> {
              for (int call = 0; call < 300; call++) {
                int n = (call + 7 * thread) % pictures.length;
                if (call % 60 == 59) {
                  LockSupport.parkNanos(2_000_000);
                }
                assertSame(new float[][] {predictor.predict(pictures[n])}, expected, n);
              }
            });
      }
    }
  }

  private interface Caller {
    void call(int thread);
  }

  private static void onThreads(int count, Caller caller) throws InterruptedException {
    AtomicInteger good = new AtomicInteger();
    Thread[] threads =
        IntStream.range(0, count)
            .mapToObj(t ->
                Thread.ofPlatform()
                    .start(() -> {
                      caller.call(t);
                      good.incrementAndGet();
                    }))
            .toArray(Thread[]::new);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(good).as("threads without a wrong answer").hasValue(count);
  }

  /** Each caller is served to the end of its call, or refused. */
  @Test
  void itMayBeClosedWhileOthersAsk() throws InterruptedException {
    for (int round = 0; round < 20; round++) {
      Predictor predictor = Predictor.of(model);
      float[] expected = predictor.predict(images[0]);
      CountDownLatch begun = new CountDownLatch(4);
      AtomicInteger refused = new AtomicInteger();
      Thread closing =
          Thread.ofPlatform()
              .start(() -> {
                await(begun);
                predictor.close();
              });
      onThreads(
          4,
          thread -> {
            while (true) {
              begun.countDown();
              try {
                assertThat(predictor.predict(images[0])).containsExactly(expected);
              } catch (IllegalStateException e) {
                assertThat(e).hasMessage("The predictor was closed: make a new one");
                refused.incrementAndGet();
                return;
              }
            }
          });
      closing.join();
      assertThat(refused).hasValue(4);
      predictor.close();
      assertThatThrownBy(() -> predictor.layer("conv1").read(images[0]))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("The predictor was closed: make a new one");
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatTheModelLearnsLaterIsNotSeen() {
    try (Predictor predictor = Predictor.of(model)) {
      float[] before = predictor.predict(images[0]);
      float[] conv = predictor.layer("conv1").read(images[0]);
      model.parameters().set("linear2.bias", new float[10]);
      model.parameters().set("conv1.bias", new float[6]);
      assertThat(predictor.predict(images[0])).containsExactly(before);
      assertThat(predictor.layer("conv1").read(images[0])).containsExactly(conv);
    }
    try (Predictor later = Predictor.of(model)) {
      assertThat(later.layer("linear2").read(images[0]))
          .isNotEqualTo(Predictor.of(model()).predict(images[0]));
    }
  }
}
