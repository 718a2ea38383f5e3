package dev.vitrine.kernel.simd;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.List;
import jdk.incubator.vector.VectorSpecies;

/** Sums of products in registers: a few rows by a few positions, again and again. */
interface StencilTile {
  /**
   * The sums of the tile's rows at its positions, the first of which is p; if the shape goes on, at
   * all from p to the one before {@code end}, which are as many as some tiles have.
   */
  void run(StencilSums sums, int p);

  /** Generates the tile. */
  static StencilTile of(VectorSpecies<Float> species, StencilShape shape) {
    return (StencilTile)
        Tiles.make(
            StencilTile.class,
            List.of(species),
            shape.name(),
            code -> new Body(code, shape, species.length()).write());
  }

  /** Writes the method. */
  final class Body {
    private final Assembler a;
    private final CodeBuilder code;
    private final StencilShape shape;
    private final int length;
    private final int rows;
    private final int vectors;
    private final Fields sums;
    private final int n;
    private final int p;

    private Body(CodeBuilder code, StencilShape shape, int length) {
      this.code = code;
      this.shape = shape;
      this.length = length;
      a = new Assembler(code);
      rows = shape.rows();
      vectors = shape.positions() * shape.parts();
      sums = Fields.of(StencilSums.class, code);
      p = a.parameter(1);
      n = sums.keep("n", CD_int);
    }

    /**
     * Tile by tile: with few terms, what all of them need took longer than a tile's sums. On whole
     * vectors, whose sums take longer, one tile: a loop around the loop costs 3 %.
     */
    private void write() {
      a.returnIfIdle(n);
      if (!shape.goesOn()) {
        tile();
        code.return_();
        return;
      }
      Label next = code.newLabel();
      Label done = code.newLabel();
      code.labelBinding(next).iload(p);
      sums.get("end", CD_int);
      code.if_icmpge(done);
      tile();
      code.iinc(p, shape.positions()).goto_(next).labelBinding(done).return_();
    }

    private void tile() {
      int[] in = a.ints(shape.positions());
      for (int k = 0; k < in.length; k++) {
        // in[k] = xAt + xBase[p + k]
        sums.get("xAt", CD_int);
        sums.get("xBase", Assembler.INTS);
        code.iload(p).loadConstant(k).iadd().iaload().iadd().istore(in[k]);
      }
      int[] row = a.ints(rows);
      int[][] sum = new int[rows][];
      for (int j = 0; j < rows; j++) {
        // row[j] = wAt + j · wRow
        sums.get("wAt", CD_int);
        sums.get("wRow", CD_int);
        code.loadConstant(j).imul().iadd().istore(row[j]);
        sum[j] = a.vectors(vectors);
        begin(j, sum[j]);
      }
      int w = sums.keep("w", Assembler.FLOATS);
      int x = sums.keep("x", Assembler.FLOATS);
      int wTerm = shape.wStep() == StencilShape.TABLE ? sums.keep("wTerm", Assembler.INTS) : -1;
      int xTerm = shape.xStep() == StencilShape.TABLE ? sums.keep("xTerm", Assembler.INTS) : -1;
      int[] v = a.vectors(vectors);
      int factor = a.vectors(1)[0];
      int from = a.ints(1)[0];
      int term = a.ints(1)[0];
      a.loop(
          () -> code.iload(n),
          t -> {
            a.offset(xTerm, shape.xStep(), t, from);
            a.offset(wTerm, shape.wStep(), t, term);
            for (int k = 0; k < vectors; k++) {
              int at = in[k / shape.parts()];
              int part = k % shape.parts() * length;
              a.load(x, () -> code.iload(at).iload(from).iadd().loadConstant(part).iadd());
              code.astore(v[k]);
            }
            for (int j = 0; j < rows; j++) {
              int at = row[j];
              a.broadcast(w, () -> code.iload(at).iload(term).iadd());
              code.astore(factor);
              for (int k = 0; k < vectors; k++) {
                a.fma(factor, v[k], sum[j][k]);
              }
            }
          });
      int least = a.vectors(1)[0];
      least();
      code.astore(least);
      for (int j = 0; j < rows; j++) {
        for (int k = 0; k < vectors; k++) {
          end(j, k, sum[j][k], least);
        }
      }
    }

    /**
     * {@code sum[k] = b[bAt + j]} for all vectors k of a row, or the biases of the lanes, {@code
     * b[bAt + 16·(p + k)]} and those behind it, or what lies where the sums will be stored.
     */
    private void begin(int j, int[] sum) {
      if (shape.begin() != Stencil.Begin.BIAS_OF_ROW) {
        for (int k = 0; k < vectors; k++) {
          a.species();
          if (shape.begin() == Stencil.Begin.NUMBER_THERE) {
            output(j, k);
          } else {
            biasOfLanes(k);
          }
          code.invokestatic(Assembler.FLOAT_VECTOR, "fromArray", Assembler.FROM_ARRAY);
          code.astore(sum[k]);
        }
        return;
      }
      a.species();
      sums.get("b", Assembler.FLOATS);
      sums.get("bAt", CD_int);
      code.loadConstant(j).iadd().faload();
      a.broadcast();
      for (int k = 0; k < vectors; k++) {
        code.dup().astore(sum[k]);
      }
      code.pop();
    }

    /** Pushes the biases, and where those of a vector's lanes lie. */
    private void biasOfLanes(int k) {
      sums.get("b", Assembler.FLOATS);
      sums.get("bAt", CD_int);
      code.iload(p).loadConstant(k / shape.parts()).iadd().loadConstant(Kernels.LANES).imul();
      code.iadd().loadConstant(k % shape.parts() * length).iadd();
    }

    /**
     * Pushes a vector of the floor. Where a tile goes on it comes from an array, as y is one: C2
     * would else hold it in a register all the time, which few have.
     */
    private void least() {
      a.species();
      if (shape.goesOn()) {
        sums.get("floors", Assembler.FLOATS);
        code.iconst_0().faload();
      } else {
        sums.get("floor", CD_float);
      }
      a.broadcast();
    }

    /** {@code y[yAt + j · yRow + yBase[p + k]] = max(sum, least)}. */
    private void end(int j, int k, int sum, int least) {
      a.atLeast(sum, least);
      output(j, k);
      a.store();
    }

    /** Pushes the outputs, and where row j's of position p + k lie. */
    private void output(int j, int k) {
      sums.get("y", Assembler.FLOATS);
      sums.get("yAt", CD_int);
      sums.get("yRow", CD_int);
      code.loadConstant(j).imul().iadd();
      sums.get("yBase", Assembler.INTS);
      code.iload(p).loadConstant(k / shape.parts()).iadd().iaload();
      code.iadd().loadConstant(k % shape.parts() * length).iadd();
    }
  }
}
