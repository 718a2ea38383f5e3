package dev.vitrine.kernel.simd;

import static java.lang.constant.ConstantDescs.CD_int;

import dev.vitrine.kernel.Kernels;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.function.IntConsumer;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums of products whose weights have 16 bits: two terms' weights are read at once and widened in
 * registers, term after term in their order.
 */
interface HalfTile {
  /**
   * The sums of the tile's vectors of outputs, from number v on, for its rows from r on; of each
   * vector's 16 lanes those from {@code lane} on.
   */
  void run(HalfSums sums, int v, int r, int lane);

  /** Generates the tile. */
  static HalfTile of(VectorSpecies<Float> species, HalfShape shape) {
    VectorSpecies<Integer> ints = VectorSpecies.of(int.class, species.vectorShape());
    return (HalfTile)
        Tiles.make(
            HalfTile.class,
            List.of(species, ints),
            shape.name(),
            code -> new Body(code, shape, species.length()).write());
  }

  /** Writes the method. */
  final class Body {
    private final Assembler a;
    private final CodeBuilder code;
    private final HalfShape shape;
    private final int length;
    private final Fields sums;
    private final int n;
    private final int vectors;

    /** Numbers of the vectors and rows, and where their weights and inputs start. */
    private final int[] vector;

    private final int[] row;
    private final int[] weights;
    private final int[] inputs;
    private final int[][] sum;
    private final int[] pair;
    private final int[] wide;
    private final int factor;

    private Body(CodeBuilder code, HalfShape shape, int length) {
      this.code = code;
      this.shape = shape;
      this.length = length;
      a = new Assembler(code);
      sums = Fields.of(HalfSums.class, code);
      n = sums.keep("n", CD_int);
      vectors = shape.vectors() * shape.parts();
      vector = a.ints(shape.vectors());
      row = a.ints(shape.rows());
      weights = a.ints(shape.vectors());
      inputs = a.ints(shape.rows());
      pair = a.vectors(vectors);
      wide = a.vectors(vectors);
      factor = a.vectors(1)[0];
      sum = new int[shape.rows()][];
      for (int j = 0; j < shape.rows(); j++) {
        sum[j] = a.vectors(vectors);
      }
    }

    private void write() {
      a.returnIfIdle(n);
      number(vector, a.parameter(1), "lastVector");
      number(row, a.parameter(2), "lastRow");
      for (int k = 0; k < vector.length; k++) {
        code.iload(vector[k]);
        sums.get("stride", CD_int);
        code.imul().iload(a.parameter(3)).iadd().istore(weights[k]);
      }
      for (int j = 0; j < row.length; j++) {
        sums.get("xAt", CD_int);
        code.iload(row[j]);
        sums.get("xRow", CD_int);
        code.imul().iadd().istore(inputs[j]);
      }
      begin();
      terms();
      end();
      code.return_();
    }

    /** {@code number[i] = min(from + i, last)}. */
    private void number(int[] number, int from, String last) {
      for (int i = 0; i < number.length; i++) {
        code.iload(from).loadConstant(i).iadd();
        sums.get(last, CD_int);
        code.invokestatic(
            Assembler.desc(Math.class), "min", MethodTypeDesc.of(CD_int, CD_int, CD_int));
        code.istore(number[i]);
      }
    }

    private void terms() {
      Widening widening = new Widening(a, shape.format());
      int w = sums.keep("w", Assembler.INTS);
      int x = sums.keep("x", Assembler.FLOATS);
      int xTerm = sums.keep("xTerm", Assembler.INTS);
      int even = a.ints(1)[0];
      int odd = a.ints(1)[0];
      a.loop(
          () -> code.iload(n).loadConstant(2).idiv(),
          t -> {
            code.aload(xTerm).iload(t).loadConstant(2).imul().iaload().istore(even);
            code.aload(xTerm).iload(t).loadConstant(2).imul().loadConstant(1).iadd();
            code.iaload().istore(odd);
            load(widening, w, t);
            add(widening::low, x, even);
            add(widening::high, x, odd);
          });
      Label paired = code.newLabel();
      int last = a.ints(1)[0];
      code.iload(n).loadConstant(1).iand().ifeq(paired);
      code.iload(n).loadConstant(2).idiv().istore(last);
      code.aload(xTerm).iload(n).loadConstant(1).isub().iaload().istore(even);
      load(widening, w, last);
      add(widening::low, x, even);
      code.labelBinding(paired);
    }

    /** {@code pair[k] = w[weights + 16 · t + part]}. */
    private void load(Widening widening, int w, int t) {
      for (int k = 0; k < vectors; k++) {
        int at = weights[k / shape.parts()];
        int part = part(k);
        widening.load(
            w,
            () -> {
              code.iload(t).loadConstant(Kernels.LANES).imul().iload(at).iadd();
              code.loadConstant(part).iadd();
            });
        code.astore(pair[k]);
      }
    }

    /** {@code sum[j][k] += x[inputs[j] + term] · widened(pair[k])}. */
    private void add(IntConsumer widen, int x, int term) {
      for (int k = 0; k < vectors; k++) {
        widen.accept(pair[k]);
        code.astore(wide[k]);
      }
      for (int j = 0; j < row.length; j++) {
        int at = inputs[j];
        a.broadcast(x, () -> code.iload(at).iload(term).iadd());
        code.astore(factor);
        for (int k = 0; k < vectors; k++) {
          a.fma(factor, wide[k], sum[j][k]);
        }
      }
    }

    /** Where a vector is among the 16 lanes of its outputs. */
    private int part(int k) {
      return k % shape.parts() * length;
    }

    /** Pushes the number of a vector's first output. */
    private void output(int k) {
      code.iload(vector[k / shape.parts()]).loadConstant(Kernels.LANES).imul();
      code.iload(a.parameter(3)).iadd().loadConstant(part(k)).iadd();
    }

    /** {@code sum[j][k] = b[output(k)]} and the lanes behind. */
    private void begin() {
      int b = sums.keep("b", Assembler.FLOATS);
      for (int k = 0; k < vectors; k++) {
        int vector = k;
        a.load(b, () -> output(vector));
        for (int j = 0; j < row.length; j++) {
          code.dup().astore(sum[j][k]);
        }
        code.pop();
      }
    }

    /** {@code y[yAt + row[j] · yRow + output(k)] = max(sum[j][k], floor)}. */
    private void end() {
      int least = a.vectors(1)[0];
      a.species();
      sums.get("floors", Assembler.FLOATS);
      code.loadConstant(0).faload();
      a.broadcast();
      code.astore(least);
      for (int j = 0; j < row.length; j++) {
        for (int k = 0; k < vectors; k++) {
          a.atLeast(sum[j][k], least);
          sums.get("y", Assembler.FLOATS);
          sums.get("yAt", CD_int);
          code.iload(row[j]);
          sums.get("yRow", CD_int);
          code.imul().iadd();
          output(k);
          code.iadd();
          a.store();
        }
      }
    }
  }
}
