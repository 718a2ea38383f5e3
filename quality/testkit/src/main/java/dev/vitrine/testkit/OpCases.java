package dev.vitrine.testkit;

import dev.vitrine.op.Affine;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.DropoutMask;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Grid;
import dev.vitrine.op.LogSoftmax;
import dev.vitrine.op.PRelu;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.SoftmaxCrossEntropy;
import dev.vitrine.op.Unary;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Every op in small graphs, with odd sizes: the one list over which gradients and plans are
 * checked. A new op gets its cases here; a test fails while one has none.
 */
public final class OpCases {
  private static final int[] ODD = {1, 13, 17};

  private OpCases() {}

  /** All cases: ops by themselves, then images, then the ways in which values meet. */
  public static List<GraphCase> all() {
    List<GraphCase> cases = new ArrayList<>();
    unary(cases);
    binary(cases);
    softmax(cases);
    random(cases);
    cases.addAll(MoveCases.all());
    cases.addAll(DenseCases.all());
    cases.addAll(ImageCases.all());
    cases.addAll(SharingCases.all());
    cases.addAll(NormCases.all());
    return cases;
  }

  private static void unary(List<GraphCase> cases) {
    Points positive = Points.between(0.3, 2);
    List<Unary> anywhere =
        List.of(
            new Elementary.Negate(),
            new Elementary.Scale(-1.7),
            new Elementary.Shift(0.3),
            new Elementary.Exp(),
            new Elementary.Square(),
            new Elementary.Power(3),
            new Rectifier.Relu(),
            new Rectifier.LeakyRelu(0.01),
            new Rectifier.LeakyRelu(0.2),
            new Rectifier.Elu(1),
            new Rectifier.Elu(0.7),
            new Sigmoidal.Sigmoid(),
            new Sigmoidal.Tanh(),
            new Sigmoidal.Softplus(),
            new Rectifier.Clip(-0.4, 0.9),
            new Rectifier.Clip(Double.NEGATIVE_INFINITY, 0.5),
            new Rectifier.Clip(0, 6),
            new Grid(0.25, -3, 4),
            new Grid(0.1, 0, 255),
            new Grid(0x1p-5, -128, 127),
            new Sigmoidal.Silu(),
            new Sigmoidal.Gelu(),
            new Sigmoidal.GeluTanh());
    List<Unary> positiveOnly =
        List.of(new Elementary.Log(), new Elementary.Power(0.5), new Elementary.Power(-1.5));
    anywhere.forEach(f -> unary(cases, f, Points.normal()));
    positiveOnly.forEach(f -> unary(cases, f, positive));
    for (Unary f :
        List.of(
            new Rectifier.Relu(),
            new Rectifier.LeakyRelu(0.2),
            new Rectifier.Elu(1),
            new Rectifier.Clip(-1, 1),
            new Rectifier.Clip(0, 6))) {
      cases.add(GraphCase.kinked(f + " at its kink", g -> g.apply(f, g.input(Points.ties(), 17))));
    }
    cases.add(
        GraphCase.of(
            "a chain of functions in place",
            g -> g.tanh(g.scale(g.sigmoid(g.negate(g.softplus(g.input(13)))), 3))));
    for (Unary f :
        List.of(
            new Sigmoidal.Silu(),
            new Sigmoidal.Gelu(),
            new Sigmoidal.GeluTanh(),
            new Rectifier.Clip(-5, 5))) {
      cases.add(
          GraphCase.of(f + " far out", g -> g.apply(f, g.input(Points.between(-20, 20), 33))));
    }
    for (int[] shape : new int[][] {{13}, {1}, {3, 2, 5}, {17, 1, 1}, {2, 3}}) {
      cases.add(GraphCase.of("PRelu of " + Shape.of(shape), g -> prelu(g, g.input(shape))));
    }
    cases.add(GraphCase.of("PRelu, shared", g -> prelu(g, g.parameter(3, 2, 5))));
    cases.add(
        GraphCase.kinked("PRelu at its kink", g -> prelu(g, g.input(Points.ties(), 3, 4, 2))));
    cases.add(
        GraphCase.of("PRelu read twice", g -> twice(g, Binary.MULTIPLY, prelu(g, g.input(5)))));
    cases.add(GraphCase.of("more elements than a task's chunk", g -> g.relu(g.exp(g.input(1030)))));
  }

