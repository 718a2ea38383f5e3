package dev.vitrine.kernel.simd;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
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
    int size = species.length();
    List<Object> data = new ArrayList<>(List.of(species));
    for (int s = 1; s < size; s *= 2) {
      int stride = s;
      boolean[] upper = new boolean[size];
      for (int lane = 0; lane < size; lane++) {
        upper[lane] = (lane & stride) != 0;
      }
      data.add(VectorShuffle.fromOp(species, lane -> (lane - stride) & (size - 1)));
      data.add(VectorShuffle.fromOp(species, lane -> (lane + stride) & (size - 1)));
      data.add(VectorMask.fromArray(species, upper, 0));
    }
    return (TransposeTile)
        Tiles.make(TransposeTile.class, data, "Transpose", code -> Body.write(code, size));
  }

  /** Writes the method. */
  final class Body {
    private static final ClassDesc SHUFFLE = Assembler.desc(VectorShuffle.class);
    private static final ClassDesc MASK = Assembler.desc(VectorMask.class);
    private static final MethodTypeDesc REARRANGE =
        MethodTypeDesc.of(Assembler.FLOAT_VECTOR, SHUFFLE);
    private static final MethodTypeDesc BLEND =
        MethodTypeDesc.of(Assembler.FLOAT_VECTOR, Assembler.VECTOR, MASK);

    private Body() {}

    /**
     * Eklundh's transposition (1972): for each power of two s, the rows i and i + s exchange the
     * parts whose column contains s in the one and does not in the other.
     */
    private static void write(CodeBuilder code, int size) {
      Assembler a = new Assembler(code);
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
            for (int s = 1, data = 1; s < size; s *= 2, data += 3) {
              for (int j = 0; j < size; j++) {
                if ((j & s) == 0) {
                  exchange(a, v[j], v[j + s], data);
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

    /**
     * {@code a = blend(a, rotate(b))} and {@code b = blend(rotate back(a), b)}; the shuffles and
     * the mask are the class data from {@code data}.
     */
    private static void exchange(Assembler assembler, int a, int b, int data) {
      CodeBuilder code = assembler.code();
      code.aload(a);
      rotate(assembler, b, data);
      blend(assembler, data + 2);
      rotate(assembler, a, data + 1);
      code.aload(b);
      blend(assembler, data + 2);
      code.astore(b).astore(a);
    }

    private static void rotate(Assembler a, int vector, int shuffle) {
      a.code().aload(vector);
      a.data(SHUFFLE, shuffle);
      a.code().invokevirtual(Assembler.FLOAT_VECTOR, "rearrange", REARRANGE);
    }

    /** Pops two vectors and pushes the first, with the second's lanes where the mask is set. */
    private static void blend(Assembler a, int mask) {
      a.data(MASK, mask);
      a.code().invokevirtual(Assembler.FLOAT_VECTOR, "blend", BLEND);
    }
  }
}
