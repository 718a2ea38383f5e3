package dev.vitrine.testkit;

import dev.vitrine.op.Concat;
import dev.vitrine.op.Permute;
import dev.vitrine.op.Slice;
import dev.vitrine.op.Value;
import dev.vitrine.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** Elements that are moved, repeated or added up within an example, along every axis. */
final class MoveCases {
  private MoveCases() {}

  static List<GraphCase> all() {
    List<GraphCase> cases = new ArrayList<>();
    moves(cases);
    sums(cases);
    return cases;
  }

  private static void moves(List<GraphCase> cases) {
    int[] whole = {4, 3, 5};
    for (int axis = 0; axis < whole.length; axis++) {
      int a = axis;
      int size = whole[axis];
      cases.add(slice(a, 0, 1, whole));
      cases.add(slice(a, 1, size - 1, whole));
      cases.add(slice(a, 0, size, whole));
      cases.add(
          GraphCase.of(
              "Concat of three on axis " + a,
              g ->
                  g.apply(
                      new Concat(a),
                      g.input(resized(whole, a, 1)),
                      g.input(whole),
                      g.input(resized(whole, a, 2)))));
      cases.add(
          GraphCase.of(
              "Concat with shared on axis " + a,
              g -> g.apply(new Concat(a), g.input(whole), g.parameter(whole))));
    }
    for (int[] order : new int[][] {{0, 1, 2}, {0, 2, 1}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}) {
      Permute op = Permute.of(order);
      cases.add(GraphCase.of(op.toString(), g -> g.apply(op, g.input(whole))));
    }
    cases.add(GraphCase.of("transposed matrix", g -> g.permute(g.input(3, 17), 1, 0)));
    cases.add(GraphCase.of("Permute, shared", g -> g.permute(g.parameter(3, 5), 1, 0)));
    cases.add(GraphCase.of("pad before", g -> g.pad(g.input(whole), 1, 2, 0)));
    cases.add(GraphCase.of("pad after, shared", g -> g.pad(g.parameter(whole), 2, 0, 1)));
    cases.add(GraphCase.of("Concat of one", g -> g.apply(new Concat(0), g.input(13))));
    cases.add(
        GraphCase.of(
            "Concat of shared", g -> g.apply(new Concat(0), g.parameter(13), g.parameter(1))));
    cases.add(GraphCase.of("Concat of a value with itself", g -> doubled(g, g.input(13))));
    cases.add(GraphCase.of("Slice, shared", g -> g.apply(new Slice(0, 3, 7), g.parameter(13))));
    cases.add(
        GraphCase.forward(
            "Slice.Gradient",
            g ->
                g.apply(
                    new Slice.Gradient(new Slice(1, 1, 2), Shape.of(2, 5, 3)), g.input(2, 2, 3))));
    cases.add(GraphCase.of("Reshape", g -> g.reshape(g.exp(g.input(3, 2, 5)), Shape.of(5, 6))));
    cases.add(GraphCase.of("Reshape of input", g -> g.flatten(g.input(3, 2, 5))));
    cases.add(
        GraphCase.of(
            "Reshape of parameter",
            g -> g.multiply(g.reshape(g.parameter(15), Shape.of(3, 5)), g.input(3, 5))));
  }

  private static Value doubled(CaseBuilder g, Value x) {
    return g.apply(new Concat(0), x, g.relu(x), x);
  }

  private static GraphCase slice(int axis, int from, int length, int... whole) {
    Slice op = new Slice(axis, from, length);
    return GraphCase.of(op.toString(), g -> g.apply(op, g.input(whole)));
  }

  private static int[] resized(int[] sizes, int axis, int size) {
    int[] resized = sizes.clone();
    resized[axis] = size;
    return resized;
  }

  private static void sums(List<GraphCase> cases) {
    int[][] axes = {{}, {0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2}, {0, 1, 2}};
    for (int[] over : axes) {
      String name = Shape.of(3, 2, 5) + " over " + java.util.Arrays.toString(over);
      cases.add(GraphCase.of("Sum of " + name, g -> g.sum(g.input(3, 2, 5), over)));
      cases.add(GraphCase.of("mean of " + name, g -> g.mean(g.exp(g.input(3, 2, 5)), over)));
    }
    cases.add(GraphCase.of("Sum of a scalar", g -> g.sum(g.input())));
    cases.add(GraphCase.of("Sum, shared", g -> g.sum(g.parameter(13, 3), 0)));
    cases.add(broadcast(Shape.of(13)));
    cases.add(broadcast(Shape.of(3, 2, 5)));
    cases.add(broadcast(Shape.of(3, 2, 5), 5));
    cases.add(broadcast(Shape.of(3, 2, 5), 2, 1));
    cases.add(broadcast(Shape.of(3, 2, 5), 3, 1, 5));
    cases.add(broadcast(Shape.of(3, 2, 5), 3, 1, 1));
    cases.add(broadcast(Shape.of(1, 17), 17));
    cases.add(
        GraphCase.of(
            "Broadcast of shared channels",
            g -> g.add(g.input(3, 2, 5), g.broadcast(g.parameter(3, 1, 1), Shape.of(3, 2, 5)))));
  }

  private static GraphCase broadcast(Shape target, int... from) {
    return GraphCase.of(
        "Broadcast of %s to %s".formatted(Shape.of(from), target),
        g -> g.broadcast(g.input(from), target));
  }
}
