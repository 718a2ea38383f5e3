package dev.vitrine.kernel.simd;

import static java.lang.constant.ConstantDescs.CD_int;

import dev.vitrine.kernel.simd.Lanewise.Kind;
import dev.vitrine.kernel.simd.Lanewise.Node;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * Writes {@link VectorFunctions.Loop}s: the operations of a function one after the other, vector by
 * vector, in one flat body.
 *
 * <p>It is flat for a reason: C2 stops inlining a method's own helpers once it has parsed 18,000
 * nodes (some fifty vector operations), and never inlines one that it compiled by itself to more
 * than 2,500 bytes. Either way vectors are boxed, and tanh on a {@code FloatVector} took 4 ns an
 * element instead of 0.6. Calls to the Vector API itself are inlined by force and subject to
 * neither limit.
 */
final class Loops {
  /** The argument that is an element of the first array. */
  static final int X = 0;

  /** The argument that is an element of the second array. */
  static final int DY = 1;

  /** The argument that is one number for all elements. */
  static final int P = 2;

  /** The parameters of {@link VectorFunctions.Loop#run}; each array is followed by its offset. */
  private static final int[] PARAMETER = {0, 2, 4};

  private static final int Y = 5;
  private static final int N = 7;

  private static final ClassDesc FLOATS = Assembler.FLOAT_VECTOR;
  private static final ClassDesc INTS = Assembler.desc(IntVector.class);
  private static final ClassDesc MASK = Assembler.desc(VectorMask.class);
  private static final ClassDesc OPERATORS = Assembler.desc(VectorOperators.class);

  private final Assembler a;
  private final CodeBuilder code;
  private final int length;
  private final int i;

  /** The local variables of what has been computed. */
  private final Map<Node, Integer> locals = new HashMap<>();

  private Loops(Assembler a, int length) {
    this.a = a;
    this.code = a.code();
    this.length = length;
    this.i = a.ints(1)[0];
  }

  static void write(Assembler a, int length, Node result) {
    new Loops(a, length).loop(result);
  }

  private void loop(Node result) {
    Label top = code.newLabel();
    Label end = code.newLabel();
    code.loadConstant(0).istore(i).labelBinding(top);
    code.iload(i).iload(a.parameter(N)).if_icmpge(end);
    push(result);
    code.aload(a.parameter(Y)).iload(a.parameter(Y + 1)).iload(i).iadd();
    a.store();
    code.iinc(i, length).goto_(top).labelBinding(end).return_();
  }

  /** Pushes what an operation gives. */
  private void push(Node node) {
    if (node.is(Kind.FLOAT)) {
      a.constant(Lanewise.value(node));
    } else if (node.is(Kind.INT)) {
      code.loadConstant(node.number);
    } else {
      compute(node);
      code.aload(locals.get(node));
    }
  }

  private void compute(Node node) {
    if (!locals.containsKey(node) && !node.kind.isConstant()) {
      node.inputs.forEach(this::compute);
      operate(node, node.inputs);
      int local = code.allocateLocal(TypeKind.REFERENCE);
      code.astore(local);
      locals.put(node, local);
    }
  }

  private void operate(Node node, List<Node> in) {
    switch (node.kind) {
      case FLOAT, INT -> throw new IllegalArgumentException("a constant is not computed");
      case ARGUMENT -> argument(node.number);
      case ADD, SUB, MUL, DIV, NEG, ABS, MAX, FMA -> call(FLOATS, node.kind.method, FLOATS, in);
      case SELECT -> {
        push(in.get(2));
        push(in.get(1));
        push(in.get(0));
        if (in.get(0).is(Kind.INT_GT)) {
          a.species();
          code.invokevirtual(MASK, "cast", MethodTypeDesc.of(MASK, Assembler.SPECIES));
        }
        code.invokevirtual(FLOATS, "blend", MethodTypeDesc.of(FLOATS, Assembler.VECTOR, MASK));
      }
      case INT_SELECT -> call(INTS, "blend", INTS, List.of(in.get(2), in.get(1), in.get(0)));
      case OF_BITS -> call(INTS, "viewAsFloatingLanes", FLOATS, in);
      case BITS -> call(FLOATS, "viewAsIntegralLanes", INTS, in);
      case INT_ADD, INT_SUB, AND, OR -> call(INTS, node.kind.method, INTS, in);
      case OF_INT -> {
        push(in.getFirst());
        operator("I2F", "Conversion");
        code.loadConstant(0);
        code.invokevirtual(
            Assembler.VECTOR,
            "convert",
            MethodTypeDesc.of(Assembler.VECTOR, operatorType("Conversion"), CD_int));
        code.checkcast(FLOATS);
      }
      case LT, LE, GT, GE, EQ -> {
        push(in.get(0));
        operator(node.kind.name(), "Comparison");
        push(in.get(1));
        code.invokevirtual(
            FLOATS,
            "compare",
            MethodTypeDesc.of(MASK, operatorType("Comparison"), Assembler.VECTOR));
      }
      case INT_GT -> {
        push(in.get(0));
        operator("GT", "Comparison");
        push(in.get(1));
        code.invokevirtual(
            INTS, "compare", MethodTypeDesc.of(MASK, operatorType("Comparison"), CD_int));
      }
      case LSHL, ASHR -> {
        push(in.get(0));
        operator(node.kind.name(), "Binary");
        push(in.get(1));
        code.invokevirtual(
            INTS, "lanewise", MethodTypeDesc.of(INTS, operatorType("Binary"), CD_int));
      }
    }
  }

  private void argument(int number) {
    int at = PARAMETER[number];
    if (number == P) {
      a.species();
      code.fload(a.parameter(at));
      a.broadcast();
    } else {
      a.load(a.parameter(at), () -> code.iload(a.parameter(at + 1)).iload(i).iadd());
    }
  }

  /** Calls a method of the first input with the others. */
  private void call(ClassDesc of, String method, ClassDesc result, List<Node> in) {
    in.forEach(this::push);
    ClassDesc[] parameters =
        in.stream()
            .skip(1)
            .map(node ->
                node.is(Kind.INT)
                    ? CD_int
                    : node.kind.type == Lanewise.Type.MASK ? MASK : Assembler.VECTOR)
            .toArray(ClassDesc[]::new);
    code.invokevirtual(of, method, MethodTypeDesc.of(result, parameters));
  }

  private void operator(String name, String type) {
    code.getstatic(OPERATORS, name, operatorType(type));
  }

  private static ClassDesc operatorType(String name) {
    return OPERATORS.nested(name);
  }
}