  private static void unary(List<GraphCase> cases, Unary f, Points points) {
    for (int size : ODD) {
      cases.add(GraphCase.of(f + " of " + size, g -> g.apply(f, g.input(points, size))));
    }
    cases.add(GraphCase.of(f + ", image", g -> g.apply(f, g.input(points, 3, 2, 5))));
    cases.add(GraphCase.of(f + ", shared", g -> g.apply(f, g.parameter(points, 17))));
  }

  private static Value prelu(CaseBuilder g, Value x) {
    return g.apply(new PRelu(), x, g.parameter(x.shape().size(0)));
  }

  private static void binary(List<GraphCase> cases) {
    Points points = Points.between(0.5, 2);
    for (Binary op : Binary.values()) {
      for (int size : ODD) {
        cases.add(
            GraphCase.of(
                op + " of " + size,
                g -> g.apply(op, g.input(points, size), g.input(points, size))));
      }
      cases.add(
          GraphCase.of(
              op + ", shared on the right",
              g -> g.apply(op, g.input(points, 13), g.parameter(points, 13))));
      cases.add(
          GraphCase.of(
              op + ", shared on the left",
              g -> g.apply(op, g.parameter(points, 13), g.input(points, 13))));
      cases.add(
          GraphCase.of(
              op + ", both shared",
              g -> g.apply(op, g.parameter(points, 17), g.parameter(points, 17))));
    }
    cases.add(GraphCase.of("a value plus itself", g -> twice(g, Binary.ADD, g.input(13))));
    cases.add(GraphCase.of("a value times itself", g -> twice(g, Binary.MULTIPLY, g.input(13))));
    cases.add(
        GraphCase.of(
            "a parameter times itself",
            g -> g.multiply(g.input(13), twice(g, Binary.MULTIPLY, g.parameter(13)))));
    scalars(cases, points);
  }

  private static Value twice(CaseBuilder g, Binary op, Value x) {
    return g.apply(op, x, x);
  }

  private static void scalars(List<GraphCase> cases, Points points) {
    cases.add(
        GraphCase.of("scalar per example times vector", g -> g.multiply(g.input(), g.input(13))));
    cases.add(
        GraphCase.of(
            "vector divided by shared scalar", g -> g.divide(g.input(13), g.parameter(points))));
    cases.add(
        GraphCase.of(
            "shared scalar minus image", g -> g.subtract(g.parameter(), g.input(2, 3, 5))));
    cases.add(
        GraphCase.of(
            "constant times vector", g -> g.multiply(g.constant(0.3, Shape.of(17)), g.input(17))));
    givenNumbers(cases);
    cases.add(GraphCase.of("scalar plus scalar", g -> g.add(g.input(), g.parameter())));
    cases.add(GraphCase.of("input as output", g -> g.input(13)));
    cases.add(GraphCase.of("parameter as output", g -> g.parameter(13)));
    cases.add(GraphCase.of("no influence", g -> influenceless(g)));
  }

  /** Whole tensors, flat and in lanes, alone, and as what an op needs shared. */
  private static void givenNumbers(List<GraphCase> cases) {
    cases.add(GraphCase.forward("given numbers as output", g -> given(g, 13)));
    cases.add(
        GraphCase.of("given numbers plus image", g -> g.add(given(g, 2, 3, 5), g.input(2, 3, 5))));
    cases.add(
        GraphCase.of(
            "given weights of a dense layer",
            g -> g.apply(new Affine(true), g.input(13), given(g, 7, 13), given(g, 7))));
    cases.add(
        GraphCase.of(
            "given filters",
            g ->
                g.apply(
                    new Convolution(Window.of(3), 1, false),
                    g.input(2, 6, 5),
                    given(g, 17, 2, 3, 3))));
    cases.add(
        GraphCase.of(
            "given numbers read flat and in lanes",
            g -> {
              Value w = given(g, 5, 13);
              Value b = g.apply(new Affine(false), g.input(13), w);
              return g.add(g.sum(g.multiply(w, g.input(5, 13))), g.sum(b));
            }));
    cases.add(
        GraphCase.of(
            "given numbers times shared ones",
            g -> g.exp(g.multiply(given(g, 7), g.parameter(7)))));
  }

