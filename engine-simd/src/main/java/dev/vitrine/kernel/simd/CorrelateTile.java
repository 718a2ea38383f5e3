package dev.vitrine.kernel.simd;

import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.List;
import java.util.function.IntConsumer;
import jdk.incubator.vector.VectorSpecies;

/** Sums of vectors' products in registers: a few rows by a few taps. */
interface CorrelateTile {
  /** The sums of the tile's rows and taps, the first of which is t. */
  void run(CorrelateSums sums, int t);

  /** Generates the tile. */
  static CorrelateTile of(VectorSpecies<Float> species, CorrelateShape shape) {
    return (CorrelateTile)
        Tiles.make(
            CorrelateTile.class, List.of(species), shape.name(), code -> Body.write(code, shape));
  }

  /** Writes the method. */
  final class Body {
    private static final int LANES = 16;

    private Body() {}

    private static void write(CodeBuilder code, CorrelateShape shape) {
      Assembler a = new Assembler(code);
      int rows = shape.rows();
      int taps = shape.taps();
      boolean slides = shape.slides();
      Fields sums = Fields.of(CorrelateSums.class, code);
      int t = a.parameter(1);

      a.returnIfIdle(t);
      int[] row = a.ints(rows);
      for (int j = 0; j < rows; j++) {
        sums.get("dAt", CD_int);
        sums.get("dRow", CD_int);
        code.loadConstant(j).imul().iadd().istore(row[j]);
      }
      int[] in = a.ints(taps);
      for (int k = 0; k < taps; k++) {
        // in[k] = xAt + tap[t + k]
        sums.get("xAt", CD_int);
        sums.get("tap", Assembler.INTS);
        code.iload(t).loadConstant(k).iadd().iaload().iadd().istore(in[k]);
      }
      int[][] sum = new int[rows][];
      for (int j = 0; j < rows; j++) {
        sum[j] = a.vectors(taps);
        for (int k = 0; k < taps; k++) {
          a.species();
          place(sums, t, j, k);
          code.invokestatic(Assembler.FLOAT_VECTOR, "fromArray", Assembler.FROM_ARRAY);
          code.astore(sum[j][k]);
        }
      }
      int dy = sums.keep("dy", Assembler.FLOATS);
      int dyAt = shape.dyStep() == StencilShape.TABLE ? sums.keep("dyAt", Assembler.INTS) : -1;
      int x = sums.keep("x", Assembler.FLOATS);
      int xPos = shape.xStep() == StencilShape.TABLE ? sums.keep("xPos", Assembler.INTS) : -1;
      int to = sums.keep("to", CD_int);
      int[] v = a.vectors(slides ? taps : 1);
      int[] g = a.vectors(slides ? 1 : rows);
      int d = a.ints(1)[0];
      int e = a.ints(1)[0];
      int next = a.ints(1)[0];
      IntConsumer loadX =
          k -> {
            a.load(x, () -> code.iload(in[k]).iload(e).iadd());
            code.astore(v[k % v.length]);
          };
      IntConsumer loadDy =
          j -> {
            a.load(dy, () -> code.iload(row[j]).iload(d).iadd());
            code.astore(g[j % g.length]);
          };
      if (slides) {
        code.loadConstant(Integer.MIN_VALUE).istore(next);
        for (int k = 1; k < taps; k++) {
          code.aload(sum[0][0]).astore(v[k]);
        }
      }
      a.loop(
          () -> sums.get("from", CD_int),
          () -> code.iload(to),
          p -> {
            a.offset(dyAt, shape.dyStep(), p, d);
            a.offset(xPos, shape.xStep(), p, e);
            if (slides) {
              slide(a, v, e, next, loadX);
              loadX.accept(taps - 1);
            }
            // The side that is held in registers is loaded first, the other one by one.
            for (int j = 0; j < rows && !slides; j++) {
              loadDy.accept(j);
            }
            for (int outer = 0; outer < (slides ? rows : taps); outer++) {
              (slides ? loadDy : loadX).accept(outer);
              for (int inner = 0; inner < (slides ? taps : rows); inner++) {
                int j = slides ? outer : inner;
                int k = slides ? inner : outer;
                a.fma(g[j % g.length], v[k % v.length], sum[j][k]);
              }
            }
          });
      for (int j = 0; j < rows; j++) {
        for (int k = 0; k < taps; k++) {
          code.aload(sum[j][k]);
          place(sums, t, j, k);
          a.store();
        }
      }
      code.return_();
    }

    /** Pushes the accumulators and where those of row j and tap t + k lie. */
    private static void place(Fields sums, int t, int j, int k) {
      sums.get("acc", Assembler.FLOATS);
      sums.get("accAt", CD_int);
      sums.get("accRow", CD_int);
      CodeBuilder code = sums.code();
      code.loadConstant(j).imul().iadd().iload(t).loadConstant(k).iadd();
      code.loadConstant(LANES).imul().iadd();
    }

    /** All vectors but the last: the ones before moved up, or loaded where a new line begins. */
    private static void slide(Assembler a, int[] v, int e, int next, IntConsumer load) {
      CodeBuilder code = a.code();
      Label line = code.newLabel();
      Label ready = code.newLabel();
      code.iload(e).iload(next).if_icmpne(line);
      for (int k = 0; k < v.length - 1; k++) {
        code.aload(v[k + 1]).astore(v[k]);
      }
      code.goto_(ready).labelBinding(line);
      for (int k = 0; k < v.length - 1; k++) {
        load.accept(k);
      }
      code.labelBinding(ready).iload(e).loadConstant(LANES).iadd().istore(next);
    }
  }
}
