package dev.vitrine.kernel.simd;

import static java.lang.constant.ConstantDescs.CD_float;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import jdk.incubator.vector.VectorSpecies;

/**
 * Writes the inner loops of the kernels, one class for each size of tile: accumulators as named
 * locals in one flat loop, the vector species as a constant. By hand that would be the same page of
 * code for every number of rows; an array of accumulators, or a loop over them, C2 would box.
 */
final class Tiles {
  /** Sums of products: {@code rows} rows by up to four positions. */
  interface StencilTile {
    /**
     * For row j and position k: {@code y[yAt + j·yRow + yBase[p + k]] = max(floor, b[bAt + j] + Σ_t
     * w[wAt + j·wRow + wTerm[t]] · x[xAt + xBase[p + k] + xTerm[t]])}, t below n.
     */
    void run(
        int n,
        float[] w,
        int wAt,
        int wRow,
        int[] wTerm,
        float[] x,
        int xAt,
        int[] xBase,
        int p,
        int[] xTerm,
        float[] b,
        int bAt,
        float floor,
        float[] y,
        int yAt,
        int yRow,
        int[] yBase);
  }

  /** Sums of vectors' products: {@code rows} rows by {@code taps} taps. */
  interface CorrelateTile {
    /**
     * For row j and tap k: {@code acc[accAt + j·accRow + 16·k] += Σ_p dy[dAt + j·dRow + dyAt[p]] ·
     * x[xAt + xPos[p] + tap[t + k]]}.
     */
    void run(
        float[] dy,
        int dAt,
        int dRow,
        int[] dyAt,
        float[] x,
        int xAt,
        int[] xPos,
        int[] tap,
        int t,
        float[] acc,
        int accAt,
        int accRow);
  }

  /** Terms of a stencil's tile, or the first tap of a correlation's, that make it do nothing. */
  static final int IDLE = -1;

  private static final int LANES = 16;

  private Tiles() {}

  static StencilTile stencil(VectorSpecies<Float> species, int rows, int positions) {
    return (StencilTile)
        make(
            StencilTile.class,
            species,
            "Stencil%sx%s".formatted(rows, positions),
            code -> stencilBody(code, rows, positions));
  }

  /**
   * A correlation's tile.
   *
   * @param slides whether taps lie one vector apart: where positions do too, all but one of a
   *     position's vectors are the one before's, and stay in registers
   */
  static CorrelateTile correlate(VectorSpecies<Float> species, int rows, int taps, boolean slides) {
    return (CorrelateTile)
        make(
            CorrelateTile.class,
            species,
            "Correlate%sx%s%s".formatted(rows, taps, slides ? "Sliding" : ""),
            code -> correlateBody(code, rows, taps, slides));
  }

  private static Object make(
      Class<?> type, VectorSpecies<Float> species, String name, Consumer<CodeBuilder> body) {
    return make(type, List.of(species), name, body);
  }

  /**
   * A class with one method, the body; the data, first of them the species, are its class data, and
   * so constants to C2.
   */
  static Object make(Class<?> type, List<Object> data, String name, Consumer<CodeBuilder> body) {
    ClassDesc self = ClassDesc.of(Tiles.class.getPackageName() + "." + name);
    Method run =
        Arrays.stream(type.getMethods())
            .filter(method -> Modifier.isAbstract(method.getModifiers()))
            .findFirst()
            .orElseThrow();
    MethodTypeDesc signature =
        MethodType.methodType(void.class, run.getParameterTypes())
            .describeConstable()
            .orElseThrow();
    byte[] bytes =
        ClassFile.of()
            .build(
                self,
                c ->
                    c.withInterfaceSymbols(type.describeConstable().orElseThrow())
                        .withMethodBody(
                            ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, 0, Tiles::constructor)
                        .withMethodBody("run", signature, ClassFile.ACC_PUBLIC, body));
    try {
      MethodHandles.Lookup own =
          MethodHandles.lookup().defineHiddenClassWithClassData(bytes, data, true);
      return own.findConstructor(own.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) {
      throw new LinkageError("The generated class %s must load".formatted(name), e);
    }
  }

  private static void constructor(CodeBuilder code) {
    code.aload(0)
        .invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void)
        .return_();
  }

