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
    private final int slope;

    private final int slopeRest;
    private final int intercept;
    private final int interceptRest;

    /** What a vector's sums are made of. */
    private final int byteNumber;

    private final int product;
    private final int sum;
    private final int added;

    /** Where a round's first number lies. */
    private final int from;

    private Body(CodeBuilder code, int length) {
      this.code = code;
      this.length = length;
      a = new Assembler(code);
      x = a.parameter(2);
      xAt = a.parameter(3);
      y = a.parameter(4);
      yAt = a.parameter(5);
      int[] line = a.vectors(4);
      slope = line[0];
      slopeRest = line[1];
      intercept = line[2];
      interceptRest = line[3];
      int[] vectors = a.vectors(4);
      byteNumber = vectors[0];
      product = vectors[1];
      sum = vectors[2];
      added = vectors[3];
      from = a.ints(1)[0];
    }

    private void write() {
      broadcast("slope", slope);
      broadcast("slopeRest", slopeRest);
      broadcast("intercept", intercept);
      broadcast("interceptRest", interceptRest);
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
      code.iload(i).loadConstant(vectors * length).imul().istore(from);
      for (int k = 0; k < vectors; k++) {
        load(k * length);
        number();
        code.aload(y).iload(yAt).iload(from).iadd().loadConstant(k * length).iadd();
        a.store();
      }
    }

    /** Bytes, to whole numbers, to floats. */
    private void load(int at) {
      a.data(Assembler.SPECIES, BYTES);
      code.aload(x).iload(xAt).iload(from).iadd().loadConstant(at).iadd();
      ClassDesc bytes = ConstantDescs.CD_byte.arrayType();
      code.invokestatic(
          BYTE_VECTOR,
          "fromArray",
          MethodTypeDesc.of(BYTE_VECTOR, Assembler.SPECIES, bytes, CD_int));
      convert(BYTE_VECTOR, "ZERO_EXTEND_B2I", INTS);
      convert(Assembler.VECTOR, "I2F", FLOATS);
      code.checkcast(Assembler.FLOAT_VECTOR).astore(byteNumber);
    }

    /** Pushes the line's numbers: the steps of {@link ByteTable.Line#at}. */
    private void number() {
      operate("mul", byteNumber, slope);
      code.astore(product);
      operate("add", product, intercept);
      code.astore(sum);
      operate("sub", sum, product);
      code.astore(added);
      code.aload(product);
      operate("sub", sum, added);
      operate("sub");
      operate("sub", intercept, added);
      operate("add");
      code.aload(byteNumber).aload(slopeRest).aload(interceptRest);
      operate("fma", Assembler.VECTOR, Assembler.VECTOR);
      operate("add");
      code.aload(sum);
      operate("add");
    }

    private void operate(String operation, int left, int right) {
      code.aload(left).aload(right);
      operate(operation);
    }

    private void operate(String operation) {
      operate(operation, Assembler.VECTOR);
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
