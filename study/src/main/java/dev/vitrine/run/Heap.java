package dev.vitrine.run;

/** What is done about memory between large pieces of work. */
public final class Heap {
  /** Bytes in use that are worth looking through. */
  private static final long WORTH = 128L << 20;

  private Heap() {}

  /**
   * Gives back what a piece of work has left, if that is much. The serial collector, which the
   * launcher chooses, would rather let its heap grow up to the limit than look through all of it:
   * nine photographs of 12 megapixels, one after another, took 2.6 GB.
   */
  public static void sweep() {
    Runtime runtime = Runtime.getRuntime();
    if (runtime.totalMemory() - runtime.freeMemory() > WORTH) {
      System.gc();
    }
  }
}
