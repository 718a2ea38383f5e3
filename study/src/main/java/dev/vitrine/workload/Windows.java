package dev.vitrine.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The windows of one workload. The undisturbed ones count; if there are fewer than {@link #WANTED},
 * all do, and {@link #quiet} says so.
 *
 * @param all in the order in which they were timed
 */
public record Windows(List<Window> all) {
  /** How many undisturbed windows a median is taken over. */
  public static final int WANTED = 7;

  /** How many windows are tried before a machine is taken for one that is never quiet. */
  public static final int TRIES = 3 * WANTED;

  /** Copies the list. */
  public Windows {
    all = List.copyOf(all);
  }

  /**
   * {@return these with one window more}
   *
   * @param window one that was timed after these
   */
  public Windows plus(Window window) {
    List<Window> more = new ArrayList<>(all);
    more.add(window);
    return new Windows(more);
  }

  /** {@return whether no more windows are needed} */
  public boolean enough() {
    return quiet() || all.size() >= TRIES;
  }

  /** {@return whether there are enough undisturbed windows} */
  public boolean quiet() {
    return all.size() - disturbed() >= WANTED;
  }

  /** {@return how many windows were disturbed} */
  public int disturbed() {
    return (int) all.stream().filter(Window::disturbed).count();
  }

  /** {@return the median of steps a second over the windows that count} */
  public double stepsPerSecond() {
    double[] sorted = sorted();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * {@return half the distance between the fastest and the slowest that count, as a share of the
   * median}
   */
  public double spread() {
    double[] sorted = sorted();
    return (sorted[sorted.length - 1] - sorted[0]) / 2 / stepsPerSecond();
  }

  private double[] sorted() {
    boolean onlyQuiet = quiet();
    double[] rates =
        all.stream()
            .filter(window -> !onlyQuiet || !window.disturbed())
            .mapToDouble(Window::stepsPerSecond)
            .toArray();
    if (rates.length == 0) {
      throw new IllegalStateException("There is no window yet");
    }
    Arrays.sort(rates);
    return rates;
  }
}
