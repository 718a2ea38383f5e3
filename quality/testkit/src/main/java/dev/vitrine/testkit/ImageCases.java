package dev.vitrine.testkit;

import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.AveragePool;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.BatchSpread;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.MaxPool;
import dev.vitrine.op.Span;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Convolutions and poolings: every kind of stride, padding, dilation, group and border. */
final class ImageCases {
  private static final Window UNEVEN =
      new Window(new Span(3, 2, 1, 0, 2, false), new Span(2, 3, 2, 3, 1, false));

  private ImageCases() {}

  static List<GraphCase> all() {
    List<GraphCase> cases = new ArrayList<>();
    convolutions(cases);
    unequal(cases);
    channels(cases);
    meetings(cases);
    poolings(cases);
    adaptive(cases);
    transposed(cases);
    return cases;
  }

  private static void convolutions(List<GraphCase> cases) {
    for (int stride = 1; stride <= 3; stride++) {
      for (int padding = 0; padding <= 2; padding++) {
        Window window = Window.of(3).stride(stride).padding(padding);
        cases.add(conv(shape(2, 7, 6), 3, window, 1, true));
      }
      cases.add(conv(shape(2, 9, 8), 3, Window.of(3).stride(stride).dilation(2), 1, true));
      cases.add(conv(shape(2, 5, 7), 3, Window.of(1).stride(stride), 1, true));
      cases.add(conv(shape(2, 6, 7), 3, Window.of(2).stride(stride).padding(1), 1, false));
    }
    cases.add(conv(shape(1, 1, 1), 1, Window.of(1), 1, true));
    cases.add(conv(shape(1, 13, 1), 2, UNEVEN.padding(2), 1, true));
    cases.add(conv(shape(3, 5, 7), 2, UNEVEN, 1, true));
    cases.add(conv(shape(2, 4, 4), 3, Window.of(4), 1, true));
    cases.add(conv(shape(2, 3, 3), 3, Window.of(5).padding(1), 1, true));
    cases.add(conv(shape(1, 4, 5), 2, Window.of(2).padding(4), 1, true));
    cases.add(conv(shape(1, 8, 8), 2, Window.of(2).stride(3), 1, true));
    cases.add(conv(shape(1, 6, 6), 1, Window.of(3).dilation(3).padding(3).stride(2), 1, true));
    cases.add(conv(shape(1, 6, 7), 2, Window.of(3).stride(2).ceil(true), 1, true));
    cases.add(conv(shape(1, 17, 13), 1, Window.of(5), 1, true));
    Span tall = new Span(5, 1, 1, 2, 2, false);
    Span one = new Span(1, 1, 1, 0, 0, false);
    cases.add(conv(shape(2, 6, 3), 2, new Window(tall, one), 1, true));
    cases.add(conv(shape(2, 3, 6), 2, new Window(one, tall), 1, true));
  }

  /** Other sizes down than to the right, one after the other of what a window has. */
  private static void unequal(List<GraphCase> cases) {
    cases.add(conv(shape(2, 4, 9), 4, Window.of(1, 7), 1, true));
    cases.add(conv(shape(2, 5, 3), 3, Window.of(7, 1).padding(3, 0), 1, true));
    cases.add(conv(shape(2, 6, 8), 5, Window.of(3, 5).padding(1, 2), 1, false));
    cases.add(conv(shape(3, 7, 6), 2, Window.of(3).stride(2, 1), 1, true));
    cases.add(conv(shape(2, 6, 9), 3, Window.of(2).dilation(1, 3), 1, true));
    cases.add(conv(shape(4, 7, 6), 6, Window.of(2, 3).dilation(3, 1).stride(1, 3), 2, true));
    cases.add(conv(shape(1, 4, 5), 2, Window.of(3, 2).stride(3, 2).padding(0, 2), 1, true));
    pool(cases, shape(2, 4, 6), Window.of(1, 3).stride(1, 3));
    pool(cases, shape(2, 6, 5), Window.of(3, 2).stride(2, 1).padding(1, 0));
    pool(cases, shape(1, 6, 8), Window.of(2, 3).stride(3, 2).padding(0, 1).ceil(true));
    pool(cases, shape(1, 7, 9), Window.of(3, 2).stride(1, 2).dilation(2, 3).padding(1, 0));
    pool(cases, shape(1, 5, 6), Window.of(2).dilation(2).padding(1).stride(3).ceil(true));
    cases.add(transposed(shape(2, 3, 4), Window.of(1, 4).stride(1, 2), 1, shape(3, 3, 10)));
    cases.add(transposed(shape(4, 3, 2), Window.of(3, 2).stride(3, 1), 2, shape(2, 11, 3)));
    cases.add(transposed(shape(1, 4, 3), Window.of(2, 3).dilation(3, 1), 1, shape(2, 7, 5)));
    Window padded = Window.of(3, 5).stride(2, 1).padding(1, 2);
    cases.add(transposed(shape(2, 3, 4), padded, 1, shape(2, 6, 4)));
  }

