package dev.vitrine.run;

import dev.vitrine.format.JsonObject;
import dev.vitrine.report.EpochRow;
import dev.vitrine.report.StepLoss;
import java.util.List;
import java.util.Optional;

/**
 * What a run's {@code metrics.jsonl} tells.
 *
 * @param steps the mean losses of windows of steps
 * @param epochs what each epoch that has ended came to
 * @param diverged the sentence about numbers that became infinite or NaN, if they did
 */
public record RunCurves(List<StepLoss> steps, List<EpochRow> epochs, Optional<String> diverged) {
  /** Copies the lists. */
  public RunCurves {
    steps = List.copyOf(steps);
    epochs = List.copyOf(epochs);
  }

  /**
   * {@return the curves of a run, which may be training now}
   *
   * @param folder the run's
   */
  public static RunCurves of(RunFolder folder) {
    List<JsonObject> lines = folder.metrics();
    RunLog log = RunLog.read(lines);
    return new RunCurves(
        log.steps(),
        log.epochs(),
        RunLog.endsDiverged(lines) ? Optional.of(RunLog.divergence(lines)) : Optional.empty());
  }
}
