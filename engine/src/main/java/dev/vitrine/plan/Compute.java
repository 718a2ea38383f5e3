package dev.vitrine.plan;

import dev.vitrine.error.UserException;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.kernel.Kernels;
import java.util.Objects;

/**
 * What plans run on: kernels and a team of threads. To be closed.
 *
 * @param kernels the routines
 * @param workers the threads, closed with this
 */
public record Compute(Kernels kernels, Workers workers) implements AutoCloseable {
  /** Refuses {@code null}. */
  public Compute {
    Objects.requireNonNull(kernels, "kernels");
    Objects.requireNonNull(workers, "workers");
  }

  /**
   * {@return the best kernels here on the given number of threads}
   *
   * @param threads how many threads, the caller's included
   * @throws UserException if that is not 1 to 1024
   */
  public static Compute of(int threads) {
    requireThreads(threads);
    return new Compute(KernelChoice.best().kernels(), new Workers(threads));
  }

  /**
   * Checks how many threads {@link #of} is asked for.
   *
   * @param threads how many threads, the caller's included
   * @throws UserException if that is not 1 to 1024
   */
  public static void requireThreads(int threads) {
    if (threads < 1 || threads > 1024) {
      throw UserException.expecting(
          "The number of threads", "1 to 1024", Integer.toString(threads));
    }
  }

  /** {@return the best kernels here on a thread for every processor} */
  public static Compute best() {
    return of(Runtime.getRuntime().availableProcessors());
  }

  @Override
  public void close() {
    workers.close();
  }
}
