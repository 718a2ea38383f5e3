package dev.vitrine.trace.layer;

import dev.vitrine.graph.Graph;
import dev.vitrine.graph.Interpreter;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Span;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import dev.vitrine.trace.Document.Section;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A convolution's input gradient in forms that are equal: by the transposed matrix, by a full
 * convolution of dy with the turned kernel, and by scattering the kernel. Each is calculated as it
 * says, and must give what the engine's backward pass gives.
 */
final class ConvolutionForms {
  private static final int MOST_SCATTERED = 9;

  private final LayerTrace trace;
  private final Convolution op;
  private final Shape x;
  private final Shape y;
  private final Shape w;
  private final double[] dy;
  private final double[] weight;

  ConvolutionForms(LayerTrace trace, Convolution op) {
    this.trace = trace;
    this.op = op;
    x = trace.question().input();
    y = trace.outputShape();
    w = trace.shapes().get("weight");
    dy = trace.numbers().get(LayerGraph.DY);
    weight = trace.numbers().get("weight");
  }

  List<Section> sections() {
    return List.of(transposed(), full(), scatter());
  }

  private double[] dx() {
    return trace.gradients().get(LayerGraph.X);
  }

  private Section transposed() {
    double[][] rows = trace.jacobians().get(LayerGraph.X).rows();
    double[] product = trace.jacobians().get(LayerGraph.X).back(dy);
    Quotients.requireEqual("x by the transposed matrix", dx(), product);
    List<String> columns = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int k = 0; k < y.elements(); k++) {
      columns.add(Sections.brief(k, y));
    }
    for (int i = 0; i < x.elements(); i++) {
      names.add(Places.name("x", i, x));
    }
    List<String> lines = new ArrayList<>(Drawing.matrix(Sections.transposed(rows), names, columns));
    return Sections.of(
        "dx, first form: the transposed matrix (%s×%s) times dy"
            .formatted(x.elements(), y.elements()),
        lines,
        "Each column holds the kernel, at the places where one output read; the zeros are what it did not read.");
  }

  /** dy with zeros between its elements, as a stride leaves them out, and the turned kernel. */
  private Section full() {
    Shape spread =
        Shape.of(y.size(0), spread(op.window().h(), y.size(1)), spread(op.window().w(), y.size(2)));
    double[] zeros = new double[spread.elements()];
    for (int k = 0; k < dy.length; k++) {
      int o = k / (y.size(1) * y.size(2));
      int i = k / y.size(2) % y.size(1) * op.window().h().stride();
      int j = k % y.size(2) * op.window().w().stride();
      zeros[(o * spread.size(1) + i) * spread.size(2) + j] = dy[k];
    }
    Shape turnedShape = Shape.of(x.size(0), w.size(0) / op.groups(), w.size(2), w.size(3));
    double[] turned = turned(turnedShape);
    double[] found = convolved(zeros, spread, turned, turnedShape);
    Quotients.requireEqual("x by the full convolution", dx(), found);
    List<List<String>> blocks = new ArrayList<>();
    boolean strided = op.window().h().stride() > 1 || op.window().w().stride() > 1;
    blocks.addAll(Drawing.blocks(strided ? "dy with zeros" : "dy", zeros, spread));
    blocks.addAll(Drawing.blocks("turned kernel", turned, turnedShape));
    blocks.addAll(Drawing.blocks("full convolution = dx", found, x));
    Span h = op.window().h();
    Span v = op.window().w();
    String stride =
        strided
            ? "The stride of %s left inputs out; going back, it is as many zeros between the elements of dy, less one."
                .formatted(h.stride() == v.stride() ? h.stride() : h.stride() + "×" + v.stride())
            : "With a stride, zeros would stand between the elements of dy.";
    return Sections.of(
        "dx, second form: the full convolution of dy with the turned kernel",
        Drawing.beside(blocks),
        "Full: dy is padded by the kernel's extent less one, less the padding of the layer, so that the kernel touches each pixel that it read.",
        stride,
        "Here, and only here, is the flip: forward the kernel lies as it is (a correlation), going back it is turned by 180°, and its channels change places: w[o,c,u,v] becomes [c,o,−u,−v].");
  }

  private static int spread(Span span, int outputs) {
    return (outputs - 1) * span.stride() + 1;
  }

  /** {@code w[o,c,u,v]} at {@code [g·C/G + c, o in its group, −u, −v]}. */
  private double[] turned(Shape shape) {
    double[] turned = new double[shape.elements()];
    int plane = w.size(2) * w.size(3);
    int outs = shape.size(1);
    for (int o = 0; o < w.size(0); o++) {
      for (int c = 0; c < w.size(1); c++) {
        int channel = o / outs * w.size(1) + c;
        int from = (o * w.size(1) + c) * plane;
        double[] kernel = Sections.reversed(Arrays.copyOfRange(weight, from, from + plane));
        System.arraycopy(kernel, 0, turned, (channel * outs + o % outs) * plane, plane);
      }
    }
    return turned;
  }

  /** By the engine's own convolution, of stride 1; what the layer's padding made is cut off. */
  private double[] convolved(double[] zeros, Shape spread, double[] turned, Shape shape) {
    Span h = op.window().h();
    Span v = op.window().w();
    Window window =
        new Window(
            new Span(
                h.kernel(), 1, h.dilation(), h.extent() - 1, h.extent() - 1 + x.size(1), false),
            new Span(
                v.kernel(), 1, v.dilation(), v.extent() - 1, v.extent() - 1 + x.size(2), false));
    Graph graph = new Graph();
    Value in = graph.input("dy", spread);
    Value kernel = graph.parameter("turned", shape);
    Value out = graph.apply(new Convolution(window, op.groups(), false), in, kernel);
    double[] all =
        new Interpreter(1).input("dy", zeros).parameter("turned", turned).run(graph).of(out, 0);
    double[] cut = new double[x.elements()];
    for (int k = 0; k < cut.length; k++) {
      int c = k / (x.size(1) * x.size(2));
      int i = k / x.size(2) % x.size(1) + h.before();
      int j = k % x.size(2) + v.before();
      cut[k] = all[(c * out.shape().size(1) + i) * out.shape().size(2) + j];
    }
    return cut;
  }

  private Section scatter() {
    double[][] rows = trace.jacobians().get(LayerGraph.X).rows();
    double[] sum = new double[x.elements()];
    List<List<String>> blocks = new ArrayList<>();
    for (int k = 0; k < rows.length; k++) {
      double[] share = new double[sum.length];
      for (int i = 0; i < share.length; i++) {
        share[i] = dy[k] * rows[k][i];
        sum[i] += share[i];
      }
      if (k < MOST_SCATTERED) {
        String name =
            "%s = %s%s"
                .formatted(
                    Places.name("dy", k, y), Drawing.number(dy[k]), x.size(0) > 1 ? ", on x" : "");
        blocks.addAll(
            Drawing.blocks(
                name, x, i -> share[i] == 0 ? Drawing.NOTHING : Drawing.number(share[i])));
      }
    }
    Quotients.requireEqual("x by scattering", dx(), sum);
    blocks.addAll(Drawing.blocks("their sum = dx", sum, x));
    String rest =
        rows.length > MOST_SCATTERED
            ? " The first %s of %s are drawn.".formatted(MOST_SCATTERED, rows.length)
            : "";
    return Sections.of(
        "dx, third form: scattered",
        Drawing.beside(blocks),
        "Each element of dy lays the kernel, as it is, where it had read, times itself; what overlaps adds up."
            + rest);
  }
}
