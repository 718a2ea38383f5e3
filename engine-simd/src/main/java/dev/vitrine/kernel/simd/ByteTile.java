package dev.vitrine.kernel.simd;

import static java.lang.constant.ConstantDescs.CD_int;

import dev.vitrine.kernel.ByteTable;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Bytes become numbers by a formula, which takes a third of a table's time: as {@link
 * ByteTable.Line} says, operation by operation, so that every bit is the table's.
 *
 * <p>In double it would be two vectors of half as many floats. But C2 learns from what methods of
 * the Vector API meet how to compile them for all tiles at once: with floats of a second width in
 * the process a tile that is compiled late, as on a busy machine, may hold boxed vectors for good.
 * So all vectors of floats have one width.
 */
interface ByteTile {
  /** The fewest bytes that a vector holds; it may not hold more numbers than they are. */
  int LEAST = 8;

  /** {@code y[yAt + i] = line.at(x[xAt + i] & 255)} for n vectors. */
  void run(int n, ByteTable.Line line, byte[] x, int xAt, float[] y, int yAt);

  /** The tile of a vector width of at least {@link #LEAST} numbers. */
  static ByteTile of(VectorSpecies<Float> species) {
    int length = species.length();
    return (ByteTile)
        Tiles.make(
            ByteTile.class,
            List.of(
                species,
                part(byte.class, length, Byte.SIZE),
                part(int.class, length, Integer.SIZE)),
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

    private static final int FLOATS = 0;
    private static final int BYTES = 1;
    private static final int INTS = 2;
    private static final ClassDesc LINE = Assembler.desc(ByteTable.Line.class);
    private static final ClassDesc BYTE_VECTOR = Assembler.desc(ByteVector.class);
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

    /** The line, each number in all lanes. */
    private final int zero;

    private final int slope;
    private final int slopeRest;
    private final int rest;

    /** A vector's bytes, as numbers less {@link #zero}. */
    private final int from;

    /** Where a round's first number lies. */
    private final int at;

    private Body(CodeBuilder code, int length) {
      this.code = code;
      this.length = length;
      a = new Assembler(code);
      x = a.parameter(2);
      xAt = a.parameter(3);
      y = a.parameter(4);
      yAt = a.parameter(5);
      int[] line = a.vectors(4);
      zero = line[0];
      slope = line[1];
      slopeRest = line[2];
      rest = line[3];
      from = a.vectors(1)[0];
      at = a.ints(1)[0];
    }

    private void write() {
      broadcast("zero", zero);
      broadcast("slope", slope);
      broadcast("slopeRest", slopeRest);
      broadcast("rest", rest);
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

    private void broadcast(String component, int vector) {
      a.species();
      code.aload(a.parameter(1));
      code.invokevirtual(LINE, component, MethodTypeDesc.of(ConstantDescs.CD_float));
      a.broadcast();
      code.astore(vector);
    }

    /** Round i, of some vectors. */
    private void convert(int i, int vectors) {
      code.iload(i).loadConstant(vectors * length).imul().istore(at);
      for (int k = 0; k < vectors; k++) {
        load(k * length);
        number();
        code.aload(y).iload(yAt).iload(at).iadd().loadConstant(k * length).iadd();
        a.store();
      }
    }

    /** Bytes, to whole numbers, to floats, less the line's zero. */
    private void load(int offset) {
      a.data(Assembler.SPECIES, BYTES);
      code.aload(x).iload(xAt).iload(at).iadd().loadConstant(offset).iadd();
      ClassDesc bytes = ConstantDescs.CD_byte.arrayType();
      code.invokestatic(
          BYTE_VECTOR,
          "fromArray",
          MethodTypeDesc.of(BYTE_VECTOR, Assembler.SPECIES, bytes, CD_int));
      convert(BYTE_VECTOR, "ZERO_EXTEND_B2I", INTS);
      convert(Assembler.VECTOR, "I2F", FLOATS);
      code.checkcast(Assembler.FLOAT_VECTOR).aload(zero);
      operate("sub", Assembler.VECTOR);
      code.astore(from);
    }

    /** Pushes the line's numbers: the steps of {@link ByteTable.Line#at}. */
    private void number() {
      code.aload(from).aload(slope).aload(from).aload(slopeRest).aload(rest);
      operate("fma", Assembler.VECTOR, Assembler.VECTOR);
      operate("fma", Assembler.VECTOR, Assembler.VECTOR);
    }

    private void operate(String operation, ClassDesc... operands) {
      code.invokevirtual(
          Assembler.FLOAT_VECTOR, operation, MethodTypeDesc.of(Assembler.FLOAT_VECTOR, operands));
    }

    /** Pops a vector and pushes its numbers as those of another kind. */
    private void convert(ClassDesc of, String conversion, int to) {
      code.getstatic(OPERATORS, conversion, CONVERSION);
      a.data(Assembler.SPECIES, to);
      code.iconst_0();
      code.invokevirtual(of, "convertShape", CONVERT);
    }
  }
}