  private static void channels(List<GraphCase> cases) {
    Window window = Window.of(3).padding(1);
    for (int out : new int[] {1, 4, 5, 6, 7, 8, 9, 13}) {
      cases.add(conv(shape(1, 3, 3), out, window, 1, true));
    }
    cases.add(conv(shape(13, 3, 2), 17, Window.of(1), 1, true));
    cases.add(conv(shape(17, 2, 3), 1, Window.of(2), 1, false));
    cases.add(conv(shape(4, 5, 4), 4, window, 4, true));
    cases.add(conv(shape(3, 5, 4), 6, window, 3, true));
    cases.add(conv(shape(6, 4, 5), 4, window.stride(2), 2, true));
    cases.add(conv(shape(4, 4, 5), 14, Window.of(2), 2, false));
    cases.add(conv(shape(10, 3, 3), 10, Window.of(2).dilation(2), 5, true));
  }

  /**
   * Sizes at which planners take Winograd's tiles: whole and hanging over, few and many to a row.
   * Their gradients are those of any convolution, so the slow check by differences leaves them out.
   */
  static List<GraphCase> winograd() {
    List<GraphCase> cases = new ArrayList<>();
    cases.add(conv(shape(20, 12, 12), 17, Window.of(5), 1, true));
    cases.add(conv(shape(17, 10, 13), 21, Window.of(5), 1, false));
    cases.add(conv(shape(16, 14, 6), 18, Window.of(5).padding(2), 1, true));
    cases.add(conv(shape(33, 8, 15), 16, Window.of(5).padding(4), 1, true));
    cases.add(conv(shape(16, 14, 14), 20, Window.of(3), 1, true));
    cases.add(conv(shape(24, 11, 12), 19, Window.of(3).padding(1), 1, false));
    cases.add(conv(shape(17, 15, 10), 33, Window.of(3).padding(2), 1, true));
    Span down = new Span(3, 1, 1, 2, 0, false);
    Span along = new Span(3, 1, 1, 0, 1, false);
    cases.add(conv(shape(18, 10, 13), 16, new Window(down, along), 1, true));
    Span before = new Span(3, 1, 1, 3, 0, false);
    Span around = new Span(3, 1, 1, 4, 4, false);
    cases.add(conv(shape(32, 3, 3), 65, new Window(around, before), 1, true));
    // As large, but no window of theirs.
    cases.add(conv(shape(18, 12, 14), 17, Window.of(3, 5).padding(1, 2), 1, true));
    cases.add(conv(shape(17, 13, 12), 18, Window.of(5, 3), 1, false));
    cases.add(conv(shape(16, 10, 14), 20, Window.of(1, 7).padding(0, 3), 1, true));
    cases.add(conv(shape(20, 12, 11), 17, Window.of(3).stride(1, 2).padding(1), 1, true));
    cases.add(conv(shape(20, 12, 11), 17, Window.of(3).dilation(2, 1).padding(1), 1, true));
    Window five = Window.of(5);
    cases.add(
        // Only forward: where an input of a ReLU is nearly 0, rounding decides about its gradient.
        GraphCase.forward(
            "Winograd with ReLU", g -> g.relu(convolve(g, image(g, shape(16, 11, 12)), 16, five))));
    cases.add(
        GraphCase.of(
            "one filter for two images, Winograd",
            g -> {
              Value weight = g.parameter(16, 16, 5, 5);
              Convolution op = new Convolution(five.padding(2), 1, false);
              return g.apply(op, g.relu(g.apply(op, image(g, shape(16, 8, 8)), weight)), weight);
            }));
    cases.add(
        GraphCase.of(
            "Winograd, shared image",
            g ->
                g.apply(
                    new Convolution(five, 1, true),
                    g.parameter(16, 8, 12),
                    g.parameter(16, 16, 5, 5),
                    g.parameter(16))));
    return cases;
  }

