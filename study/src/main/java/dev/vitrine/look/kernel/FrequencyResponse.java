package dev.vitrine.look.kernel;

import java.util.Locale;

/**
 * How strongly a kernel answers to waves: the size of its Fourier transform, {@code |H(u, v)| = |Σ
 * k[r,c]·exp(−i(u·c + v·r))|}, in radians a pixel.
 *
 * @param kernel the kernel; its orientation does not matter
 */
public record FrequencyResponse(Matrix kernel) {
  private static final int FINE = 64;
  private static final double ROUNDING = 1e-9;

  /**
   * {@return the share of a wave that the kernel lets through}
   *
   * @param right its frequency to the right, in radians a pixel; π is the finest
   * @param down its frequency downwards
   */
  public double size(double right, double down) {
    double real = 0;
    double imaginary = 0;
    for (int row = 0; row < kernel.rows(); row++) {
      for (int column = 0; column < kernel.columns(); column++) {
        double phase = right * column + down * row;
        real += kernel.at(row, column) * StrictMath.cos(phase);
        imaginary -= kernel.at(row, column) * StrictMath.sin(phase);
      }
    }
    return StrictMath.hypot(real, imaginary);
  }

  /** {@return the largest share, of waves on a grid of π/64} */
  public double largest() {
    return strongest().share();
  }

  /**
   * A wave.
   *
   * @param share of it that the kernel lets through
   * @param right its frequency to the right, in radians a pixel
   * @param down its frequency downwards
   */
  public record Wave(double share, double right, double down) {
    /**
     * {@return its length in pixels and the direction that it runs in, in degrees from the right}
     */
    public String words() {
      double frequency = Math.hypot(right, down);
      return frequency == 0
          ? "none at all"
          : String.format(
              Locale.ROOT,
              "%.1f pixels, %.0f°",
              2 * Math.PI / frequency,
              Math.toDegrees(Math.atan2(down, right)));
    }
  }

  /** {@return the wave that it lets through most, of those on a grid of π/64} */
  public Wave strongest() {
    Wave most = new Wave(-1, 0, 0);
    for (int right = -FINE; right <= FINE; right++) {
      for (int down = 0; down <= FINE; down++) {
        double x = Math.PI * right / FINE;
        double y = Math.PI * down / FINE;
        double share = size(x, y);
        most = share > most.share * (1 + ROUNDING) ? new Wave(share, x, y) : most;
      }
    }
    return most;
  }
}
