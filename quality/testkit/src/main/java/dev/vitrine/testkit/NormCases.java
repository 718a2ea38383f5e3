package dev.vitrine.testkit;

import dev.vitrine.op.Lrn;
import dev.vitrine.op.Value;
import java.util.ArrayList;
import java.util.List;

/** Normalisations: windows of every kind, batches of every shape. */
final class NormCases {
  private NormCases() {}

  static List<GraphCase> all() {
    List<GraphCase> cases = new ArrayList<>();
    responses(cases);
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

  private static Value gated(CaseBuilder g, Value x) {
    Value y = g.apply(new Lrn(1, 1, 0.2, 0.75, 1), x);
    return g.multiply(y, g.sigmoid(g.add(x, y)));
  }

  private static GraphCase lrn(Lrn op, int... sizes) {
    return GraphCase.of(
        op + " of " + dev.vitrine.tensor.Shape.of(sizes), g -> g.apply(op, g.input(sizes)));
  }
}
