package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.PoolTable;
import dev.vitrine.kernel.ScalarPoolings;
import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The poolings on the Vector API. */
final class VectorPoolings implements Poolings {
  private static final VectorSpecies<Float> SPECIES = Width.of(MethodHandles.lookup());
  private static final int LANES = Kernels.LANES;
  private static final int PART = SPECIES.length();
  private static final boolean REHEARSES = !MethodHandles.lookup().lookupClass().isHidden();

  /** The poolings; they have no state. */
  public VectorPoolings() {}

  private static void ready(Rehearsal rehearsal) {
    if (REHEARSES) {
      rehearsal.await();
    }
  }

  @Override
  public void max(PoolTable t, float[] x, int x0, float[] y, int y0) {
    ready(Routines.MAXIMA);
    if (!isOfFours(t)) {
      ready(Routines.MAXIMA_OF_NINE);
    }
    maxima(t, x, x0, y, y0);
  }

  /** Whether each window has four elements; those at a border may have fewer than the others. */
  private static boolean isOfFours(PoolTable t) {
    int windows = t.start().length - 1;
    return t.start()[1] == 4 && t.start()[windows] == 4 * windows;
  }

  @Override
  public void expect(PoolTable t) {
    if (REHEARSES && !isOfFours(t) && !Routines.NINE_BEGUN.getAndSet(true)) {
      Routines.MAXIMA_OF_NINE.begin();
    }
  }

  /**
   * A later element takes over from the best so far if it is greater, or not a number. That is
   * written out at each place: C2 may not inline a method that takes vectors, and then boxes them.
   */
  private static void maxima(PoolTable t, float[] x, int x0, float[] y, int y0) {
    int[] start = t.start();
    int[] member = t.member();
    for (int p = 0; p + 1 < start.length; p++) {
      int m = start[p];
      if (start[p + 1] - m == 4) {
        for (int part = 0; part < LANES; part += PART) {
          int at = x0 + part;
          FloatVector best = FloatVector.fromArray(SPECIES, x, at + member[m]);
          FloatVector v1 = FloatVector.fromArray(SPECIES, x, at + member[m + 1]);
          best = best.blend(v1, best.lt(v1).or(v1.test(VectorOperators.IS_NAN)));
          FloatVector v2 = FloatVector.fromArray(SPECIES, x, at + member[m + 2]);
          best = best.blend(v2, best.lt(v2).or(v2.test(VectorOperators.IS_NAN)));
          FloatVector v3 = FloatVector.fromArray(SPECIES, x, at + member[m + 3]);
          best.blend(v3, best.lt(v3).or(v3.test(VectorOperators.IS_NAN)))
              .intoArray(y, y0 + p * LANES + part);
        }
      } else if (start[p + 1] - m < 1 || start[p + 1] - m > 9) {
        maxOfAny(start[p + 1] - m, member, m, x, x0, y, y0 + p * LANES);
      } else {
        maxOfUpToNine(member, m, start[p + 1] - 1, x, x0, y, y0 + p * LANES);
      }
    }
  }

