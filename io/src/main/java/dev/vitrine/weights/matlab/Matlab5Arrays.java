package dev.vitrine.weights.matlab;

import dev.vitrine.error.Quote;
import dev.vitrine.format.DType;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Makes of the elements of a MATLAB 5 file what they stand for. */
final class Matlab5Arrays {
  private static final int LOGICAL = 0x0200;
  private static final int COMPLEX = 0x0800;
  private static final int CLASS = 0xff;

  /** What anything in a file takes at least, once read. */
  private static final long THING = 128;

  private static final int TAG = 8;
  private static final int MOST_AXES = 64;

  private final WeightSource source;
  private final ByteOrder order;

  Matlab5Arrays(WeightSource source, ByteOrder order) {
    this.source = source;
    this.order = order;
  }

  /** An array with its name, which those in others have not. */
  record Named(String name, Stored what) {}

  /** What all arrays begin with. */
  private record Head(MatClass kind, int flags, List<Long> dims, String name) {
    boolean isComplex() {
      return (flags & COMPLEX) != 0;
    }

    DType dtype() {
      return (flags & LOGICAL) != 0 ? DType.BOOL : kind.dtype();
    }

    /** As a message names it. */
    String shown() {
      return "%s array %s%s"
          .formatted(kind, Sizes.shown(dims), name.isEmpty() ? "" : " called " + Quote.of(name));
    }
  }

  /**
   * Reads one.
   *
   * @param data the data of an element of {@link MatType#MATRIX}
   * @param owner what it belongs to, for the sentences
   */
  Named read(MemorySegment data, String owner, int depth) {
    source.enter(depth);
    source.take(THING, "What is in it");
    if (data.byteSize() == 0) {
      return new Named("", new Stored.Numbers(empty(data)));
    }
    var parts = new Elements(source, data, order, owner, 0);
    long[] flags = parts.wholes("an array's flags");
    int number = flags.length == 0 ? 0 : (int) flags[0] & CLASS;
    MatClass kind =
        MatClass.numbered(number)
            .orElseThrow(() -> parts.fault("an array has the unknown class %s".formatted(number)));
    List<Long> dims = kind == MatClass.OPAQUE ? List.of() : dims(parts);
    String name = Texts.name(parts.next("an array's name").data());
    String place = name.isEmpty() ? owner : Quote.of(name);
    var named = new Elements(source, data, order, place, parts.at());
    return new Named(name, array(new Head(kind, (int) flags[0], dims, name), named, place, depth));
  }

  private StoredTensor empty(MemorySegment data) {
    return StoredTensor.columns(DType.F64, order, List.of(0L, 0L), data);
  }

  private static List<Long> dims(Elements parts) {
    long[] sizes = parts.wholes("an array's sizes");
    var dims = new ArrayList<Long>();
    for (long size : sizes) {
      if (size < 0 || sizes.length > MOST_AXES) {
        throw parts.fault("an array has the size %s on %s axes".formatted(size, sizes.length));
      }
      dims.add(size);
    }
    return List.copyOf(dims);
  }

  private Stored array(Head head, Elements parts, String place, int depth) {
    return switch (head.kind) {
      case CELL -> cell(head, parts, place, depth);
      case STRUCT -> struct(head, parts, place, depth);
      case OBJECT -> object(Texts.name(parts.next("an object's class").data()));
      case CHAR -> text(head, parts);
      case SPARSE -> head.isComplex() ? complex(head) : sparse(head, parts);
      case FUNCTION -> new Stored.Unread("function handle", "functions are not read");
      case OPAQUE -> {
        parts.next("an object's system");
        yield object(Texts.name(parts.next("an object's class").data()));
      }
      default -> head.isComplex() ? complex(head) : numbers(head, parts);
    };
  }

  private static Stored object(String of) {
    return new Stored.Unread(
        "object of class " + Quote.of(of),
        "objects are not read: save what they hold as plain arrays and structs");
  }

  private static Stored complex(Head head) {
    return new Stored.Unread(
        "complex %s array %s".formatted(head.kind, Sizes.shown(head.dims)),
        "complex numbers are not read");
  }

  private Stored cell(Head head, Elements parts, String place, int depth) {
    long count = count(head, 1, parts);
    var members = new LinkedHashMap<String, Stored>();
    for (long i = 0; i < count; i++) {
      members.put(Sizes.name(head.dims, i), inner(parts, place, depth));
    }
    return new Stored.Group(members);
  }

  private Stored struct(Head head, Elements parts, String place, int depth) {
    List<String> fields = fields(parts);
    long count = fields.isEmpty() ? 0 : count(head, fields.size(), parts);
    var structs = new LinkedHashMap<String, Stored>();
    for (long i = 0; i < count; i++) {
      source.take(THING, "What is in it");
      var members = new LinkedHashMap<String, Stored>();
      for (String field : fields) {
        members.put(field, inner(parts, place, depth));
      }
      structs.put(Sizes.name(head.dims, i), new Stored.Group(members));
    }
    return count == 1 ? structs.firstEntry().getValue() : new Stored.Group(structs);
  }

