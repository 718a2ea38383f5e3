package dev.vitrine.look.kernel;

/**
 * How strongly a kernel answers to waves: the size of its Fourier transform, {@code |H(u, v)| = |Σ
 * k[r,c]·exp(−i(u·c + v·r))|}, in radians a pixel.
 *
 * @param kernel the kernel; its orientation does not matter
 */
public record FrequencyResponse(Matrix kernel) {
  private static final int FINE = 64;

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
    double most = 0;
    for (int right = -FINE; right <= FINE; right++) {
      for (int down = 0; down <= FINE; down++) {
        most = Math.max(most, size(Math.PI * right / FINE, Math.PI * down / FINE));
      }
    }
    return most;
  }
}
