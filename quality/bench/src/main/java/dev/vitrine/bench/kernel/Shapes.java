package dev.vitrine.bench.kernel;

import dev.vitrine.kernel.Kernels;
import dev.vitrine.kernel.Stencil;

/**
 * LeNet's second convolution and its first dense layer as stencils over one tile of work, the way
 * the planner lays them out. One call does the rows {@code rows} at a time.
 *
 * @param rows output rows to a call
 * @param allRows output rows in all
 * @param w how many weights
 * @param wRow weights from one row to the next
 * @param x how many inputs
 * @param y how many outputs
 * @param yRow outputs from one row to the next
 */
record Shapes(Stencil stencil, int rows, int allRows, int w, int wRow, int x, int y, int yRow) {
  private static final int LANES = Kernels.LANES;
  private static final int TILE = Stencil.TILE;
  private static final int IN = 20;
  private static final int OUT = 50;
  private static final int KERNEL = 5;
  private static final int TAPS = KERNEL * KERNEL;
  private static final int SIDE = 12;
  private static final int OUT_SIDE = 8;
  private static final int PADDED = OUT_SIDE + 2 * (KERNEL - 1);
  private static final int FEATURES = 800;
  private static final int UNITS = 500;
  private static final int EXAMPLES = 64;

  static Shapes of(String name) {
    return switch (name) {
      case "convolution" -> convolution();
      case "convolutionInputGradient" -> inputGradient();
      case "dense" -> dense();
      case "denseWeightGradient" -> weightGradient();
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** 20 → 50 channels, 5×5, 12×12 to 8×8, one block of 16 examples. */
  private static Shapes convolution() {
    int[] xTerm = new int[IN * TAPS];
    int[] wTerm = new int[xTerm.length];
    for (int t = 0; t < xTerm.length; t++) {
      xTerm[t] = pixel(t / TAPS, t % TAPS / KERNEL, t % KERNEL, SIDE);
      wTerm[t] = t;
    }
    Stencil s = image(OUT_SIDE, SIDE, xTerm, wTerm);
    int plane = OUT_SIDE * OUT_SIDE * LANES;
    return new Shapes(
        s, 5, OUT, OUT * IN * TAPS, IN * TAPS, IN * SIDE * SIDE * LANES, OUT * plane, plane);
  }

  /** The same convolution's input gradient, over a padded dy. */
  private static Shapes inputGradient() {
    int[] xTerm = new int[OUT * TAPS];
    int[] wTerm = new int[xTerm.length];
    for (int t = 0; t < xTerm.length; t++) {
      int row = t % TAPS / KERNEL;
      int column = t % KERNEL;
      xTerm[t] = pixel(t / TAPS, KERNEL - 1 - row, KERNEL - 1 - column, PADDED);
      wTerm[t] = t / TAPS * IN * TAPS + t % TAPS;
    }
    Stencil s = image(SIDE, PADDED, xTerm, wTerm);
    int plane = SIDE * SIDE * LANES;
    return new Shapes(
        s, 5, IN, OUT * IN * TAPS, TAPS, OUT * PADDED * PADDED * LANES, IN * plane, plane);
  }

  private static int pixel(int channel, int row, int column, int side) {
    return ((channel * side + row) * side + column) * LANES;
  }

  private static Stencil image(int outSide, int inSide, int[] xTerm, int[] wTerm) {
    int[] xBase = new int[outSide * outSide];
    int[] yBase = new int[xBase.length];
    for (int p = 0; p < xBase.length; p++) {
      xBase[p] = pixel(0, p / outSide, p % outSide, inSide);
      yBase[p] = p * LANES;
    }
    return stencil(xBase, yBase, xTerm, wTerm);
  }

  private static Stencil stencil(int[] xBase, int[] yBase, int[] xTerm, int[] wTerm) {
    int[] program = new int[xBase.length / TILE];
    return new Stencil(xBase, yBase, null, program, new int[][] {xTerm}, new int[][] {wTerm});
  }

  /** 800 → 500, 64 examples. */
  private static Shapes dense() {
    int[] xBase = new int[TILE];
    int[] yBase = new int[TILE];
    for (int p = 0; p < TILE; p++) {
      xBase[p] = p * FEATURES * LANES;
      yBase[p] = p * UNITS * LANES;
    }
    int[] xTerm = new int[FEATURES];
    int[] wTerm = new int[FEATURES];
    for (int t = 0; t < FEATURES; t++) {
      xTerm[t] = t * LANES;
      wTerm[t] = t;
    }
    Stencil s = stencil(xBase, yBase, xTerm, wTerm);
    return new Shapes(
        s, 20, UNITS, UNITS * FEATURES, FEATURES, EXAMPLES * FEATURES, EXAMPLES * UNITS, LANES);
  }

  /** The dense layer's weight gradient: lanes are features, terms are examples; 768 features. */
  private static Shapes weightGradient() {
    int features = FEATURES / (TILE * LANES) * TILE * LANES;
    int[] base = new int[features / LANES];
    for (int p = 0; p < base.length; p++) {
      base[p] = p * LANES;
    }
    int[] xTerm = new int[EXAMPLES];
    int[] wTerm = new int[EXAMPLES];
    for (int n = 0; n < EXAMPLES; n++) {
      xTerm[n] = n * features;
      wTerm[n] = n / LANES * UNITS * LANES + n % LANES;
    }
    Stencil s = stencil(base, base, xTerm, wTerm);
    return new Shapes(
        s, 20, UNITS, EXAMPLES * UNITS, LANES, EXAMPLES * features, UNITS * features, features);
  }

  /** Floating-point operations of all rows. */
  long flops() {
    return 2L * allRows * stencil.xBase().length * LANES * stencil.xTerm()[0].length;
  }
}
