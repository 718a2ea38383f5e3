package dev.vitrine.run;

import dev.vitrine.format.Safetensors;
import dev.vitrine.report.Numbers;
import dev.vitrine.train.Course;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far the training of a network's numbers has come.
 *
 * @param state how it stands
 * @param step steps done; empty if the file is not one of ours
 * @param course how long it is to be, if that is known
 */
public record TrainingStatus(State state, OptionalLong step, Optional<Course> course) {
  /** How a training stands. */
  public enum State {
    /** It has come to its end. */
    FINISHED("finished"),
    /** It was stopped, or it was killed, and can be gone on with. */
    STOPPED("stopped"),
    /** Its numbers became infinite or NaN; those that are kept are the last good ones. */
    DIVERGED("diverged"),
    /** A process is at it now. */
    TRAINING("training"),
    /** Nothing says it. */
    UNKNOWN("unknown");

    private final String word;

    State(String word) {
      this.word = word;
    }
  }

  /** Of a run's newest checkpoint. */
  static TrainingStatus of(RunFolder folder) {
    boolean held = RunLock.isHeld(folder.path());
    TrainingStatus plain = of(folder.checkpoint());
    if (held) {
      return plain.in(State.TRAINING);
    }
    if (plain.course.isEmpty() && folder.isFinished()) {
      return plain.in(State.FINISHED); // of a version that did not note the steps
    }
    return plain.state == State.STOPPED && folder.isDiverged() ? plain.in(State.DIVERGED) : plain;
  }

  /** Of numbers whose training nothing is known of. */
  static TrainingStatus unknown() {
    return new TrainingStatus(State.UNKNOWN, OptionalLong.empty(), Optional.empty());
  }

  /** Of a bare checkpoint. */
  static TrainingStatus of(Path checkpoint) {
    try (Safetensors tensors = Safetensors.open(checkpoint)) {
      OptionalLong step = Checkpoint.step(tensors, checkpoint);
      Optional<Course> course =
          CheckpointNotes.course(checkpoint, CheckpointNotes.known(checkpoint, tensors.metadata()));
      if (step.isEmpty() || course.isEmpty()) {
        return new TrainingStatus(State.UNKNOWN, step, course);
      }
      boolean end =
          step.getAsLong() >= course.get().totalSteps()
              || CheckpointNotes.endedEarly(tensors.metadata());
      return new TrainingStatus(end ? State.FINISHED : State.STOPPED, step, course);
    }
  }

  private TrainingStatus in(State other) {
    return new TrainingStatus(other, step, course);
  }

  /** {@return whether it ended as it was to end, of an epoch or more, or nothing says otherwise} */
  public boolean isWhole() {
    boolean early = course.isPresent() && step.orElse(0) < course.get().stepsPerEpoch();
    return state == State.UNKNOWN || (state == State.FINISHED && !early);
  }

  /**
   * {@return how far it is, to follow a name: {@code 2,532 steps, 3 epochs}; empty if nothing is
   * known}
   */
  public String words() {
    if (step.isEmpty()) {
      return "";
    }
    long done = step.getAsLong();
    if (course.isEmpty()) {
      return counted(Numbers.count(done), "step");
    }
    long total = course.get().totalSteps();
    String part =
        "step %s of %s (%s of %s)"
            .formatted(
                Numbers.count(done),
                Numbers.count(total),
                epochs(done),
                counted(epochs(total), "epoch"));
    return switch (state) {
      case FINISHED, UNKNOWN ->
          counted(Numbers.count(done), "step") + ", " + counted(epochs(done), "epoch");
      case STOPPED -> "stopped after " + part;
      case DIVERGED -> "diverged; the numbers are those after " + part;
      case TRAINING -> "still being trained; the numbers are those after " + part;
    };
  }

  private static String counted(String number, String thing) {
    return "%s %s%s".formatted(number, thing, number.equals("1") ? "" : "s");
  }

  private String epochs(long step) {
    double epochs = (double) step / course.orElseThrow().stepsPerEpoch();
    return epochs == Math.rint(epochs)
        ? Numbers.count((long) epochs)
        : Numbers.significant(epochs, epochs < 1 ? 2 : 3);
  }

  /**
   * {@return the fields with the stable names of {@code --json}; what is not known is {@code null}}
   */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("state", state.word);
    json.put("step", step.isPresent() ? step.getAsLong() : null);
    json.put("steps", course.map(Course::totalSteps).orElse(null));
    json.put("steps_per_epoch", course.map(Course::stepsPerEpoch).orElse(null));
    return json;
  }
}
