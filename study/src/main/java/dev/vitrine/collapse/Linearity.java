package dev.vitrine.collapse;

import dev.vitrine.graph.Interpreter;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.AdaptiveAvgPool2d;
import dev.vitrine.nn.Auxiliary;
import dev.vitrine.nn.AvgPool2d;
import dev.vitrine.nn.BatchNorm2d;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.ConvTranspose2d;
import dev.vitrine.nn.Dropout;
import dev.vitrine.nn.Dropout2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.GlobalAvgPool2d;
import dev.vitrine.nn.Identity;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.MaxPool2d;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.PRelu;
import dev.vitrine.nn.Parallel;
import dev.vitrine.nn.Permute;
import dev.vitrine.nn.Residual;
import dev.vitrine.nn.Sequential;
import dev.vitrine.nn.Slice;
import dev.vitrine.nn.ZeroPad1d;
import dev.vitrine.nn.ZeroPad2d;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Unary;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.report.Numbers;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.zoo.ThresholdUnit;
import java.util.List;

/**
 * Which layers are linear in inference, up to a constant: {@code f(a) + f(b) = f(a + b) + f(0)},
 * and numbers that show it of those that are not.
 */
final class Linearity {
  /** Sums whose terms one works out in the head come first. */
  private static final double[] TRIED = {-1, 1, 2, -2, 0.5, 3, -3, 5, -5, 8, -8, 100, -100};

  private static final double CLEAR = 1e-9;
  private static final RandomStream DRAWS = Seed.of(0).stream("not linear");

  private Linearity() {}

  static boolean isLinear(Layer layer) {
    return switch (Part.bare(layer)) {
      case Linear _, Conv2d _, ConvTranspose2d _, AvgPool2d _, AdaptiveAvgPool2d _ -> true;
      case GlobalAvgPool2d _, BatchNorm2d _, Flatten _, Identity _ -> true;
      case Dropout _, Dropout2d _, Permute _, Slice _, ZeroPad1d _, ZeroPad2d _ -> true;
      case OpLayer op -> op.isLinear();
      case Activation(Unary f) -> isLinear(f);
      case Residual residual -> isLinear(residual.body()) && isLinear(residual.shortcut());
      case Parallel parallel -> parallel.branches().stream().allMatch(Linearity::isLinear);
      case Sequential sequential -> sequential.layers().stream().allMatch(Linearity::isLinear);
      default -> false;
    };
  }

  /** Whether it is a line, f(x) = a·x + b. */
  static boolean isLinear(Unary f) {
    return f instanceof Elementary.Negate
        || f instanceof Elementary.Scale
        || f instanceof Elementary.Shift;
  }

  /** Whether it passes its input on as it is, in another order at most. */
  static boolean isPassing(Layer layer) {
    return layer instanceof Identity
        || layer instanceof Flatten
        || layer instanceof Dropout
        || layer instanceof Dropout2d;
  }

  static boolean isActivation(Layer layer) {
    return layer instanceof PRelu
        || layer instanceof ThresholdUnit
        || (layer instanceof Activation(Unary f) && !isLinear(f));
  }

  /** Why a chain ends before a layer. */
  static String reason(Part part, Model whole) {
    String name = part.layer().text().lines().findFirst().orElse("").replaceFirst("\\($", "");
    return switch (part.layer()) {
      case Activation(Unary f) -> "%s is not linear: %s".formatted(name, refuted(f));
      case MaxPool2d _ ->
          "a maximum is not linear: max(1, 0) + max(0, 1) = 2, but max(1 + 0, 0 + 1) = 1";
      case Residual _, Parallel _, Auxiliary _ -> "a block with layers in it that are not linear";
      default -> "%s is not linear: %s".formatted(name, refuted(part, whole));
    };
  }

  /** Two numbers for which a function does what no linear one does, the constant f(0) allowed. */
  static String refuted(Unary f) {
    for (double a : TRIED) {
      for (double b : TRIED) {
        double left = f.apply(a) + f.apply(b);
        double right = f.apply(a + b) + f.apply(0);
        if (b >= a && Math.abs(left - right) > CLEAR * Math.max(1, Math.abs(left))) {
          String zero = f.apply(0) == 0 || a + b == 0 ? "" : " + f(0)";
          String twice = f.apply(0) != 0 && a + b == 0 ? " + f(0)" : "";
          return "f(%s) + f(%s) = %s, but f(%s)%s%s = %s"
              .formatted(
                  number(a), number(b), number(left), number(a + b), zero, twice, number(right));
        }
      }
    }
    return "no two numbers were found that show it, but it is defined piecewise";
  }

  private static String number(double value) {
    return Figures.number(Math.rint(value * 1e6) / 1e6, Notation.UNICODE);
  }

  private static String refuted(Part part, Model whole) {
    Model model = Part.model(List.of(part), whole);
    Model.Network network = model.inference();
    Shape in = part.in();
    double[] a = drawn(in.elements(), 0);
    double[] b = drawn(in.elements(), in.elements());
    double[] sum = new double[a.length];
    for (int i = 0; i < sum.length; i++) {
      sum[i] = a[i] + b[i];
    }
    Interpreter interpreter = Numerics.interpreter(model, 4);
    interpreter.input(Model.INPUT, a, b, sum, new double[a.length]);
    Interpreter.Values values = interpreter.run(network.graph());
    double largest = 0;
    for (int i = 0; i < part.out().elements(); i++) {
      double left = values.of(network.output(), 0)[i] + values.of(network.output(), 1)[i];
      double right = values.of(network.output(), 2)[i] + values.of(network.output(), 3)[i];
      largest = Math.max(largest, Math.abs(left - right));
    }
    return "f(a) + f(b) and f(a + b) + f(0) are %s apart for inputs a and b drawn at random"
        .formatted(Numbers.significant(largest, 3));
  }

  private static double[] drawn(int count, int from) {
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = DRAWS.normal(from + i);
    }
    return numbers;
  }
}
