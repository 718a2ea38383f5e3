package dev.vitrine.neuron.learning;

import dev.vitrine.random.RandomStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Weights that learn by a rule: one unit, or hidden ones and an output that reads them. */
final class Units {
  private final Rule rule;
  private final double rate;

  /** The hidden units, if there are any, then the output. */
  private final double[][] weights;

  Units(Rule rule, double rate, int inputs, int hidden) {
    this.rule = rule;
    this.rate = rate;
    weights = new double[hidden + 1][inputs];
    if (hidden > 0) {
      weights[hidden] = new double[hidden + 1];
    }
  }

  void draw(RandomStream random) {
    int at = 0;
    for (double[] unit : weights) {
      for (int i = 0; i < unit.length; i++) {
        unit[i] = random.uniform(at++, -0.5, 0.5);
      }
    }
  }

  /** All weights, unit after unit. */
  double[] all() {
    return IntStream.range(0, weights.length)
        .boxed()
        .flatMapToDouble(u -> Arrays.stream(weights[u]))
        .toArray();
  }

  private static double dot(double[] w, double... x) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += w[i] * x[i];
    }
    return sum;
  }

  private static double sign(double sum) {
    return sum >= 0 ? 1 : -1;
  }

  private int hidden() {
    return weights.length - 1;
  }

  private double[] hiddenOutputs(double... x) {
    double[] outputs = new double[hidden() + 1];
    outputs[0] = 1;
    for (int h = 0; h < hidden(); h++) {
      outputs[h + 1] = sign(dot(weights[h], x));
    }
    return outputs;
  }

  /** The sum of the output unit. */
  double sum(double... x) {
    double[] read = hidden() == 0 ? x : hiddenOutputs(x);
    return dot(weights[hidden()], read);
  }

  boolean isRight(double d, double... x) {
    return sign(sum(x)) == d;
  }

  /** Learns from a row. */
  void learn(double d, double... x) {
    switch (rule) {
      case ADALINE -> add(weights[0], rate * (d - sum(x)), x);
      case PERCEPTRON -> {
        if (!isRight(d, x)) {
          add(weights[0], rate * d, x);
        }
      }
      case MADALINE -> {
        if (!isRight(d, x)) {
          disturb(d, x);
        }
      }
    }
  }

  private static void add(double[] w, double factor, double... x) {
    for (int i = 0; i < w.length; i++) {
      w[i] += factor * x[i];
    }
  }

  /** As little as mends it: one hidden unit, the least decided first, else two, else the output. */
  private void disturb(double d, double... x) {
    List<Integer> order = new ArrayList<>();
    for (int h = 0; h < hidden(); h++) {
      order.add(h);
    }
    order.sort(Comparator.comparingDouble(h -> Math.abs(dot(weights[h], x))));
    for (int h : order) {
      if (turned(d, List.of(h), x)) {
        return;
      }
    }
    for (int a = 0; a < order.size(); a++) {
      for (int b = a + 1; b < order.size(); b++) {
        if (turned(d, List.of(order.get(a), order.get(b)), x)) {
          return;
        }
      }
    }
    double[] read = hiddenOutputs(x);
    toward(weights[hidden()], d, read);
  }

  /** Turns units if the output is right then. */
  private boolean turned(double d, List<Integer> units, double... x) {
    double[] outputs = hiddenOutputs(x);
    units.forEach(h -> outputs[h + 1] *= -1);
    if (sign(dot(weights[hidden()], outputs)) != d) {
      return false;
    }
    units.forEach(h -> toward(weights[h], outputs[h + 1], x));
    return true;
  }

  /** A step of least mean squares that does not depend on the row's length. */
  private void toward(double[] w, double wanted, double... x) {
    add(w, rate * (wanted - dot(w, x)) / dot(x, x), x);
  }
}
