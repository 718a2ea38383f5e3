package dev.vitrine.weights.matlab;

import dev.vitrine.error.Quote;
import dev.vitrine.format.DType;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.LongStream;

/** Makes of Octave's text what it stands for. */
final class OctaveValues {
  /** What anything in a file takes at least, once read. */
  private static final long THING = 128;

  private static final int MOST_AXES = 64;
  private static final int FEWEST_CHARACTERS = 2;
  private static final Map<String, DType> TYPES =
      Map.ofEntries(
          Map.entry("", DType.F64),
          Map.entry("float ", DType.F32),
          Map.entry("bool ", DType.BOOL),
          Map.entry("int8 ", DType.I8),
          Map.entry("int16 ", DType.I16),
          Map.entry("int32 ", DType.I32),
          Map.entry("int64 ", DType.I64),
          Map.entry("uint8 ", DType.U8),
          Map.entry("uint16 ", DType.U16),
          Map.entry("uint32 ", DType.U32),
          Map.entry("uint64 ", DType.U64));

  private final WeightSource source;
  private final OctaveLines lines;

  OctaveValues(WeightSource source, OctaveLines lines) {
    this.source = source;
    this.lines = lines;
  }

  /** What follows a name. */
  Stored read(int depth) {
    source.enter(depth);
    source.take(THING, "What is in it");
    String type = lines.expect("type").replaceFirst("^global ", "");
    return switch (type) {
      case "bool" -> scalar(DType.BOOL);
      case "range", "double_range" -> range();
      case "sparse matrix" -> sparse(DType.F64);
      case "sparse bool matrix" -> sparse(DType.BOOL);
      case "diagonal matrix" -> diagonal(DType.F64);
      case "float diagonal matrix" -> diagonal(DType.F32);
      case "string", "sq_string", "null_string", "null_sq_string" -> text();
      case "cell" -> cell(depth);
      case "scalar struct" -> scalarStruct(depth);
      case "struct" -> struct(depth);
      case "object" -> object(depth);
      case "null_matrix" -> matrix(DType.F64);
      default -> numbers(type);
    };
  }

  private Stored numbers(String type) {
    for (Map.Entry<String, DType> entry : TYPES.entrySet()) {
      if (type.equals(entry.getKey() + "scalar")) {
        return scalar(entry.getValue());
      }
      if (type.equals(entry.getKey() + "matrix")) {
        return matrix(entry.getValue());
      }
    }
    String why =
        type.contains("complex")
            ? "complex numbers are not read"
            : "this type of Octave's is not read";
    return new Stored.Unread(type, why);
  }

  private Stored scalar(DType dtype) {
    Packed number = Packed.of(source, "A number", dtype, 1);
    put(number, 0, dtype);
    return new Stored.Numbers(number.columns(List.of(1L, 1L)));
  }

  private void put(Packed numbers, long index, DType dtype) {
    String text = lines.number();
    try {
      if (dtype.isWhole()) {
        numbers.put(
            index, dtype == DType.U64 ? Long.parseUnsignedLong(text) : Long.parseLong(text));
      } else {
        numbers.put(index, number(text));
      }
    } catch (NumberFormatException e) {
      throw lines.fault("a number was expected, but got %s".formatted(Quote.of(text)));
    }
  }

  private static double number(String text) {
    return switch (text) {
      case "Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      case "NaN", "NA", "-NaN" -> Double.NaN;
      default -> Double.parseDouble(text);
    };
  }

  private Stored matrix(DType dtype) {
    Optional<String> axes = lines.value("ndims");
    List<Long> dims =
        axes.isPresent() ? sizes(axes.get()) : List.of(lines.size("rows"), lines.size("columns"));
    long count = Sizes.count(dims);
    if (count > lines.left() / FEWEST_CHARACTERS + 1) {
      throw lines.fault(
          "a matrix of %s has more numbers than the file: truncated or damaged"
              .formatted(Sizes.shown(dims)));
    }
    Packed numbers = Packed.of(source, "A matrix of " + Sizes.shown(dims), dtype, count);
    for (long i = 0; i < count; i++) {
      put(numbers, i, dtype);
    }
    return new Stored.Numbers(axes.isPresent() ? numbers.columns(dims) : numbers.rows(dims));
  }

  private List<Long> sizes(String axes) {
    long count = lines.whole(axes, "# ndims:");
    if (count > MOST_AXES) {
      throw lines.fault("%s axes are too many".formatted(count));
    }
    var dims = new ArrayList<Long>();
    for (long i = 0; i < count; i++) {
      dims.add(lines.whole(lines.number(), "a size"));
    }
    return dims;
  }

  private double real() {
    String text = lines.number();
    try {
      return number(text);
    } catch (NumberFormatException e) {
      throw lines.fault("a number was expected, but got %s".formatted(Quote.of(text)));
    }
  }