  private static void stencilBody(CodeBuilder code, int rows, int positions) {
    Assembler a = new Assembler(code);
    int n = a.parameter(0);
    int w = a.parameter(1);
    int wTerm = a.parameter(4);
    int x = a.parameter(5);
    int p = a.parameter(8);
    int xTerm = a.parameter(9);
    int y = a.parameter(13);

    a.returnIfIdle(n);
    int[] in = a.ints(positions);
    for (int k = 0; k < positions; k++) {
      // in[k] = xAt + xBase[p + k]
      code.iload(a.parameter(6)).aload(a.parameter(7)).iload(p).loadConstant(k).iadd();
      code.iaload().iadd().istore(in[k]);
    }
    int[] row = a.ints(rows);
    int[][] sum = new int[rows][];
    for (int j = 0; j < rows; j++) {
      // row[j] = wAt + j · wRow
      code.iload(a.parameter(2)).iload(a.parameter(3)).loadConstant(j).imul().iadd();
      code.istore(row[j]);
      // sum[j][k] = b[bAt + j]
      sum[j] = a.vectors(positions);
      int bias = j;
      a.broadcast(a.parameter(10), () -> code.iload(a.parameter(11)).loadConstant(bias).iadd());
      for (int k = 0; k < positions; k++) {
        code.dup().astore(sum[j][k]);
      }
      code.pop();
    }
    int[] v = a.vectors(positions);
    int factor = a.vectors(1)[0];
    int from = a.ints(1)[0];
    int term = a.ints(1)[0];
    a.loop(
        () -> code.iload(n),
        t -> {
          code.aload(xTerm).iload(t).iaload().istore(from);
          code.aload(wTerm).iload(t).iaload().istore(term);
          for (int k = 0; k < positions; k++) {
            int at = in[k];
            a.load(x, () -> code.iload(at).iload(from).iadd());
            code.astore(v[k]);
          }
          for (int j = 0; j < rows; j++) {
            int at = row[j];
            a.broadcast(w, () -> code.iload(at).iload(term).iadd());
            code.astore(factor);
            for (int k = 0; k < positions; k++) {
              a.fma(factor, v[k], sum[j][k]);
            }
          }
        });
    for (int j = 0; j < rows; j++) {
      for (int k = 0; k < positions; k++) {
        // y[yAt + j · yRow + yBase[p + k]] = max(sum, floor)
        code.aload(sum[j][k]).fload(a.parameter(12));
        code.invokevirtual(
            Assembler.FLOAT_VECTOR, "max", MethodTypeDesc.of(Assembler.FLOAT_VECTOR, CD_float));
        code.aload(y).iload(a.parameter(14)).iload(a.parameter(15)).loadConstant(j).imul().iadd();
        code.aload(a.parameter(16)).iload(p).loadConstant(k).iadd().iaload().iadd();
        a.store();
      }
    }
    code.return_();
  }

  private static void correlateBody(CodeBuilder code, int rows, int taps, boolean slides) {
    Assembler a = new Assembler(code);
    int dy = a.parameter(0);
    int dyAt = a.parameter(3);
    int x = a.parameter(4);
    int xPos = a.parameter(6);
    int acc = a.parameter(9);

    a.returnIfIdle(a.parameter(8));
    int[] row = a.ints(rows);
    int[] place = a.ints(rows);
    for (int j = 0; j < rows; j++) {
      code.iload(a.parameter(1)).iload(a.parameter(2)).loadConstant(j).imul().iadd();
      code.istore(row[j]);
      code.iload(a.parameter(10)).iload(a.parameter(11)).loadConstant(j).imul().iadd();
      code.istore(place[j]);
    }
    int[] in = a.ints(taps);
    for (int k = 0; k < taps; k++) {
      // in[k] = xAt + tap[t + k]
      code.iload(a.parameter(5)).aload(a.parameter(7)).iload(a.parameter(8)).loadConstant(k);
      code.iadd().iaload().iadd().istore(in[k]);
    }
    int[][] sum = new int[rows][];
    for (int j = 0; j < rows; j++) {
      sum[j] = a.vectors(taps);
      int at = place[j];
      for (int k = 0; k < taps; k++) {
        int lane = k * LANES;
        a.load(acc, () -> code.iload(at).loadConstant(lane).iadd());
        code.astore(sum[j][k]);
      }
    }
    int[] v = a.vectors(slides ? taps : 1);
    int[] g = a.vectors(slides ? 1 : rows);
    int d = a.ints(1)[0];
    int e = a.ints(1)[0];
    int next = a.ints(1)[0];
    IntConsumer loadX =
        k -> {
          a.load(x, () -> code.iload(in[k]).iload(e).iadd());
          code.astore(v[k % v.length]);
        };
    IntConsumer loadDy =
        j -> {
          a.load(dy, () -> code.iload(row[j]).iload(d).iadd());
          code.astore(g[j % g.length]);
        };
    if (slides) {
      code.loadConstant(Integer.MIN_VALUE).istore(next);
      for (int k = 1; k < taps; k++) {
        code.aload(sum[0][0]).astore(v[k]);
      }
    }
    a.loop(
        () -> code.aload(dyAt).arraylength(),
        p -> {
          code.aload(dyAt).iload(p).iaload().istore(d);
          code.aload(xPos).iload(p).iaload().istore(e);
          if (slides) {
            slide(a, v, e, next, loadX);
            loadX.accept(taps - 1);
          }
          // The side that is held in registers is loaded first, the other one by one.
          for (int j = 0; j < rows && !slides; j++) {
            loadDy.accept(j);
          }
          for (int outer = 0; outer < (slides ? rows : taps); outer++) {
            (slides ? loadDy : loadX).accept(outer);
            for (int inner = 0; inner < (slides ? taps : rows); inner++) {
              int j = slides ? outer : inner;
              int k = slides ? inner : outer;
              a.fma(g[j % g.length], v[k % v.length], sum[j][k]);
            }
          }
        });
    for (int j = 0; j < rows; j++) {
      for (int k = 0; k < taps; k++) {
        code.aload(sum[j][k]).aload(acc).iload(place[j]).loadConstant(k * LANES).iadd();
        a.store();
      }
    }
    code.return_();
  }

  /** All vectors but the last: the ones before moved up, or loaded where a new line begins. */
  private static void slide(Assembler a, int[] v, int e, int next, IntConsumer load) {
    CodeBuilder code = a.code();
    Label line = code.newLabel();
    Label ready = code.newLabel();
    code.iload(e).iload(next).if_icmpne(line);
    for (int k = 0; k < v.length - 1; k++) {
      code.aload(v[k + 1]).astore(v[k]);
    }
    code.goto_(ready).labelBinding(line);
    for (int k = 0; k < v.length - 1; k++) {
      load.accept(k);
    }
    code.labelBinding(ready).iload(e).loadConstant(LANES).iadd().istore(next);
  }
}
