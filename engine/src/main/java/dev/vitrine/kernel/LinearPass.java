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
 * @param xStep between neighbouring inputs of the map
 * @param yStep between neighbouring outputs of the map
 * @param inner how many times in each plane
 * @param xInner between the inputs of neighbouring times
 * @param yInner between the outputs of neighbouring times
 * @param xOuter between the inputs of neighbouring planes
 * @param yOuter between the outputs of neighbouring planes
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
    FINISH,
    /** The same with a bias for each lane: {@code y = max(r + b[16·o + lane], floor)}. */
    FINISH_LANES
  }
}
