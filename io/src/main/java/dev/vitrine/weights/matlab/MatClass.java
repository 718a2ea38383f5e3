package dev.vitrine.weights.matlab;

import dev.vitrine.format.DType;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** MATLAB's classes, with level 5's numbers for them. */
enum MatClass {
  CELL(1),
  STRUCT(2),
  OBJECT(3),
  CHAR(4),
  SPARSE(5),
  DOUBLE(6, DType.F64),
  SINGLE(7, DType.F32),
  INT8(8, DType.I8),
  UINT8(9, DType.U8),
  INT16(10, DType.I16),
  UINT16(11, DType.U16),
  INT32(12, DType.I32),
  UINT32(13, DType.U32),
  INT64(14, DType.I64),
  UINT64(15, DType.U64),
  FUNCTION(16),
  OPAQUE(17);

  private final int number;
  private final DType dtype;

  MatClass(int number) {
    this(number, null);
  }

  MatClass(int number, DType dtype) {
    this.number = number;
    this.dtype = dtype;
  }

  /** The class of a number. */
  static Optional<MatClass> numbered(int number) {
    return Arrays.stream(values()).filter(kind -> kind.number == number).findFirst();
  }

  /** The type of its numbers; {@link DType#F64} if it is sparse. */
  DType dtype() {
    return this == SPARSE ? DType.F64 : dtype;
  }

  /** As a person writes it, such as {@code uint8}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
