package dev.vitrine.weights.pickle;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Reads one pickle (protocols 0 to 5) into values: null, {@link Boolean}, {@link Long}, {@link
 * java.math.BigInteger}, {@link Double}, {@link String}, {@link Bytes}, {@link Sequence}, {@link
 * Dictionary}, {@link Global}, {@link Instance}, {@link Reference}. Whatever a pickle would look up
 * or call stays a name with its arguments. Memory and time are in proportion to the bytes read; the
 * values may refer to each other in circles.
 */
public final class Unpickler {
  /** What an opcode may leave behind, on average. */
  private static final int OPCODE_BYTES = 24;

  /** A checkpoint has some sixty for each tensor. */
  private static final int MOST_OPCODES = 1 << 23;

  private final PickleBytes in;
  private final PickleStack stack;
  private final Literals literals;
  private final Function<Object, Object> references;

  private Unpickler(PickleBytes in, Function<Object, Object> references) {
    this.in = in;
    this.references = references;
    stack = new PickleStack(in);
    literals = new Literals(in);
  }

  /**
   * {@return the next pickle's value}
   *
   * @param in the bytes; they are read up to the pickle's end
   */
  public static Object read(PickleBytes in) {
    return read(in, Reference::new);
  }

  /**
   * {@return the next pickle's value}
   *
   * @param in the bytes; they are read up to the pickle's end
   * @param references what a persistent id stands for
   */
  public static Object read(PickleBytes in, Function<Object, Object> references) {
    return new Unpickler(in, references).run();
  }

  private Object run() {
    for (int count = 0; count < MOST_OPCODES; count++) {
      int opcode = in.u1();
      if (opcode == '.') {
        return stack.pop();
      }
      in.source().take(OPCODE_BYTES, "A pickle");
      if (!moves(opcode) && !pushes(opcode) && !collects(opcode) && !makes(opcode)) {
        throw in.fault(
            "the byte before, 0x%s, begins nothing that a pickle of weights has"
                .formatted(Integer.toHexString(opcode)));
      }
    }
    throw in.fault("the pickle is longer than any file of weights needs");
  }

  /** The stack, the memo and the frame. */
  private boolean moves(int opcode) {
    switch (opcode) {
      case 0x80 -> in.u1();
      case 0x95 -> in.i8();
      case '(' -> stack.mark();
      case '0' -> {
        if (stack.isAtMark()) {
          stack.popMark();
        } else {
          stack.pop();
        }
      }
      case '1' -> stack.popMark();
      case '2' -> stack.push(stack.top());
      case 'p' -> stack.put(index());
      case 'q' -> stack.put(in.u1());
      case 'r' -> stack.put(in.u4());
      case 0x94 -> stack.memoize();
      case 'g' -> stack.push(stack.get(index()));
      case 'h' -> stack.push(stack.get(in.u1()));
      case 'j' -> stack.push(stack.get(in.u4()));
      case 0x98 -> stack.top();
      default -> {
        return false;
      }
    }
    return true;
  }

  private long index() {
    return literals.longWhole().longValue();
  }

