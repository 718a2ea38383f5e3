package dev.vitrine.kernel.simd;

import static java.lang.constant.ConstantDescs.CD_int;

import dev.vitrine.kernel.Kernels;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.List;
import java.util.function.IntConsumer;
import jdk.incubator.vector.VectorSpecies;

/** Sums of vectors' products in registers: a few rows by a few taps, again and again. */
interface CorrelateTile {
  /**
   * The sums of the tile's rows for all taps from t to the one before {@code end}, which are as
   * many as some tiles have.
   */
  void run(CorrelateSums sums, int t);

  /** Generates the tile. */
  static CorrelateTile of(VectorSpecies<Float> species, CorrelateShape shape) {
    return (CorrelateTile)
        Tiles.make(
            CorrelateTile.class,
            List.of(species),
            shape.name(),
            code -> new Body(code, shape, species.length()).write());
  }

  /** Writes the method. */
  final class Body {
    private static final int LANES = Kernels.LANES;

    private final Assembler a;
    private final CodeBuilder code;
    private final CorrelateShape shape;
    private final int length;
    private final int rows;
    private final int taps;
    private final Fields sums;
    private final int t;

    /** The first lane of a tile's vectors. */
    private final int lane;

    private Body(CodeBuilder code, CorrelateShape shape, int length) {
      this.code = code;
      this.shape = shape;
      this.length = length;
      a = new Assembler(code);
      rows = shape.rows();
      taps = shape.taps();
      sums = Fields.of(CorrelateSums.class, code);
      t = a.parameter(1);
      lane = a.ints(1)[0];
    }

    /**
     * Tile by tile, and both parts of one so soon that the second finds its lines near. What all
     * need is made ready once: a tile of four positions takes longer to begin than to compute.
     */
    private void write() {
      a.returnIfIdle(t);
      Label next = code.newLabel();
      Label done = code.newLabel();
      code.labelBinding(next).iload(t);
      sums.get("end", CD_int);
      code.if_icmpge(done);
      if (length == LANES) {
        code.loadConstant(0).istore(lane);
        tile();
      } else {
        a.loop(
            () -> code.loadConstant(LANES / length),
            part -> {
              code.iload(part).loadConstant(length).imul().istore(lane);
              tile();
            });
      }
      code.iinc(t, taps).goto_(next).labelBinding(done).return_();
    }

    private void tile() {
      boolean slides = shape.slides();
      int[] row = a.ints(rows);
      for (int j = 0; j < rows; j++) {
        // row[j] = dAt + j · dRow + lane
        sums.get("dAt", CD_int);
        sums.get("dRow", CD_int);
        code.loadConstant(j).imul().iadd().iload(lane).iadd().istore(row[j]);
      }
      int[] in = a.ints(taps);
      for (int k = 0; k < taps; k++) {
        // in[k] = xAt + tap[t + k] + lane
        sums.get("xAt", CD_int);
        sums.get("tap", Assembler.INTS);
        code.iload(t).loadConstant(k).iadd().iaload().iadd().iload(lane).iadd().istore(in[k]);
      }
      int[][] sum = new int[rows][];
      for (int j = 0; j < rows; j++) {
        sum[j] = a.vectors(taps);
        for (int k = 0; k < taps; k++) {
          a.species();
          place(j, k);
          code.invokestatic(Assembler.FLOAT_VECTOR, "fromArray", Assembler.FROM_ARRAY);
          code.astore(sum[j][k]);
        }
      }
      int dy = sums.keep("dy", Assembler.FLOATS);
      int dyAt = shape.dyStep() == StencilShape.TABLE ? sums.keep("dyAt", Assembler.INTS) : -1;
      int x = sums.keep("x", Assembler.FLOATS);
      int xPos = shape.xStep() == StencilShape.TABLE ? sums.keep("xPos", Assembler.INTS) : -1;
      int to = a.ints(1)[0];
      sums.get("to", CD_int);
      code.loadConstant(shape.dyStep() == LANES && shape.xStep() == LANES ? LANES : 1).imul();
      code.istore(to);
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
      // Where both factors lie a vector on at every position, their offset itself counts.
      boolean byOffset = shape.dyStep() == LANES && shape.xStep() == LANES;
      int scale = byOffset ? LANES : 1;
      a.loop(
          () -> {
            sums.get("from", CD_int);
            code.loadConstant(scale).imul();
          },
          () -> code.iload(to),
          scale,
          p -> {
            a.offset(dyAt, byOffset ? 1 : shape.dyStep(), p, d);
            a.offset(xPos, byOffset ? 1 : shape.xStep(), p, e);
            if (slides) {
              slide(v, e, next, loadX);
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
          place(j, k);
          a.store();
        }
      }
    }

    /** Pushes the accumulators and where those of row j and tap t + k lie. */
    private void place(int j, int k) {
      sums.get("acc", Assembler.FLOATS);
      sums.get("accAt", CD_int);
      sums.get("accRow", CD_int);
      code.loadConstant(j).imul().iadd().iload(t).loadConstant(k).iadd();
      code.loadConstant(LANES).imul().iadd().iload(lane).iadd();
    }

    /** All vectors but the last: the ones before moved up, or loaded where a new line begins. */
    private void slide(int[] v, int e, int next, IntConsumer load) {
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
