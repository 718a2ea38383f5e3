package dev.vitrine.predict;

import dev.vitrine.plan.Workers;
import java.util.concurrent.Semaphore;

/**
 * All processors, for one call of any predictor at a time: one team for the whole process, so that
 * predictors hold no threads. Its threads sleep when nobody asks.
 */
final class Team {
  static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  private static final Semaphore FREE = new Semaphore(1);

  private Team() {}

  /** Made when it is first needed. */
  private static final class Holder {
    private static final Workers ALL = new Workers(PROCESSORS);
  }

  /** Two are enough for little work, of which each would get less than taking it costs. */
  private static final class Pair {
    private static final Workers TWO = PROCESSORS > 2 ? new Workers(2) : Holder.ALL;
  }

  static Workers workers() {
    return Holder.ALL;
  }

  static Workers pair() {
    return Pair.TWO;
  }

  /** Takes it, if nobody has it; whoever does must give it back. */
  static boolean take() {
    return PROCESSORS > 1 && FREE.tryAcquire();
  }

  static void giveBack() {
    FREE.release();
  }
}
