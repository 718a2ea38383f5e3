package dev.vitrine.kernel.simd;

import static dev.vitrine.kernel.MathConstants.*;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LSHL;

import dev.vitrine.kernel.FloatActivations;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatActivations} over arrays, to the same bits (a NaN's payload excepted), written out
 * flat for the reasons that {@link VectorMath} gives.
 *
 * <p>In every method {@code i} runs from 0 to {@code count − 1}, a multiple of {@value
 * VectorMath#BLOCK}; an array that is written may be one that is read, at the same offset.
 */
final class VectorActivations {
  private static final VectorSpecies<Float> SPECIES = Width.of(MethodHandles.lookup());

  private VectorActivations() {}

  /** {@code ys[yo + i]} = x/(1 + e⁻ˣ) of {@code xs[xo + i]}; see {@link FloatActivations#silu}. */
  static void silu(float[] xs, int xo, float[] ys, int yo, int count) {
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, xs, xo + i);
      FloatVector c = x.abs().neg();
      c = c.blend(SILU_FLOOR, c.lt(SILU_FLOOR));
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
      FloatVector w = p.mul(scale);
      FloatVector wl = pl.mul(scale);
      FloatVector z = w.mul(0x1p-64f);
      FloatVector zl = wl.mul(0x1p-64f);
      FloatVector d = z.add(1);
      FloatVector dl = z.sub(d.sub(1)).add(zl);
      VectorMask<Float> negative = x.lt(0);
      FloatVector one = x.broadcast(1);
      FloatVector u = one.blend(w, negative);
      FloatVector ul = x.broadcast(0).blend(wl, negative);
      FloatVector inverse = one.div(d);
      FloatVector y = u.mul(inverse);
      FloatVector minus = y.neg();
      FloatVector rest = minus.fma(d, u).add(minus.fma(dl, ul));
      y = rest.fma(inverse, y);
      FloatVector v = x.blend(c, negative);
      v.mul(y).mul(one.blend(0x1p-64f, negative)).intoArray(ys, yo + i);
    }
  }

  /**
   * {@code dxs[dxo + i]} = the derivative at {@code xs[xo + i]} times {@code dys[dyo + i]}; see
   * {@link FloatActivations#siluDerivative}. σ(x) and σ(−x) are the quotients 1/d and z/d, one way
   * or the other.
   */
  static void siluGradient(
      float[] xs, int xo, float[] dys, int dyo, float[] dxs, int dxo, int count) {
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
      FloatVector one = x.broadcast(1);
      FloatVector inverse = one.div(d);
      FloatVector large = inverse.neg();
      large = large.fma(d, one).add(large.fma(dl, x.broadcast(0))).fma(inverse, inverse);
      FloatVector y = z.mul(inverse);
      FloatVector small = y.neg();
      small = small.fma(d, z).add(small.fma(dl, zl)).fma(inverse, y);
      VectorMask<Float> negative = x.lt(0);
      FloatVector at = large.blend(small, negative);
      FloatVector opposite = large.blend(small, x.compare(GT, 0));
      FloatVector w = c.neg().blend(c, negative);
      w.fma(opposite, one)
          .mul(at)
          .mul(FloatVector.fromArray(SPECIES, dys, dyo + i))
          .intoArray(dxs, dxo + i);
    }
  }

  /** {@code ys[yo + i]} = x·Φ(x) of {@code xs[xo + i]}; see {@link FloatActivations#gelu}. */
  static void gelu(float[] xs, int xo, float[] ys, int yo, int count) {
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, xs, xo + i);
      FloatVector a = x.abs();
      a = a.blend(NORMAL_TAIL, a.compare(GT, NORMAL_TAIL));
      FloatVector inverse = x.broadcast(1).div(a.add(MILLS_CENTRE));
      FloatVector s = a.sub(MILLS_CENTRE).mul(inverse);
      FloatVector g = s.fma(MILLS_10, MILLS_9);
      g = g.lanewise(FMA, s, MILLS_8);
      g = g.lanewise(FMA, s, MILLS_7);
      g = g.lanewise(FMA, s, MILLS_6);
      g = g.lanewise(FMA, s, MILLS_5);
      g = g.lanewise(FMA, s, MILLS_4);
      g = g.lanewise(FMA, s, MILLS_3);
      g = g.lanewise(FMA, s, MILLS_2);
      g = g.lanewise(FMA, s, MILLS_1);
      g = g.lanewise(FMA, s, MILLS_0);
      FloatVector u = a.mul(g.mul(inverse));
      FloatVector h = a.mul(a);
      FloatVector hl = a.fma(a, h.neg());
      FloatVector c = h.mul(-0.5f);
      FloatVector shifted = c.fma(LOG2_E, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector rh = k.lanewise(FMA, -LN2_HI, c);
      FloatVector rl = hl.lanewise(FMA, -0.5f, k.mul(-LN2_LO));
      FloatVector r = rh.add(rl);
      FloatVector q = r.fma(EXP_7, EXP_6);
      q = q.lanewise(FMA, r, EXP_5);
      q = q.lanewise(FMA, r, EXP_4);
      q = q.lanewise(FMA, r, EXP_3);
      q = q.lanewise(FMA, r, EXP_2);
      IntVector n = shifted.viewAsIntegralLanes().sub(ROUNDER_BITS);
      FloatVector z = rh.add(r.mul(r).fma(q, rl)).add(1);
      IntVector half = n.lanewise(ASHR, 1);
      z = z.mul(half.add(127).lanewise(LSHL, 23).viewAsFloatingLanes());
      z = z.mul(n.sub(half).add(127).lanewise(LSHL, 23).viewAsFloatingLanes());
      u.neg().fma(z, x).blend(u.mul(z).neg(), x.lt(0)).intoArray(ys, yo + i);
    }
  }

  /**
   * {@code dxs[dxo + i]} = the derivative at {@code xs[xo + i]} times {@code dys[dyo + i]}; see
   * {@link FloatActivations#geluDerivative}.
   */
  static void geluGradient(
      float[] xs, int xo, float[] dys, int dyo, float[] dxs, int dxo, int count) {
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, xs, xo + i);
      FloatVector a = x.abs();
      a = a.blend(NORMAL_TAIL, a.compare(GT, NORMAL_TAIL));
      FloatVector inverse = x.broadcast(1).div(a.add(MILLS_CENTRE));
      FloatVector s = a.sub(MILLS_CENTRE).mul(inverse);
      FloatVector g = s.fma(MILLS_10, MILLS_9);
      g = g.lanewise(FMA, s, MILLS_8);
      g = g.lanewise(FMA, s, MILLS_7);
      g = g.lanewise(FMA, s, MILLS_6);
      g = g.lanewise(FMA, s, MILLS_5);
      g = g.lanewise(FMA, s, MILLS_4);
      g = g.lanewise(FMA, s, MILLS_3);
      g = g.lanewise(FMA, s, MILLS_2);
      g = g.lanewise(FMA, s, MILLS_1);
      g = g.lanewise(FMA, s, MILLS_0);
      FloatVector slope = a.neg().lanewise(FMA, INV_SQRT_2PI, g.mul(inverse));
      FloatVector h = a.mul(a);
      FloatVector hl = a.fma(a, h.neg());
      FloatVector c = h.mul(-0.5f);
      FloatVector shifted = c.fma(LOG2_E, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector rh = k.lanewise(FMA, -LN2_HI, c);
      FloatVector rl = hl.lanewise(FMA, -0.5f, k.mul(-LN2_LO));
      FloatVector r = rh.add(rl);
      FloatVector q = r.fma(EXP_7, EXP_6);
      q = q.lanewise(FMA, r, EXP_5);
      q = q.lanewise(FMA, r, EXP_4);
      q = q.lanewise(FMA, r, EXP_3);
      q = q.lanewise(FMA, r, EXP_2);
      IntVector n = shifted.viewAsIntegralLanes().sub(ROUNDER_BITS);
      FloatVector z = rh.add(r.mul(r).fma(q, rl)).add(1);
      IntVector half = n.lanewise(ASHR, 1);
      z = z.mul(half.add(127).lanewise(LSHL, 23).viewAsFloatingLanes());
      z = z.mul(n.sub(half).add(127).lanewise(LSHL, 23).viewAsFloatingLanes());
      FloatVector v = slope.mul(z);
      x.broadcast(1)
          .sub(v)
          .blend(v, x.lt(0))
          .mul(FloatVector.fromArray(SPECIES, dys, dyo + i))
          .intoArray(dxs, dxo + i);
    }
  }

  /**
   * {@code ys[yo + i]} = GELU with a tanh of {@code xs[xo + i]}; see {@link
   * FloatActivations#geluTanh}.
   */
  static void geluTanh(float[] xs, int xo, float[] ys, int yo, int count) {
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, xs, xo + i);
      FloatVector a = x.abs();
      a = a.blend(GELU_TANH_TAIL, a.compare(GT, GELU_TANH_TAIL));
      FloatVector h = a.mul(a);
      FloatVector hl = a.fma(a, h.neg());
      FloatVector b = h.mul(GELU_CUBIC);
      FloatVector bl = hl.lanewise(FMA, GELU_CUBIC, h.mul(GELU_CUBIC_LO));
      bl = h.lanewise(FMA, GELU_CUBIC, b.neg()).add(bl);
      FloatVector m = b.add(GELU_LINEAR);
      FloatVector e = m.sub(b);
      FloatVector ml = e.neg().add(GELU_LINEAR);
      ml = b.sub(m.sub(e)).add(ml).add(bl.add(GELU_LINEAR_LO));
      FloatVector c = a.mul(m).neg();
      FloatVector cl = a.fma(ml, a.fma(m, c)).neg();
      FloatVector shifted = c.fma(LOG2_E, ROUNDER);
      FloatVector k = shifted.sub(ROUNDER);
      FloatVector rh = k.lanewise(FMA, -LN2_HI, c);
      FloatVector rl = k.lanewise(FMA, -LN2_LO, cl);
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
      FloatVector w = p.mul(scale);
      FloatVector wl = pl.mul(scale);
      FloatVector z = w.mul(0x1p-64f);
      FloatVector zl = wl.mul(0x1p-64f);
      FloatVector d = z.add(1);
      FloatVector dl = z.sub(d.sub(1)).add(zl);
      VectorMask<Float> negative = x.lt(0);
      FloatVector one = x.broadcast(1);
      FloatVector u = one.blend(w, negative);
      FloatVector ul = x.broadcast(0).blend(wl, negative);
      FloatVector inverse = one.div(d);
      FloatVector y = u.mul(inverse);
      FloatVector minus = y.neg();
      FloatVector rest = minus.fma(d, u).add(minus.fma(dl, ul));
      y = rest.fma(inverse, y);
      FloatVector v = x.blend(a.neg(), negative);
      v.mul(y).mul(one.blend(0x1p-64f, negative)).intoArray(ys, yo + i);
    }
  }

  /**
   * {@code dxs[dxo + i]} = the derivative at {@code xs[xo + i]} times {@code dys[dyo + i]}; see
   * {@link FloatActivations#geluTanhDerivative}, and {@link #siluGradient} for the two quotients.
   */
  static void geluTanhGradient(
      float[] xs, int xo, float[] dys, int dyo, float[] dxs, int dxo, int count) {
    for (int i = 0; i < count; i += SPECIES.length()) {
      FloatVector x = FloatVector.fromArray(SPECIES, xs, xo + i);
      FloatVector a = x.abs();
      a = a.blend(GELU_TANH_TAIL, a.compare(GT, GELU_TANH_TAIL));
      FloatVector b = a.mul(a).mul(GELU_CUBIC);
      FloatVector w = a.mul(b.fma(3, GELU_LINEAR));
      FloatVector c = a.mul(b.add(GELU_LINEAR)).neg();
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
      FloatVector one = x.broadcast(1);
      FloatVector inverse = one.div(d);
      FloatVector large = inverse.neg();
      large = large.fma(d, one).add(large.fma(dl, x.broadcast(0))).fma(inverse, inverse);
      FloatVector y = z.mul(inverse);
      FloatVector small = y.neg();
      small = small.fma(d, z).add(small.fma(dl, zl)).fma(inverse, y);
      VectorMask<Float> negative = x.lt(0);
      FloatVector at = large.blend(small, negative);
      FloatVector opposite = large.blend(small, x.compare(GT, 0));
      w.blend(w.neg(), negative)
          .fma(opposite, one)
          .mul(at)
          .mul(FloatVector.fromArray(SPECIES, dys, dyo + i))
          .intoArray(dxs, dxo + i);
    }
  }
}