  private static void meetings(List<GraphCase> cases) {
    Window w = Window.of(3).padding(1);
    Shape s = shape(2, 5, 4);
    cases.add(GraphCase.of("convolution with ReLU", g -> g.relu(convolve(g, image(g, s), 5, w))));
    cases.add(
        GraphCase.of("convolution with sigmoid", g -> g.sigmoid(convolve(g, image(g, s), 5, w))));
    cases.add(
        GraphCase.of("convolution read twice", g -> gated(g, convolve(g, image(g, s), 3, w))));
    cases.add(
        GraphCase.of(
            "convolution added, then rectified",
            g -> DenseCases.addedThenRectified(g, convolve(g, image(g, s), 3, w))));
    cases.add(GraphCase.of("one image, two convolutions", g -> branches(g, image(g, s))));
    cases.add(
        GraphCase.of(
            "two convolutions",
            g -> convolve(g, g.tanh(convolve(g, image(g, s), 3, w)), 2, w.stride(2))));
    cases.add(
        GraphCase.of(
            "one filter for two images",
            g -> {
              Value weight = g.parameter(2, 2, 3, 3);
              Convolution op = new Convolution(w, 1, false);
              return g.apply(op, g.relu(g.apply(op, image(g, s), weight)), weight);
            }));
    cases.add(
        GraphCase.of(
            "convolution, shared image",
            g ->
                g.relu(
                    g.apply(
                        new Convolution(w, 1, true),
                        g.parameter(2, 5, 4),
                        g.parameter(3, 2, 3, 3),
                        g.parameter(3)))));
    cases.add(
        GraphCase.of(
            "convolution of a computed filter",
            g ->
                g.apply(
                    new Convolution(w, 1, false), image(g, s), g.square(g.parameter(3, 2, 3, 3)))));
    cases.add(
        GraphCase.forward(
            "Convolution.WeightGradient, shared image",
            g ->
                g.apply(
                    new Convolution.WeightGradient(w, 1, shape(3, 2, 3, 3)),
                    g.parameter(2, 5, 4),
                    g.multiply(
                        g.input(3, 5, 4),
                        g.apply(new BatchSpread(BatchReduce.SUM), g.parameter(3, 5, 4))))));
    cases.add(
        GraphCase.forward(
            "Convolution.WeightGradient, shared dy",
            g ->
                g.apply(
                    new Convolution.WeightGradient(w, 1, shape(3, 2, 3, 3)),
                    g.input(2, 5, 4),
                    g.parameter(3, 5, 4))));
    cases.add(
        GraphCase.forward(
            "Convolution.BiasGradient, shared dy",
            g -> g.apply(new Convolution.BiasGradient(), g.parameter(3, 5, 4))));
  }

  private static Value gated(CaseBuilder g, Value y) {
    return g.multiply(g.sigmoid(y), y);
  }

  private static Value branches(CaseBuilder g, Value x) {
    Value wide = convolve(g, x, 3, Window.of(5).padding(2));
    Value narrow = convolve(g, x, 3, Window.of(3).padding(1));
    return g.add(g.relu(wide), narrow);
  }

  private static void poolings(List<GraphCase> cases) {
    for (int kernel = 1; kernel <= 3; kernel++) {
      for (int stride = 1; stride <= 3; stride++) {
        pool(cases, shape(2, 7, 6), Window.of(kernel).stride(stride));
        pool(cases, shape(1, 6, 7), Window.of(kernel).stride(stride).ceil(true));
      }
    }
    pool(cases, shape(3, 4, 6), Window.of(2).stride(2));
    pool(cases, shape(1, 5, 5), Window.of(5));
    pool(cases, shape(13, 1, 1), Window.of(1));
    pool(cases, shape(2, 5, 6), Window.of(3).stride(2).padding(1));
    pool(cases, shape(2, 5, 6), Window.of(3).stride(2).padding(1).ceil(true));
    pool(cases, shape(1, 7, 7), Window.of(2).stride(2).dilation(2));
    pool(cases, shape(1, 5, 5), Window.of(3).stride(1).padding(2));
    pool(cases, shape(1, 3, 4), Window.of(2).padding(3).stride(2));
    pool(cases, shape(2, 5, 7), UNEVEN);
    for (Window window : List.of(Window.of(2).stride(2), Window.of(3).stride(2).padding(1))) {
      cases.add(
          GraphCase.kinked(
              "MaxPool(%s) of ties".formatted(window),
              g -> g.apply(new MaxPool(window), g.input(Points.ties(), 3, 6, 8))));
    }
    cases.add(
        GraphCase.of(
            "MaxPool, shared", g -> g.apply(new MaxPool(Window.of(2)), g.parameter(2, 4, 3))));
    cases.add(
        GraphCase.of(
            "AveragePool, shared",
            g -> g.apply(new AveragePool(Window.of(2), true), g.parameter(2, 4, 3))));
  }

