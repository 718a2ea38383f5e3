package dev.vitrine.weights.matlab;

import dev.vitrine.format.DType;
import java.util.Optional;

/**
 * How the numbers of an element of a MATLAB 5 file are stored, and the elements without numbers.
 */
final class MatType {
  static final int UINT8 = 2;
  static final int MATRIX = 14;
  static final int COMPRESSED = 15;
  static final int UTF8 = 16;
  static final int UTF16 = 17;
  static final int UTF32 = 18;

  private MatType() {}

  /** The type of the numbers; empty if the element holds something else. */
  static Optional<DType> numbers(int type) {
    return Optional.ofNullable(
        switch (type) {
          case 1 -> DType.I8;
          case UINT8 -> DType.U8;
          case 3 -> DType.I16;
          case 4 -> DType.U16;
          case 5 -> DType.I32;
          case 6 -> DType.U32;
          case 7 -> DType.F32;
          case 9 -> DType.F64;
          case 12 -> DType.I64;
          case 13 -> DType.U64;
          default -> null;
        });
  }
}
