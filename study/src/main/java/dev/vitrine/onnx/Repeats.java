package dev.vitrine.onnx;

import static dev.vitrine.onnx.OnnxPlace.with;

import dev.vitrine.nn.Model;
import dev.vitrine.op.BatchReduce;
import dev.vitrine.op.BatchSpread;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Broadcast;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.onnx.OnnxAttribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Values repeated along axes, where ONNX does not do so by itself. */
final class Repeats {
  private Repeats() {}

  static void broadcast(OnnxPlace at, Broadcast op) {
    Shape x = at.shape(0);
    int[] aligned = new int[op.target().rank()];
    Arrays.fill(aligned, 1);
    System.arraycopy(x.sizes(), 0, aligned, aligned.length - x.rank(), x.rank());
    Shape behind = Shape.of(aligned);
    String small =
        x.rank() == aligned.length
            ? at.in(0)
            : at.node(
                "Reshape", behind, with(), at.in(0), at.list("shape", ShapeForms.kept(behind)));
    if (at.readers().stream().allMatch(reader -> repeats(reader, at.value()))) {
      at.same(small);
      return;
    }
    List<Long> shape = new ArrayList<>(List.of(1L));
    shape.addAll(ExportedGraph.sizes(op.target()));
    at.end("Expand", with(), small, at.list("shape", shape));
  }

  /** Whether a reader is an operator that repeats this input to fit its other one. */
  private static boolean repeats(Value reader, Value input) {
    return reader.op() instanceof Binary
        && reader.inputs().stream().anyMatch(other -> other != input && Export.fills(other));
  }

  static void spread(OnnxPlace at, BatchSpread op) {
    if (op.of() == BatchReduce.MEAN) {
      throw Refusal.mixing();
    }
    at.same(forExamples(at, at.in(0), 0));
  }

  /** A shared input once for each example. */
  static String forExamples(OnnxPlace at, String shared, int input) {
    String examples =
        at.counts(
            "Shape", with(OnnxAttribute.of("start", 0), OnnxAttribute.of("end", 1)), Model.INPUT);
    String sizes = at.list("sizes", ExportedGraph.sizes(at.shape(input)));
    String shape = at.counts("Concat", with(OnnxAttribute.of("axis", 0)), examples, sizes);
    return at.node("Expand", at.shape(input), with(), shared, shape);
  }
}