  private static void adaptive(List<GraphCase> cases) {
    int[][] sizes = {{1, 1}, {2, 3}, {3, 2}, {7, 6}, {5, 4}, {9, 13}};
    for (int[] size : sizes) {
      AdaptiveAveragePool op = new AdaptiveAveragePool(size[0], size[1]);
      cases.add(GraphCase.of(op + " of (2, 7, 6)", g -> g.apply(op, image(g, shape(2, 7, 6)))));
    }
    cases.add(
        GraphCase.of(
            "AdaptiveAveragePool, shared",
            g -> g.apply(new AdaptiveAveragePool(2, 2), g.parameter(2, 5, 3))));
  }

  /** Input gradients as layers have them: of what is computed, and with gradients of their own. */
  private static void transposed(List<GraphCase> cases) {
    cases.add(transposed(shape(2, 4, 3), Window.of(3), 1, shape(3, 6, 5)));
    cases.add(transposed(shape(2, 4, 3), Window.of(3).padding(1), 1, shape(3, 4, 3)));
    cases.add(transposed(shape(3, 3, 4), Window.of(2).stride(2), 1, shape(2, 6, 8)));
    cases.add(transposed(shape(2, 3, 4), Window.of(3).stride(2).padding(1), 1, shape(2, 6, 8)));
    cases.add(transposed(shape(4, 2, 3), Window.of(3).stride(3), 2, shape(2, 7, 9)));
    cases.add(transposed(shape(1, 3, 3), Window.of(2).dilation(2), 1, shape(5, 5, 5)));
    cases.add(transposed(shape(17, 8, 8), Window.of(3).padding(1), 1, shape(16, 8, 8)));
    Shape y = shape(3, 6, 5);
    Convolution.InputGradient op = new Convolution.InputGradient(Window.of(3), 1, y);
    cases.add(
        GraphCase.of(
            "transposed convolution with ReLU between",
            g ->
                g.apply(
                    op,
                    g.parameter(2, 3, 3, 3),
                    g.relu(convolve(g, image(g, y), 2, Window.of(3))))));
    cases.add(
        GraphCase.of(
            "transposed convolution, shared image",
            g -> g.apply(op, g.parameter(2, 3, 3, 3), g.parameter(2, 4, 3))));
    cases.add(
        GraphCase.of(
            "transposed convolution of logarithms",
            g -> {
              Value positive = g.input(Points.between(0.3, 2), 2, 4, 3);
              return g.apply(op, g.parameter(2, 3, 3, 3), g.log(positive));
            }));
  }

  private static GraphCase transposed(Shape x, Window window, int groups, Shape y) {
    String name =
        "transposed convolution(%s, groups %s) of %s to %s".formatted(window, groups, x, y);
    Convolution.InputGradient op = new Convolution.InputGradient(window, groups, y);
    int[] w = {x.size(0), y.size(0) / groups, window.h().kernel(), window.w().kernel()};
    return GraphCase.of(name, g -> g.apply(op, g.parameter(w), image(g, x)));
  }

  private static void pool(List<GraphCase> cases, Shape x, Window window) {
    String suffix = "(%s) of %s".formatted(window, x);
    cases.add(GraphCase.of("MaxPool" + suffix, g -> g.apply(new MaxPool(window), image(g, x))));
    for (boolean count : new boolean[] {true, false}) {
      AveragePool op = new AveragePool(window, count);
      String name = "AveragePool" + suffix + (count ? "" : ", padding not counted");
      cases.add(GraphCase.of(name, g -> g.apply(op, image(g, x))));
    }
  }

  private static Shape shape(int... sizes) {
    return Shape.of(sizes);
  }

  private static Value image(CaseBuilder g, Shape shape) {
    return g.input(shape.sizes());
  }

  static GraphCase conv(Shape x, int out, Window window, int groups, boolean bias) {
    String name =
        "Convolution(%s → %s, %s%s%s) of %s"
            .formatted(
                x.size(0),
                out,
                window,
                groups == 1 ? "" : ", groups " + groups,
                bias ? "" : ", no bias",
                x);
    return GraphCase.of(name, g -> convolve(g, image(g, x), out, window, groups, bias));
  }

  private static Value convolve(CaseBuilder g, Value x, int out, Window window) {
    return convolve(g, x, out, window, 1, true);
  }

  private static Value convolve(
      CaseBuilder g, Value x, int out, Window window, int groups, boolean bias) {
    int in = x.shape().size(0) / groups;
    Value w = g.parameter(out, in, window.h().kernel(), window.w().kernel());
    Convolution op = new Convolution(window, groups, bias);
    return bias ? g.apply(op, x, w, g.parameter(out)) : g.apply(op, x, w);
  }
}
