package dev.vitrine.inside;

import dev.vitrine.op.Op;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which units of a layer do nothing for the examples that were looked at. A unit is a channel, at
 * all its places, or a number of a vector.
 *
 * @param dead units of a ReLU that give 0 for all examples: no gradient passes them
 * @param saturated units of a sigmoid or tanh that are flat for all examples: whose function's
 *     slope is below {@link #FLAT} of its largest
 * @param flatOutputs the share of all outputs where it is so, of a sigmoid or tanh; else 0
 * @param copies units of a layer with weights that give what an earlier one gives, to {@link
 *     #ROUNDING} of their size, by that one's number
 */
public record UnitFaults(
    List<Integer> dead,
    List<Integer> saturated,
    double flatOutputs,
    Map<Integer, List<Integer>> copies) {
  /** The share of the largest slope below which a function is flat. */
  public static final double FLAT = 0.05;

  /** How far apart, as a share of their size, units may be that are copies. */
  public static final double ROUNDING = 1e-5;

  /** Copies the collections. */
  public UnitFaults {
    dead = List.copyOf(dead);
    saturated = List.copyOf(saturated);
    copies = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(copies));
  }

  /**
   * {@return the faults of a layer's units}
   *
   * @param layer what it gave for at least one example
   * @param weighted whether it has weights: only such are looked at for copies
   */
  public static UnitFaults of(LayerNumbers layer, boolean weighted) {
    List<Integer> dead = new ArrayList<>();
    List<Integer> saturated = new ArrayList<>();
    long flat = 0;
    boolean bends = layer.op() instanceof Sigmoidal.Sigmoid || layer.op() instanceof Sigmoidal.Tanh;
    for (int unit = 0; unit < layer.units(); unit++) {
      if (layer.op() instanceof Rectifier.Relu && greatest(layer, unit) <= 0) {
        dead.add(unit);
      }
      if (bends) {
        long own = flat(layer, unit);
        flat += own;
        if (own == (long) layer.outputs().length * layer.plane()) {
          saturated.add(unit);
        }
      }
    }
    double all = (double) layer.outputs().length * layer.shape().elements();
    return new UnitFaults(dead, saturated, flat / all, weighted ? copies(layer) : Map.of());
  }

  private static double greatest(LayerNumbers layer, int unit) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (float[] output : layer.outputs()) {
      for (int i = 0; i < layer.plane(); i++) {
        greatest = Math.max(greatest, output[unit * layer.plane() + i]);
      }
    }
    return greatest;
  }

  private static long flat(LayerNumbers layer, int unit) {
    long flat = 0;
    for (float[] output : layer.outputs()) {
      for (int i = 0; i < layer.plane(); i++) {
        flat += slope(layer.op(), output[unit * layer.plane() + i]) < FLAT ? 1 : 0;
      }
    }
    return flat;
  }

  /**
   * {@return the derivative of a function that saturates, told from what it gives, as a share of
   * its largest}
   *
   * @param op sigmoid or tanh
   * @param y what it gives
   * @throws IllegalArgumentException if it is another function
   */
  public static double slope(Op op, double y) {
    return switch (op) {
      case Sigmoidal.Sigmoid _ -> 4 * y * (1 - y);
      case Sigmoidal.Tanh _ -> 1 - y * y;
      default -> throw new IllegalArgumentException("Nothing saturates in " + op);
    };
  }

  private static Map<Integer, List<Integer>> copies(LayerNumbers layer) {
    Map<Integer, List<Integer>> copies = new LinkedHashMap<>();
    boolean[] taken = new boolean[layer.units()];
    for (int first = 0; first < layer.units(); first++) {
      for (int second = first + 1; second < layer.units() && !taken[first]; second++) {
        if (!taken[second] && alike(layer, first, second)) {
          taken[second] = true;
          copies.computeIfAbsent(first, _ -> new ArrayList<>()).add(second);
        }
      }
    }
    return copies;
  }

  private static boolean alike(LayerNumbers layer, int first, int second) {
    int plane = layer.plane();
    double most = 0;
    for (float[] output : layer.outputs()) {
      for (int i = 0; i < plane; i++) {
        most = Math.max(most, Math.abs(output[first * plane + i]));
      }
    }
    for (float[] output : layer.outputs()) {
      for (int i = 0; i < plane; i++) {
        double apart = (double) output[first * plane + i] - output[second * plane + i];
        if (!(Math.abs(apart) <= ROUNDING * most)) {
          return false;
        }
      }
    }
    return true;
  }

  /** {@return how many units are copies of an earlier one} */
  public int copied() {
    return copies.values().stream().mapToInt(List::size).sum();
  }

  /** {@return whether there is none} */
  public boolean none() {
    return dead.isEmpty() && saturated.isEmpty() && copies.isEmpty();
  }
}
