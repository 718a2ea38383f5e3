package dev.vitrine.run;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.format.Safetensors;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.notation.RecordJson;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Course;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a checkpoint says of the network that its numbers are of, as texts by key. */
final class CheckpointNotes {
  /** The name of the network, or of its file. */
  static final String MODEL = "model";

  /** The configuration of the training, as {@code config.json} has it, without places. */
  private static final String CONFIG = "config";

  /** A network that is not a named one, as a network file has it. */
  private static final String NETWORK = "network";

  /** How pictures become inputs, where no training says it. */
  private static final String INPUTS = "inputs";

  private static final String ONNX_INPUTS = "vitrine.inputs";

  private static final RecordJson FACTS = RecordJson.of();

  private static final String BUILT_FOR = "built_for";
  private static final String VERSION = "vitrine";
  private static final String NEWEST = "checkpoint 1";
  private static final String STEPS = "steps";
  private static final String ENDED = "ended";
  private static final String STEPS_PER_EPOCH = "steps_per_epoch";
  private static final String COUNT = "[1-9]\\d{0,17}";
  private static final Pattern BUILT =
      Pattern.compile("([1-9]\\d{0,5}(?:x[1-9]\\d{0,5}){0,2}), ([1-9]\\d{0,5}) classes");

  private CheckpointNotes() {}

