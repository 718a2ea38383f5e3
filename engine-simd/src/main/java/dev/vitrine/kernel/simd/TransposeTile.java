package dev.vitrine.kernel.simd;

import java.lang.classfile.CodeBuilder;
import jdk.incubator.vector.VectorSpecies;

/** Squares of a matrix, turned one after the other in registers. */
interface TransposeTile {
  /**
   * For square i below n, row j and column k of it: {@code y[yAt + i·yStep + k·yRow + j] = x[xAt +
   * i·xStep + j·xRow + k]}; a square has as many rows and columns as a vector has numbers.
   */
  void run(int n, float[] x, int xAt, int xRow, int xStep, float[] y, int yAt, int yRow, int yStep);

  /** The tile of a vector width, generated like {@link Tiles}. */
  static TransposeTile of(VectorSpecies<Float> species) {
    return (TransposeTile)
        Tiles.make(
            TransposeTile.class,
            Exchange.data(species),
            "Transpose",
            code -> Body.write(code, species.length()));
  }

  /** Writes the method. */
  final class Body {
    private Body() {}

    /**
     * Eklundh's transposition (1972): for each power of two s, the rows i and i + s exchange the
     * parts whose column contains s in the one and does not in the other.
     */
    private static void write(CodeBuilder code, int size) {
      Assembler a = new Assembler(code);
      Exchange exchange = new Exchange(a);
      int xAt = a.parameter(2);
      int xRow = a.parameter(3);
      int yAt = a.parameter(6);
      int yRow = a.parameter(7);
      int[] v = a.vectors(size);
      a.loop(
          () -> code.iload(a.parameter(0)),
          i -> {
            for (int j = 0; j < size; j++) {
              int row = j;
              a.load(
                  a.parameter(1),
                  () -> code.iload(xAt).iload(xRow).loadConstant(row).imul().iadd());
              code.astore(v[j]);
            }
            for (int s = 1; s < size; s *= 2) {
              for (int j = 0; j < size; j++) {
                if ((j & s) == 0) {
                  exchange.swap(v[j], v[j + s], s);
                }
              }
            }
            for (int j = 0; j < size; j++) {
              code.aload(v[j]).aload(a.parameter(5)).iload(yAt);
              code.iload(yRow).loadConstant(j).imul().iadd();
              a.store();
            }
            code.iload(xAt).iload(a.parameter(4)).iadd().istore(xAt);
            code.iload(yAt).iload(a.parameter(8)).iadd().istore(yAt);
          });
      code.return_();
    }
  }
}
