package dev.vitrine.onnx;

import static dev.vitrine.onnx.OnnxPlace.with;

import dev.vitrine.op.Concat;
import dev.vitrine.op.Permute;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Sum;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.onnx.OnnxAttribute;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What ops that move, join, cut and sum numbers are in ONNX. */
final class ShapeForms {
  private ShapeForms() {}

  static void permute(OnnxPlace at, Permute op) {
    List<Long> order = new ArrayList<>(List.of(0L));
    op.order().forEach(axis -> order.add(axis + 1L));
    at.end("Transpose", with(OnnxAttribute.of("perm", order)), at.in(0));
  }

  static void reshape(OnnxPlace at, Shape target) {
    if (target.rank() == 1) {
      at.end("Flatten", with(OnnxAttribute.of("axis", 1)), at.in(0));
    } else {
      at.end("Reshape", with(), at.in(0), at.list("shape", kept(target)));
    }
  }

  /** A shape behind as many examples as there are. */
  static List<Long> kept(Shape shape) {
    List<Long> sizes = new ArrayList<>(List.of(0L));
    sizes.addAll(ExportedGraph.sizes(shape));
    return sizes;
  }

  static void concat(OnnxPlace at, Concat op) {
    String[] inputs = new String[at.value().inputs().size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] =
          at.value().inputs().get(i).perExample() ? at.in(i) : Repeats.forExamples(at, at.in(i), i);
    }
    at.end("Concat", with(OnnxAttribute.of("axis", op.axis() + 1L)), inputs);
  }

  static void slice(OnnxPlace at, Slice op) {
    at.end(
        "Slice",
        with(),
        at.in(0),
        at.list("starts", List.of((long) op.from())),
        at.list("ends", List.of((long) op.from() + op.length())),
        at.list("axes", List.of(op.axis() + 1L)));
  }

  static void pad(OnnxPlace at, Slice.Gradient op) {
    int rank = op.whole().rank() + 1;
    List<Long> pads = new ArrayList<>(Collections.nCopies(2 * rank, 0L));
    int axis = op.of().axis();
    pads.set(axis + 1, (long) op.of().from());
    pads.set(rank + axis + 1, (long) op.whole().size(axis) - op.of().from() - op.of().length());
    at.end("Pad", with(OnnxAttribute.of("mode", "constant")), at.in(0), at.list("pads", pads));
  }

  /** Which axes of size 1 disappear does not matter, as long as the others are the target's. */
  static void sum(OnnxPlace at, Sum op) {
    List<Long> axes = new ArrayList<>();
    int next = 0;
    for (int a = 0; a < op.from().rank(); a++) {
      boolean summed = op.kept().size(a) != op.from().size(a);
      if (!summed && next < op.target().rank() && op.target().size(next) == op.from().size(a)) {
        next++;
      } else {
        axes.add(a + 1L);
      }
    }
    if (axes.isEmpty()) {
      at.end("Identity", with(), at.in(0));
    } else {
      at.end("ReduceSum", with(OnnxAttribute.of("keepdims", 0)), at.in(0), at.list("axes", axes));
    }
  }
}
