package dev.vitrine.kernel.simd;

import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import dev.vitrine.kernel.LinearMap;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.function.IntConsumer;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The few instructions that generated routines consist of. */
record Assembler(CodeBuilder code) {
  static final MethodTypeDesc LANEWISE_FLOAT = MethodTypeDesc.of(desc(FloatVector.class), CD_float);
  static final ClassDesc FLOAT_VECTOR = desc(FloatVector.class);
  static final ClassDesc VECTOR = desc(Vector.class);
  static final ClassDesc SPECIES = desc(VectorSpecies.class);
  static final ClassDesc FLOATS = CD_float.arrayType();
  static final ClassDesc INTS = CD_int.arrayType();

  static final MethodTypeDesc FROM_ARRAY = MethodTypeDesc.of(FLOAT_VECTOR, SPECIES, FLOATS, CD_int);

  private static final ClassDesc OPERATORS = desc(VectorOperators.class);
  private static final ClassDesc COMPARISON = desc(VectorOperators.Comparison.class);
  private static final ClassDesc MASK = desc(VectorMask.class);
  private static final MethodTypeDesc COMPARE = MethodTypeDesc.of(MASK, COMPARISON, VECTOR);
  private static final MethodTypeDesc BLEND = MethodTypeDesc.of(FLOAT_VECTOR, VECTOR, MASK);

  static ClassDesc desc(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  int parameter(int i) {
    return code.parameterSlot(i);
  }

  int[] ints(int count) {
    return locals(count, TypeKind.INT);
  }

  int[] vectors(int count) {
    return locals(count, TypeKind.REFERENCE);
  }

  private int[] locals(int count, TypeKind kind) {
    int[] slots = new int[count];
    Arrays.setAll(slots, i -> code.allocateLocal(kind));
    return slots;
  }

  void species() {
    data(SPECIES, 0);
  }

  /** Pushes a class datum. */
  void data(ClassDesc type, int index) {
    code.loadConstant(
        DynamicConstantDesc.ofNamed(
            ConstantDescs.BSM_CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, type, index));
  }

  /** Pushes the vector at an index of an array. */
  void load(int array, Runnable index) {
    species();
    code.aload(array);
    index.run();
    code.invokestatic(FLOAT_VECTOR, "fromArray", FROM_ARRAY);
  }

  /** Pops the species and a float; pushes a vector that holds it in every lane. */
  void broadcast() {
    code.invokestatic(
        FLOAT_VECTOR, "broadcast", MethodTypeDesc.of(FLOAT_VECTOR, SPECIES, CD_float));
  }

  /** Pushes a vector that holds a number in every lane. */
  void constant(float number) {
    species();
    code.loadConstant(number);
    broadcast();
  }

  /** Pushes a vector that holds the element at an index of an array in every lane. */
  void broadcast(int array, Runnable index) {
    species();
    code.aload(array);
    index.run();
    code.faload();
    broadcast();
  }

  /** {@code sum = a · b + sum}, all of them local variables. */
  void fma(int a, int b, int sum) {
    code.aload(a).aload(b).aload(sum);
    code.invokevirtual(FLOAT_VECTOR, "fma", MethodTypeDesc.of(FLOAT_VECTOR, VECTOR, VECTOR));
    code.astore(sum);
  }

  /**
   * Pushes the greater of a sum and a floor, both of them local variables, lane by lane: what
   * {@code Math.max} gives as long as the floor is a number. Where the sum is not, it stays; where
   * both are zeros, the floor's sign counts. {@code FloatVector.max}, which does not know the
   * floor, is five instructions of x86's; this is two.
   */
  void atLeast(int sum, int floor) {
    code.aload(sum).aload(floor).aload(sum);
    code.getstatic(OPERATORS, "LE", COMPARISON);
    code.aload(floor).invokevirtual(FLOAT_VECTOR, "compare", COMPARE);
    code.invokevirtual(FLOAT_VECTOR, "blend", BLEND);
  }

  /** Pops two vectors and pushes their sum. */
  void add() {
    code.invokevirtual(FLOAT_VECTOR, "add", MethodTypeDesc.of(FLOAT_VECTOR, VECTOR));
  }

  /** Pushes a row's sum of products, in its order. */
  void combine(LinearMap.Row row, int[] inputs) {
    code.aload(inputs[row.input()[0]]);
    if (row.factor()[0] != 1) {
      code.loadConstant(row.factor()[0]);
      code.invokevirtual(FLOAT_VECTOR, "mul", LANEWISE_FLOAT);
    }
    for (int t = 1; t < row.input().length; t++) {
      float factor = row.factor()[t];
      int input = inputs[row.input()[t]];
      if (factor == 1) {
        code.aload(input);
        add();
      } else if (factor == -1) {
        code.aload(input);
        code.invokevirtual(FLOAT_VECTOR, "sub", MethodTypeDesc.of(FLOAT_VECTOR, VECTOR));
      } else {
        // sum = input · factor + sum
        int sum = vectors(1)[0];
        code.astore(sum).aload(input);
        constant(factor);
        code.aload(sum);
        code.invokevirtual(FLOAT_VECTOR, "fma", MethodTypeDesc.of(FLOAT_VECTOR, VECTOR, VECTOR));
      }
    }
  }

  /** Pops a vector, an array and an index, and stores the vector there. */
  void store() {
    code.invokevirtual(FLOAT_VECTOR, "intoArray", MethodTypeDesc.of(CD_void, FLOATS, CD_int));
  }

  /** A way out that costs next to nothing. */
  void returnIfIdle(int variable) {
    Label go = code.newLabel();
    code.iload(variable).ifge(go).return_().labelBinding(go);
  }

  /** Sets a variable to the offset of number i: {@code i · step}, or what the table says. */
  void offset(int table, int step, int i, int offset) {
    if (step == StencilShape.TABLE) {
      code.aload(table).iload(i).iaload().istore(offset);
    } else {
      code.iload(i).loadConstant(step).imul().istore(offset);
    }
  }

  /** {@code for (int i = 0; i < limit; i++) body}. */
  void loop(Runnable limit, IntConsumer body) {
    loop(() -> code.loadConstant(0), limit, body);
  }

  /** {@code for (int i = from; i < limit; i++) body}. */
  void loop(Runnable from, Runnable limit, IntConsumer body) {
    loop(from, limit, 1, body);
  }

  /** {@code for (int i = from; i < limit; i += step) body}. */
  void loop(Runnable from, Runnable limit, int step, IntConsumer body) {
    int i = code.allocateLocal(TypeKind.INT);
    Label top = code.newLabel();
    Label end = code.newLabel();
    from.run();
    code.istore(i).labelBinding(top).iload(i);
    limit.run();
    code.if_icmpge(end);
    body.accept(i);
    code.iinc(i, step).goto_(top).labelBinding(end);
  }
}
