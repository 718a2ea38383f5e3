package dev.vitrine.convert;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How far what a converted file computes is from what its original does, as {@link Parity} finds
 * it.
 *
 * @param original the file that was converted
 * @param converted what was made of it
 * @param examples how many were compared
 * @param outputs the differences of each output
 */
public record Certificate(Path original, Path converted, int examples, List<Output> outputs) {
  /** The largest relative difference that single precision explains. */
  public static final double LIMIT = 1e-4;

  /** The certificate, with its own copy. */
  public Certificate {
    Objects.requireNonNull(original, "original");
    Objects.requireNonNull(converted, "converted");
    outputs = List.copyOf(outputs);
  }

  /**
   * How far one output is from the original's. A relative difference is one over the largest number
   * of that example's output.
   *
   * @param name what the file calls it
   * @param numbers how many it has
   * @param examples how many were compared
   * @param stored of how many the original's output was stored
   * @param absolute the largest difference; NaN if one is none
   * @param relative the largest relative difference
   * @param top how many of the best classes were compared: 5, or all if there are fewer
   * @param topEqual of how many examples they are the same, in the same order; two that are one
   *     number in single precision may change places
   */
  public record Output(
      String name,
      int numbers,
      int examples,
      int stored,
      double absolute,
      double relative,
      int top,
      int topEqual) {
    /** Refuses {@code null}. */
    public Output {
      Objects.requireNonNull(name, "name");
    }

    /**
     * {@return whether the difference is what single precision explains, and all best classes
     * agree}
     */
    public boolean isEqual() {
      return relative <= LIMIT && topEqual == examples;
    }

    private Map<String, Object> toJson() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("name", name);
      json.put("numbers", numbers);
      json.put("stored_outputs", stored);
      json.put("reference", stored == examples ? "stored" : "double interpreter");
      json.put("largest_absolute", absolute);
      json.put("largest_relative", relative);
      json.put("top", top);
      json.put("top_equal", topEqual);
      json.put("equal", isEqual());
      return json;
    }
  }

  /** {@return whether all outputs are equal} */
  public boolean isEqual() {
    return outputs.stream().allMatch(Output::isEqual);
  }

  /** {@return the differences with stable names} */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("original", original.toString());
    json.put("converted", converted.toString());
    json.put("examples", examples);
    json.put("limit_relative", LIMIT);
    json.put("equal", isEqual());
    json.put("outputs", outputs.stream().map(Output::toJson).toList());
    return json;
  }
}
