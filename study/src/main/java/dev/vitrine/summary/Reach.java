package dev.vitrine.summary;

import dev.vitrine.op.AdaptiveAveragePool;
import dev.vitrine.op.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * Which pixels the elements of a value depend on, along one axis and without borders: those of
 * element i begin and end where those of element {@code i mod P} do, {@code ⌊i/P⌋ · shift} pixels
 * further on. P, the number of phases, is 1 until a transposed convolution or bins that do not
 * divide what they cover.
 *
 * @param phases the pixels of elements 0 … P − 1
 * @param shift how many pixels P elements are apart
 */
record Reach(List<Pixels> phases, long shift) {
  /** Each element depends on its own pixel. */
  static final Reach PIXEL = new Reach(List.of(new Pixels(0, 0)), 1);

  /** Pixels from the first to the last; none if that is before the first. */
  record Pixels(long first, long last) {
    static final Pixels NONE = new Pixels(0, -1);

    boolean areNone() {
      return last < first;
    }

    Pixels moved(long by) {
      return areNone() ? this : new Pixels(first + by, last + by);
    }

    Pixels and(Pixels that) {
      if (areNone() || that.areNone()) {
        return areNone() ? that : this;
      }
      return new Pixels(Math.min(first, that.first), Math.max(last, that.last));
    }
  }

  private Pixels of(long element) {
    int phase = (int) Math.floorMod(element, (long) phases.size());
    return phases.get(phase).moved(Math.floorDiv(element, (long) phases.size()) * shift);
  }

  /** From the first to the last pixel of the element that sees furthest. */
  long size() {
    return phases.stream().mapToLong(p -> p.last - p.first + 1).max().orElseThrow();
  }

  /** How far apart those of neighbours lie; on average, where that differs. */
  double jump() {
    return (double) shift / phases.size();
  }

  /** Of what depends on both; of two that move differently, the larger alone. */
  Reach union(Reach that) {
    if (shift != that.shift || phases.size() != that.phases.size()) {
      return size() >= that.size() ? this : that;
    }
    List<Pixels> both = new ArrayList<>();
    for (int i = 0; i < phases.size(); i++) {
      both.add(phases.get(i).and(that.phases.get(i)));
    }
    return new Reach(both, shift);
  }

  /**
   * The tap after one: in the middle of a long window lies nothing that its first and its last
   * {@code ends} taps do not enclose.
   */
  private static int next(int tap, int kernel, int ends) {
    return tap + 1 == ends ? Math.max(ends, kernel - ends) : tap + 1;
  }

  /** Of a window that slides: {@code y[i] ← x[i·stride − before + u·dilation]}. */
  Reach through(Span span) {
    int common = gcd(phases.size(), span.stride());
    List<Pixels> behind = new ArrayList<>();
    for (int i = 0; i < phases.size() / common; i++) {
      Pixels pixels = Pixels.NONE;
      for (int tap = 0; tap < span.kernel(); tap = next(tap, span.kernel(), phases.size())) {
        pixels = pixels.and(of(span.source(i, tap)));
      }
      behind.add(pixels);
    }
    return new Reach(behind, shift * (span.stride() / common));
  }

  /** Of a transposed one: {@code y[o·stride − before + u·dilation] ← x[o]}. */
  Reach across(Span span) {
    List<Pixels> behind = new ArrayList<>();
    int round = phases.size() * span.stride();
    for (int i = 0; i < round; i++) {
      Pixels pixels = Pixels.NONE;
      for (int tap = 0; tap < span.kernel(); tap = next(tap, span.kernel(), round)) {
        long start = (long) i + span.before() - (long) tap * span.dilation();
        if (Math.floorMod(start, span.stride()) == 0) {
          pixels = pixels.and(of(Math.floorDiv(start, (long) span.stride())));
        }
      }
      behind.add(pixels);
    }
    return new Reach(behind, shift);
  }

  /** How many elements a round of {@link #over} has. */
  long round(int in, int bins) {
    int common = gcd(in, bins);
    int stretch = in / common;
    return (long) bins / common * (phases.size() / gcd(phases.size(), stretch));
  }

  /** Of {@code bins} that cover {@code in} elements: {@link AdaptiveAveragePool}'s rule. */
  Reach over(int in, int bins) {
    long round = round(in, bins);
    List<Pixels> behind = new ArrayList<>();
    for (long i = 0; i < round; i++) {
      Pixels pixels = Pixels.NONE;
      for (long x = i * in / bins; x < Math.ceilDiv((i + 1) * in, (long) bins); x++) {
        pixels = pixels.and(of(x));
      }
      behind.add(pixels);
    }
    return new Reach(behind, round * in / bins / phases.size() * shift);
  }

  /** Of a part that begins at an element, which may be before the first. */
  Reach from(long element) {
    List<Pixels> behind = new ArrayList<>();
    for (int i = 0; i < phases.size(); i++) {
      behind.add(of(element + i));
    }
    return new Reach(behind, shift);
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
