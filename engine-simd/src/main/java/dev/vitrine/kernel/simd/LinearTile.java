package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearMap;
import dev.vitrine.kernel.LinearPass;
import java.lang.classfile.CodeBuilder;
import java.util.List;
import jdk.incubator.vector.VectorSpecies;

/** A small matrix, applied wherever a pass says: its numbers are constants of generated code. */
interface LinearTile {
  /**
   * For o below n and i below inner: outputs k at {@code y[yAt + o·yOuter + i·yInner + k·yStep]}
   * from inputs j at {@code x[xAt + o·xOuter + i·xInner + j·xStep]}; {@code b[bAt + o·bStep]} is
   * added where the pass says.
   */
  void run(
      int n,
      int inner,
      float[] x,
      int xAt,
      int xStep,
      int xInner,
      int xOuter,
      float[] b,
      int bAt,
      int bStep,
      float floor,
      float[] y,
      int yAt,
      int yStep,
      int yInner,
      int yOuter);

  /** Generates the tile. */
  static LinearTile of(VectorSpecies<Float> species, LinearMap map, LinearPass.Store store) {
    String name = "Linear%sx%s".formatted(map.outputs(), map.inputs());
    return (LinearTile)
        Tiles.make(
            LinearTile.class,
            List.of(species),
            name,
            code -> Body.linearBody(code, species.length(), map, store));
  }

  /** Writes the method. */
  final class Body {
    private Body() {}

    private static void linearBody(
        CodeBuilder code, int length, LinearMap map, LinearPass.Store store) {
      Assembler a = new Assembler(code);
      int from = a.ints(1)[0];
      int to = a.ints(1)[0];
      int bias = a.vectors(1)[0];
      a.loop(
          () -> code.iload(a.parameter(0)),
          o -> {
            code.iload(a.parameter(3)).iload(o).iload(a.parameter(6)).imul().iadd().istore(from);
            code.iload(a.parameter(12)).iload(o).iload(a.parameter(15)).imul().iadd().istore(to);
            if (store == LinearPass.Store.FINISH) {
              a.broadcast(
                  a.parameter(7),
                  () -> code.iload(a.parameter(8)).iload(o).iload(a.parameter(9)).imul().iadd());
              code.astore(bias);
            }
            a.loop(
                () -> code.iload(a.parameter(1)),
                i -> {
                  // All parts of a vector one after the other, so that its line is read once.
                  a.loop(
                      () -> code.loadConstant(Kernels.LANES / length),
                      part -> {
                        if (store == LinearPass.Store.FINISH_LANES) {
                          a.load(
                              a.parameter(7),
                              () -> {
                                code.iload(a.parameter(8)).iload(o).iload(a.parameter(9));
                                code.imul().iadd().iload(part).loadConstant(length).imul().iadd();
                              });
                          code.astore(bias);
                        }
                        apply(a, map, store, from, to, bias);
                        code.iinc(from, length).iinc(to, length);
                      });
                  advance(code, from, a.parameter(5));
                  advance(code, to, a.parameter(14));
                });
          });
      code.return_();
    }

    /** To the next vector, from the end of one. */
    private static void advance(CodeBuilder code, int at, int step) {
      code.iload(at).iload(step).iadd().loadConstant(Kernels.LANES).isub().istore(at);
    }

    private static void apply(
        Assembler a, LinearMap map, LinearPass.Store store, int from, int to, int bias) {
      CodeBuilder code = a.code();
      int[] v = a.vectors(map.inputs());
      for (int j = 0; j < v.length; j++) {
        int input = j;
        a.load(
            a.parameter(2),
            () -> code.iload(from).iload(a.parameter(4)).loadConstant(input).imul().iadd());
        code.astore(v[j]);
      }
      for (List<LinearMap.Row> stage : map.stages()) {
        int[] inputs = v;
        v = a.vectors(stage.size());
        for (int k = 0; k < v.length; k++) {
          a.combine(stage.get(k), inputs);
          code.astore(v[k]);
        }
      }
      int y = a.parameter(11);
      boolean finishes = store == LinearPass.Store.FINISH || store == LinearPass.Store.FINISH_LANES;
      int sum = a.vectors(1)[0];
      int least = a.vectors(1)[0];
      if (finishes) {
        a.species();
        code.fload(a.parameter(10));
        a.broadcast();
        code.astore(least);
      }
      for (int k = 0; k < v.length; k++) {
        int output = k;
        Runnable at =
            () -> code.iload(to).iload(a.parameter(13)).loadConstant(output).imul().iadd();
        code.aload(v[k]);
        switch (store) {
          case SET -> {}
          case ADD -> {
            a.load(y, at);
            a.add();
          }
          case FINISH, FINISH_LANES -> {
            code.aload(bias);
            a.add();
            code.astore(sum);
            a.atLeast(sum, least);
          }
        }
        code.aload(y);
        at.run();
        a.store();
      }
    }
  }
}
