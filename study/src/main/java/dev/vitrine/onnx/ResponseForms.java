package dev.vitrine.onnx;

import static dev.vitrine.onnx.OnnxPlace.with;

import dev.vitrine.op.Lrn;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.onnx.OnnxAttribute;
import java.util.List;

/** Local response normalisation, which programs have only over an odd number of channels. */
final class ResponseForms {
  private ResponseForms() {}

  static void write(OnnxPlace at, Lrn op) {
    boolean same = op.before() == op.after(); // ONNX Runtime refuses even windows
    Shape x = at.shape(0);
    if (same && x.rank() == 3) {
      at.end("LRN", settings(op), at.in(0));
    } else if (same) {
      Shape image = Shape.of(x.size(0), x.elements() / x.size(0), 1);
      String given = reshaped(at, at.in(0), "image", image);
      String y = at.node("LRN", image, settings(op), given);
      at.end("Reshape", with(), y, at.list("shape", ShapeForms.kept(x)));
    } else {
      byMeans(at, op);
    }
  }

  private static List<OnnxAttribute> settings(Lrn op) {
    int size = op.before() + op.after() + 1;
    return with(
        OnnxAttribute.of("size", size),
        OnnxAttribute.of("alpha", (float) (op.k() * size)),
        OnnxAttribute.of("beta", (float) op.beta()),
        OnnxAttribute.of("bias", (float) op.bias()));
  }

  private static String reshaped(OnnxPlace at, String x, String role, Shape shape) {
    return at.node("Reshape", shape, with(), x, at.list(role, ShapeForms.kept(shape)));
  }

  /** x · (bias + k · size · means of the squares)^−beta, channels as rows of a plane. */
  private static void byMeans(OnnxPlace at, Lrn op) {
    Shape x = at.shape(0);
    int size = op.before() + op.after() + 1;
    Shape plane = Shape.of(1, x.size(0), x.elements() / x.size(0));
    String square = at.node("Mul", with(), at.in(0), at.in(0));
    Window window = Window.of(size, 1).padding(op.before(), op.after(), 0, 0);
    List<OnnxAttribute> attributes =
        WindowForms.window(window, WindowForms.longs(op.before(), 0, op.after(), 0));
    attributes.add(OnnxAttribute.of("count_include_pad", 1));
    String means = at.node("AveragePool", plane, attributes, reshaped(at, square, "plane", plane));
    String back = reshaped(at, means, "shape", x);
    String scaled = at.node("Mul", with(), back, at.number("alpha", op.k() * size));
    String sum = at.node("Add", with(), scaled, at.number("bias", op.bias()));
    String power = at.node("Pow", with(), sum, at.number("exponent", -op.beta()));
    at.end("Mul", with(), at.in(0), power);
  }
}
