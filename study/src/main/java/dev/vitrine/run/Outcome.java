package dev.vitrine.run;

import dev.vitrine.metrics.Judgement;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run came to.
 *
 * @param test how the network does on the test data
 * @param parametersHash {@link dev.vitrine.tensor.Parameters#hash} of its numbers
 * @param steps training steps done
 * @param imagesPerSecond mean training throughput
 * @param untaught the classes that no training image was of
 * @param report the page about it
 */
public record Outcome(
    Judgement test,
    String parametersHash,
    long steps,
    double imagesPerSecond,
    List<Integer> untaught,
    Path report) {
  /** Copies the list. */
  public Outcome {
    untaught = List.copyOf(untaught);
  }

  /** {@return the fields with the stable names of {@code --json}} */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("test", Judging.json(test));
    json.put("steps", steps);
    json.put("images_per_second", imagesPerSecond);
    json.put("parameters_hash", parametersHash);
    json.put("classes_without_training_images", untaught);
    json.put("report", report.toString());
    return json;
  }
}
