package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.ScalarFunctions;
import dev.vitrine.kernel.simd.VectorFunctions.Function;
import dev.vitrine.op.Binary;
import dev.vitrine.op.Elementary;
import dev.vitrine.op.Grid;
import dev.vitrine.op.Rectifier;
import dev.vitrine.op.Sigmoidal;
import dev.vitrine.op.Unary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;
import jdk.incubator.vector.VectorSpecies;

/** The element-wise kernels, each a loop of {@link VectorFunctions}. */
final class Elementwise {
  private static final float[] ANY = new float[Kernels.LANES * Kernels.LANES];

  private final VectorFunctions functions;
  private final boolean rehearses;
  private final Map<Function, Rehearsal> rehearsals = new ConcurrentHashMap<>();

  /**
   * The kernels of a width.
   *
   * @param rehearses whether those that rarely come late wait until they are compiled
   */
  Elementwise(VectorSpecies<Float> species, boolean rehearses) {
    functions = new VectorFunctions(species);
    this.rehearses = rehearses;
  }

  /** What most networks have compiled from the start. */
  List<Rehearsal> usual() {
    return List.of(rehearsal(Function.RELU_GRADIENT));
  }

  void unary(Unary f, float[] x, int x0, float[] y, int y0, int n) {
    Function function = function(f);
    if (function == null) {
      ScalarFunctions.apply(f, x, x0, y, y0, n);
      return;
    }
    if (function == Function.RELU || function == Function.LEAKY_RELU) {
      ready(function);
    }
    functions.of(function).run(x, x0, x, x0, parameter(f), y, y0, n);
  }

  void binary(Binary op, float[] a, int a0, float[] b, int b0, float[] y, int y0, int n) {
    Function function =
        switch (op) {
          case ADD -> Function.ADD;
          case SUBTRACT -> Function.SUBTRACT;
          case MULTIPLY -> Function.MULTIPLY;
          case DIVIDE -> Function.DIVIDE;
        };
    ready(function);
    functions.of(function).run(a, a0, b, b0, 0, y, y0, n);
  }

  void unaryGradient(Unary f, float[] v, int v0, float[] dy, int dy0, float[] dx, int dx0, int n) {
    Function gradient = gradient(f);
    if (gradient == null) {
      ScalarFunctions.derivative(f, v, v0, dy, dy0, dx, dx0, n);
      return;
    }
    if (gradient == Function.RELU_GRADIENT || gradient == Function.LEAKY_RELU_GRADIENT) {
      ready(gradient);
    }
    functions.of(gradient).run(v, v0, dy, dy0, parameter(f), dx, dx0, n);
  }

  /** The loop of an op; null where there is none. */
  private static Function function(Unary f) {
    return switch (f) {
      case Elementary.Exp _ -> Function.EXP;
      case Elementary.Log _ -> Function.LOG;
      case Rectifier.Relu _ -> Function.RELU;
      case Rectifier.LeakyRelu _ -> Function.LEAKY_RELU;
      case Grid g when g.least() == -128 && g.most() == 127 -> Function.SIGNED_GRID;
      case Grid g when g.least() == 0 && g.most() == 255 -> Function.UNSIGNED_GRID;
      case Rectifier.Elu _ -> Function.ELU;
      case Sigmoidal.Sigmoid _ -> Function.SIGMOID;
      case Sigmoidal.Tanh _ -> Function.TANH;
      case Sigmoidal.Softplus _ -> Function.SOFTPLUS;
      case Sigmoidal.Silu _ -> Function.SILU;
      case Sigmoidal.Gelu _ -> Function.GELU;
      case Sigmoidal.GeluTanh _ -> Function.GELU_TANH;
      default -> null;
    };
  }

  /** The loop of an op's gradient; null where there is none. */
  private static Function gradient(Unary f) {
    return switch (f) {
      case Rectifier.Relu _ -> Function.RELU_GRADIENT;
      case Rectifier.LeakyRelu _ -> Function.LEAKY_RELU_GRADIENT;
      case Rectifier.Elu _ -> Function.ELU_GRADIENT;
      case Sigmoidal.Sigmoid _ -> Function.SIGMOID_GRADIENT;
      case Sigmoidal.Tanh _ -> Function.TANH_GRADIENT;
      case Sigmoidal.Softplus _ -> Function.SOFTPLUS_GRADIENT;
      case Sigmoidal.Silu _ -> Function.SILU_GRADIENT;
      case Sigmoidal.Gelu _ -> Function.GELU_GRADIENT;
      case Sigmoidal.GeluTanh _ -> Function.GELU_TANH_GRADIENT;
      default -> null;
    };
  }

  private static float parameter(Unary f) {
    return switch (f) {
      case Rectifier.Elu e -> (float) e.alpha();
      case Rectifier.LeakyRelu r -> (float) r.slope();
      case Grid g -> (float) g.step();
      default -> 0;
    };
  }

  private void ready(Function function) {
    if (rehearses) {
      rehearsal(function).await();
    }
  }

  private Rehearsal rehearsal(Function function) {
    Rehearsal made = rehearsals.get(function);
    return made != null ? made : rehearsals.computeIfAbsent(function, this::made);
  }

  /**
   * Loops are small enough for C2 to inline: with four idle calls they reach it before their
   * callers.
   */
  private Rehearsal made(Function function) {
    VectorFunctions.Loop loop = functions.of(function);
    IntConsumer run = n -> loop.run(ANY, 0, ANY, 0, 0, ANY, 0, n);
    return new Rehearsal(
        () -> {
          run.accept(0);
          run.accept(0);
          run.accept(0);
          run.accept(0);
        },
        () -> run.accept(ANY.length));
  }
}
