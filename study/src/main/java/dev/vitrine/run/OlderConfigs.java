package dev.vitrine.run;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Configurations that earlier versions wrote, in today's form. The first two formats had all fields
 * side by side; the first knew no optimiser but gradient descent.
 */
final class OlderConfigs {
  static final long NEWEST = 3;

  /** What pixels were divided by before a mean was subtracted. */
  private static final double SAMPLES = 255;

  private static final List<String> DESCENT =
      List.of("learning_rate", "momentum", "nesterov", "weight_decay");

  private final JsonObject old;

  private OlderConfigs(JsonObject old) {
    this.old = old;
  }

  /**
   * The configuration in the newest format.
   *
   * @throws UserException if there is no such format, or its fields are another's, or one is
   *     missing or wrong
   */
  static JsonObject toNewest(JsonObject json, long format) {
    if (format < 1 || format > NEWEST) {
      throw new UserException(
          "%s is of format %s, but this version of Vitrine reads formats 1 to %s"
              .formatted(json.source(), format, NEWEST));
    }
    boolean nested = json.has("recipe");
    if (format == NEWEST ? !nested && json.has("batch") : nested) {
      throw new UserException(
          "%s says format %s, but its fields are those of format %s: put that number back"
              .formatted(json.source(), format, nested ? NEWEST : "1 or 2"));
    }
    return format == NEWEST ? json : new OlderConfigs(json).nested(format);
  }

  private JsonObject nested(long format) {
    return object(
        "command", old.string("command"),
        "network", network(),
        "data", data(),
        "recipe", recipe(format));
  }

  private JsonObject network() {
    return object(
        "model", old.string("model"),
        "file", old.fields().get("network"),
        "built_for", old.fields().get("built_for"),
        "init", old.string("init"));
  }

  private JsonObject data() {
    JsonObject use =
        object(
            "train_images",
            (long) old.whole("train_images"),
            "test_images",
            (long) old.whole("test_images"),
            "validation",
            old.number("validation"),
            "resize",
            old.has("resize") ? size() : null);
    return object(
        "name",
        old.string("data"),
        "folder",
        old.fields().get("data_dir"),
        "use",
        use,
        "found",
        old.has("found") ? old.object("found") : object("checksums", object()));
  }

  private JsonObject recipe(long format) {
    long most = old.integer("max_steps");
    return object(
        "optimizer", format == 1 ? descent() : old.object("optimizer"),
        "schedule", old.string("schedule"),
        "loss", object("name", "cross_entropy", "label_smoothing", old.number("label_smoothing")),
        "batch_size", (long) old.whole("batch"),
        "epochs", (long) old.whole("epochs"),
        "max_steps", most == 0 ? null : most,
        "bias_rate", old.number("bias_rate"),
        "rates", object(),
        "decay_biases", old.bool("decay_biases"),
        "normalisation",
            object("divisor", SAMPLES, "mean", numbers("mean"), "deviation", numbers("deviation")),
        "seed", old.integer("seed"));
  }

  private JsonObject descent() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", "sgd");
    DESCENT.forEach(key -> fields.put(key, old.fields().get(key)));
    return new JsonObject(old.source(), fields);
  }

  /** One number for all channels was a number, several are a list. */
  private List<Double> numbers(String key) {
    return old.isList(key) ? old.numbers(key) : List.of(old.number(key));
  }

  private JsonObject size() {
    List<Double> sides = old.numbers("resize");
    if (sides.size() != 2) {
      throw new UserException(
          "%s: \"resize\" expects a height and a width, but got %s numbers"
              .formatted(old.source(), sides.size()));
    }
    return object("height", sides.getFirst().longValue(), "width", sides.getLast().longValue());
  }

  /** An object of fields and their values in turn. */
  private JsonObject object(Object... fields) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      map.put((String) fields[i], fields[i + 1]);
    }
    return new JsonObject(old.source(), map);
  }
}
