package dev.vitrine.kernel.simd;

import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Bytes become numbers by a formula, which takes a third of a table's time. It is computed in
 * double, as whoever made the table did, so that every bit is the table's.
 */
final class VectorBytes implements ByteLoop {
  private static final VectorSpecies<Float> SPECIES = Width.of(MethodHandles.lookup());
  private static final int PART = SPECIES.length();

  /** The fewest bytes that a vector holds; of narrower vectors they fill several. */
  private static final int LEAST = 8;

  private static final boolean REHEARSES = !MethodHandles.lookup().lookupClass().isHidden();

  private static final VectorSpecies<Byte> BYTES = species(byte.class, Math.max(LEAST, PART));
  private static final VectorSpecies<Integer> INTS = species(int.class, PART);
  private static final VectorSpecies<Double> DOUBLES = species(double.class, PART / 2);
  private static final VectorSpecies<Float> HALF = species(float.class, PART / 2);

  private static final byte[] ANY = new byte[BYTES.length()];
  private static final float[] ROW = new float[BYTES.length()];

  private static final Rehearsal REHEARSAL =
      new Rehearsal(
          () -> {
            loop(1, 0, ANY, 0, ROW, 0, 0);
            loop(1, 0, ANY, 0, ROW, 0, 0);
            loop(1, 0, ANY, 0, ROW, 0, 0);
            loop(1, 0, ANY, 0, ROW, 0, 0);
          },
          () -> loop(1, 0, ANY, 0, ROW, 0, ROW.length));

  /** The loop; it has no state. */
  public VectorBytes() {}

  private static <E> VectorSpecies<E> species(Class<E> type, int length) {
    int bits = length * VectorSpecies.ofPreferred(type).elementSize();
    return VectorSpecies.of(type, VectorShape.forBitSize(bits));
  }

  @Override
  public int run(double slope, double intercept, byte[] x, int x0, float[] y, int y0, int n) {
    return loop(slope, intercept, x, x0, y, y0, n);
  }

  private static int loop(
      double slope, double intercept, byte[] x, int x0, float[] y, int y0, int n) {
    int whole = n / PART * PART;
    for (int i = 0; i < whole; i += PART) {
      Vector<Integer> v =
          ByteVector.fromArray(BYTES, x, x0 + i)
              .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0);
      DoubleVector low = (DoubleVector) v.convertShape(VectorOperators.I2D, DOUBLES, 0);
      DoubleVector high = (DoubleVector) v.convertShape(VectorOperators.I2D, DOUBLES, 1);
      FloatVector first =
          (FloatVector) low.fma(slope, intercept).convertShape(VectorOperators.D2F, HALF, 0);
      FloatVector second =
          (FloatVector) high.fma(slope, intercept).convertShape(VectorOperators.D2F, HALF, 0);
      first.intoArray(y, y0 + i);
      second.intoArray(y, y0 + i + PART / 2);
    }
    return whole;
  }

  @Override
  public void rehearse() {
    if (PART >= LEAST) {
      REHEARSAL.begin();
    }
  }

  @Override
  public boolean isReady() {
    return PART >= LEAST && (!REHEARSES || REHEARSAL.isOver());
  }
}
