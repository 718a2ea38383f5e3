package dev.vitrine.data;

import dev.vitrine.error.UserException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Does many things side by side, and fails as if they were done one after another. */
final class FirstFailure {
  private FirstFailure() {}

  /**
   * Does a thing for each number.
   *
   * @throws UserException that of the smallest number that failed
   */
  static void run(int count, IntConsumer thing) {
    AtomicInteger first = new AtomicInteger(Integer.MAX_VALUE);
    UserException[] failures = new UserException[count];
    IntStream.range(0, count)
        .parallel()
        .forEach(i -> {
          if (i > first.get()) {
            return; // it would not be told
          }
          try {
            thing.accept(i);
          } catch (UserException e) {
            failures[i] = e;
            first.accumulateAndGet(i, Math::min);
          }
        });
    if (first.get() < count) {
      throw failures[first.get()];
    }
  }
}
