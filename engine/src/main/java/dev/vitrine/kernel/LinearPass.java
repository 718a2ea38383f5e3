package dev.vitrine.kernel;

/**
 * Where a {@link LinearMap} is applied: to {@code n} planes, {@code inner} times in each; all
 * distances in floats.
 *
 * <pre>
 *   y[o·yOuter + i·yInner + k·yStep] ← M applied to x[o·xOuter + i·xInner + j·xStep], j = 0, 1, …
 * </pre>
 *
 * @param map the matrix M
 * @param store what is done with its results
 */
public record LinearPass(
    LinearMap map,
    Store store,
    int xStep,
    int yStep,
    int inner,
    int xInner,
    int yInner,
    int xOuter,
    int yOuter) {
  /** What becomes of a result r. */
  public enum Store {
    /** {@code y = r}. */
    SET,
    /** {@code y += r}, in the order of the inner applications. */
    ADD,
    /** {@code y = max(r + b[o], floor)}. */
    FINISH
  }
}
