package dev.vitrine.testkit;

import dev.vitrine.nn.Activation;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Sequential;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.BatchSpread;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Values per example and values shared by the batch, and how one becomes the other. */
final class SharingCases {
  private SharingCases() {}

  static List<GraphCase> all() {
    List<GraphCase> cases = new ArrayList<>();
    for (BatchReduce op : BatchReduce.values()) {
      for (int size : new int[] {1, 13, 17, 1030}) {
        cases.add(
            GraphCase.of("Batch " + op + " of " + size, g -> g.apply(op, g.exp(g.input(size)))));
      }
      cases.add(GraphCase.of("Batch " + op + ", shared", g -> g.apply(op, g.parameter(13))));
      cases.add(
          GraphCase.of("Batch " + op + " of a scalar", g -> g.apply(op, g.square(g.input()))));
      cases.add(
          GraphCase.of(
              "BatchSpread of " + op,
              g -> g.multiply(g.apply(new BatchSpread(op), g.parameter(13)), g.input(13))));
    }
    cases.add(GraphCase.of("centred by the batch's mean", g -> centred(g, g.input(13))));
    cases.add(GraphCase.of("standardised over the batch", g -> standardised(g, g.input(5))));
    cases.add(
        GraphCase.of(
            "shared image plus shared scalar",
            g -> g.exp(g.add(g.parameter(2, 3), g.parameter()))));
    cases.add(
        GraphCase.of(
            "shared by two readers, one per example",
            g -> {
              Value p = g.tanh(g.parameter(13));
              return g.add(g.multiply(p, g.input(13)), g.square(p));
            }));
    cases.add(
        GraphCase.of(
            "a parameter that decays",
            g -> {
              Value p = g.parameter(3, 5);
              Value fit = g.sum(g.multiply(g.input(3, 5), p));
              return g.add(fit, g.scale(g.sum(g.square(p)), 0.1));
            }));
    cases.add(
        GraphCase.of(
            "equal gradients of two parameters",
            g -> g.multiply(g.input(13), g.add(g.parameter(13), g.parameter(13)))));
    cases.add(GraphCase.of("a layer used twice", g -> g.layer(twins(), g.input(2, 4, 3))));
    return cases;
  }

  /** One tower, with weights and statistics of its own, on two inputs. */
  private static Layer twins() {
    Layer tower = Sequential.of(Conv2d.of(3, 2), BatchNorm2d.of(), Activation.tanh(), Flatten.of());
    return (network, x) -> {
      Value left = network.add("tower", tower, x);
      return network.multiply(left, network.again("tower", network.exp(x)));
    };
  }

  private static Value centred(CaseBuilder g, Value x) {
    return g.square(g.subtract(x, g.batchMean(x)));
  }

  private static Value standardised(CaseBuilder g, Value x) {
    Value centred = g.subtract(x, g.batchMean(x));
    Value variance = g.batchMean(g.square(centred));
    Value one = g.constant(1, Shape.of(5));
    return g.multiply(centred, g.divide(one, g.power(g.shift(variance, 0.1), 0.5)));
  }
}
