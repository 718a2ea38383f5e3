package dev.vitrine.weights.pytorch;

import dev.vitrine.format.DType;
import dev.vitrine.weights.pickle.Global;
import java.util.Map;
import java.util.Optional;

/** PyTorch's names of types. */
final class TorchTypes {
  private static final String UNTYPED = "UntypedStorage";

  private static final Map<String, DType> CLASSES =
      Map.ofEntries(
          Map.entry("Double", DType.F64),
          Map.entry("Float", DType.F32),
          Map.entry("Half", DType.F16),
          Map.entry("BFloat16", DType.BF16),
          Map.entry("Long", DType.I64),
          Map.entry("Int", DType.I32),
          Map.entry("Short", DType.I16),
          Map.entry("Char", DType.I8),
          Map.entry("Byte", DType.U8),
          Map.entry("Bool", DType.BOOL));

  private static final Map<String, DType> NAMES =
      Map.ofEntries(
          Map.entry("float64", DType.F64),
          Map.entry("double", DType.F64),
          Map.entry("float32", DType.F32),
          Map.entry("float", DType.F32),
          Map.entry("float16", DType.F16),
          Map.entry("half", DType.F16),
          Map.entry("bfloat16", DType.BF16),
          Map.entry("float8_e4m3fn", DType.F8_E4M3),
          Map.entry("float8_e5m2", DType.F8_E5M2),
          Map.entry("int64", DType.I64),
          Map.entry("long", DType.I64),
          Map.entry("int32", DType.I32),
          Map.entry("int", DType.I32),
          Map.entry("int16", DType.I16),
          Map.entry("short", DType.I16),
          Map.entry("int8", DType.I8),
          Map.entry("uint64", DType.U64),
          Map.entry("uint32", DType.U32),
          Map.entry("uint16", DType.U16),
          Map.entry("uint8", DType.U8),
          Map.entry("bool", DType.BOOL));

  private TorchTypes() {}

  static boolean isOfTorch(Global name) {
    return name.module().equals("torch") || name.module().startsWith("torch.");
  }

  /** Whether a name is that of a storage's class. */
  static boolean isStorage(Global name) {
    return isOfTorch(name) && name.name().endsWith("Storage");
  }

  /** Whether a name is that of a tensor's class of the oldest kind, such as FloatTensor. */
  static boolean isTensor(Global name) {
    return isOfTorch(name) && name.name().endsWith("Tensor") && ofClass(name).isPresent();
  }

  static boolean isUntyped(Global storage) {
    return storage.name().equals(UNTYPED);
  }

  /** The type of {@code FloatStorage}, {@code FloatTensor} and their kin; bytes where untyped. */
  static Optional<DType> ofClass(Global name) {
    if (isUntyped(name)) {
      return Optional.of(DType.U8);
    }
    String kind = name.name().replaceFirst("(Storage|Tensor)(Base)?$", "");
    return Optional.ofNullable(CLASSES.get(kind));
  }

  /** How many bytes a number of a storage has; 0 if nobody knows. */
  static int bytes(Global storage) {
    return ofClass(storage)
        .map(DType::bytes)
        .orElseGet(() ->
            switch (storage.name()) {
              case "QInt8Storage", "QUInt8Storage", "QUInt4x2Storage", "QUInt2x4Storage" -> 1;
              case "QInt32Storage", "ComplexHalfStorage" -> 4;
              case "ComplexFloatStorage" -> 8;
              case "ComplexDoubleStorage" -> 16;
              default -> 0;
            });
  }

  /** The type of {@code torch.float32} and its kin. */
  static Optional<DType> ofName(Object dtype) {
    return dtype instanceof Global name && isOfTorch(name)
        ? Optional.ofNullable(NAMES.get(name.name()))
        : Optional.empty();
  }
}
