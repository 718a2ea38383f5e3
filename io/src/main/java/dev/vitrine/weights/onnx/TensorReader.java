package dev.vitrine.weights.onnx;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tensors: their numbers in the file as bytes or as lists, or in a file beside it. */
final class TensorReader {
  private static final int EXTERNAL = 1;

  private final WeightSource source;
  private final ExternalData external;

  TensorReader(WeightSource source) {
    this.source = source;
    this.external = new ExternalData(source);
  }

  /** A tensor and what it is called. */
  record Named(String name, Stored what) {}

  /** What stands in a {@code TensorProto}. */
  private final class Parts {
    final LongList dims = new LongList(source);
    final LongList numbers = new LongList(source);
    final Map<String, String> elsewhere = new LinkedHashMap<>();
    String name = "";
    long type;
    long location;
    Optional<MemorySegment> raw = Optional.empty();
    Optional<MemorySegment> singles = Optional.empty();
    boolean texts;

    boolean isElsewhere() {
      return location == EXTERNAL || !elsewhere.isEmpty();
    }

    /** Whether nothing says how many bytes the tensor has in its own file. */
    boolean isUpToTheEnd() {
      return isElsewhere() && elsewhere.getOrDefault("length", "").isEmpty();
    }

    boolean hasList() {
      return numbers.size() > 0 || singles.isPresent();
    }
  }

  Named read(Wire wire) {
    Parts parts = new Parts();
    while (wire.next()) {
      switch (wire.field()) {
        case 1 -> wire.numbers(parts.dims);
        case 2 -> parts.type = wire.number();
        case 4 -> singles(wire, parts);
        case 5, 7, 11 -> wire.numbers(parts.numbers);
        case 6 -> parts.texts = true;
        case 8 -> parts.name = wire.text();
        case 9 -> parts.raw = Optional.of(wire.bytes());
        case 10 -> wire.doubles(parts.numbers);
        case 13 -> wire.message().entry(parts.elsewhere);
        case 14 -> parts.location = wire.number();
        default -> {} // a description, or what came later
      }
    }
    return new Named(parts.name, stored(parts));
  }

  /** One packed list of singles, which is how they are written, is left where it lies. */
  private void singles(Wire wire, Parts parts) {
    if (wire.kind() == Wire.Kind.BYTES
        && parts.singles.isEmpty()
        && parts.numbers.size() == 0
        && wire.bytes().byteSize() % Float.BYTES == 0) {
      parts.singles = Optional.of(wire.bytes());
      return;
    }
    parts.singles.ifPresent(before -> {
      for (long i = 0; i < before.byteSize(); i += Float.BYTES) {
        parts.numbers.add(
            before.get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), i));
      }
    });
    parts.singles = Optional.empty();
    wire.singles(parts.numbers);
  }

  private Stored stored(Parts parts) {
    Optional<DType> dtype = dtype(parts.type);
    if (dtype.isEmpty()) {
      return new Stored.Unread(
          "a tensor of " + typeName(parts.type),
          parts.texts ? "texts are no weights" : "its numbers are of a type that is not read");
    }
    try {
      MemorySegment data = data(parts, dtype.get());
      List<Long> dims = Arrays.stream(parts.dims.toArray()).boxed().toList();
      StoredTensor tensor = StoredTensor.rows(dtype.get(), ByteOrder.LITTLE_ENDIAN, dims, data);
      long size = tensor.elements() * dtype.get().bytes();
      if (size < data.byteSize() && !parts.isUpToTheEnd()) {
        throw new UserException(
            "A tensor of %s %s has %s bytes, but there are %s"
                .formatted(dtype.get(), Quote.value(dims.toString()), size, data.byteSize()));
      }
      return new Stored.Numbers(tensor);
    } catch (UserException e) {
      throw e.of(
          "Tensor %s of %s".formatted(Quote.of(parts.name), Quote.place(source.file() + "")));
    }
  }

  private MemorySegment data(Parts parts, DType dtype) {
    boolean hasBytes = parts.raw.filter(raw -> raw.byteSize() > 0).isPresent();
    if (hasBytes && parts.hasList()) {
      throw new UserException("its numbers stand there twice, as bytes and as a list");
    }
    if (parts.isElsewhere()) {
      return external.bytes(parts.elsewhere);
    }
    if (hasBytes) {
      return parts.raw.get();
    }
    if (parts.singles.isPresent() && dtype == DType.F32) {
      return parts.singles.get();
    }
    long[] numbers = parts.numbers.toArray();
    source.take((long) numbers.length * dtype.bytes(), "A tensor");
    MemorySegment data = MemorySegment.ofArray(new byte[numbers.length * dtype.bytes()]);
    for (int i = 0; i < numbers.length; i++) {
      put(data, dtype.bytes(), i, numbers[i]);
    }
    return data;
  }

  /** The lowest bytes of a list's entry are the number, whatever its type. */
  private static void put(MemorySegment data, int bytes, int index, long bits) {
    for (int b = 0; b < bytes; b++) {
      data.set(ValueLayout.JAVA_BYTE, (long) index * bytes + b, (byte) (bits >>> (Byte.SIZE * b)));
    }
  }

  static Optional<DType> dtype(long type) {
    return Optional.ofNullable(
        switch ((int) type) {
          case 1 -> DType.F32;
          case 2 -> DType.U8;
          case 3 -> DType.I8;
          case 4 -> DType.U16;
          case 5 -> DType.I16;
          case 6 -> DType.I32;
          case 7 -> DType.I64;
          case 9 -> DType.BOOL;
          case 10 -> DType.F16;
          case 11 -> DType.F64;
          case 12 -> DType.U32;
          case 13 -> DType.U64;
          case 16 -> DType.BF16;
          case 17 -> DType.F8_E4M3;
          case 19 -> DType.F8_E5M2;
          default -> null;
        });
  }

  /** ONNX's number for a type. */
  static long code(DType dtype) {
    return switch (dtype) {
      case F32 -> 1;
      case U8 -> 2;
      case I8 -> 3;
      case U16 -> 4;
      case I16 -> 5;
      case I32 -> 6;
      case I64 -> 7;
      case BOOL -> 9;
      case F16 -> 10;
      case F64 -> 11;
      case U32 -> 12;
      case U64 -> 13;
      case BF16 -> 16;
      case F8_E4M3 -> 17;
      case F8_E5M2 -> 19;
    };
  }

  static String typeName(long type) {
    return switch ((int) type) {
      case 0 -> "no type";
      case 1 -> "float";
      case 8 -> "string";
      case 10 -> "float16";
      case 11 -> "double";
      case 14 -> "complex64";
      case 15 -> "complex128";
      case 18 -> "float8e4m3fnuz";
      case 20 -> "float8e5m2fnuz";
      case 21 -> "uint4";
      case 22 -> "int4";
      case 23 -> "float4e2m1";
      default -> dtype(type).map(DType::toString).orElse("type " + type);
    };
  }
}
