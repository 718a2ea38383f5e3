package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Lanes;
import java.lang.classfile.CodeBuilder;
import jdk.incubator.vector.VectorSpecies;

/** Sums across lanes, as many at once as a vector has numbers. */
interface LaneSumTile {
  /**
   * For i below n · the vector's length: {@code y[yAt + i] = Lanes.sum(x, xAt + 16·i)}. It may be
   * in place, forward: y = x, yAt ≤ xAt.
   */
  void run(int n, float[] x, int xAt, float[] y, int yAt);

  /** The tile of a vector width, generated like {@link Tiles}. */
  static LaneSumTile of(VectorSpecies<Float> species) {
    return (LaneSumTile)
        Tiles.make(
            LaneSumTile.class,
            Exchange.data(species),
            "LaneSum",
            code -> new Body(new Assembler(code), species.length()).write());
  }

  /** Writes the method. */
  final class Body {
    private final Assembler a;
    private final CodeBuilder code;
    private final int length;

    private Body(Assembler a, int length) {
      this.a = a;
      this.code = a.code();
      this.length = length;
    }

    private void write() {
      int xAt = a.parameter(2);
      int yAt = a.parameter(4);
      a.loop(
          () -> code.iload(a.parameter(0)),
          _ -> {
            code.aload(sums(1, 0)).aload(a.parameter(3)).iload(yAt);
            a.store();
            code.iinc(yAt, length);
            code.iload(xAt).loadConstant(length * Kernels.LANES).iadd().istore(xAt);
          });
      code.return_();
    }

    /**
     * A vector of sums on their way, in the order of {@link Lanes#sum}, which adds the farther half
     * first: those of the vectors number j, j + stride, j + 2·stride, … take their turns in it. A
     * swap of lanes between two such vectors makes what is to be added lie lane by lane.
     */
    private int sums(int stride, int j) {
      int sum = a.vectors(1)[0];
      if (stride == length) {
        parts(length, j * Kernels.LANES);
        code.astore(sum);
        return sum;
      }
      int first = sums(2 * stride, j);
      int second = sums(2 * stride, j + stride);
      new Exchange(a).swap(first, second, stride);
      code.aload(first).aload(second);
      a.add();
      code.astore(sum);
      return sum;
    }

    /** Pushes the sum of a block's vectors from {@code at} that lie {@code step} apart. */
    private void parts(int step, int at) {
      if (step == Kernels.LANES) {
        a.load(a.parameter(1), () -> code.iload(a.parameter(2)).loadConstant(at).iadd());
        return;
      }
      parts(2 * step, at);
      parts(2 * step, at + step);
      a.add();
    }
  }
}
