package dev.vitrine.lab.session;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far a study is until its next decision.
 *
 * @param due trials until then
 * @param done of them are over
 * @param running how far each is that trains now, 0 to 1, by its name
 * @param share of the work that is done, 0 to 1
 * @param secondsLeft about so many, at the pace so far; empty before the first step
 */
public record StudyPace(
    int due, int done, Map<String, Double> running, double share, Optional<Long> secondsLeft) {

  /** Counts what a study's listener hears. Any thread may ask. */
  public static final class Meter {
    private final Map<String, Double> running = new LinkedHashMap<>();
    private int due;
    private int done;
    private long start = System.nanoTime();

    /** Nothing is due yet. */
    public Meter() {}

    /**
     * So many trials are due from now on.
     *
     * @param trials how many
     */
    public synchronized void due(int trials) {
      due = trials;
      done = 0;
      start = System.nanoTime();
      running.clear();
    }

    /**
     * A trial is so far.
     *
     * @param trial its name
     * @param share of its steps that are done, 0 to 1
     */
    public synchronized void step(String trial, double share) {
      running.put(trial, share);
    }

    /**
     * A trial is over, however that came.
     *
     * @param trial its name
     */
    public synchronized void ended(String trial) {
      running.remove(trial);
      done++;
    }

    /** {@return how it stands} */
    public synchronized StudyPace now() {
      double far = done + running.values().stream().mapToDouble(share -> share).sum();
      double seconds = (System.nanoTime() - start) * 1e-9;
      Optional<Long> left =
          far > 0 ? Optional.of((long) Math.ceil(seconds / far * (due - far))) : Optional.empty();
      return new StudyPace(due, done, new LinkedHashMap<>(running), due == 0 ? 0 : far / due, left);
    }
  }
}
