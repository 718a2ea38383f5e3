package dev.vitrine.kernel.simd;

import static java.lang.constant.ConstantDescs.CD_int;

import dev.vitrine.kernel.Halves;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Writes how vectors of two 16-bit numbers to an int become singles.
 *
 * <p>A half's exponent has five bits: shifted to where a single has its eight, it counts 112 too
 * little, which a factor of 2¹¹² makes good, exactly, for those below the normal ones and zeros
 * too.
 */
final class Widening {
  private static final ClassDesc INT_VECTOR = Assembler.desc(IntVector.class);
  private static final ClassDesc BINARY = Assembler.desc(VectorOperators.Binary.class);
  private static final ClassDesc OPERATORS = Assembler.desc(VectorOperators.class);

  /** Where the species of vectors of ints is among the class data. */
  private static final int INTS = 1;

  private static final int UPPER = 0xffff0000;

  /** The sign, five bits of exponent and ten of fraction, three places to the right. */
  private static final int HALF = 0x8fffe000;

  private static final float SCALE = 0x1p112f;

  private final Assembler a;
  private final CodeBuilder code;
  private final boolean brief;
  private final int bits;
  private final int scale;

  /** Writes the constants, before the loop. */
  Widening(Assembler a, Halves.Format format) {
    this.a = a;
    code = a.code();
    brief = format == Halves.Format.BF16;
    bits = a.vectors(1)[0];
    scale = a.vectors(1)[0];
    a.data(Assembler.SPECIES, INTS);
    code.loadConstant(brief ? UPPER : HALF);
    code.invokestatic(
        INT_VECTOR, "broadcast", MethodTypeDesc.of(INT_VECTOR, Assembler.SPECIES, CD_int));
    code.astore(bits);
    if (!brief) {
      a.constant(SCALE);
      code.astore(scale);
    }
  }

  /** Pushes the vector of ints at an index of an array. */
  void load(int array, Runnable index) {
    a.data(Assembler.SPECIES, INTS);
    code.aload(array);
    index.run();
    code.invokestatic(
        INT_VECTOR,
        "fromArray",
        MethodTypeDesc.of(INT_VECTOR, Assembler.SPECIES, Assembler.INTS, CD_int));
  }

  /** Pushes the singles of a vector's low halves. */
  void low(int pair) {
    code.aload(pair);
    shift("LSHL", Short.SIZE);
    if (brief) {
      asFloats();
    } else {
      half();
    }
  }

  /** Pushes the singles of a vector's high halves. */
  void high(int pair) {
    code.aload(pair);
    if (brief) {
      mask();
      asFloats();
    } else {
      half();
    }
  }

  private void half() {
    shift("ASHR", 3);
    mask();
    asFloats();
    code.aload(scale);
    code.invokevirtual(
        Assembler.FLOAT_VECTOR, "mul", MethodTypeDesc.of(Assembler.FLOAT_VECTOR, Assembler.VECTOR));
  }

  private void shift(String operator, int places) {
    code.getstatic(OPERATORS, operator, BINARY).loadConstant(places);
    code.invokevirtual(INT_VECTOR, "lanewise", MethodTypeDesc.of(INT_VECTOR, BINARY, CD_int));
  }

  private void mask() {
    code.aload(bits);
    code.invokevirtual(INT_VECTOR, "and", MethodTypeDesc.of(INT_VECTOR, Assembler.VECTOR));
  }

  private void asFloats() {
    code.invokevirtual(
        INT_VECTOR, "reinterpretAsFloats", MethodTypeDesc.of(Assembler.FLOAT_VECTOR));
  }
}