  /** Numbers and texts. */
  private boolean pushes(int opcode) {
    switch (opcode) {
      case 'N' -> stack.push(null);
      case 0x88 -> stack.push(true);
      case 0x89 -> stack.push(false);
      case 'I' -> stack.push(literals.whole());
      case 'L' -> stack.push(literals.longWhole());
      case 'J' -> stack.push((long) in.i4());
      case 'K' -> stack.push((long) in.u1());
      case 'M' -> stack.push((long) in.u2());
      case 0x8a -> stack.push(literals.bytesOfWhole(in.u1()));
      case 0x8b -> stack.push(literals.bytesOfWhole(in.i4()));
      case 'F' -> stack.push(literals.real());
      case 'G' -> stack.push(in.bigEndianDouble());
      case 'S' -> stack.push(literals.quoted());
      case 'V' -> stack.push(literals.unicodeLine());
      case 'T' -> stack.push(bytes(in.i4()));
      case 'U', 'C' -> stack.push(bytes(in.u1()));
      case 'B' -> stack.push(bytes(in.u4()));
      case 0x8e, 0x96 -> stack.push(bytes(in.i8()));
      case 'X' -> stack.push(in.utf8(in.u4()));
      case 0x8c -> stack.push(in.utf8(in.u1()));
      case 0x8d -> stack.push(in.utf8(in.i8()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private Bytes bytes(long size) {
    MemorySegment data = in.bytes(size);
    return new Bytes(data);
  }

  /** Lists, tuples, sets and dictionaries. */
  private boolean collects(int opcode) {
    switch (opcode) {
      case ')' -> stack.push(Sequence.tuple(List.of()));
      case 't' -> stack.push(Sequence.tuple(stack.popMark()));
      case 0x85, 0x86, 0x87 -> stack.push(tuple(opcode - 0x84));
      case ']' -> stack.push(Sequence.of(Sequence.Kind.LIST, List.of()));
      case 'l' -> stack.push(Sequence.of(Sequence.Kind.LIST, stack.popMark()));
      case 0x8f -> stack.push(Sequence.of(Sequence.Kind.SET, List.of()));
      case 0x91 -> stack.push(Sequence.of(Sequence.Kind.SET, stack.popMark()));
      case '}' -> stack.push(new Dictionary());
      case 'd' -> {
        List<Object> pairs = stack.popMark();
        stack.push(new Dictionary());
        setItems(pairs);
      }
      case 'a' -> {
        Object item = stack.pop();
        items().add(item);
      }
      case 'e', 0x90 -> {
        List<Object> more = stack.popMark();
        items().addAll(more);
      }
      case 's' -> {
        Object value = stack.pop();
        Object key = stack.pop();
        dictionary().put(key, value);
      }
      case 'u' -> setItems(stack.popMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private Sequence tuple(int size) {
    var items = new Object[size];
    for (int i = size - 1; i >= 0; i--) {
      items[i] = stack.pop();
    }
    return Sequence.tuple(Arrays.asList(items));
  }

  private void setItems(List<Object> pairs) {
    if (pairs.size() % 2 != 0) {
      throw in.fault("a dictionary has a key without a value");
    }
    Dictionary into = dictionary();
    for (int i = 0; i < pairs.size(); i += 2) {
      into.put(pairs.get(i), pairs.get(i + 1));
    }
  }

  private List<Object> items() {
    Object top = stack.top();
    if (top instanceof Sequence sequence && sequence.kind() != Sequence.Kind.TUPLE) {
      return sequence.items();
    }
    if (top instanceof Instance instance) {
      return instance.items();
    }
    throw in.fault("the pickle appends to something that is no list");
  }

  private Dictionary dictionary() {
    Object top = stack.top();
    if (top instanceof Dictionary dictionary) {
      return dictionary;
    }
    if (top instanceof Instance instance) {
      return instance.pairs();
    }
    throw in.fault("the pickle sets a key of something that is no dictionary");
  }

  /** Names, and what Python would make by them. */
  private boolean makes(int opcode) {
    switch (opcode) {
      case 'c' -> stack.push(new Global(in.textLine(), in.textLine()));
      case 0x93 -> {
        Object name = stack.pop();
        stack.push(new Global(text(stack.pop()), text(name)));
      }
      case 0x82 -> stack.push(extension(in.u1()));
      case 0x83 -> stack.push(extension(in.u2()));
      case 0x84 -> stack.push(extension(in.u4()));
      case 'P' -> stack.push(references.apply(in.textLine()));
      case 'Q' -> stack.push(references.apply(stack.pop()));
      case 'R', 0x81 -> {
        Object arguments = stack.pop();
        make(stack.pop(), arguments);
      }
      case 0x92 -> {
        stack.pop();
        Object arguments = stack.pop();
        make(stack.pop(), arguments);
      }
      case 'i' -> {
        Global name = new Global(in.textLine(), in.textLine());
        make(name, Sequence.tuple(stack.popMark()));
      }
      case 'o' -> {
        List<Object> parts = stack.popMark();
        if (parts.isEmpty()) {
          throw in.fault("an object has no class");
        }
        make(parts.getFirst(), Sequence.tuple(parts.subList(1, parts.size())));
      }
      case 'b' -> {
        Object state = stack.pop();
        if (stack.top() instanceof Instance instance) {
          instance.build(state);
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Global extension(long code) {
    return new Global("copyreg", "extension" + code);
  }

  private String text(Object name) {
    if (name instanceof String text) {
      return text;
    }
    throw in.fault("a class or function has a name that is no text");
  }

  /** A class whose object is made without its constructor is the maker's first argument. */
  private void make(Object maker, Object given) {
    if (!(given instanceof Sequence arguments)) {
      throw in.fault("something is made from what is no tuple");
    }
    if (maker instanceof Global function
        && function.module().startsWith("copy")
        && (function.name().equals("__newobj__") || function.name().equals("_reconstructor"))
        && arguments.item(0) instanceof Global of) {
      stack.push(new Instance(of, Sequence.tuple(arguments.items().subList(1, arguments.size()))));
    } else {
      stack.push(new Instance(Objects.requireNonNullElse(maker, "None"), arguments));
    }
  }
}
