package dev.vitrine.kernel.simd;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Two vectors exchange lanes: what Eklundh's transposition (1972) and sums across lanes consist of.
 */
record Exchange(Assembler a) {
  private static final ClassDesc SHUFFLE = Assembler.desc(VectorShuffle.class);
  private static final ClassDesc MASK = Assembler.desc(VectorMask.class);
  private static final MethodTypeDesc REARRANGE =
      MethodTypeDesc.of(Assembler.FLOAT_VECTOR, SHUFFLE);
  private static final MethodTypeDesc BLEND =
      MethodTypeDesc.of(Assembler.FLOAT_VECTOR, Assembler.VECTOR, MASK);

  /** Class data by stride: two shuffles and a mask. */
  private static final int EACH = 3;

  /** The class data of a routine that exchanges lanes: the species, and what each stride needs. */
  static List<Object> data(VectorSpecies<Float> species) {
    int size = species.length();
    List<Object> data = new ArrayList<>(List.of(species));
    for (int s = 1; s < size; s *= 2) {
      int stride = s;
      boolean[] upper = new boolean[size];
      for (int lane = 0; lane < size; lane++) {
        upper[lane] = (lane & stride) != 0;
      }
      data.add(VectorShuffle.fromOp(species, lane -> (lane - stride) & (size - 1)));
      data.add(VectorShuffle.fromOp(species, lane -> (lane + stride) & (size - 1)));
      data.add(VectorMask.fromArray(species, upper, 0));
    }
    return data;
  }

  /**
   * The lanes of a whose number contains the stride, a power of two, for those of b whose number
   * does not: {@code a = blend(a, rotate(b))} and {@code b = blend(rotate back(a), b)}.
   */
  void swap(int a, int b, int stride) {
    int data = 1 + EACH * Integer.numberOfTrailingZeros(stride);
    CodeBuilder code = this.a.code();
    code.aload(a);
    rotate(b, data);
    blend(data + 2);
    rotate(a, data + 1);
    code.aload(b);
    blend(data + 2);
    code.astore(b).astore(a);
  }

  private void rotate(int vector, int shuffle) {
    a.code().aload(vector);
    a.data(SHUFFLE, shuffle);
    a.code().invokevirtual(Assembler.FLOAT_VECTOR, "rearrange", REARRANGE);
  }

  /** Pops two vectors and pushes the first, with the second's lanes where the mask is set. */
  private void blend(int mask) {
    a.data(MASK, mask);
    a.code().invokevirtual(Assembler.FLOAT_VECTOR, "blend", BLEND);
  }
}