  /** A window whose last element, if there are fewer than nine, takes over from itself at most. */
  private static void maxOfUpToNine(
      int[] member, int m, int last, float[] x, int x0, float[] y, int y0) {
    if (last < m) {
      return;
    }
    int a0 = member[m];
    int a1 = member[Math.min(m + 1, last)];
    int a2 = member[Math.min(m + 2, last)];
    int a3 = member[Math.min(m + 3, last)];
    int a4 = member[Math.min(m + 4, last)];
    int a5 = member[Math.min(m + 5, last)];
    int a6 = member[Math.min(m + 6, last)];
    int a7 = member[Math.min(m + 7, last)];
    int a8 = member[last];
    for (int part = 0; part < LANES; part += PART) {
      int at = x0 + part;
      FloatVector best = FloatVector.fromArray(SPECIES, x, at + a0);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + a1);
      best = best.blend(v, best.lt(v).or(v.test(VectorOperators.IS_NAN)));
      v = FloatVector.fromArray(SPECIES, x, at + a2);
      best = best.blend(v, best.lt(v).or(v.test(VectorOperators.IS_NAN)));
      v = FloatVector.fromArray(SPECIES, x, at + a3);
      best = best.blend(v, best.lt(v).or(v.test(VectorOperators.IS_NAN)));
      v = FloatVector.fromArray(SPECIES, x, at + a4);
      best = best.blend(v, best.lt(v).or(v.test(VectorOperators.IS_NAN)));
      v = FloatVector.fromArray(SPECIES, x, at + a5);
      best = best.blend(v, best.lt(v).or(v.test(VectorOperators.IS_NAN)));
      v = FloatVector.fromArray(SPECIES, x, at + a6);
      best = best.blend(v, best.lt(v).or(v.test(VectorOperators.IS_NAN)));
      v = FloatVector.fromArray(SPECIES, x, at + a7);
      best = best.blend(v, best.lt(v).or(v.test(VectorOperators.IS_NAN)));
      v = FloatVector.fromArray(SPECIES, x, at + a8);
      best.blend(v, best.lt(v).or(v.test(VectorOperators.IS_NAN))).intoArray(y, y0 + part);
    }
  }

  /** A window of any size; the best so far is kept in y, since a live vector would be boxed. */
  private static void maxOfAny(int n, int[] member, int m, float[] x, int x0, float[] y, int y0) {
    if (n == 0) {
      Arrays.fill(y, y0, y0 + LANES, 0);
      return;
    }
    System.arraycopy(x, x0 + member[m], y, y0, LANES);
    for (int i = 1; i < n; i++) {
      for (int part = 0; part < LANES; part += PART) {
        FloatVector v = FloatVector.fromArray(SPECIES, x, x0 + member[m + i] + part);
        FloatVector best = FloatVector.fromArray(SPECIES, y, y0 + part);
        best.blend(v, best.lt(v).or(v.test(VectorOperators.IS_NAN))).intoArray(y, y0 + part);
      }
    }
  }

  @Override
  public void maxGradient(
      PoolTable t, float[] x, int x0, float[] dy, int dy0, float[] dx, int dx0) {
    int[] start = t.start();
    if (t.covers() && start[start.length - 1] == 4 * (start.length - 1)) {
      ready(Routines.GRADIENT);
      maximaGradient(t, x, x0, dy, dy0, dx, dx0);
      return;
    }
    ready(Routines.GRADIENT_OF_NINE);
    Arrays.fill(dx, dx0, dx0 + t.inSize(), 0);
    for (int p = 0; p + 1 < start.length; p++) {
      int n = start[p + 1] - start[p];
      if (n > 9) {
        ScalarPoolings.addToMaxima(t, p, x, x0, dy, dy0, dx, dx0);
      } else {
        ofUpToNine(t.member(), start[p], n, x, x0, dy, dy0 + p * LANES, dx, dx0);
      }
    }
  }

  /** Windows of four elements that cover the plane without overlap, as most networks have them. */
  private static void maximaGradient(
      PoolTable t, float[] x, int x0, float[] dy, int dy0, float[] dx, int dx0) {
    int[] member = t.member();
    for (int m = 0; m < member.length; m += 4) {
      for (int part = 0; part < LANES; part += PART) {
        int at = x0 + part;
        int to = dx0 + part;
        FloatVector best = FloatVector.fromArray(SPECIES, x, at + member[m]);
        FloatVector v1 = FloatVector.fromArray(SPECIES, x, at + member[m + 1]);
        VectorMask<Float> m1 = best.lt(v1).or(v1.test(VectorOperators.IS_NAN));
        best = best.blend(v1, m1);
        FloatVector v2 = FloatVector.fromArray(SPECIES, x, at + member[m + 2]);
        VectorMask<Float> m2 = best.lt(v2).or(v2.test(VectorOperators.IS_NAN));
        best = best.blend(v2, m2);
        FloatVector v3 = FloatVector.fromArray(SPECIES, x, at + member[m + 3]);
        VectorMask<Float> m3 = best.lt(v3).or(v3.test(VectorOperators.IS_NAN));
        // Adding zero turns −0 to 0, as the scalar twin's sum does.
        FloatVector d = FloatVector.fromArray(SPECIES, dy, dy0 + m / 4 * LANES + part).add(0);
        FloatVector d2 = d.blend(0, m3);
        FloatVector d1 = d2.blend(0, m2);
        d1.blend(0, m1).intoArray(dx, to + member[m]);
        d.blend(0, m1.not()).blend(0, m2).blend(0, m3).intoArray(dx, to + member[m + 1]);
        d2.blend(0, m2.not()).intoArray(dx, to + member[m + 2]);
        d.blend(0, m3.not()).intoArray(dx, to + member[m + 3]);
      }
    }
  }

  /**
   * Adds a window's dy to its first maximum. Windows at a border have fewer than nine elements;
   * their last one stands for those that are missing, and takes over from itself at most. Written
   * out for the reason that {@link #maxima} has.
   */
  private static void ofUpToNine(
      int[] member, int m, int n, float[] x, int x0, float[] dy, int dy0, float[] dx, int dx0) {
    if (n == 0) {
      return;
    }
    int last = m + n - 1;
    int a0 = member[m];
    int a1 = member[Math.min(m + 1, last)];
    int a2 = member[Math.min(m + 2, last)];
    int a3 = member[Math.min(m + 3, last)];
    int a4 = member[Math.min(m + 4, last)];
    int a5 = member[Math.min(m + 5, last)];
    int a6 = member[Math.min(m + 6, last)];
    int a7 = member[Math.min(m + 7, last)];
    int a8 = member[last];
    for (int part = 0; part < LANES; part += PART) {
      int at = x0 + part;
      FloatVector best = FloatVector.fromArray(SPECIES, x, at + a0);
      FloatVector index = FloatVector.zero(SPECIES);
      FloatVector v = FloatVector.fromArray(SPECIES, x, at + a1);
      VectorMask<Float> more = best.lt(v).or(v.test(VectorOperators.IS_NAN));
      best = best.blend(v, more);
      index = index.blend(1, more);
      v = FloatVector.fromArray(SPECIES, x, at + a2);
      more = best.lt(v).or(v.test(VectorOperators.IS_NAN));
      best = best.blend(v, more);
      index = index.blend(2, more);
      v = FloatVector.fromArray(SPECIES, x, at + a3);
      more = best.lt(v).or(v.test(VectorOperators.IS_NAN));
      best = best.blend(v, more);
      index = index.blend(3, more);
      v = FloatVector.fromArray(SPECIES, x, at + a4);
      more = best.lt(v).or(v.test(VectorOperators.IS_NAN));
      best = best.blend(v, more);
      index = index.blend(4, more);
      v = FloatVector.fromArray(SPECIES, x, at + a5);
      more = best.lt(v).or(v.test(VectorOperators.IS_NAN));
      best = best.blend(v, more);
      index = index.blend(5, more);
      v = FloatVector.fromArray(SPECIES, x, at + a6);
      more = best.lt(v).or(v.test(VectorOperators.IS_NAN));
      best = best.blend(v, more);
      index = index.blend(6, more);
      v = FloatVector.fromArray(SPECIES, x, at + a7);
      more = best.lt(v).or(v.test(VectorOperators.IS_NAN));
      best = best.blend(v, more);
      index = index.blend(7, more);
      v = FloatVector.fromArray(SPECIES, x, at + a8);
      index = index.blend(8, best.lt(v).or(v.test(VectorOperators.IS_NAN)));

      int to = dx0 + part;
      FloatVector d = FloatVector.fromArray(SPECIES, dy, dy0 + part);
      FloatVector.fromArray(SPECIES, dx, to + a0)
          .add(d.blend(0, index.eq(0).not()))
          .intoArray(dx, to + a0);
      FloatVector.fromArray(SPECIES, dx, to + a1)
          .add(d.blend(0, index.eq(1).not()))
          .intoArray(dx, to + a1);
      FloatVector.fromArray(SPECIES, dx, to + a2)
          .add(d.blend(0, index.eq(2).not()))
          .intoArray(dx, to + a2);
      FloatVector.fromArray(SPECIES, dx, to + a3)
          .add(d.blend(0, index.eq(3).not()))
          .intoArray(dx, to + a3);
      FloatVector.fromArray(SPECIES, dx, to + a4)
          .add(d.blend(0, index.eq(4).not()))
          .intoArray(dx, to + a4);
      FloatVector.fromArray(SPECIES, dx, to + a5)
          .add(d.blend(0, index.eq(5).not()))
          .intoArray(dx, to + a5);
      FloatVector.fromArray(SPECIES, dx, to + a6)
          .add(d.blend(0, index.eq(6).not()))
          .intoArray(dx, to + a6);
      FloatVector.fromArray(SPECIES, dx, to + a7)
          .add(d.blend(0, index.eq(7).not()))
          .intoArray(dx, to + a7);
      FloatVector.fromArray(SPECIES, dx, to + a8)
          .add(d.blend(0, index.eq(8).not()))
          .intoArray(dx, to + a8);
    }
  }

  @Override
  public void average(PoolTable t, float[] x, int x0, float[] y, int y0) {
    ready(Routines.MEANS);
    means(t, x, x0, y, y0);
  }

  /** Sums begin with 0, which turns −0 to 0, as the scalar twin's do. */
  private static void means(PoolTable t, float[] x, int x0, float[] y, int y0) {
    int[] start = t.start();
    int[] member = t.member();
    float[] scale = t.scale();
    for (int p = 0; p + 1 < start.length; p++) {
      int m = start[p];
      if (start[p + 1] - m == 4) {
        for (int part = 0; part < LANES; part += PART) {
          int at = x0 + part;
          FloatVector.fromArray(SPECIES, x, at + member[m])
              .add(0)
              .add(FloatVector.fromArray(SPECIES, x, at + member[m + 1]))
              .add(FloatVector.fromArray(SPECIES, x, at + member[m + 2]))
              .add(FloatVector.fromArray(SPECIES, x, at + member[m + 3]))
              .mul(scale[p])
              .intoArray(y, y0 + p * LANES + part);
        }
      } else {
        meanOfAny(start[p + 1] - m, member, m, scale[p], x, x0, y, y0 + p * LANES);
      }
    }
  }

  /** A window of any size; the sum so far is kept in y, since a live vector would be boxed. */
  private static void meanOfAny(
      int n, int[] member, int m, float scale, float[] x, int x0, float[] y, int y0) {
    Arrays.fill(y, y0, y0 + LANES, 0);
    for (int i = 0; i < n; i++) {
      for (int part = 0; part < LANES; part += PART) {
        FloatVector.fromArray(SPECIES, y, y0 + part)
            .add(FloatVector.fromArray(SPECIES, x, x0 + member[m + i] + part))
            .intoArray(y, y0 + part);
      }
    }
    for (int part = 0; part < LANES; part += PART) {
      FloatVector.fromArray(SPECIES, y, y0 + part).mul(scale).intoArray(y, y0 + part);
    }
  }

  @Override
  public void averageGradient(PoolTable t, float[] dy, int dy0, float[] dx, int dx0) {
    Arrays.fill(dx, dx0, dx0 + t.inSize(), 0);
    ready(Routines.SHARES);
    shares(t, dy, dy0, dx, dx0);
  }

  private static void shares(PoolTable t, float[] dy, int dy0, float[] dx, int dx0) {
    int[] start = t.start();
    int[] member = t.member();
    for (int p = 0; p + 1 < start.length; p++) {
      float scale = t.scale()[p];
      for (int m = start[p]; m < start[p + 1]; m++) {
        for (int part = 0; part < LANES; part += PART) {
          int at = dx0 + member[m] + part;
          FloatVector.fromArray(SPECIES, dy, dy0 + p * LANES + part)
              .lanewise(
                  VectorOperators.FMA,
                  FloatVector.broadcast(SPECIES, scale),
                  FloatVector.fromArray(SPECIES, dx, at))
              .intoArray(dx, at);
        }
      }
    }
  }

  @Override
  public List<Rehearsal> usual() {
    return List.of(Routines.MAXIMA, Routines.GRADIENT);
  }

  /** The routines' rehearsals. Those that C2 may inline are called four times at once. */
  private static final class Routines {
    private static final float[] ANY = new float[LANES * LANES];
    private static final int[] NINE = new int[9];
    private static final PoolTable NONE = windows(0);
    private static final PoolTable TWO = windows(2);

    static final Rehearsal MAXIMA =
        new Rehearsal(
            () -> {
              maxima(NONE, ANY, 0, ANY, 0);
              maxima(NONE, ANY, 0, ANY, 0);
              maxima(NONE, ANY, 0, ANY, 0);
              maxima(NONE, ANY, 0, ANY, 0);
            },
            () -> maxima(TWO, ANY, 0, ANY, 0));

    static final Rehearsal MAXIMA_OF_NINE =
        new Rehearsal(
            () -> maxOfUpToNine(NINE, 0, -1, ANY, 0, ANY, 0),
            () -> maxOfUpToNine(NINE, 0, 8, ANY, 0, ANY, 0));

    static final AtomicBoolean NINE_BEGUN = new AtomicBoolean();

    static final Rehearsal GRADIENT =
        new Rehearsal(
            () -> {
              maximaGradient(NONE, ANY, 0, ANY, 0, ANY, 0);
              maximaGradient(NONE, ANY, 0, ANY, 0, ANY, 0);
              maximaGradient(NONE, ANY, 0, ANY, 0, ANY, 0);
              maximaGradient(NONE, ANY, 0, ANY, 0, ANY, 0);
            },
            () -> maximaGradient(TWO, ANY, 0, ANY, 0, ANY, 0));

    static final Rehearsal GRADIENT_OF_NINE =
        new Rehearsal(
            () -> ofUpToNine(NINE, 0, 0, ANY, 0, ANY, 0, ANY, 0),
            () -> ofUpToNine(NINE, 0, 9, ANY, 0, ANY, 0, ANY, 0));

    static final Rehearsal MEANS =
        new Rehearsal(
            () -> {
              means(NONE, ANY, 0, ANY, 0);
              means(NONE, ANY, 0, ANY, 0);
              means(NONE, ANY, 0, ANY, 0);
              means(NONE, ANY, 0, ANY, 0);
            },
            () -> means(TWO, ANY, 0, ANY, 0));

    static final Rehearsal SHARES =
        new Rehearsal(
            () -> {
              shares(NONE, ANY, 0, ANY, 0);
              shares(NONE, ANY, 0, ANY, 0);
              shares(NONE, ANY, 0, ANY, 0);
              shares(NONE, ANY, 0, ANY, 0);
            },
            () -> shares(TWO, ANY, 0, ANY, 0));

    private static PoolTable windows(int n) {
      int[] start = new int[n + 1];
      Arrays.setAll(start, i -> 4 * i);
      return new PoolTable(start, new int[4 * n], new float[n], 0, 0, true);
    }
  }
}