  /**
   * Of a run's network and its training.
   *
   * @param early whether it has ended before its course does
   */
  static Map<String, String> of(RunConfig config, Course course, boolean early) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put(VERSION, NEWEST);
    notes.put(CONFIG, Json.line(config.portable().toJson()));
    notes.put(MODEL, config.network().model());
    notes.put(STEPS, Long.toString(course.totalSteps()));
    notes.put(STEPS_PER_EPOCH, Long.toString(course.stepsPerEpoch()));
    builtFor(config).ifPresent(text -> notes.put(BUILT_FOR, text));
    if (early) {
      notes.put(ENDED, "early");
    }
    return notes;
  }

  /** Whether they say that the training has ended before its course does. */
  static boolean endedEarly(Map<String, String> notes) {
    return notes.containsKey(ENDED);
  }

  /**
   * What a checkpoint says, once it is known that this version understands it.
   *
   * @throws UserException if a later version of Vitrine wrote it
   */
  static Map<String, String> known(Path checkpoint, Map<String, String> notes) {
    String version = notes.getOrDefault(VERSION, NEWEST);
    if (!version.equals(NEWEST)) {
      throw new UserException(
          "%s: its note %s is %s, but this version of Vitrine reads %s: a later one wrote it, or it was changed"
              .formatted(checkpoint, Quote.of(VERSION), Quote.of(version), Quote.of(NEWEST)));
    }
    return notes;
  }

  /**
   * Of a network whose training is at its end, if any is known of.
   *
   * @throws UserException if it is neither a named one nor has a form as a network file
   */
  static Map<String, String> of(NetworkSpec spec, InputFacts inputs, Optional<RunConfig> training) {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put(VERSION, NEWEST);
    notes.put(MODEL, spec.name());
    Optional<RunNetwork.BuiltFor> builtFor = builtFor(spec);
    if (builtFor.isPresent()) {
      notes.put(BUILT_FOR, text(builtFor.get()));
    } else if (!Zoo.has(spec.name()) || !Zoo.find(spec.name()).equals(spec)) {
      notes.put(NETWORK, NetworkFile.text(spec));
    }
    notes.put(INPUTS, Json.line(FACTS.write(inputs)));
    training.ifPresent(config -> notes.put(CONFIG, Json.line(config.portable().toJson())));
    return notes;
  }

  /** A named network for other data than its paper's. */
  private static Optional<RunNetwork.BuiltFor> builtFor(NetworkSpec spec) {
    if (!Zoo.has(spec.name()) || Zoo.find(spec.name()).equals(spec)) {
      return Optional.empty();
    }
    Shape output = Model.inference(spec.layers(), spec.input()).output().shape();
    return output.rank() == 1 && Zoo.find(spec.name(), spec.input(), output.elements()).equals(spec)
        ? Optional.of(new RunNetwork.BuiltFor(spec.input(), output.elements()))
        : Optional.empty();
  }

  /**
   * The network that is not a named one, if the notes have it.
   *
   * @throws UserException if the note cannot be read
   */
  static Optional<NetworkSpec> network(Path checkpoint, Map<String, String> notes) {
    return object(checkpoint, notes, NETWORK).map(NetworkFile::parse);
  }

  /**
   * How pictures become inputs, if the notes say so where no training does.
   *
   * @throws UserException if the note cannot be read
   */
  static Optional<InputFacts> inputs(Path checkpoint, Map<String, String> notes) {
    return object(checkpoint, notes, INPUTS).map(json -> FACTS.read(json, InputFacts.class));
  }

  /** What an ONNX file is told of its inputs: {@link #inputs}' note, under a name of our own. */
  static Map<String, String> onnx(InputFacts inputs) {
    return inputs.equals(InputFacts.NONE)
        ? Map.of()
        : Map.of(ONNX_INPUTS, Json.line(FACTS.write(inputs)));
  }

  /**
   * What an ONNX file says of its inputs, if Vitrine wrote it.
   *
   * @throws UserException if it cannot be read
   */
  static Optional<InputFacts> ofOnnx(Path file, Map<String, String> metadata) {
    return object(file, metadata, ONNX_INPUTS).map(json -> FACTS.read(json, InputFacts.class));
  }

  private static Optional<JsonObject> object(
      Path checkpoint, Map<String, String> notes, String key) {
    return Optional.ofNullable(notes.get(key))
        .map(note -> Json.parse(note, "%s: its note %s".formatted(checkpoint, Quote.of(key))));
  }

  private static Optional<String> builtFor(RunConfig config) {
    return config.network().builtFor().map(CheckpointNotes::text);
  }

  private static String text(RunNetwork.BuiltFor builtFor) {
    String sizes =
        Arrays.stream(builtFor.input().sizes())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining("x"));
    return "%s, %s classes".formatted(sizes, builtFor.classes());
  }

  /** Whether they name the network of a run. */
  static boolean areOf(RunConfig config, Map<String, String> notes) {
    return config.network().model().equals(notes.get(MODEL))
        && builtFor(config).equals(Optional.ofNullable(notes.get(BUILT_FOR)));
  }

  /**
   * What its training was to compute, if the notes say so: earlier versions did not. It names
   * neither a command nor a place; of a folder with data it has the folder's own name.
   *
   * @throws UserException if the note cannot be read
   */
  static Optional<RunConfig> config(Path checkpoint, Map<String, String> notes) {
    return object(checkpoint, notes, CONFIG).map(RunConfig::of);
  }

  /**
   * How long the training is, if the notes say so.
   *
   * @throws UserException if they do not say it in numbers
   */
  static Optional<Course> course(Path checkpoint, Map<String, String> notes) {
    return notes.containsKey(STEPS) || notes.containsKey(STEPS_PER_EPOCH)
        ? Optional.of(
            new Course(count(checkpoint, notes, STEPS_PER_EPOCH), count(checkpoint, notes, STEPS)))
        : Optional.empty();
  }

  private static long count(Path checkpoint, Map<String, String> notes, String key) {
    String note = notes.getOrDefault(key, "");
    if (!note.matches(COUNT)) {
      throw new UserException(
          "%s: its note %s expects a whole number above 0, but is %s"
              .formatted(checkpoint, Quote.of(key), Quote.of(note)));
    }
    return Long.parseLong(note);
  }

  /**
   * Checks that a training is as long as it was to be when it began, as far as the notes say.
   *
   * @throws UserException if it is not
   */
  static void requireCourse(Path checkpoint, Course now) {
    try (Safetensors tensors = Safetensors.open(checkpoint)) {
      course(checkpoint, known(checkpoint, tensors.metadata()))
          .filter(began -> !began.equals(now))
          .ifPresent(began -> {
            throw new UserException(
                String.format(
                    Locale.ROOT,
                    "%s: the training began with %,d steps, %,d to an epoch, but by its config.json and data it has %,d, %,d to an epoch; put the images, validation, batch size, epochs or steps back that were changed, or start a new run",
                    checkpoint,
                    began.totalSteps(),
                    began.stepsPerEpoch(),
                    now.totalSteps(),
                    now.stepsPerEpoch()));
          });
    }
  }

  /**
   * What a named network was built for, if not for its paper's data.
   *
   * @throws UserException if the note cannot be read
   */
  static Optional<RunNetwork.BuiltFor> builtFor(Path checkpoint, Map<String, String> notes) {
    String note = notes.get(BUILT_FOR);
    if (note == null) {
      return Optional.empty();
    }
    Matcher match = BUILT.matcher(note);
    String wrong =
        "%s: its note %s expects sizes and classes, such as \"3x32x32, 10 classes\", but is %s"
            .formatted(checkpoint, Quote.of(BUILT_FOR), Quote.of(note));
    if (!match.matches()) {
      throw new UserException(wrong);
    }
    String[] sizes = match.group(1).split("x", -1);
    try {
      Shape input = Shape.of(Arrays.stream(sizes).mapToInt(Integer::parseInt).toArray());
      return Optional.of(new RunNetwork.BuiltFor(input, Integer.parseInt(match.group(2))));
    } catch (IllegalArgumentException tooLarge) {
      throw new UserException(wrong, tooLarge);
    }
  }
}
