package dev.vitrine.workload;

import dev.vitrine.predict.Predictor;
import java.util.Arrays;
import java.util.Objects;

/** Times requests to a predictor, one after the other, each of the same examples. */
public final class AnswerClock {
  private final StepClock clock;
  private long[] nanos = new long[1 << 10];
  private int requests;

  /**
   * A clock of requests.
   *
   * @param predictor who is asked
   * @param inputs {@code [example][element]}, what each request is about
   * @param processors tells how busy other processes are
   */
  public AnswerClock(Predictor predictor, float[][] inputs, ProcessorTime processors) {
    Objects.requireNonNull(predictor, "predictor");
    Objects.requireNonNull(inputs, "inputs");
    Objects.requireNonNull(processors, "processors");
    clock = new StepClock(() -> request(predictor, inputs), processors);
  }

  private double request(Predictor predictor, float[][] inputs) {
    long start = System.nanoTime();
    float[][] answers = predictor.predict(inputs);
    long took = System.nanoTime() - start;
    if (requests == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * requests);
    }
    nanos[requests++] = took;
    return answers[0][0];
  }

  /**
   * Lets the kernels be compiled; its requests are forgotten.
   *
   * @param windowSeconds how long a window is
   */
  public void warmUp(double windowSeconds) {
    clock.warmUp(windowSeconds);
    requests = 0;
  }

  /**
   * {@return a window of requests}
   *
   * @param seconds for how long at least
   */
  public Window run(double seconds) {
    return clock.run(seconds);
  }

  /**
   * {@return the milliseconds that a share of the requests since the warm-up took at most}
   *
   * @param share such as 0.99, above 0 and up to 1
   * @throws IllegalStateException if there was none
   */
  public double percentile(double share) {
    if (requests == 0) {
      throw new IllegalStateException("There was no request yet");
    }
    long[] sorted = Arrays.copyOf(nanos, requests);
    Arrays.sort(sorted);
    return sorted[Math.clamp((int) Math.ceil(share * requests) - 1, 0, requests - 1)] * 1e-6;
  }
}
