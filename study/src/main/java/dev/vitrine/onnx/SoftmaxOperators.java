package dev.vitrine.onnx;

import dev.vitrine.op.LogSoftmax;
import dev.vitrine.op.Op;
import dev.vitrine.op.Ops;
import dev.vitrine.op.Softmax;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Distributions over an axis. */
final class SoftmaxOperators {
  /** Since which opset it is over one axis; before, over all from that on. */
  static final int ONE_AXIS = 13;

  private SoftmaxOperators() {}

  static void register(Map<String, Operator> operators) {
    operators.put("Softmax", s -> softmax(s, new Softmax()));
    operators.put("LogSoftmax", s -> softmax(s, new LogSoftmax()));
  }

  private static List<Datum> softmax(Site site, Op op) {
    boolean oneAxis = site.opset() >= ONE_AXIS;
    Flowing x = site.flowing(0);
    int axis = Site.axis(site.integer("axis", oneAxis ? -1 : 1), x.rank());
    Ops ops = site.network();
    boolean mixes = oneAxis ? x.batch() == axis : x.batch() >= axis;
    Flowing at = mixes ? x.freed(ops) : x;
    Shape shape = at.value().shape();
    int inner = at.inner(axis);
    if (oneAxis) {
      int[] order = toFront(inner, shape.rank());
      Value front = inner == 0 ? at.value() : ops.permute(at.value(), order);
      Value y = ops.apply(op, front);
      return Site.one(at.with(inner == 0 ? y : ops.permute(y, inverse(order))));
    }
    int rows = Arrays.stream(shape.sizes()).limit(inner).reduce(1, Math::multiplyExact);
    int classes = shape.elements() / rows;
    if (rows == 1) {
      return Site.one(at.with(ops.reshape(ops.apply(op, ops.flatten(at.value())), shape)));
    }
    Value table = ops.permute(ops.reshape(at.value(), Shape.of(rows, classes)), 1, 0);
    return Site.one(at.with(ops.reshape(ops.permute(ops.apply(op, table), 1, 0), shape)));
  }

  private static int[] toFront(int axis, int rank) {
    return IntStream.concat(IntStream.of(axis), IntStream.range(0, rank).filter(a -> a != axis))
        .toArray();
  }

  private static int[] inverse(int[] order) {
    int[] inverse = new int[order.length];
    for (int a = 0; a < order.length; a++) {
      inverse[order[a]] = a;
    }
    return inverse;
  }
}