  /** Numbers that are exactly floats, each another. */
  private static Value given(CaseBuilder g, int... sizes) {
    Shape shape = Shape.of(sizes);
    double[] numbers = new double[shape.elements()];
    Arrays.setAll(numbers, i -> (i * 7 % 23 - 11) / 16.0);
    return g.constant(shape, numbers);
  }

  private static Value influenceless(CaseBuilder g) {
    g.relu(g.parameter(17));
    g.input(3);
    return g.square(g.input(13));
  }

  private static void softmax(List<GraphCase> cases) {
    for (int size : ODD) {
      cases.add(GraphCase.of("Softmax of " + size, g -> g.apply(new Softmax(), g.input(size))));
      cases.add(
          GraphCase.of("LogSoftmax of " + size, g -> g.apply(new LogSoftmax(), g.input(size))));
    }
    cases.add(GraphCase.of("Softmax over channels", g -> g.apply(new Softmax(), g.input(5, 3, 2))));
    cases.add(
        GraphCase.of("LogSoftmax over channels", g -> g.apply(new LogSoftmax(), g.input(5, 3, 2))));
    cases.add(GraphCase.of("Softmax, shared", g -> g.apply(new Softmax(), g.parameter(13))));
    cases.add(GraphCase.of("LogSoftmax, shared", g -> g.apply(new LogSoftmax(), g.parameter(13))));
    cases.add(
        GraphCase.of(
            "Softmax of large logits",
            g -> g.apply(new Softmax(), g.input(Points.between(95, 105), 13))));
    for (double smoothing : new double[] {0, 0.1, 0.9}) {
      for (int classes : new int[] {2, 13, 17}) {
        cases.add(crossEntropy(classes, smoothing));
      }
    }
    cases.add(
        GraphCase.of(
            "SoftmaxCrossEntropy of shared logits",
            g -> g.apply(new SoftmaxCrossEntropy(0), g.parameter(13), g.data(Points.label(13)))));
  }

  private static GraphCase crossEntropy(int classes, double smoothing) {
    String name = "SoftmaxCrossEntropy of %s, smoothing %s".formatted(classes, smoothing);
    SoftmaxCrossEntropy op = new SoftmaxCrossEntropy(smoothing);
    return GraphCase.of(name, g -> g.apply(op, g.input(classes), g.data(Points.label(classes))));
  }

  private static void random(List<GraphCase> cases) {
    for (double rate : new double[] {0, 0.2, 0.5, 0.9}) {
      DropoutMask mask = new DropoutMask(rate, "site");
      cases.add(GraphCase.of(mask.toString(), g -> masked(g, mask, g.input(17))));
    }
    DropoutMask mask = new DropoutMask(0.5, "other");
    cases.add(GraphCase.of("DropoutMask of an image", g -> masked(g, mask, g.input(3, 5, 2))));
    cases.add(GraphCase.of("DropoutMask, shared", g -> masked(g, mask, g.parameter(17))));
    cases.add(
        GraphCase.of(
            "DropoutMask, shared, of many examples",
            g -> g.multiply(g.input(17), masked(g, mask, g.parameter(17)))));
    cases.add(GraphCase.of("DropoutMask longer than a chunk", g -> masked(g, mask, g.input(1030))));
    cases.add(GraphCase.of("CustomOp", g -> g.apply(new Cube(), g.relu(g.input(13)))));
    cases.add(GraphCase.of("CustomOp, shared", g -> g.apply(new Cube(), g.parameter(13))));
    cases.add(
        GraphCase.of(
            "CustomOp that knows its example",
            g -> g.multiply(g.input(3), g.apply(new Place(), g.input(3)))));
    cases.add(
        GraphCase.of(
            "CustomOp that knows its example, shared",
            g -> g.multiply(g.input(3), g.apply(new Place(), g.parameter(3)))));
  }

  private static Value masked(CaseBuilder g, DropoutMask mask, Value x) {
    return g.multiply(x, g.apply(mask, x));
  }
}
