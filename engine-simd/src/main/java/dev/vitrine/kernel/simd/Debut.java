package dev.vitrine.kernel.simd;

/**
 * A tile that is about to be compiled.
 *
 * @param rehearsal has it compiled
 */
record Debut<T>(T tile, Rehearsal rehearsal) {
  /** The tile; if tiles are rehearsed, when it is compiled. */
  T ready(boolean rehearses) {
    if (rehearses) {
      rehearsal.await();
    }
    return tile;
  }
}
