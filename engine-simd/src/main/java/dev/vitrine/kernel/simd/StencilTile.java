package dev.vitrine.kernel.simd;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import jdk.incubator.vector.VectorSpecies;

/** Sums of products in registers: a few rows by a few positions. */
interface StencilTile {
  /** The sums of the tile's rows at its positions, the first of which is p. */
  void run(StencilSums sums, int p);

  /** Generates the tile. */
  static StencilTile of(VectorSpecies<Float> species, StencilShape shape) {
    return (StencilTile)
        Tiles.make(
            StencilTile.class,
            List.of(species),
            shape.name(),
            code -> Body.write(code, shape, species.length()));
  }

  /** Writes the method. */
  final class Body {
    private Body() {}

    private static void write(CodeBuilder code, StencilShape shape, int length) {
      Assembler a = new Assembler(code);
      Fields sums = Fields.of(StencilSums.class, code);
      int rows = shape.rows();
      int positions = shape.positions();
      int vectors = positions * shape.parts();
      int p = a.parameter(1);

      int n = sums.keep("n", CD_int);
      a.returnIfIdle(n);
      int[] in = a.ints(positions);
      for (int k = 0; k < positions; k++) {
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
        // sum[j][k] = b[bAt + j]
        sum[j] = a.vectors(vectors);
        a.species();
        sums.get("b", Assembler.FLOATS);
        sums.get("bAt", CD_int);
        code.loadConstant(j).iadd().faload();
        a.broadcast();
        for (int k = 0; k < vectors; k++) {
          code.dup().astore(sum[j][k]);
        }
        code.pop();
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
      for (int j = 0; j < rows; j++) {
        for (int k = 0; k < vectors; k++) {
          // y[yAt + j · yRow + yBase[p + k]] = max(sum, floor)
          code.aload(sum[j][k]);
          sums.get("floor", CD_float);
          code.invokevirtual(
              Assembler.FLOAT_VECTOR, "max", MethodTypeDesc.of(Assembler.FLOAT_VECTOR, CD_float));
          sums.get("y", Assembler.FLOATS);
          sums.get("yAt", CD_int);
          sums.get("yRow", CD_int);
          code.loadConstant(j).imul().iadd();
          sums.get("yBase", Assembler.INTS);
          code.iload(p).loadConstant(k / shape.parts()).iadd().iaload();
          code.iadd().loadConstant(k % shape.parts() * length).iadd();
          a.store();
        }
      }
      code.return_();
    }
  }
}
