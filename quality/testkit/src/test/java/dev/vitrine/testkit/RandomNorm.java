package dev.vitrine.testkit;

import dev.vitrine.op.Lrn;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;

/** Normalisations of values of any shape, with any window. */
final class RandomNorm {
  private RandomNorm() {}

  static RandomCase any(Draws draws, String context) {
    Shape x =
        draws.coin()
            ? Shape.of(draws.between(1, 70))
            : Shape.of(draws.between(1, 12), draws.between(1, 9), draws.between(1, 9));
    return draws.coin() ? responses(draws, x, context) : batch(draws, x, context);
  }

  private static RandomCase responses(Draws draws, Shape x, String context) {
    double beta = draws.coin() ? 0.75 : draws.between(1, 6) / 4.0;
    double k = draws.between(0, 5) / 20.0;
    Lrn op = new Lrn(draws.between(0, 7), draws.between(0, 7), k, beta, draws.between(2, 5) / 2.0);
    GraphCase c =
        GraphCase.of("%s%s of %s".formatted(context, op, x), g -> g.apply(op, g.input(x.sizes())));
    return new RandomCase(c, 16L * x.elements(), true);
  }

  private static RandomCase batch(Draws draws, Shape x, String context) {
    double eps = draws.between(1, 10) / 100.0;
    boolean rectified = draws.coin();
    GraphCase c =
        GraphCase.of(
            "%sBatchNorm with eps %s of %s%s"
                .formatted(context, eps, x, rectified ? ", then ReLU" : ""),
            g -> {
              Value y = NormCases.batchNorm(g, g.input(x.sizes()), eps);
              return rectified ? g.relu(y) : y;
            });
    return new RandomCase(c, 16L * x.elements(), !rectified);
  }
}
