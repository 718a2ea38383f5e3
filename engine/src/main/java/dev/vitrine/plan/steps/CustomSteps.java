package dev.vitrine.plan.steps;

import dev.vitrine.error.UserException;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.op.Call;
import dev.vitrine.op.CustomOp;
import dev.vitrine.op.Example;
import dev.vitrine.op.Op;
import dev.vitrine.op.Value;
import dev.vitrine.plan.memory.Buffer;
import dev.vitrine.plan.memory.Step;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Custom ops: their own loop, example by example; a task is a block. */
public final class CustomSteps {
  private CustomSteps() {}

  public static void custom(Lowering l, CustomOp op, Value value) {
    if (op.batching() != Op.Batching.MAP) {
      throw new UserException(
          "%s expects to map examples one by one, but its batching is %s: use BatchReduce beside it"
              .formatted(op, op.batching()));
    }
    List<Buffer> reads = new ArrayList<>();
    value.inputs().forEach(x -> reads.add(l.lanes(x)));
    List<Shape> shapes = value.inputs().stream().map(Value::shape).toList();
    Buffer y = l.newLanes(value);
    l.add(
        new Step(
            Lowering.name(value),
            reads,
            List.of(y),
            batch -> batch.blocks(y),
            (block, batch, scratch) -> {
              double[][] in = new double[shapes.size()][];
              double[] out = new double[y.elements];
              for (int lane = 0; lane < Kernels.LANES; lane++) {
                for (int i = 0; i < in.length; i++) {
                  in[i] = read(reads.get(i), block, lane);
                }
                int index = y.perExample() ? batch.first() + block * Kernels.LANES + lane : 0;
                Example example = new Example(index, batch.whole(), batch.step(), batch.seed());
                Arrays.fill(out, 0);
                op.evaluate(new Call(shapes, in, value.shape(), out, example));
                for (int e = 0; e < out.length; e++) {
                  y.data()[y.block(block) + e * Kernels.LANES + lane] = (float) out[e];
                }
              }
            }));
  }

  private static double[] read(Buffer x, int block, int lane) {
    double[] elements = new double[x.elements];
    for (int e = 0; e < elements.length; e++) {
      elements[e] = x.data()[x.block(block) + e * Kernels.LANES + lane];
    }
    return elements;
  }
}
