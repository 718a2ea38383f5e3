package dev.vitrine.testkit;

import dev.vitrine.op.Affine;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Dense layers: odd sizes, tiles of every remainder, shared inputs, computed weights, fusion. */
final class DenseCases {
  private DenseCases() {}

  static List<GraphCase> all() {
    List<GraphCase> cases = new ArrayList<>();
    int[][] sizes = {
      {1, 1}, {1, 13}, {13, 1}, {13, 17}, {17, 13}, {16, 4}, {32, 5}, {33, 6}, {3, 8}, {5, 9},
      {2, 10}, {4, 11}, {3, 165}, {165, 3}, {207, 2}
    };
    for (int[] size : sizes) {
      cases.add(affine(size[0], size[1], true));
    }
    cases.add(affine(13, 17, false));
    cases.add(affine(1, 1, false));
    cases.add(
        GraphCase.of(
            "Affine, shared input",
            g -> g.apply(new Affine(true), g.parameter(13), g.parameter(7, 13), g.parameter(7))));
    cases.add(
        GraphCase.of(
            "Affine of a scaled weight",
            g -> g.apply(new Affine(false), g.input(5), g.scale(g.parameter(3, 5), 2))));
    cases.add(
        GraphCase.of(
            "Affine of a reshaped weight and a computed bias",
            g ->
                g.apply(
                    new Affine(true),
                    g.input(5),
                    g.reshape(g.parameter(15), Shape.of(3, 5)),
                    g.exp(g.parameter(3)))));
    cases.add(GraphCase.of("Affine with ReLU", g -> g.relu(dense(g, g.input(13), 7))));
    cases.add(GraphCase.of("Affine with tanh", g -> g.tanh(dense(g, g.input(13), 7))));
    cases.add(GraphCase.of("Affine with softplus", g -> g.softplus(dense(g, g.input(13), 17))));
    cases.add(GraphCase.of("Affine read twice", g -> readTwice(g, dense(g, g.input(13), 7))));
    cases.add(
        GraphCase.of(
            "Affine added, then rectified", g -> addedThenRectified(g, dense(g, g.input(13), 7))));
    cases.add(
        GraphCase.of(
            "three layers",
            g -> dense(g, g.relu(dense(g, g.sigmoid(dense(g, g.input(13), 17)), 5)), 3)));
    cases.add(GraphCase.of("one weight for two layers", g -> tied(g)));
    cases.add(
        GraphCase.forward(
            "Affine.WeightGradient, shared input",
            g -> g.apply(new Affine.WeightGradient(), g.parameter(13), g.input(7))));
    cases.add(
        GraphCase.forward(
            "Affine.WeightGradient, shared dy",
            g -> g.apply(new Affine.WeightGradient(), g.input(13), g.parameter(7))));
    return cases;
  }

  private static GraphCase affine(int in, int out, boolean bias) {
    return GraphCase.of(
        "Affine(%s → %s%s)".formatted(in, out, bias ? "" : ", no bias"),
        g -> {
          Value x = g.input(in);
          Value w = g.parameter(out, in);
          return bias
              ? g.apply(new Affine(true), x, w, g.parameter(out))
              : g.apply(new Affine(false), x, w);
        });
  }

  private static Value dense(CaseBuilder g, Value x, int out) {
    Value w = g.parameter(out, x.shape().size(0));
    return g.apply(new Affine(true), x, w, g.parameter(out));
  }

  private static Value readTwice(CaseBuilder g, Value y) {
    return g.multiply(g.relu(y), y);
  }

  /** Neither reader's derivative needs y itself, so only their number forbids fusion. */
  static Value addedThenRectified(CaseBuilder g, Value y) {
    Value sum = g.add(y, g.input(y.shape().sizes()));
    return g.add(sum, g.relu(y));
  }

  private static Value tied(CaseBuilder g) {
    Value w = g.parameter(7, 7);
    return g.apply(new Affine(false), g.tanh(g.apply(new Affine(false), g.input(7), w)), w);
  }
}
