package dev.vitrine.testkit;

import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.BatchSpread;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.util.List;

/** The weight gradients of convolutions: sums over the batch and over positions. */
final class ConvolutionSums {
  /**
   * Whole numbers whose transforms, of up to 156 (225) times as much in steps of 2⁻⁴ (2⁻⁶), are
   * exact; see {@link WinogradSums}.
   */
  private static final Points X = (random, i) -> random.below(i, 8001) - 4000;

  private static final Points DY = (random, i) -> random.below(i, 2001) - 1000;

  private static final int SIDE = 8;
  private static final int CHANNELS = 12;
  private static final int FILTERS = 13;

  private ConvolutionSums() {}

  static List<SumCase> all() {
    return List.of(
        direct("a convolution's weight gradient", 4, 6, 7, 5, Window.of(3).padding(1), 1),
        direct("that of strides and groups", 6, 4, 9, 8, Window.of(3).stride(2), 2),
        direct("that of taps mostly outside the image", 3, 5, 2, 3, Window.of(5).padding(2), 1),
        products(),
        dead());
  }

  /** dy as graphs make it: 0 in lanes without an example. */
  private static Value gradient(CaseBuilder g, Points points, Shape shape) {
    Value one = g.constant(1, shape);
    Value dy = g.data(points, shape.sizes());
    return g.multiply(dy, g.apply(new BatchSpread(BatchReduce.SUM), one));
  }

  private static SumCase direct(
      String name, int in, int out, int height, int width, Window window, int groups) {
    Geometry geometry = Geometry.of(in, out, height, width, window, groups);
    return direct(name, BatchSums.SIZES, geometry, Points.normal());
  }

  private static SumCase direct(String name, List<Oracle.Size> sizes, Geometry of, Points dy) {
    return SumCase.of(
            name,
            sizes,
            g -> of.gradient(g.data(Points.normal(), of.x.sizes()), gradient(g, dy, of.y), g),
            of.w.elements(),
            (in, k) -> SumOrders.fusedLanes(in.examples(), of.plane(), of.dy(in, k), of.tap(in, k)))
        .wrong(
            BatchSums.CHAIN,
            (in, k) -> SumOrders.fusedChain(in.examples(), of.plane(), of.dy(in, k), of.tap(in, k)))
        .wrong(
            BatchSums.BACKWARDS,
            (in, k) ->
                SumOrders.fusedLanes(
                    in.examples(),
                    of.plane(),
                    (n, i) -> of.dy(in, k).of(n, of.plane() - 1 - i),
                    (n, i) -> of.tap(in, k).of(n, of.plane() - 1 - i)))
        .wrong(
            BatchSums.UNFUSED,
            (in, k) ->
                SumOrders.lanes(
                    in.examples(),
                    of.plane(),
                    (n, i) -> of.dy(in, k).of(n, i) * of.tap(in, k).of(n, i)));
  }

  /** By Winograd's products. */
  private static SumCase products() {
    Geometry of = square();
    return SumCase.of(
            "that of Winograd's products",
            List.of(new Oracle.Size(40, 35)),
            g -> of.gradient(g.data(X, of.x.sizes()), gradient(g, DY, of.y), g),
            in -> winograd(in, false))
        .wrong("tiles from the last", in -> winograd(in, true));
  }

  private static float[] winograd(SumCase.Given in, boolean other) {
    float[][] x = new float[in.examples()][];
    float[][] dy = new float[in.examples()][];
    for (int n = 0; n < x.length; n++) {
      x[n] = in.x(0, n);
      dy[n] = in.x(1, n);
    }
    return new WinogradSums(SIDE, CHANNELS, FILTERS, in.examples(), x, dy, other).gradient();
  }

  /**
   * Where products would be noise, because dy is alive in an image's first row alone: the filters'
   * first two rows lie above the image, their gradient is 0, and so all of them is summed directly.
   */
  private static SumCase dead() {
    Points dy = (random, i) -> i % (SIDE * SIDE) < SIDE ? random.normal(i) : 0;
    return direct("that of nearly dead filters", List.of(new Oracle.Size(40, 35)), square(), dy);
  }

  private static Geometry square() {
    return Geometry.of(CHANNELS, FILTERS, SIDE, SIDE, Window.of(5).padding(2), 1);
  }

  /** A convolution's shapes. */
  private record Geometry(Shape x, Shape w, Shape y, Window window, int groups) {
    static Geometry of(int in, int out, int height, int width, Window window, int groups) {
      Shape x = Shape.of(in, height, width);
      Shape w = Shape.of(out, in / groups, window.h().kernel(), window.w().kernel());
      Shape y = new Convolution(window, groups, false).shape(List.of(x, w));
      return new Geometry(x, w, y, window, groups);
    }

    Value gradient(Value ofX, Value ofDy, CaseBuilder g) {
      return g.apply(new Convolution.WeightGradient(window, groups, w), ofX, ofDy);
    }

    int plane() {
      return y.size(1) * y.size(2);
    }

    /** dy of weight k's filter, by position. */
    SumOrders.Term dy(SumCase.Given in, int k) {
      int filter = k / (w.elements() / w.size(0));
      return (n, i) -> in.x(1, n, filter * plane() + i);
    }

    /** The x under weight k at a position; 0 outside the image. */
    SumOrders.Term tap(SumCase.Given in, int k) {
      int filter = k / (w.elements() / w.size(0));
      int channel = filter / (w.size(0) / groups) * w.size(1) + k / window.elements() % w.size(1);
      int tap = k % window.elements();
      return (n, i) -> {
        int row = window.h().source(i / y.size(2), tap / w.size(3));
        int column = window.w().source(i % y.size(2), tap % w.size(3));
        boolean inside = row >= 0 && row < x.size(1) && column >= 0 && column < x.size(2);
        return inside ? in.x(0, n, (channel * x.size(1) + row) * x.size(2) + column) : 0;
      };
    }
  }
}
