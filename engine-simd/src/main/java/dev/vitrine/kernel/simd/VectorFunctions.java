package dev.vitrine.kernel.simd;

import dev.vitrine.kernel.FloatActivations;
import dev.vitrine.kernel.FloatArithmetic;
import dev.vitrine.kernel.FloatMath;
import dev.vitrine.kernel.simd.Lanewise.Node;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.VectorSpecies;

/**
 * The functions of {@link FloatMath}, {@link FloatActivations} and {@link FloatArithmetic} over
 * arrays, to the same bits (a NaN's payload excepted), on vectors of one width: loops that are
 * generated from the scalar methods' own code, each when it is first needed.
 */
final class VectorFunctions {
  /** A function over arrays. */
  interface Loop {
    /**
     * {@code y[y0 + i] = f(x[x0 + i], dy[dy0 + i], p)}, i below n, or of those of the arguments
     * that f has; y may be an array that is read, at the same offset.
     *
     * @param n a multiple of 16, the block of lanes
     */
    void run(float[] x, int x0, float[] dy, int dy0, float p, float[] y, int y0, int n);
  }

  /** The scalar methods. */
  enum Function {
    EXP(FloatMath.class, "exp", Loops.X),
    LOG(FloatMath.class, "log", Loops.X),
    TANH(FloatMath.class, "tanh", Loops.X),
    SIGMOID(FloatMath.class, "sigmoid", Loops.X),
    SOFTPLUS(FloatMath.class, "softplus", Loops.X),
    ELU(FloatActivations.class, "elu", Loops.X, Loops.P),
    SILU(FloatActivations.class, "silu", Loops.X),
    GELU(FloatActivations.class, "gelu", Loops.X),
    GELU_TANH(FloatActivations.class, "geluTanh", Loops.X),
    ADD(FloatArithmetic.class, "add", Loops.X, Loops.DY),
    SUBTRACT(FloatArithmetic.class, "subtract", Loops.X, Loops.DY),
    MULTIPLY(FloatArithmetic.class, "multiply", Loops.X, Loops.DY),
    DIVIDE(FloatArithmetic.class, "divide", Loops.X, Loops.DY),
    RELU(FloatActivations.class, "relu", Loops.X),
    LEAKY_RELU(FloatActivations.class, "leakyRelu", Loops.X, Loops.P),
    SIGNED_GRID(FloatActivations.class, "signedGrid", Loops.X, Loops.P),
    UNSIGNED_GRID(FloatActivations.class, "unsignedGrid", Loops.X, Loops.P),
    RELU_GRADIENT(FloatActivations.class, "reluGradient", Loops.X, Loops.DY),
    LEAKY_RELU_GRADIENT(FloatActivations.class, "leakyReluGradient", Loops.X, Loops.DY, Loops.P),
    TANH_GRADIENT(FloatActivations.class, "tanhGradient", Loops.X, Loops.DY),
    SIGMOID_GRADIENT(FloatActivations.class, "sigmoidGradient", Loops.X, Loops.DY),
    SOFTPLUS_GRADIENT(FloatActivations.class, "softplusGradient", Loops.X, Loops.DY),
    ELU_GRADIENT(FloatActivations.class, "eluGradient", Loops.X, Loops.DY, Loops.P),
    SILU_GRADIENT(FloatActivations.class, "siluGradient", Loops.X, Loops.DY),
    GELU_GRADIENT(FloatActivations.class, "geluGradient", Loops.X, Loops.DY),
    GELU_TANH_GRADIENT(FloatActivations.class, "geluTanhGradient", Loops.X, Loops.DY);

    final Class<?> owner;
    final String method;
    private final int[] arguments;

    Function(Class<?> owner, String method, int... arguments) {
      this.owner = owner;
      this.method = method;
      this.arguments = arguments;
    }

    /** Which arguments of a {@link Loop} the method has. */
    int[] arguments() {
      return arguments.clone();
    }
  }

  private final VectorSpecies<Float> species;

  /** Those that there are; never changed, only replaced by a larger one. */
  private volatile Map<Function, Loop> loops = new EnumMap<>(Function.class);

  VectorFunctions(VectorSpecies<Float> species) {
    this.species = species;
  }

  Loop of(Function f) {
    Loop loop = loops.get(f);
    return loop == null ? make(f) : loop;
  }

  private synchronized Loop make(Function f) {
    if (!loops.containsKey(f)) {
      String name = Character.toUpperCase(f.method.charAt(0)) + f.method.substring(1);
      Map<Function, Loop> more = new EnumMap<>(loops);
      more.put(f, make(species, name, ScalarReader.read(f.owner, f.method, f.arguments)));
      loops = more;
    }
    return loops.get(f);
  }

  /** The loop of a function that was read; {@code name} is its class's. */
  static Loop make(VectorSpecies<Float> species, String name, Node result) {
    return (Loop)
        Tiles.make(
            Loop.class,
            List.of(species),
            name,
            code -> Loops.write(new Assembler(code), species.length(), result));
  }
}
