package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.simd.Lanewise.Kind;
import dev.vitrine.kernel.simd.Lanewise.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConvertInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.OperatorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Reads what a static method on floats computes, from its bytecode, by running it on {@link
 * Lanewise} operations in place of numbers. Both ways of a condition are run, and what they give is
 * selected from; so conditions must be expressions ({@code a < b ? c : d}), not statements. Methods
 * of the same package that it calls are run too, as a part of it.
 */
final class ScalarReader {
  private static final Map<Opcode, Kind> OPERATORS =
      Map.ofEntries(
          Map.entry(Opcode.FADD, Kind.ADD),
          Map.entry(Opcode.FSUB, Kind.SUB),
          Map.entry(Opcode.FMUL, Kind.MUL),
          Map.entry(Opcode.FDIV, Kind.DIV),
          Map.entry(Opcode.FNEG, Kind.NEG),
          Map.entry(Opcode.IADD, Kind.INT_ADD),
          Map.entry(Opcode.ISUB, Kind.INT_SUB),
          Map.entry(Opcode.IAND, Kind.AND),
          Map.entry(Opcode.IOR, Kind.OR),
          Map.entry(Opcode.ISHL, Kind.LSHL),
          Map.entry(Opcode.ISHR, Kind.ASHR));

  /** Comparisons by the branch that skips what they guard: with a NaN all of them are false. */
  private static final Map<Opcode, Map<Opcode, Kind>> COMPARISONS =
      Map.of(
          Opcode.FCMPG, Map.of(Opcode.IFGE, Kind.LT, Opcode.IFGT, Kind.LE),
          Opcode.FCMPL, Map.of(Opcode.IFLE, Kind.GT, Opcode.IFLT, Kind.GE, Opcode.IFNE, Kind.EQ));

  /** Methods that are one operation. */
  private static final Map<String, Kind> FUNCTIONS =
      Map.of(
          "java/lang/Math.fma(FFF)F", Kind.FMA,
          "java/lang/Math.abs(F)F", Kind.ABS,
          "java/lang/Math.max(FF)F", Kind.MAX,
          "java/lang/Float.floatToRawIntBits(F)I", Kind.BITS,
          "java/lang/Float.intBitsToFloat(I)F", Kind.OF_BITS);

  /** A method's local variables and its stack. */
  private record Frame(List<Node> locals, List<Node> stack) {
    Frame copy() {
      return new Frame(new ArrayList<>(locals), new ArrayList<>(stack));
    }

    void push(Node node) {
      stack.add(node);
    }

    Node pop() {
      return stack.removeLast();
    }

    Node[] pop(int count) {
      List<Node> top = stack.subList(stack.size() - count, stack.size());
      Node[] popped = top.toArray(Node[]::new);
      top.clear();
      return popped;
    }
  }

  private final Lanewise operations = new Lanewise();
  private final Map<String, ClassModel> classes = new HashMap<>();
  private final Class<?> owner;

  private ScalarReader(Class<?> owner) {
    this.owner = owner;
  }

  /**
   * What a method computes.
   *
   * @param arguments the numbers that its arguments get
   * @throws IllegalArgumentException if it is not of the kind described above
   */
  static Node read(Class<?> owner, String name, int... arguments) {
    ScalarReader reader = new ScalarReader(owner);
    Node[] given =
        IntStream.of(arguments).mapToObj(reader.operations::argument).toArray(Node[]::new);
    return reader.call(owner.getName().replace('.', '/'), name, given);
  }

  private Node call(String of, String name, Node... arguments) {
    MethodModel method =
        classes.computeIfAbsent(of, this::parse).methods().stream()
            .filter(m -> m.methodName().equalsString(name))
            .findFirst()
            .orElseThrow(() -> unfit("There is no method %s.%s".formatted(of, name)));
    return new Run(method).of(arguments);
  }