  private List<String> fields(Elements parts) {
    long[] length = parts.wholes("the length of field names");
    MemorySegment names = parts.next("field names").data();
    if (length.length != 1 || length[0] < 1) {
      throw parts.fault("the length of field names is missing or below 1");
    }
    // Two fields of one name are not MATLAB's, but stand in files; the second is called w (2).
    var fields = new LinkedHashSet<String>();
    var times = new HashMap<String, Integer>();
    for (long i = 0; i < names.byteSize() / length[0]; i++) {
      source.take(THING, "One more field in it");
      String name = Texts.name(names.asSlice(i * length[0], length[0]));
      String free = name;
      while (!fields.add(free)) {
        free = "%s (%s)".formatted(name, times.merge(name, 1, Integer::sum) + 1);
      }
    }
    return List.copyOf(fields);
  }

  /** How many things an array has, each of which needs so many tags at least. */
  private static long count(Head head, long tags, Elements parts) {
    long count = Sizes.count(head.dims);
    if (count > parts.left() / TAG / tags) {
      throw parts.fault(
          "a %s has room for fewer than its elements: truncated or damaged"
              .formatted(head.shown()));
    }
    return count;
  }

  private Stored inner(Elements parts, String place, int depth) {
    Elements.Element element = parts.next("an array within");
    if (element.type() != MatType.MATRIX) {
      throw parts.fault("an array was expected, but there is type %s".formatted(element.type()));
    }
    return read(element.data(), place, depth + 1).what();
  }

  private Stored text(Head head, Elements parts) {
    if (Sizes.count(head.dims) == 0) {
      return new Stored.Note("");
    }
    Elements.Element element = parts.next("a text");
    source.take(2 * element.data().byteSize(), "A text");
    return Texts.charset(element.type(), order)
        .map(charset -> Texts.note(head.dims, Texts.decoded(element.data(), charset)))
        .orElseThrow(() -> parts.fault("a text has the unknown type %s".formatted(element.type())));
  }

  private Stored numbers(Head head, Elements parts) {
    Elements.Element element = parts.next("an array's numbers");
    StoredTensor stored = parts.numbers(element, "an array");
    long count = Sizes.count(head.dims);
    if (count != stored.elements()) {
      throw parts.fault(
          "a %s holds %s%s numbers: truncated or damaged"
              .formatted(
                  head.shown(), count > stored.elements() ? "only " : "", stored.elements()));
    }
    DType dtype = head.dtype();
    boolean asItIs = stored.dtype() == dtype || (dtype == DType.BOOL && stored.dtype() == DType.U8);
    return new Stored.Numbers(
        asItIs
            ? StoredTensor.columns(dtype, order, head.dims, element.data())
            : widened(head, element, stored.dtype()));
  }

  /** Numbers that are stored in another, usually narrower type than they are of. */
  private StoredTensor widened(Head head, Elements.Element element, DType from) {
    long count = Sizes.count(head.dims);
    Packed packed = Packed.of(source, "A " + head.shown(), head.dtype(), count);
    source.take(count * Long.BYTES, "A " + head.shown());
    StoredTensor stored = StoredTensor.rows(from, order, List.of(count), element.data());
    if (from.isWhole() && head.dtype().isWhole() && head.dtype() != DType.BOOL) {
      long[] numbers = stored.longs();
      for (int i = 0; i < count; i++) {
        packed.put(i, numbers[i]);
      }
    } else {
      double[] numbers = stored.doubles();
      for (int i = 0; i < count; i++) {
        packed.put(i, numbers[i]);
      }
    }
    return packed.columns(head.dims);
  }

  /** Rows of the numbers, where each column begins among them, the numbers. */
  private Stored sparse(Head head, Elements parts) {
    if (head.dims.size() != 2 || !Sparse.affordable(source, head.dtype(), head.dims)) {
      return Sparse.unread(head.dims);
    }
    long[] rows = parts.wholes("the rows of a sparse matrix");
    long[] starts = parts.wholes("the columns of a sparse matrix");
    StoredTensor numbers = sparseNumbers(head, parts, starts);
    source.take(numbers.elements() * Double.BYTES, "A sparse matrix");
    double[] values = numbers.doubles();
    Sparse matrix = Sparse.of(source, "A sparse matrix", head.dtype(), head.dims);
    if (starts.length <= head.dims.get(1)) {
      throw parts.fault(
          "a sparse matrix has %s columns fewer".formatted(head.dims.get(1) + 1 - starts.length));
    }
    for (int column = 0; column < head.dims.get(1); column++) {
      for (long i = starts[column]; i < starts[column + 1]; i++) {
        boolean there = i >= 0 && i < Math.min(rows.length, values.length);
        Optional<String> fault =
            there
                ? matrix.put(rows[(int) i], column, values[(int) i])
                : Optional.of("lies outside");
        if (fault.isPresent()) {
          throw parts.fault("number %s of a sparse matrix %s".formatted(i, fault.get()));
        }
      }
    }
    return matrix.whole();
  }

  /** MATLAB writes logical ones as bytes, but the tag says that they are doubles. */
  private static StoredTensor sparseNumbers(Head head, Elements parts, long[] starts) {
    Elements.Element element = parts.next("a sparse matrix");
    boolean bytes =
        head.dtype() == DType.BOOL
            && starts.length > 0
            && element.data().byteSize() == starts[starts.length - 1];
    return parts.numbers(
        bytes ? new Elements.Element(MatType.UINT8, element.data()) : element, "a sparse matrix");
  }
}
