package dev.vitrine.kernel.simd;

import static java.lang.constant.ConstantDescs.CD_int;

import dev.vitrine.kernel.FilterProducts;
import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.LinearMap;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import jdk.incubator.vector.VectorSpecies;

/**
 * The products of one column of the filters' transforms with a few tiles, the sums of some of its
 * numbers in registers at a time: channel by channel the filters' taps become the column's numbers,
 * and these are multiplied at once.
 */
interface FilterTile {
  /** Taps of a filter's row, and of its column. */
  int TAPS = 3;

  /** The sums of a column. */
  void run(FilterSums sums);

  /** Numbers of a column of the transforms. */
  static int size(FilterProducts p) {
    return p.weight().outputs();
  }

  /**
   * Generates the tile.
   *
   * @param weight G
   * @param tiles how many tiles
   * @param taps of a row that the column is made of: one, as it is, or all
   * @param together numbers of the column whose sums registers hold at once
   */
  static FilterTile of(
      VectorSpecies<Float> species, LinearMap weight, int tiles, int taps, int together) {
    return (FilterTile)
        Tiles.make(
            FilterTile.class,
            List.of(species),
            "Filters%sx%s".formatted(tiles, taps),
            code -> new Body(code, weight, tiles, taps, together).write());
  }

  /** Writes the method. */
  final class Body {
    private static final int LANES = Kernels.LANES;

    private final Assembler a;
    private final CodeBuilder code;
    private final LinearMap weight;
    private final int tiles;
    private final int taps;

    /** Numbers of the column whose sums registers hold at once. */
    private final int together;

    private final Fields sums;

    private Body(CodeBuilder code, LinearMap weight, int tiles, int taps, int together) {
      this.code = code;
      this.weight = weight;
      this.tiles = tiles;
      this.taps = taps;
      this.together = together;
      a = new Assembler(code);
      sums = Fields.of(FilterSums.class, code);
    }

    private void write() {
      int n = sums.keep("n", CD_int);
      a.returnIfIdle(n);
      for (int first = 0; first < weight.outputs(); first += together) {
        sums(n, first, Math.min(together, weight.outputs() - first));
      }
      code.return_();
    }

    /** The sums of some numbers of the column, from the first on. */
    private void sums(int n, int first, int size) {
      int[] row = a.ints(size);
      int[][] sum = new int[size][];
      for (int i = 0; i < size; i++) {
        sums.get("xAt", CD_int);
        sums.get("xRow", CD_int);
        code.loadConstant(first + i).imul().iadd().istore(row[i]);
        sum[i] = a.vectors(tiles);
        for (int tile = 0; tile < tiles; tile++) {
          a.constant(0);
          code.astore(sum[i][tile]);
        }
      }
      int[] factor = a.vectors(taps == 1 ? 0 : taps);
      for (int s = 0; s < factor.length; s++) {
        int tap = s;
        a.broadcast(sums.keep("factor", Assembler.FLOATS), () -> code.loadConstant(tap));
        code.astore(factor[s]);
      }
      int w = sums.keep("w", Assembler.FLOATS);
      int wAt = sums.keep("wAt", CD_int);
      int x = sums.keep("x", Assembler.FLOATS);
      int xTerm = sums.keep("xTerm", Assembler.INTS);
      int term = a.ints(1)[0];
      int[] column = a.vectors(TAPS);
      int number = a.vectors(1)[0];
      int one = a.vectors(1)[0];
      a.loop(
          () -> code.iload(n),
          c -> {
            code.aload(xTerm).iload(c).iaload().istore(term);
            for (int r = 0; r < TAPS; r++) {
              along(w, wAt, c, r, factor, column[r]);
            }
            for (int i = 0; i < size; i++) {
              a.combine(weight.stages().getFirst().get(first + i), column);
              code.astore(number);
              for (int tile = 0; tile < tiles; tile++) {
                int from = row[i];
                int offset = tile * LANES;
                a.broadcast(
                    x, () -> code.iload(from).iload(term).iadd().loadConstant(offset).iadd());
                code.astore(one);
                a.fma(one, number, sum[i][tile]);
              }
            }
          });
      for (int i = 0; i < size; i++) {
        for (int tile = 0; tile < tiles; tile++) {
          code.aload(sum[i][tile]);
          sums.get("y", Assembler.FLOATS);
          sums.get("yAt", CD_int);
          sums.get("yRow", CD_int);
          code.loadConstant(first + i).imul().iadd().loadConstant(tile * LANES).iadd();
          a.store();
        }
      }
    }

    /** {@code to = w[c][r][first tap] · factor[0] + …}: the taps of row r along the row. */
    private void along(int w, int wAt, int c, int r, int[] factor, int to) {
      for (int s = 0; s < taps; s++) {
        int at = (r * TAPS + s) * LANES;
        a.load(
            w,
            () -> {
              code.iload(c).loadConstant(TAPS * TAPS * LANES).imul().iload(wAt).iadd();
              code.loadConstant(at).iadd();
            });
        if (taps > 1) {
          code.aload(factor[s]);
          if (s == 0) {
            product("mul", Assembler.VECTOR);
          } else {
            code.aload(to);
            product("fma", Assembler.VECTOR, Assembler.VECTOR);
          }
        }
        code.astore(to);
      }
    }

    private void product(String operation, ClassDesc... operands) {
      code.invokevirtual(
          Assembler.FLOAT_VECTOR, operation, MethodTypeDesc.of(Assembler.FLOAT_VECTOR, operands));
    }
  }
}