  private ClassModel parse(String name) {
    int packageEnd = name.lastIndexOf('/');
    if (!name.substring(0, packageEnd).replace('/', '.').equals(owner.getPackageName())) {
      throw unfit("There is a call of " + name);
    }
    String file = name.substring(packageEnd + 1) + ".class";
    try (InputStream source = owner.getResourceAsStream(file)) {
      return ClassFile.of().parse(Objects.requireNonNull(source, file).readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read beside its own class", e);
    }
  }

  private static IllegalArgumentException unfit(String what) {
    return new IllegalArgumentException(what + ", which cannot run on vectors");
  }

  /** One method, run once. */
  private final class Run {
    private static final int NOWHERE = -1;

    private final List<CodeElement> code;
    private final Map<Label, Integer> places = new HashMap<>();
    private final int locals;

    Run(MethodModel method) {
      CodeModel body = method.code().orElseThrow();
      code = body.elementList();
      locals = ((CodeAttribute) body).maxLocals();
      for (int i = 0; i < code.size(); i++) {
        if (code.get(i) instanceof LabelTarget target) {
          places.put(target.label(), i);
        }
      }
    }

    Node of(Node... arguments) {
      Frame frame = new Frame(Arrays.asList(Arrays.copyOf(arguments, locals)), new ArrayList<>());
      run(0, NOWHERE, frame);
      return frame.pop();
    }

    /** Runs up to a place; whether it was reached before the method's end. */
    private boolean run(int from, int to, Frame frame) {
      int at = from;
      while (at != to) {
        switch (code.get(at++)) {
          case ReturnInstruction _ -> {
            return false;
          }
          case BranchInstruction b when b.opcode() == Opcode.GOTO -> at = places.get(b.target());
          case BranchInstruction b when b.opcode() == Opcode.IFEQ ->
              at = select(frame.pop(), b, at, frame);
          case BranchInstruction b when b.opcode() == Opcode.IF_ICMPLE ->
              at = select(operate(Kind.INT_GT, b, 2, frame), b, at, frame);
          case OperatorInstruction o when COMPARISONS.containsKey(o.opcode()) -> {
            BranchInstruction b = (BranchInstruction) code.get(at++);
            Kind comparison = COMPARISONS.get(o.opcode()).get(b.opcode());
            at = select(operate(comparison, b, 2, frame), b, at, frame);
          }
          case OperatorInstruction o -> {
            Kind kind = OPERATORS.get(o.opcode());
            frame.push(operate(kind, o, kind == Kind.NEG ? 1 : 2, frame));
          }
          case ConvertInstruction c when c.opcode() == Opcode.I2F ->
              frame.push(operations.of(Kind.OF_INT, frame.pop()));
          case LoadInstruction l -> frame.push(frame.locals.get(l.slot()));
          case StoreInstruction s -> frame.locals.set(s.slot(), frame.pop());
          case ConstantInstruction c -> frame.push(constant(c));
          case InvokeInstruction i -> frame.push(invoke(i, frame));
          case Instruction other -> throw unfit("There is the instruction " + other.opcode());
          default -> {} // names and line numbers, for debuggers
        }
      }
      return true;
    }

    private Node operate(Kind kind, Instruction of, int inputs, Frame frame) {
      if (kind == null) {
        throw unfit("There is the instruction " + of.opcode());
      }
      return operations.of(kind, frame.pop(inputs));
    }

    private Node constant(ConstantInstruction c) {
      return switch (c.constantValue()) {
        case Float f -> operations.constant(f);
        case Integer i -> operations.constant(i);
        default -> throw unfit("There is the constant " + c.constantValue());
      };
    }

    private Node invoke(InvokeInstruction call, Frame frame) {
      String of = call.owner().asInternalName();
      String name = call.name().stringValue();
      Node[] arguments = frame.pop(call.typeSymbol().parameterCount());
      Kind kind = FUNCTIONS.get(of + "." + name + call.type().stringValue());
      return kind == null ? call(of, name, arguments) : operations.of(kind, arguments);
    }

    /**
     * Runs both ways up to where they meet, and selects from what each leaves on the stack.
     *
     * @param mask where the branch is not taken
     */
    private int select(Node mask, BranchInstruction branch, int at, Frame frame) {
      int no = places.get(branch.target());
      int end = no > at ? jumpBefore(no) : NOWHERE;
      Frame other = frame.copy();
      boolean meet = end > at && run(at, end, frame) && run(no, end, other);
      if (!meet || frame.stack.isEmpty() || other.stack.isEmpty()) {
        throw unfit("There is a condition that is not an expression");
      }
      Node selected = select(mask, frame.pop(), other.pop());
      if (!frame.equals(other)) {
        throw unfit("There is a condition that is not an expression");
      }
      frame.push(selected);
      return end;
    }

    /**
     * Where the first way jumps to over the second, its last instruction; {@code NOWHERE} if not.
     */
    private int jumpBefore(int place) {
      int at = place - 1;
      while (!(code.get(at) instanceof Instruction)) {
        at--;
      }
      return code.get(at) instanceof BranchInstruction b && b.opcode() == Opcode.GOTO
          ? places.get(b.target())
          : NOWHERE;
    }

    private Node select(Node mask, Node yes, Node no) {
      boolean truth = yes.is(Kind.INT) && no.is(Kind.INT) && yes.number == 1 && no.number == 0;
      if (truth) {
        return mask;
      }
      boolean floats = yes.kind.type == Lanewise.Type.FLOATS;
      boolean fits = floats ? mask.kind.type == Lanewise.Type.MASK : mask.is(Kind.INT_GT);
      if (!fits || yes.kind.type != no.kind.type) {
        throw unfit("There is a condition that selects between others than floats");
      }
      return operations.of(floats ? Kind.SELECT : Kind.INT_SELECT, mask, yes, no);
    }
  }
}