  /** Base, limit and increment stand for numbers. */
  private Stored range() {
    lines.line();
    double base = real();
    double limit = real();
    double step = real();
    // As Octave counts them: the last may pass the limit by rounding.
    double last = Math.floor((limit - base) / step * (1 + 3 * Math.ulp(1.0)));
    if (!(Math.abs(last) < Integer.MAX_VALUE)) {
      throw lines.fault("a range from %s to %s by %s is none".formatted(base, limit, step));
    }
    long count = Math.max(0, (long) last + 1);
    Packed numbers = Packed.of(source, "A range", DType.F64, count);
    for (long i = 0; i < count; i++) {
      numbers.put(i, base + i * step);
    }
    return new Stored.Numbers(numbers.columns(List.of(1L, count)));
  }

  /** Numbers with their rows and columns, counted from 1. */
  private Stored sparse(DType dtype) {
    long count = lines.size("nnz");
    List<Long> dims = List.of(lines.size("rows"), lines.size("columns"));
    if (!Sparse.affordable(source, dtype, dims)) {
      return Sparse.unread(dims);
    }
    Sparse matrix = Sparse.of(source, "A sparse matrix", dtype, dims);
    for (long i = 0; i < count; i++) {
      Optional<String> fault = matrix.put((long) real() - 1, (long) real() - 1, real());
      if (fault.isPresent()) {
        throw lines.fault("number %s of a sparse matrix %s".formatted(i, fault.get()));
      }
    }
    return matrix.whole();
  }

  private Stored diagonal(DType dtype) {
    List<Long> dims = List.of(lines.size("rows"), lines.size("columns"));
    if (!Sparse.affordable(source, dtype, dims)) {
      return Sparse.unread(dims);
    }
    Sparse matrix = Sparse.of(source, "A diagonal matrix", dtype, dims);
    for (long i = 0; i < Math.min(dims.get(0), dims.get(1)); i++) {
      matrix.put(i, i, real());
    }
    return matrix.whole();
  }

  /** Lines of characters, each with its length. */
  private Stored text() {
    Optional<String> axes = lines.value("ndims");
    if (axes.isPresent()) {
      List<Long> dims = sizes(axes.get());
      lines.line();
      return Texts.note(dims, lines.characters(Sizes.count(dims)));
    }
    long count = lines.size("elements");
    var rows = new ArrayList<String>();
    for (long i = 0; i < count; i++) {
      rows.add(lines.characters(lines.size("length")));
    }
    return new Stored.Note(
        rows.size() == 1
            ? rows.getFirst()
            : String.join("\n", rows.stream().map(String::stripTrailing).toList()));
  }

  private Stored cell(int depth) {
    Optional<String> axes = lines.value("ndims");
    List<Long> dims =
        axes.isPresent() ? sizes(axes.get()) : List.of(lines.size("rows"), lines.size("columns"));
    var members = new LinkedHashMap<String, Stored>();
    for (long i = 0; i < Sizes.count(dims); i++) {
      member();
      members.put(Sizes.name(dims, i), read(depth + 1));
    }
    return new Stored.Group(members);
  }

  /** The name of the next member; what was not read of the one before is passed over. */
  private String member() {
    return lines
        .skipTo("name")
        .orElseThrow(() -> lines.fault("\"# name:\" was expected: truncated?"));
  }

  private Stored scalarStruct(int depth) {
    lines.value("ndims").ifPresent(this::sizes);
    return new Stored.Group(fields(lines.size("length"), depth));
  }

  private Stored object(int depth) {
    String of = lines.expect("classname");
    fields(lines.size("length"), depth);
    return new Stored.Unread("object of class " + Quote.of(of), "objects are not read");
  }

  private SequencedMap<String, Stored> fields(long count, int depth) {
    var members = new LinkedHashMap<String, Stored>();
    for (long i = 0; i < count; i++) {
      String name = member();
      if (members.put(name, read(depth + 1)) != null) {
        throw lines.fault("two fields are called %s".formatted(Quote.of(name)));
      }
    }
    return members;
  }

  /** An array of structs: each field is a cell with its value in each. */
  private Stored struct(int depth) {
    List<Long> dims = lines.value("ndims").map(this::sizes).orElseGet(() -> List.of(1L, 1L));
    SequencedMap<String, Stored> fields = fields(lines.size("length"), depth);
    List<String> names =
        LongStream.range(0, fields.isEmpty() ? 0 : cells(fields))
            .mapToObj(i -> Sizes.name(dims, i))
            .toList();
    var structs = new LinkedHashMap<String, Stored>();
    for (String name : names) {
      source.take(THING, "What is in it");
      var members = new LinkedHashMap<String, Stored>();
      fields.forEach((field, cell) -> {
        if (cell instanceof Stored.Group group && group.members().containsKey(name)) {
          members.put(field, group.members().get(name));
        }
      });
      structs.put(name, new Stored.Group(members));
    }
    return new Stored.Group(structs);
  }

  private static long cells(Map<String, Stored> fields) {
    return fields.values().stream()
        .mapToLong(field -> field instanceof Stored.Group group ? group.members().size() : 0)
        .max()
        .orElse(0);
  }
}
