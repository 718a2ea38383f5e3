package dev.vitrine.weights.matlab;

import dev.vitrine.format.DType;
import java.util.Locale;

/** MATLAB's classes, as level 5 numbers them from 1 on. */
enum MatClass {
  CELL,
  STRUCT,
  OBJECT,
  CHAR,
  SPARSE,
  DOUBLE(DType.F64),
  SINGLE(DType.F32),
  INT8(DType.I8),
  UINT8(DType.U8),
  INT16(DType.I16),
  UINT16(DType.U16),
  INT32(DType.I32),
  UINT32(DType.U32),
  INT64(DType.I64),
  UINT64(DType.U64),
  FUNCTION,
  OPAQUE;

  private final DType dtype;

  MatClass() {
    this(null);
  }

  MatClass(DType dtype) {
    this.dtype = dtype;
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
