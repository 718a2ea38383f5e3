package dev.vitrine.kernel.simd;

import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Bytes become numbers by a formula, which takes a third of a table's time. It is computed in
 * double, as whoever made the table did, so that every bit is the table's.
 */
interface ByteTile {
  /** The fewest bytes that a vector holds; it may not hold more numbers than they are. */
  int LEAST = 8;

  /** {@code y[yAt + i] = (float) fma(x[xAt + i] & 255, slope, intercept)} for n vectors. */
  void run(int n, double slope, double intercept, byte[] x, int xAt, float[] y, int yAt);

  /** The tile of a vector width of at least {@link #LEAST} numbers. */
  static ByteTile of(VectorSpecies<Float> species) {
    int length = species.length();
    return (ByteTile)
        Tiles.make(
            ByteTile.class,
            List.of(
                part(byte.class, length, Byte.SIZE),
                part(int.class, length, Integer.SIZE),
                part(double.class, length / 2, Double.SIZE),
                part(float.class, length / 2, Float.SIZE)),
            "Bytes",
            code -> new Body(code, length).write());
  }

  private static VectorSpecies<?> part(Class<?> type, int length, int bits) {
    return VectorSpecies.of(type, VectorShape.forBitSize(length * bits));
  }

  /** Writes the method. */
  final class Body {
    /** Vectors to a round: a method of fewer C2 puts into its callers, where it may box vectors. */
    private static final int ROUND = 4;

    private static final int BYTES = 0;
    private static final int INTS = 1;
    private static final int DOUBLES = 2;
    private static final int HALF = 3;
    private static final ClassDesc BYTE_VECTOR = Assembler.desc(ByteVector.class);
    private static final ClassDesc DOUBLE_VECTOR = Assembler.desc(DoubleVector.class);
    private static final ClassDesc OPERATORS = Assembler.desc(VectorOperators.class);
    private static final ClassDesc CONVERSION = OPERATORS.nested("Conversion");
    private static final MethodTypeDesc CONVERT =
        MethodTypeDesc.of(Assembler.VECTOR, CONVERSION, Assembler.SPECIES, CD_int);

    private final Assembler a;
    private final CodeBuilder code;
    private final int length;
    private final int x;
    private final int xAt;
    private final int y;
    private final int yAt;
    private final int slope;
    private final int intercept;
    private final int ints;

    /** Where a round's first number lies. */
    private final int from;

    private Body(CodeBuilder code, int length) {
      this.code = code;
      this.length = length;
      a = new Assembler(code);
      x = a.parameter(3);
      xAt = a.parameter(4);
      y = a.parameter(5);
      yAt = a.parameter(6);
      int[] vectors = a.vectors(3);
      slope = vectors[0];
      intercept = vectors[1];
      ints = vectors[2];
      from = a.ints(1)[0];
    }

    private void write() {
      broadcast(1, slope);
      broadcast(2, intercept);
      int n = a.parameter(0);
      int rounds = a.ints(1)[0];
      code.iload(n).loadConstant(ROUND).idiv().istore(rounds);
      a.loop(() -> code.iload(rounds), i -> convert(i, ROUND));
      a.loop(
          () -> code.iload(rounds).loadConstant(ROUND).imul(),
          () -> code.iload(n),
          i -> convert(i, 1));
      code.return_();
    }

    private void broadcast(int parameter, int vector) {
      a.data(Assembler.SPECIES, DOUBLES);
      code.dload(a.parameter(parameter));
      code.invokestatic(
          DOUBLE_VECTOR,
          "broadcast",
          MethodTypeDesc.of(DOUBLE_VECTOR, Assembler.SPECIES, CD_double));
      code.astore(vector);
    }

    /** Round i, of some vectors. */
    private void convert(int i, int vectors) {
      code.iload(i).loadConstant(vectors * length).imul().istore(from);
      for (int k = 0; k < vectors; k++) {
        a.data(Assembler.SPECIES, BYTES);
        code.aload(x).iload(xAt).iload(from).iadd().loadConstant(k * length).iadd();
        ClassDesc bytes = ConstantDescs.CD_byte.arrayType();
        code.invokestatic(
            BYTE_VECTOR,
            "fromArray",
            MethodTypeDesc.of(BYTE_VECTOR, Assembler.SPECIES, bytes, CD_int));
        convert(BYTE_VECTOR, "ZERO_EXTEND_B2I", INTS, 0);
        code.astore(ints);
        store(0, k * length);
        store(1, k * length + length / 2);
      }
    }

    /** A half of the whole numbers: to double, along the line, and to float. */
    private void store(int half, int at) {
      code.aload(ints);
      convert(Assembler.VECTOR, "I2D", DOUBLES, half);
      code.checkcast(DOUBLE_VECTOR).aload(slope).aload(intercept);
      code.invokevirtual(
          DOUBLE_VECTOR,
          "fma",
          MethodTypeDesc.of(DOUBLE_VECTOR, Assembler.VECTOR, Assembler.VECTOR));
      convert(DOUBLE_VECTOR, "D2F", HALF, 0);
      code.checkcast(Assembler.FLOAT_VECTOR);
      code.aload(y).iload(yAt).iload(from).iadd().loadConstant(at).iadd();
      a.store();
    }

    /** Pops a vector and pushes a part of it as numbers of another kind. */
    private void convert(ClassDesc of, String conversion, int to, int part) {
      code.getstatic(OPERATORS, conversion, CONVERSION);
      a.data(Assembler.SPECIES, to);
      code.loadConstant(part);
      code.invokevirtual(of, "convertShape", CONVERT);
    }
  }
}
