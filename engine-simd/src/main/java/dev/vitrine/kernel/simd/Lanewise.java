package dev.vitrine.kernel.simd;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A function of numbers as operations on whole vectors, each of which is there once: what two
 * places compute alike they share. The few rules by which operations are made simpler change no
 * bit.
 */
final class Lanewise {
  /** What an operation gives: a vector of floats, of ints, or a mask. */
  enum Type {
    FLOATS,
    INTS,
    MASK
  }

  /** Operations, named after the Vector API's. */
  enum Kind {
    /** One of the function's arguments; its number says which. */
    ARGUMENT(Type.FLOATS),
    /** The same everywhere; its number is the float's bits. */
    FLOAT(Type.FLOATS),
    ADD(Type.FLOATS, "add"),
    SUB(Type.FLOATS, "sub"),
    MUL(Type.FLOATS, "mul"),
    DIV(Type.FLOATS, "div"),
    FMA(Type.FLOATS, "fma"),
    NEG(Type.FLOATS, "neg"),
    ABS(Type.FLOATS, "abs"),
    MAX(Type.FLOATS, "max"),
    /** The second input where the first, a mask, is set; the third elsewhere. */
    SELECT(Type.FLOATS),
    /** The float with these bits. */
    OF_BITS(Type.FLOATS),
    OF_INT(Type.FLOATS),
    LT(Type.MASK),
    LE(Type.MASK),
    GT(Type.MASK),
    GE(Type.MASK),
    EQ(Type.MASK),
    /** A comparison of ints, whose masks are of another type than those of floats. */
    INT_GT(Type.MASK),
    /** The same everywhere; its number is it. */
    INT(Type.INTS),
    BITS(Type.INTS),
    INT_ADD(Type.INTS, "add"),
    INT_SUB(Type.INTS, "sub"),
    INT_SELECT(Type.INTS, "blend"),
    AND(Type.INTS, "and"),
    OR(Type.INTS, "or"),
    /** To the left, by a constant. */
    LSHL(Type.INTS),
    /** To the right with the sign, by a constant. */
    ASHR(Type.INTS);

    final Type type;

    /** The Vector API's method, where the operation is one without further arguments. */
    final String method;

    Kind(Type type) {
      this(type, "");
    }

    Kind(Type type, String method) {
      this.type = type;
      this.method = method;
    }

    boolean isConstant() {
      return this == FLOAT || this == INT;
    }
  }

  /** An operation; equal to itself alone. */
  static final class Node {
    final Kind kind;
    final int number;
    final List<Node> inputs;

    private Node(Kind kind, int number, List<Node> inputs) {
      this.kind = kind;
      this.number = number;
      this.inputs = inputs;
    }

    boolean is(Kind other) {
      return kind == other;
    }

    private boolean isFloat(float value) {
      return kind == Kind.FLOAT && number == Float.floatToRawIntBits(value);
    }
  }

  private record Key(Kind kind, int number, List<Node> inputs) {}

  private final Map<Key, Node> known = new HashMap<>();

  Node argument(int i) {
    return make(Kind.ARGUMENT, i);
  }

  Node constant(float value) {
    return make(Kind.FLOAT, Float.floatToRawIntBits(value));
  }

  Node constant(int value) {
    return make(Kind.INT, value);
  }

  private Node make(Kind kind, int number, Node... inputs) {
    Key key = new Key(kind, number, Arrays.asList(inputs));
    return known.computeIfAbsent(key, k -> new Node(kind, number, k.inputs));
  }

  /** The operation on these inputs, or one that gives the same bits. */
  Node of(Kind kind, Node... in) {
    return switch (kind) {
      case NEG -> in[0].is(Kind.FLOAT) ? constant(-value(in[0])) : make(kind, 0, in);
      case ABS -> in[0].is(Kind.NEG) ? of(kind, in[0].inputs.getFirst()) : make(kind, 0, in);
      case MUL -> in[0].isFloat(1) ? in[1] : make(kind, 0, in);
      case LT -> {
        boolean mirrored = in[0].is(Kind.NEG) && in[1].isFloat(0);
        yield mirrored ? of(Kind.GT, in[0].inputs.getFirst(), in[1]) : make(kind, 0, in);
      }
      case SELECT -> in[1] == in[2] ? in[1] : make(kind, 0, in);
      case INT_SUB -> in[1].is(Kind.INT) ? plus(in[0], -in[1].number) : make(kind, 0, in);
      case INT_ADD -> in[1].is(Kind.INT) ? plus(in[0], in[1].number) : make(kind, 0, in);
      default -> make(kind, 0, in);
    };
  }

  private Node plus(Node x, int addend) {
    boolean sum = x.is(Kind.INT_ADD) && x.inputs.get(1).is(Kind.INT);
    return sum
        ? plus(x.inputs.get(0), x.inputs.get(1).number + addend)
        : make(Kind.INT_ADD, 0, x, constant(addend));
  }

  /** A constant's number. */
  static float value(Node constant) {
    return Float.intBitsToFloat(constant.number);
  }
}
