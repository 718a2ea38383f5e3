package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.Kernels;
import java.lang.classfile.CodeBuilder;
import java.util.List;
import jdk.incubator.vector.VectorSpecies;

/** Vectors of 16 lanes, added up in order. */
interface SumTile {
  /** {@code acc[lane] += Σ_i x[at + i·stride + lane]}, i below n. */
  void run(int n, float[] x, int at, int stride, float[] acc);

  /** The tile of a vector width, generated like {@link Tiles}. */
  static SumTile of(VectorSpecies<Float> species) {
    return (SumTile)
        Tiles.make(
            SumTile.class,
            List.of(species),
            "Sum",
            code -> new Body(code, species.length()).write());
  }

  /** Writes the method. */
  final class Body {
    /** Vectors to a round: a method of fewer C2 puts into its callers, where it may box vectors. */
    private static final int ROUND = 16;

    private final Assembler a;
    private final CodeBuilder code;
    private final int length;
    private final int n;
    private final int from;
    private final int sum;

    private Body(CodeBuilder code, int length) {
      this.code = code;
      this.length = length;
      a = new Assembler(code);
      n = a.parameter(0);
      from = a.ints(1)[0];
      sum = a.vectors(1)[0];
    }

    private void write() {
      int lane = a.ints(1)[0];
      int acc = a.parameter(4);
      a.loop(
          () -> code.loadConstant(Kernels.LANES / length),
          part -> {
            code.iload(part).loadConstant(length).imul().istore(lane);
            code.iload(a.parameter(2)).iload(lane).iadd().istore(from);
            a.load(acc, () -> code.iload(lane));
            code.astore(sum);
            a.loop(() -> code.iload(n).loadConstant(ROUND).idiv(), _ -> add(ROUND));
            a.loop(() -> code.iload(n).loadConstant(ROUND).irem(), _ -> add(1));
            code.aload(sum).aload(acc).iload(lane);
            a.store();
          });
      code.return_();
    }

    private void add(int vectors) {
      for (int k = 0; k < vectors; k++) {
        code.aload(sum);
        a.load(a.parameter(1), () -> code.iload(from));
        a.add();
        code.astore(sum).iload(from).iload(a.parameter(3)).iadd().istore(from);
      }
    }
  }
}
