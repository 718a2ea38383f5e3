package dev.vitrine.testkit;

import dev.vitrine.op.Affine;
import dev.vitrine.op.BatchNorm;
import dev.vitrine.op.ChannelSum;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Lrn;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Normalisations: windows of every kind, batches of every shape. */
final class NormCases {
  private NormCases() {}

  static List<GraphCase> all() {
    List<GraphCase> cases = new ArrayList<>();
    responses(cases);
    batches(cases);
    statistics(cases);
    return cases;
  }

  private static void responses(List<GraphCase> cases) {
    int[] image = {7, 3, 2};
    cases.add(lrn(new Lrn(2, 2, 0.3, 0.75, 1), image));
    cases.add(lrn(new Lrn(2, 2, 2e-5, 0.75, 1), image));
    cases.add(lrn(new Lrn(1, 2, 0.2, 0.75, 2), image));
    cases.add(lrn(new Lrn(0, 0, 0.5, 0.75, 1), image));
    cases.add(lrn(new Lrn(9, 8, 0.1, 0.75, 1), image));
    cases.add(lrn(new Lrn(3, 0, 0.1, 0.5, 1.5), image));
    cases.add(lrn(new Lrn(1, 1, 0.2, 1.3, 0.7), image));
    cases.add(lrn(new Lrn(1, 1, 0.2, 0, 1), image));
    cases.add(lrn(new Lrn(1, 1, 0, 0.75, 3), image));
    cases.add(lrn(new Lrn(2, 2, 0.1, 0.75, 1), 1, 5, 4));
    cases.add(lrn(new Lrn(2, 2, 0.1, 0.75, 1), 3, 5, 7)); // more positions than a task takes
    cases.add(lrn(new Lrn(2, 2, 0.1, 0.6, 1), 3, 5, 7));
    cases.add(lrn(new Lrn(2, 2, 0.1, 0.75, 1), 17));
    cases.add(
        GraphCase.of(
            "Lrn, shared", g -> g.apply(new Lrn(1, 1, 0.2, 0.75, 1), g.parameter(5, 2, 2))));
    cases.add(
        GraphCase.of(
            "Lrn of zeros and ties",
            g -> g.apply(new Lrn(1, 1, 0.2, 0.75, 1), g.input(Points.ties(), 5, 2, 3))));
    cases.add(GraphCase.of("Lrn read twice", g -> gated(g, g.input(5, 2, 3))));
  }

  private static void batches(List<GraphCase> cases) {
    cases.add(GraphCase.of("BatchNorm of a vector", g -> batchNorm(g, g.input(13), 1e-2)));
    cases.add(GraphCase.of("BatchNorm of one number", g -> batchNorm(g, g.input(1), 1e-2)));
    cases.add(GraphCase.of("BatchNorm of an image", g -> batchNorm(g, g.input(3, 4, 5), 1e-5)));
    cases.add(
        GraphCase.of("BatchNorm of a long channel", g -> batchNorm(g, g.input(2, 9, 8), 1e-5)));
    cases.add(
        GraphCase.of(
            "BatchNorm far from zero",
            g -> batchNorm(g, g.input(Points.between(9, 11), 3, 4, 5), 1e-5)));
    cases.add(
        GraphCase.of("BatchNorm with ReLU", g -> g.relu(batchNorm(g, g.input(3, 4, 5), 1e-5))));
    cases.add(
        GraphCase.of(
            "BatchNorm read twice",
            g -> {
              Value y = batchNorm(g, g.tanh(g.input(3, 4, 5)), 1e-5);
              return g.multiply(y, g.sigmoid(y));
            }));
    cases.add(
        GraphCase.of(
            "BatchNorm before a convolution",
            g -> {
              Value y = batchNorm(g, g.input(3, 4, 5), 1e-5);
              Convolution op = new Convolution(Window.of(3), 1, false);
              return g.apply(op, y, g.parameter(2, 3, 3, 3));
            }));
    cases.add(
        GraphCase.of(
            "BatchNorm of a dense layer",
            g -> batchNorm(g, g.apply(new Affine(false), g.input(5), g.parameter(7, 5)), 0.1)));
    for (int[] sizes : new int[][] {{13}, {3, 4, 5}}) {
      cases.add(
          GraphCase.of(
              "BatchNorm of given statistics, " + Shape.of(sizes), g -> given(g, g.input(sizes))));
    }
    cases.add(
        GraphCase.forward(
            "BatchNorm of given statistics, shared", g -> given(g, g.parameter(3, 4, 5))));
  }

  /** Statistics that are asked for themselves, in a loss that likes some, for instance. */
  private static void statistics(List<GraphCase> cases) {
    for (int[] sizes : new int[][] {{13}, {3, 4, 5}}) {
      String of = " of " + Shape.of(sizes);
      cases.add(GraphCase.of("Mean" + of, g -> g.apply(new ChannelSum.Mean(), g.input(sizes))));
      cases.add(
          GraphCase.of(
              "Variance" + of,
              g -> {
                Value x = g.tanh(g.input(sizes));
                return g.apply(new ChannelSum.Variance(), x, g.apply(new ChannelSum.Mean(), x));
              }));
      cases.add(
          GraphCase.of(
              "Variance around a given number" + of,
              g -> g.apply(new ChannelSum.Variance(), g.input(sizes), g.parameter(sizes[0]))));
    }
  }

  /** Normalisation by the batch's own statistics. */
  static Value batchNorm(CaseBuilder g, Value x, double eps) {
    int channels = x.shape().size(0);
    Value mean = g.apply(new ChannelSum.Mean(), x);
    Value variance = g.apply(new ChannelSum.Variance(), x, mean);
    Value weight = g.parameter(Points.between(0.5, 2), channels);
    return g.apply(new BatchNorm(eps, true), x, mean, variance, weight, g.parameter(channels));
  }

  private static Value given(CaseBuilder g, Value x) {
    int channels = x.shape().size(0);
    return g.relu(
        g.apply(
            new BatchNorm(1e-5, false),
            x,
            g.buffer(Points.normal(), channels),
            g.buffer(Points.between(0.3, 3), channels),
            g.parameter(channels),
            g.parameter(channels)));
  }

  private static Value gated(CaseBuilder g, Value x) {
    Value y = g.apply(new Lrn(1, 1, 0.2, 0.75, 1), x);
    return g.multiply(y, g.sigmoid(g.add(x, y)));
  }

  private static GraphCase lrn(Lrn op, int... sizes) {
    return GraphCase.of(op + " of " + Shape.of(sizes), g -> g.apply(op, g.input(sizes)));
  }
}
