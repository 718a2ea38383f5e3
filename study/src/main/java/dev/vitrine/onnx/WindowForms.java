package dev.vitrine.onnx;

import dev.vitrine.op.Binary;
import dev.vitrine.op.Broadcast;
import dev.vitrine.op.Convolution;
import dev.vitrine.op.Leaf;
import dev.vitrine.op.Reshape;
import dev.vitrine.op.Span;
import dev.vitrine.op.Value;
import dev.vitrine.op.Window;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.onnx.OnnxAttribute;
import java.util.ArrayList;
import java.util.List;

/** Convolutions, and how a window is written. */
final class WindowForms {
  private WindowForms() {}

  static void convolution(OnnxPlace at, Convolution op) {
    List<OnnxAttribute> window =
        window(op.window(), pads(op.window(), at.shape(0), at.value().shape()));
    window.add(OnnxAttribute.of("group", op.groups()));
    String[] inputs = new String[op.bias() ? 3 : 2];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = at.in(i);
    }
    at.end("Conv", window, inputs);
  }

  static void transposed(OnnxPlace at, Convolution.InputGradient op) {
    at.end("ConvTranspose", transposed(op, at.shape(1)), at.in(1), at.in(0));
  }

  private static List<OnnxAttribute> transposed(Convolution.InputGradient op, Shape x) {
    Window window = op.window();
    int[] more = {
      more(window.h(), x.size(1), op.input().size(1)),
      more(window.w(), x.size(2), op.input().size(2))
    };
    List<Long> pads =
        longs(
            window.h().before(),
            window.w().before(),
            window.h().after() + Math.max(0, -more[0]),
            window.w().after() + Math.max(0, -more[1]));
    List<OnnxAttribute> attributes = window(window, pads);
    attributes.add(OnnxAttribute.of("group", op.groups()));
    attributes.add(
        OnnxAttribute.of("output_padding", longs(Math.max(0, more[0]), Math.max(0, more[1]))));
    return attributes;
  }

  /** What is added to, or cut from, the end of what the windows cover. */
  private static int more(Span span, int windows, int out) {
    int covered = (windows - 1) * span.stride() + span.extent();
    return out - (covered - span.before() - span.after());
  }

  /** Whether an addition puts a number for each channel onto a transposed convolution. */
  static boolean isBiased(Value grown, Value sum) {
    return grown.op() instanceof Convolution.InputGradient
        && sum.op() == Binary.ADD
        && sum.inputs().getFirst() == grown
        && sum.inputs().get(1).op() instanceof Broadcast
        && sum.inputs().get(1).inputs().getFirst().op() instanceof Reshape column
        && column.target().rank() == 3
        && column.target().size(0) == grown.shape().size(0)
        && column.target().size(1) * column.target().size(2) == 1
        && bias(sum).op() instanceof Leaf.Parameter;
  }

  private static Value bias(Value sum) {
    return sum.inputs().get(1).inputs().getFirst().inputs().getFirst();
  }

  /** The addition and the transposed convolution before it as one node. */
  static void biased(OnnxPlace at) {
    Value grown = at.value().inputs().getFirst();
    Convolution.InputGradient op = (Convolution.InputGradient) grown.op();
    at.end(
        "ConvTranspose",
        transposed(op, grown.inputs().get(1).shape()),
        at.of(grown.inputs().get(1)),
        at.of(grown.inputs().get(0)),
        at.of(bias(at.value())));
  }

  static List<OnnxAttribute> window(Window window, List<Long> pads) {
    List<OnnxAttribute> attributes = new ArrayList<>();
    attributes.add(kernel(window));
    attributes.add(OnnxAttribute.of("strides", longs(window.h().stride(), window.w().stride())));
    if (window.h().dilation() != 1 || window.w().dilation() != 1) {
      attributes.add(
          OnnxAttribute.of("dilations", longs(window.h().dilation(), window.w().dilation())));
    }
    attributes.add(OnnxAttribute.of("pads", pads));
    return attributes;
  }

  private static OnnxAttribute kernel(Window window) {
    return OnnxAttribute.of("kernel_shape", longs(window.h().kernel(), window.w().kernel()));
  }

  /**
   * Padding with which exactly the windows that there are fit, so that ONNX's own rule for a last
   * one that is partly inside, which differed from program to program, is not needed.
   */
  static List<Long> pads(Window window, Shape x, Shape y) {
    return longs(
        window.h().before(),
        window.w().before(),
        after(window.h(), x.size(1), y.size(1)),
        after(window.w(), x.size(2), y.size(2)));
  }

  private static int after(Span span, int in, int out) {
    int needed = (out - 1) * span.stride() + span.extent() - in - span.before();
    return span.ceil() ? Math.max(0, needed) : span.after();
  }

  static List<Long> longs(int... numbers) {
    List<Long> longs = new ArrayList<>();
    for (int number : numbers) {
      longs.add((long) number);
    }
    return longs;
  }
}
