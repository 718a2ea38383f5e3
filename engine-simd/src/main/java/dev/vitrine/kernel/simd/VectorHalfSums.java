package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.Halves;
import dev.vitrine.kernel.Kernels;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of products whose weights have 16 bits: two terms' weights are read at once and widened in
 * registers, term after term in their order. One row goes by four vectors of outputs, several by
 * four rows and two vectors, so that sums do not wait for each other.
 *
 * <p>A half's exponent has five bits: shifted to where a single has its eight, it counts 112 too
 * little, which a factor of 2¹¹² makes good, exactly, for those below the normal ones and zeros
 * too.
 *
 * <p>All is written out in one loop each: C2 may not inline a method that takes vectors.
 */
final class VectorHalfSums implements HalfSums {
  private static final VectorSpecies<Float> SPECIES = Width.of(MethodHandles.lookup());
  private static final VectorSpecies<Integer> INTS =
      VectorSpecies.of(int.class, SPECIES.vectorShape());
  private static final int LANES = Kernels.LANES;
  private static final int PART = SPECIES.length();
  private static final boolean REHEARSES = !MethodHandles.lookup().lookupClass().isHidden();

  private static final int UPPER = 0xffff0000;

  /** The sign, five bits of exponent and ten of fraction, three places to the right. */
  private static final int HALF = 0x8fffe000;

  private static final float SCALE = 0x1p112f;

  /** The sums; they have no state. */
  public VectorHalfSums() {}

  @Override
  public void run(
      Halves w,
      int from,
      int to,
      int rows,
      float[] x,
      int x0,
      int xRow,
      int[] xTerm,
      float[] b,
      float floor,
      float[] y,
      int y0,
      int yRow) {
    boolean brief = w.format() == Halves.Format.BF16;
    int stride = w.stride();
    int last = rows - 1;
    if (rows == 1) {
      ready(brief ? Routines.BRIEF : Routines.HALF);
      for (int v = from; v < to; v += 4) {
        int w0 = v * stride;
        int w1 = Math.min(v + 1, to - 1) * stride;
        int w2 = Math.min(v + 2, to - 1) * stride;
        int w3 = Math.min(v + 3, to - 1) * stride;
        if (brief) {
          briefRow(w.terms(), w.pairs(), w0, w1, w2, w3, stride, x, x0, xTerm, b, floor, y, y0);
        } else {
          halfRow(w.terms(), w.pairs(), w0, w1, w2, w3, stride, x, x0, xTerm, b, floor, y, y0);
        }
      }
      return;
    }
    ready(brief ? Routines.BRIEF_ROWS : Routines.HALF_ROWS);
    for (int v = from; v < to; v += 2) {
      int u = Math.min(v + 1, to - 1);
      for (int r = 0; r < rows; r += 4) {
        int r1 = Math.min(r + 1, last);
        int r2 = Math.min(r + 2, last);
        int r3 = Math.min(r + 3, last);
        if (brief) {
          briefRows(
              w.terms(), w.pairs(), v, u, r, r1, r2, r3, x, x0, xRow, xTerm, b, floor, y, y0, yRow);
        } else {
          halfRows(
              w.terms(), w.pairs(), v, u, r, r1, r2, r3, x, x0, xRow, xTerm, b, floor, y, y0, yRow);
        }
      }
    }
  }

  private static void ready(Rehearsal rehearsal) {
    if (REHEARSES) {
      rehearsal.await();
    }
  }

