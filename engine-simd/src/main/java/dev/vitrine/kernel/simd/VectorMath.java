package dev.vitrine.kernel.simd;

import static dev.vitrine.kernel.MathConstants.*;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.vitrine.kernel.FloatMath;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatMath} over arrays, to the same bits (a NaN's payload excepted): each loop does the
 * operations of its namesake, in the same order, under the same names; read the derivations and
 * error bounds there.
 *
 * <p>The bodies are flat, and what they share is written out, for a reason: C2 stops inlining a
 * method's own helpers once it has parsed 18,000 nodes (some fifty vector operations), and never
 * inlines one that it compiled by itself to more than 2,500 bytes. Either way vectors are boxed,
 * and tanh on a {@code FloatVector} took 4 ns an element instead of 0.6. Calls to the Vector API
 * itself are inlined by force and subject to neither limit.
 *
 * <p>One source serves every width: the species is a constant of the class, and a hidden copy of
 * the class can be given another.
 *
 * <p>In every method {@code i} runs from 0 to {@code count − 1}; {@code xs} and {@code ys} may be
 * one array if {@code xo == yo}. A count that is no multiple of {@value #BLOCK} throws {@link
 * IllegalArgumentException}, offsets that leave an array {@link IndexOutOfBoundsException}.
 */
public final class VectorMath {
  /** Numbers of elements are multiples of this, the engine's block of lanes. */
  public static final int BLOCK = 16;

  private static final VectorSpecies<Float> SPECIES = Width.of(MethodHandles.lookup());

  private VectorMath() {}

  /** {@code ys[yo + i]} = eˣ of {@code xs[xo + i]}; see {@link FloatMath#exp}. */
  public static void exp(float[] xs, int xo, float[] ys, int yo, int count) {
    checkBlocks(count);
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, xs, xo + i);
      FloatVector c = x.blend(EXP_UNDERFLOW, x.lt(EXP_UNDERFLOW));
      c = c.blend(EXP_OVERFLOW, c.compare(GT, EXP_OVERFLOW));
      FloatVector shifted = c.fma(LOG2_E, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector rh = k.lanewise(FMA, -LN2_HI, c);
      FloatVector rl = k.mul(-LN2_LO);
      FloatVector r = rh.add(rl);
      FloatVector q = r.fma(EXP_7, EXP_6);
      q = q.lanewise(FMA, r, EXP_5);
      q = q.lanewise(FMA, r, EXP_4);
      q = q.lanewise(FMA, r, EXP_3);
      q = q.lanewise(FMA, r, EXP_2);
      IntVector n = shifted.viewAsIntegralLanes().sub(ROUNDER_BITS);
      FloatVector p = rh.add(r.mul(r).fma(q, rl)).add(1);
      IntVector half = n.lanewise(ASHR, 1);
      p = p.mul(half.add(127).lanewise(LSHL, 23).viewAsFloatingLanes());
      p = p.mul(n.sub(half).add(127).lanewise(LSHL, 23).viewAsFloatingLanes());
      p.intoArray(ys, yo + i);
    }
  }

  /** {@code ys[yo + i]} = eˣ − 1 of {@code xs[xo + i]}; see {@link FloatMath#expm1}. */
  public static void expm1(float[] xs, int xo, float[] ys, int yo, int count) {
    checkBlocks(count);
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, xs, xo + i);
      FloatVector c = x.blend(EXPM1_FLOOR, x.lt(EXPM1_FLOOR));
      c = c.blend(EXP_OVERFLOW, c.compare(GT, EXP_OVERFLOW));
      FloatVector shifted = c.fma(LOG2_E, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector rh = k.lanewise(FMA, -LN2_HI, c);
      FloatVector rl = k.mul(-LN2_LO);
      FloatVector r = rh.add(rl);
      FloatVector q = r.fma(EXP_7, EXP_6);
      q = q.lanewise(FMA, r, EXP_5);
      q = q.lanewise(FMA, r, EXP_4);
      q = q.lanewise(FMA, r, EXP_3);
      q = q.lanewise(FMA, r, EXP_2);
      VectorMask<Float> top = k.compare(GT, 127);
      IntVector n = shifted.viewAsIntegralLanes().sub(ROUNDER_BITS);
      FloatVector scale = n.min(127).add(127).lanewise(LSHL, 23).viewAsFloatingLanes();
      FloatVector a = scale.sub(1);
      FloatVector ad = a.sub(scale);
      FloatVector al = scale.sub(a.sub(ad)).sub(ad.add(1));
      FloatVector b = scale.mul(rh);
      FloatVector s = a.add(b);
      FloatVector e = b.sub(s.sub(a)).add(al);
      FloatVector y = s.add(scale.fma(r.mul(r).fma(q, rl), e));
      y = y.blend(y.mul(2), top);
      y.blend(x, x.eq(0)).intoArray(ys, yo + i);
    }
  }

  /** {@code ys[yo + i]} = natural logarithm of {@code xs[xo + i]}; see {@link FloatMath#log}. */
  public static void log(float[] xs, int xo, float[] ys, int yo, int count) {
    checkBlocks(count);
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, xs, xo + i);
      VectorMask<Float> subnormal = x.lt(Float.MIN_NORMAL);
      FloatVector c = x.blend(x.mul(0x1p23f), subnormal);
      IntVector bits = c.viewAsIntegralLanes();
      IntVector n = bits.sub(THREE_QUARTERS_BITS).lanewise(ASHR, 23);
      FloatVector f = bits.sub(n.lanewise(LSHL, 23)).viewAsFloatingLanes().sub(1);
      FloatVector k = (FloatVector) n.convert(I2F, 0);
      k = k.blend(k.sub(23), subnormal);
      FloatVector q = f.fma(LOG_11, LOG_10);
      q = q.lanewise(FMA, f, LOG_9);
      q = q.lanewise(FMA, f, LOG_8);
      q = q.lanewise(FMA, f, LOG_7);
      q = q.lanewise(FMA, f, LOG_6);
      q = q.lanewise(FMA, f, LOG_5);
      q = q.lanewise(FMA, f, LOG_4);
      q = q.lanewise(FMA, f, LOG_3);
      q = q.lanewise(FMA, f, LOG_2);
      FloatVector a = k.mul(LN2_HI);
      FloatVector s = a.add(f);
      FloatVector e = f.sub(s.sub(a));
      FloatVector y = s.add(f.mul(f).fma(q, k.mul(LN2_LO)).add(e));
      y = y.blend(Float.NEGATIVE_INFINITY, x.eq(0));
      y = y.blend(Float.NaN, x.lt(0));
      x.blend(y, x.lt(Float.POSITIVE_INFINITY)).intoArray(ys, yo + i);
    }
  }

  /** {@code ys[yo + i]} = hyperbolic tangent of {@code xs[xo + i]}; see {@link FloatMath#tanh}. */
  public static void tanh(float[] xs, int xo, float[] ys, int yo, int count) {
    checkBlocks(count);
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, xs, xo + i);
      FloatVector c = x.abs().mul(-2);
      c = c.blend(EXPM1_FLOOR, c.lt(EXPM1_FLOOR));
      FloatVector shifted = c.fma(LOG2_E, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector rh = k.lanewise(FMA, -LN2_HI, c);
      FloatVector rl = k.mul(-LN2_LO);
      FloatVector r = rh.add(rl);
      FloatVector q = r.fma(EXP_7, EXP_6);
      q = q.lanewise(FMA, r, EXP_5);
      q = q.lanewise(FMA, r, EXP_4);
      q = q.lanewise(FMA, r, EXP_3);
      q = q.lanewise(FMA, r, EXP_2);
      IntVector n = shifted.viewAsIntegralLanes().sub(ROUNDER_BITS);
      FloatVector scale = n.add(127).lanewise(LSHL, 23).viewAsFloatingLanes();
      FloatVector a = scale.sub(1);
      FloatVector b = scale.mul(rh);
      FloatVector s = a.add(b);
      FloatVector e = b.sub(s.sub(a)).add(scale.sub(a.add(1)));
      FloatVector tail = scale.fma(r.mul(r).fma(q, rl), e);
      FloatVector m = s.add(tail);
      FloatVector ml = tail.sub(m.sub(s));
      FloatVector d = m.add(2);
      FloatVector dl = m.sub(d.sub(2)).add(ml);
      FloatVector inverse = x.broadcast(1).div(d);
      FloatVector y = m.mul(inverse);
      FloatVector minus = y.neg();
      FloatVector rest = minus.fma(d, m).add(minus.fma(dl, ml));
      y = rest.fma(inverse, y);
      IntVector sign = x.viewAsIntegralLanes().and(0x80000000);
      IntVector magnitude = y.viewAsIntegralLanes().and(0x7FFFFFFF);
      magnitude.or(sign).viewAsFloatingLanes().intoArray(ys, yo + i);
    }
  }

  /** {@code ys[yo + i]} = 1/(1 + e⁻ˣ) of {@code xs[xo + i]}; see {@link FloatMath#sigmoid}. */
  public static void sigmoid(float[] xs, int xo, float[] ys, int yo, int count) {
    checkBlocks(count);
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, xs, xo + i);
      FloatVector c = x.abs().neg();
      c = c.blend(EXP_UNDERFLOW, c.lt(EXP_UNDERFLOW));
      FloatVector shifted = c.fma(LOG2_E, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector rh = k.lanewise(FMA, -LN2_HI, c);
      FloatVector rl = k.mul(-LN2_LO);
      FloatVector r = rh.add(rl);
      FloatVector q = r.fma(EXP_7, EXP_6);
      q = q.lanewise(FMA, r, EXP_5);
      q = q.lanewise(FMA, r, EXP_4);
      q = q.lanewise(FMA, r, EXP_3);
      q = q.lanewise(FMA, r, EXP_2);
      IntVector n = shifted.viewAsIntegralLanes().sub(ROUNDER_BITS);
      FloatVector t = rh.add(r.mul(r).fma(q, rl));
      FloatVector p = t.add(1);
      FloatVector pl = t.sub(p.sub(1));
      FloatVector scale = n.add(127 + 64).lanewise(LSHL, 23).viewAsFloatingLanes();
      FloatVector z = p.mul(scale).mul(0x1p-64f);
      FloatVector zl = pl.mul(scale).mul(0x1p-64f);
      FloatVector d = z.add(1);
      FloatVector dl = z.sub(d.sub(1)).add(zl);
      VectorMask<Float> negative = x.lt(0);
      FloatVector u = x.broadcast(1).blend(z, negative);
      FloatVector ul = x.broadcast(0).blend(zl, negative);
      FloatVector inverse = x.broadcast(1).div(d);
      FloatVector y = u.mul(inverse);
      FloatVector minus = y.neg();
      FloatVector rest = minus.fma(d, u).add(minus.fma(dl, ul));
      y = rest.fma(inverse, y);
      y.intoArray(ys, yo + i);
    }
  }

  /** {@code ys[yo + i]} = log(1 + eˣ) of {@code xs[xo + i]}; see {@link FloatMath#softplus}. */
  public static void softplus(float[] xs, int xo, float[] ys, int yo, int count) {
    checkBlocks(count);
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, xs, xo + i);
      FloatVector c = x.abs().neg();
      c = c.blend(EXP_UNDERFLOW, c.lt(EXP_UNDERFLOW));
      FloatVector shifted = c.fma(LOG2_E, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector rh = k.lanewise(FMA, -LN2_HI, c);
      FloatVector rl = k.mul(-LN2_LO);
      FloatVector r = rh.add(rl);
      FloatVector q = r.fma(EXP_7, EXP_6);
      q = q.lanewise(FMA, r, EXP_5);
      q = q.lanewise(FMA, r, EXP_4);
      q = q.lanewise(FMA, r, EXP_3);
      q = q.lanewise(FMA, r, EXP_2);
      IntVector n = shifted.viewAsIntegralLanes().sub(ROUNDER_BITS);
      FloatVector t = rh.add(r.mul(r).fma(q, rl));
      FloatVector p = t.add(1);
      FloatVector pl = t.sub(p.sub(1));
      FloatVector scale = n.add(127 + 64).lanewise(LSHL, 23).viewAsFloatingLanes();
      FloatVector z = p.mul(scale).mul(0x1p-64f);
      FloatVector zl = pl.mul(scale).mul(0x1p-64f);
      VectorMask<Float> upper = z.compare(GE, 0.5f);
      FloatVector f = z.blend(z.sub(1).mul(0.5f), upper);
      FloatVector fl = zl.blend(zl.mul(0.5f), upper);
      FloatVector g = f.fma(LOG_11, LOG_10);
      g = g.lanewise(FMA, f, LOG_9);
      g = g.lanewise(FMA, f, LOG_8);
      g = g.lanewise(FMA, f, LOG_7);
      g = g.lanewise(FMA, f, LOG_6);
      g = g.lanewise(FMA, f, LOG_5);
      g = g.lanewise(FMA, f, LOG_4);
      g = g.lanewise(FMA, f, LOG_3);
      g = g.lanewise(FMA, f, LOG_2);
      FloatVector zero = x.broadcast(0);
      FloatVector a = zero.blend(x, x.compare(GT, 0));
      FloatVector b = zero.blend(LN2_HI, upper);
      FloatVector s = a.add(b);
      FloatVector w = s.add(f);
      FloatVector e = a.sub(s.sub(b)).add(f.sub(w.sub(s)));
      FloatVector tail = f.mul(f).fma(g, zero.blend(LN2_LO, upper));
      FloatVector y = w.add(tail.add(e.add(fl.neg().fma(f, fl))));
      y.blend(x, x.compare(GT, SOFTPLUS_LINEAR)).intoArray(ys, yo + i);
    }
  }

  private static void checkBlocks(int count) {
    if (count < 0 || count % BLOCK != 0) {
      throw new IllegalArgumentException(
          "VectorMath expects a multiple of %d elements, but got %d; pad the array"
              .formatted(BLOCK, count));
    }
  }
}