  /**
   * One row by four vectors of outputs, which may be the same; the vectors' weights begin at w0 …
   * w3.
   */
  private static void briefRow(
      int n,
      int[] w,
      int w0,
      int w1,
      int w2,
      int w3,
      int stride,
      float[] x,
      int x0,
      int[] xTerm,
      float[] b,
      float floor,
      float[] y,
      int y0) {
    if (n < 0) {
      return;
    }
    int o0 = w0 / stride * LANES;
    int o1 = w1 / stride * LANES;
    int o2 = w2 / stride * LANES;
    int o3 = w3 / stride * LANES;
    IntVector bits = IntVector.broadcast(INTS, UPPER);
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    for (int part = 0; part < LANES; part += PART) {
      FloatVector s0 = FloatVector.fromArray(SPECIES, b, o0 + part);
      FloatVector s1 = FloatVector.fromArray(SPECIES, b, o1 + part);
      FloatVector s2 = FloatVector.fromArray(SPECIES, b, o2 + part);
      FloatVector s3 = FloatVector.fromArray(SPECIES, b, o3 + part);
      for (int t = 0; t < n / 2; t++) {
        FloatVector even = FloatVector.broadcast(SPECIES, x[x0 + xTerm[2 * t]]);
        FloatVector odd = FloatVector.broadcast(SPECIES, x[x0 + xTerm[2 * t + 1]]);
        int at = t * LANES + part;
        IntVector pair = IntVector.fromArray(INTS, w, w0 + at);
        s0 = even.fma(pair.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), s0);
        s0 = odd.fma(pair.and(bits).reinterpretAsFloats(), s0);
        pair = IntVector.fromArray(INTS, w, w1 + at);
        s1 = even.fma(pair.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), s1);
        s1 = odd.fma(pair.and(bits).reinterpretAsFloats(), s1);
        pair = IntVector.fromArray(INTS, w, w2 + at);
        s2 = even.fma(pair.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), s2);
        s2 = odd.fma(pair.and(bits).reinterpretAsFloats(), s2);
        pair = IntVector.fromArray(INTS, w, w3 + at);
        s3 = even.fma(pair.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), s3);
        s3 = odd.fma(pair.and(bits).reinterpretAsFloats(), s3);
      }
      if (n % 2 == 1) {
        FloatVector even = FloatVector.broadcast(SPECIES, x[x0 + xTerm[n - 1]]);
        int at = n / 2 * LANES + part;
        IntVector pair = IntVector.fromArray(INTS, w, w0 + at);
        s0 = even.fma(pair.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), s0);
        pair = IntVector.fromArray(INTS, w, w1 + at);
        s1 = even.fma(pair.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), s1);
        pair = IntVector.fromArray(INTS, w, w2 + at);
        s2 = even.fma(pair.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), s2);
        pair = IntVector.fromArray(INTS, w, w3 + at);
        s3 = even.fma(pair.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats(), s3);
      }
      s0.blend(least, s0.compare(VectorOperators.LE, least)).intoArray(y, y0 + o0 + part);
      s1.blend(least, s1.compare(VectorOperators.LE, least)).intoArray(y, y0 + o1 + part);
      s2.blend(least, s2.compare(VectorOperators.LE, least)).intoArray(y, y0 + o2 + part);
      s3.blend(least, s3.compare(VectorOperators.LE, least)).intoArray(y, y0 + o3 + part);
    }
  }

  /**
   * One row by four vectors of outputs, which may be the same; the vectors' weights begin at w0 …
   * w3.
   */
  private static void halfRow(
      int n,
      int[] w,
      int w0,
      int w1,
      int w2,
      int w3,
      int stride,
      float[] x,
      int x0,
      int[] xTerm,
      float[] b,
      float floor,
      float[] y,
      int y0) {
    if (n < 0) {
      return;
    }
    int o0 = w0 / stride * LANES;
    int o1 = w1 / stride * LANES;
    int o2 = w2 / stride * LANES;
    int o3 = w3 / stride * LANES;
    IntVector bits = IntVector.broadcast(INTS, HALF);
    FloatVector scale = FloatVector.broadcast(SPECIES, SCALE);
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    for (int part = 0; part < LANES; part += PART) {
      FloatVector s0 = FloatVector.fromArray(SPECIES, b, o0 + part);
      FloatVector s1 = FloatVector.fromArray(SPECIES, b, o1 + part);
      FloatVector s2 = FloatVector.fromArray(SPECIES, b, o2 + part);
      FloatVector s3 = FloatVector.fromArray(SPECIES, b, o3 + part);
      for (int t = 0; t < n / 2; t++) {
        FloatVector even = FloatVector.broadcast(SPECIES, x[x0 + xTerm[2 * t]]);
        FloatVector odd = FloatVector.broadcast(SPECIES, x[x0 + xTerm[2 * t + 1]]);
        int at = t * LANES + part;
        IntVector pair = IntVector.fromArray(INTS, w, w0 + at);
        s0 =
            even.fma(
                pair.lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 3)
                    .and(bits)
                    .reinterpretAsFloats()
                    .mul(scale),
                s0);
        s0 =
            odd.fma(
                pair.lanewise(VectorOperators.ASHR, 3).and(bits).reinterpretAsFloats().mul(scale),
                s0);
        pair = IntVector.fromArray(INTS, w, w1 + at);
        s1 =
            even.fma(
                pair.lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 3)
                    .and(bits)
                    .reinterpretAsFloats()
                    .mul(scale),
                s1);
        s1 =
            odd.fma(
                pair.lanewise(VectorOperators.ASHR, 3).and(bits).reinterpretAsFloats().mul(scale),
                s1);
        pair = IntVector.fromArray(INTS, w, w2 + at);
        s2 =
            even.fma(
                pair.lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 3)
                    .and(bits)
                    .reinterpretAsFloats()
                    .mul(scale),
                s2);
        s2 =
            odd.fma(
                pair.lanewise(VectorOperators.ASHR, 3).and(bits).reinterpretAsFloats().mul(scale),
                s2);
        pair = IntVector.fromArray(INTS, w, w3 + at);
        s3 =
            even.fma(
                pair.lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 3)
                    .and(bits)
                    .reinterpretAsFloats()
                    .mul(scale),
                s3);
        s3 =
            odd.fma(
                pair.lanewise(VectorOperators.ASHR, 3).and(bits).reinterpretAsFloats().mul(scale),
                s3);
      }
      if (n % 2 == 1) {
        FloatVector even = FloatVector.broadcast(SPECIES, x[x0 + xTerm[n - 1]]);
        int at = n / 2 * LANES + part;
        IntVector pair = IntVector.fromArray(INTS, w, w0 + at);
        s0 =
            even.fma(
                pair.lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 3)
                    .and(bits)
                    .reinterpretAsFloats()
                    .mul(scale),
                s0);
        pair = IntVector.fromArray(INTS, w, w1 + at);
        s1 =
            even.fma(
                pair.lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 3)
                    .and(bits)
                    .reinterpretAsFloats()
                    .mul(scale),
                s1);
        pair = IntVector.fromArray(INTS, w, w2 + at);
        s2 =
            even.fma(
                pair.lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 3)
                    .and(bits)
                    .reinterpretAsFloats()
                    .mul(scale),
                s2);
        pair = IntVector.fromArray(INTS, w, w3 + at);
        s3 =
            even.fma(
                pair.lanewise(VectorOperators.LSHL, 16)
                    .lanewise(VectorOperators.ASHR, 3)
                    .and(bits)
                    .reinterpretAsFloats()
                    .mul(scale),
                s3);
      }
      s0.blend(least, s0.compare(VectorOperators.LE, least)).intoArray(y, y0 + o0 + part);
      s1.blend(least, s1.compare(VectorOperators.LE, least)).intoArray(y, y0 + o1 + part);
      s2.blend(least, s2.compare(VectorOperators.LE, least)).intoArray(y, y0 + o2 + part);
      s3.blend(least, s3.compare(VectorOperators.LE, least)).intoArray(y, y0 + o3 + part);
    }
  }

  /** Four rows by two vectors of outputs; all of them may be the same. */
  private static void briefRows(
      int n,
      int[] w,
      int v,
      int u,
      int r0,
      int r1,
      int r2,
      int r3,
      float[] x,
      int x0,
      int xRow,
      int[] xTerm,
      float[] b,
      float floor,
      float[] y,
      int y0,
      int yRow) {
    if (n < 0) {
      return;
    }
    int w0 = v * ((n + 1) / 2) * LANES;
    int w1 = u * ((n + 1) / 2) * LANES;
    int i0 = x0 + r0 * xRow;
    int i1 = x0 + r1 * xRow;
    int i2 = x0 + r2 * xRow;
    int i3 = x0 + r3 * xRow;
    IntVector bits = IntVector.broadcast(INTS, UPPER);
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    for (int part = 0; part < LANES; part += PART) {
      FloatVector s0 = FloatVector.fromArray(SPECIES, b, v * LANES + part);
      FloatVector q0 = FloatVector.fromArray(SPECIES, b, u * LANES + part);
      FloatVector s1 = s0;
      FloatVector q1 = q0;
      FloatVector s2 = s0;
      FloatVector q2 = q0;
      FloatVector s3 = s0;
      FloatVector q3 = q0;
      for (int t = 0; t < n / 2; t++) {
        int even = xTerm[2 * t];
        int odd = xTerm[2 * t + 1];
        int at = t * LANES + part;
        IntVector pair = IntVector.fromArray(INTS, w, w0 + at);
        IntVector other = IntVector.fromArray(INTS, w, w1 + at);
        FloatVector first = pair.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
        FloatVector second = other.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
        FloatVector factor = FloatVector.broadcast(SPECIES, x[i0 + even]);
        s0 = factor.fma(first, s0);
        q0 = factor.fma(second, q0);
        factor = FloatVector.broadcast(SPECIES, x[i1 + even]);
        s1 = factor.fma(first, s1);
        q1 = factor.fma(second, q1);
        factor = FloatVector.broadcast(SPECIES, x[i2 + even]);
        s2 = factor.fma(first, s2);
        q2 = factor.fma(second, q2);
        factor = FloatVector.broadcast(SPECIES, x[i3 + even]);
        s3 = factor.fma(first, s3);
        q3 = factor.fma(second, q3);
        first = pair.and(bits).reinterpretAsFloats();
        second = other.and(bits).reinterpretAsFloats();
        factor = FloatVector.broadcast(SPECIES, x[i0 + odd]);
        s0 = factor.fma(first, s0);
        q0 = factor.fma(second, q0);
        factor = FloatVector.broadcast(SPECIES, x[i1 + odd]);
        s1 = factor.fma(first, s1);
        q1 = factor.fma(second, q1);
        factor = FloatVector.broadcast(SPECIES, x[i2 + odd]);
        s2 = factor.fma(first, s2);
        q2 = factor.fma(second, q2);
        factor = FloatVector.broadcast(SPECIES, x[i3 + odd]);
        s3 = factor.fma(first, s3);
        q3 = factor.fma(second, q3);
      }
      if (n % 2 == 1) {
        int even = xTerm[n - 1];
        int at = n / 2 * LANES + part;
        IntVector pair = IntVector.fromArray(INTS, w, w0 + at);
        IntVector other = IntVector.fromArray(INTS, w, w1 + at);
        FloatVector first = pair.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
        FloatVector second = other.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
        FloatVector factor = FloatVector.broadcast(SPECIES, x[i0 + even]);
        s0 = factor.fma(first, s0);
        q0 = factor.fma(second, q0);
        factor = FloatVector.broadcast(SPECIES, x[i1 + even]);
        s1 = factor.fma(first, s1);
        q1 = factor.fma(second, q1);
        factor = FloatVector.broadcast(SPECIES, x[i2 + even]);
        s2 = factor.fma(first, s2);
        q2 = factor.fma(second, q2);
        factor = FloatVector.broadcast(SPECIES, x[i3 + even]);
        s3 = factor.fma(first, s3);
        q3 = factor.fma(second, q3);
      }
      s0.blend(least, s0.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r0 * yRow + v * LANES + part);
      q0.blend(least, q0.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r0 * yRow + u * LANES + part);
      s1.blend(least, s1.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r1 * yRow + v * LANES + part);
      q1.blend(least, q1.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r1 * yRow + u * LANES + part);
      s2.blend(least, s2.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r2 * yRow + v * LANES + part);
      q2.blend(least, q2.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r2 * yRow + u * LANES + part);
      s3.blend(least, s3.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r3 * yRow + v * LANES + part);
      q3.blend(least, q3.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r3 * yRow + u * LANES + part);
    }
  }

  /** Four rows by two vectors of outputs; all of them may be the same. */
  private static void halfRows(
      int n,
      int[] w,
      int v,
      int u,
      int r0,
      int r1,
      int r2,
      int r3,
      float[] x,
      int x0,
      int xRow,
      int[] xTerm,
      float[] b,
      float floor,
      float[] y,
      int y0,
      int yRow) {
    if (n < 0) {
      return;
    }
    int w0 = v * ((n + 1) / 2) * LANES;
    int w1 = u * ((n + 1) / 2) * LANES;
    int i0 = x0 + r0 * xRow;
    int i1 = x0 + r1 * xRow;
    int i2 = x0 + r2 * xRow;
    int i3 = x0 + r3 * xRow;
    IntVector bits = IntVector.broadcast(INTS, HALF);
    FloatVector scale = FloatVector.broadcast(SPECIES, SCALE);
    FloatVector least = FloatVector.broadcast(SPECIES, floor);
    for (int part = 0; part < LANES; part += PART) {
      FloatVector s0 = FloatVector.fromArray(SPECIES, b, v * LANES + part);
      FloatVector q0 = FloatVector.fromArray(SPECIES, b, u * LANES + part);
      FloatVector s1 = s0;
      FloatVector q1 = q0;
      FloatVector s2 = s0;
      FloatVector q2 = q0;
      FloatVector s3 = s0;
      FloatVector q3 = q0;
      for (int t = 0; t < n / 2; t++) {
        int even = xTerm[2 * t];
        int odd = xTerm[2 * t + 1];
        int at = t * LANES + part;
        IntVector pair = IntVector.fromArray(INTS, w, w0 + at);
        IntVector other = IntVector.fromArray(INTS, w, w1 + at);
        FloatVector first =
            pair.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 3)
                .and(bits)
                .reinterpretAsFloats()
                .mul(scale);
        FloatVector second =
            other
                .lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 3)
                .and(bits)
                .reinterpretAsFloats()
                .mul(scale);
        FloatVector factor = FloatVector.broadcast(SPECIES, x[i0 + even]);
        s0 = factor.fma(first, s0);
        q0 = factor.fma(second, q0);
        factor = FloatVector.broadcast(SPECIES, x[i1 + even]);
        s1 = factor.fma(first, s1);
        q1 = factor.fma(second, q1);
        factor = FloatVector.broadcast(SPECIES, x[i2 + even]);
        s2 = factor.fma(first, s2);
        q2 = factor.fma(second, q2);
        factor = FloatVector.broadcast(SPECIES, x[i3 + even]);
        s3 = factor.fma(first, s3);
        q3 = factor.fma(second, q3);
        first = pair.lanewise(VectorOperators.ASHR, 3).and(bits).reinterpretAsFloats().mul(scale);
        second = other.lanewise(VectorOperators.ASHR, 3).and(bits).reinterpretAsFloats().mul(scale);
        factor = FloatVector.broadcast(SPECIES, x[i0 + odd]);
        s0 = factor.fma(first, s0);
        q0 = factor.fma(second, q0);
        factor = FloatVector.broadcast(SPECIES, x[i1 + odd]);
        s1 = factor.fma(first, s1);
        q1 = factor.fma(second, q1);
        factor = FloatVector.broadcast(SPECIES, x[i2 + odd]);
        s2 = factor.fma(first, s2);
        q2 = factor.fma(second, q2);
        factor = FloatVector.broadcast(SPECIES, x[i3 + odd]);
        s3 = factor.fma(first, s3);
        q3 = factor.fma(second, q3);
      }
      if (n % 2 == 1) {
        int even = xTerm[n - 1];
        int at = n / 2 * LANES + part;
        IntVector pair = IntVector.fromArray(INTS, w, w0 + at);
        IntVector other = IntVector.fromArray(INTS, w, w1 + at);
        FloatVector first =
            pair.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 3)
                .and(bits)
                .reinterpretAsFloats()
                .mul(scale);
        FloatVector second =
            other
                .lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 3)
                .and(bits)
                .reinterpretAsFloats()
                .mul(scale);
        FloatVector factor = FloatVector.broadcast(SPECIES, x[i0 + even]);
        s0 = factor.fma(first, s0);
        q0 = factor.fma(second, q0);
        factor = FloatVector.broadcast(SPECIES, x[i1 + even]);
        s1 = factor.fma(first, s1);
        q1 = factor.fma(second, q1);
        factor = FloatVector.broadcast(SPECIES, x[i2 + even]);
        s2 = factor.fma(first, s2);
        q2 = factor.fma(second, q2);
        factor = FloatVector.broadcast(SPECIES, x[i3 + even]);
        s3 = factor.fma(first, s3);
        q3 = factor.fma(second, q3);
      }
      s0.blend(least, s0.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r0 * yRow + v * LANES + part);
      q0.blend(least, q0.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r0 * yRow + u * LANES + part);
      s1.blend(least, s1.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r1 * yRow + v * LANES + part);
      q1.blend(least, q1.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r1 * yRow + u * LANES + part);
      s2.blend(least, s2.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r2 * yRow + v * LANES + part);
      q2.blend(least, q2.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r2 * yRow + u * LANES + part);
      s3.blend(least, s3.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r3 * yRow + v * LANES + part);
      q3.blend(least, q3.compare(VectorOperators.LE, least))
          .intoArray(y, y0 + r3 * yRow + u * LANES + part);
    }
  }

  /** What has each routine compiled; made when one is first needed. */
  private static final class Routines {
    private static final int TERMS = 16;
    private static final int[] WEIGHTS = new int[TERMS / 2 * LANES];
    private static final float[] ANY = new float[TERMS * LANES];
    private static final int[] FIRST = new int[TERMS];

    static final Rehearsal BRIEF =
        new Rehearsal(
            () -> briefRow(-1, WEIGHTS, 0, 0, 0, 0, 1, ANY, 0, FIRST, ANY, 0, ANY, 0),
            () -> briefRow(TERMS, WEIGHTS, 0, 0, 0, 0, 1, ANY, 0, FIRST, ANY, 0, ANY, 0));

    static final Rehearsal HALF =
        new Rehearsal(
            () -> halfRow(-1, WEIGHTS, 0, 0, 0, 0, 1, ANY, 0, FIRST, ANY, 0, ANY, 0),
            () -> halfRow(TERMS, WEIGHTS, 0, 0, 0, 0, 1, ANY, 0, FIRST, ANY, 0, ANY, 0));

    static final Rehearsal BRIEF_ROWS =
        new Rehearsal(
            () -> briefRows(-1, WEIGHTS, 0, 0, 0, 0, 0, 0, ANY, 0, 0, FIRST, ANY, 0, ANY, 0, 0),
            () -> briefRows(TERMS, WEIGHTS, 0, 0, 0, 0, 0, 0, ANY, 0, 0, FIRST, ANY, 0, ANY, 0, 0));

    static final Rehearsal HALF_ROWS =
        new Rehearsal(
            () -> halfRows(-1, WEIGHTS, 0, 0, 0, 0, 0, 0, ANY, 0, 0, FIRST, ANY, 0, ANY, 0, 0),
            () -> halfRows(TERMS, WEIGHTS, 0, 0, 0, 0, 0, 0, ANY, 0, 0, FIRST, ANY, 0, ANY, 0, 0));
  }
}
