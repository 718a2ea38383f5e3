package dev.vitrine.run;

import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.image.ImageSize;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.Initializers;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.notation.Optimizers;
import dev.vitrine.notation.Schedules;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.optim.Schedule;
import dev.vitrine.optim.Sgd;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Recipe;
import dev.vitrine.zoo.Zoo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that decides what a run computes, as its {@code config.json} keeps it. Threads and kernels
 * are not in it: they change nothing.
 *
 * @param command the command line as typed
 * @param model the network's name or file
 * @param network the content of that file, if it is one, so that the run outlives it
 * @param builtFor the data that a named network is built for, if they are not its paper's
 * @param data the dataset's name or folder
 * @param dataDir where it was looked for first, if the user said so
 * @param trainImages how many of the training images are used, from the first on; 0 for all
 * @param testImages how many of the test images; 0 for all
 * @param validation the share of the training data that is held out; 0 for none
 * @param init the initialiser's name
 * @param optimizer one that {@link Optimizers} has a name for
 * @param schedule in {@link Schedules}' form
 * @param maxSteps steps after which training ends; 0 for no limit
 * @param normalisation how pixels become numbers
 * @param resize the size that all images are brought to, if they are
 * @param facts what was found of the data when the run began
 */
public record RunConfig(
    String command,
    String model,
    Optional<JsonObject> network,
    Optional<BuiltFor> builtFor,
    String data,
    Optional<String> dataDir,
    int trainImages,
    int testImages,
    double validation,
    String init,
    int batch,
    int epochs,
    long maxSteps,
    Optimizer optimizer,
    String schedule,
    double biasRate,
    boolean decayBiases,
    double labelSmoothing,
    Normalisation normalisation,
    Optional<ImageSize> resize,
    long seed,
    DataFacts facts) {
  private static final long FORMAT = 2;

  /** What pixels are divided by before a mean is subtracted. */
  private static final double SAMPLES = 255;

  /**
   * What a network is built for.
   *
   * @param input the shape of an example
   */
  public record BuiltFor(Shape input, int classes) {
    private Map<String, Object> toJson() {
      return Map.of("input", input.sizes(), "classes", classes);
    }

    private static BuiltFor of(JsonObject json) {
      int classes = whole(json, "classes");
      if (classes < 1) {
        throw new UserException(
            "%s: \"classes\" expects 1 or more, but got %s".formatted(json.source(), classes));
      }
      return new BuiltFor(NetworkFile.input(json), classes);
    }
  }

  /** The network. */
  public NetworkSpec spec() {
    return network
        .map(NetworkFile::parse)
        .or(() -> builtFor.map(b -> Zoo.find(model, b.input(), b.classes())))
        .orElseGet(() -> Zoo.find(model));
  }

  /**
   * The same for data that are at hand: it keeps what tells them from others, and its network is
   * built for them. A named one takes examples of any shape, and has as many outputs as there are
   * classes; one from a file stays as it is.
   *
   * @throws UserException if a layer does not fit such examples
   */
  public RunConfig fitted(DataSplits splits) {
    DataFacts found = DataFacts.of(splits);
    Dataset train = splits.train();
    Optional<BuiltFor> built = build(train.shape(), train.classNames().size(), train.name());
    return with(built, data, dataDir, found);
  }

  /** The same, with its data in another place: a folder, or a name that is looked for there. */
  public RunConfig movedTo(String newData, Optional<String> newDataDir) {
    return with(builtFor, newData, newDataDir, facts);
  }

  /** Images as the network is given them. */
  public Dataset resized(Dataset images) {
    return resize.map(images::resized).orElse(images);
  }

  /** The network for such images, as {@link #fitted} has it. */
  NetworkSpec specFor(Shape images, int classes, String name) {
    Shape seen = resize.map(s -> Shape.of(images.size(0), s.height(), s.width())).orElse(images);
    return with(build(seen, classes, name), data, dataDir, facts).spec();
  }

  /** What a named network must be built for, unless it is what its paper has. */
  private Optional<BuiltFor> build(Shape images, int classes, String name) {
    if (network.isPresent()) {
      return builtFor;
    }
    BuiltFor wanted = new BuiltFor(images, classes);
    NetworkSpec built = Zoo.find(model, wanted.input(), wanted.classes());
    if (built.equals(spec())) {
      return builtFor;
    }
    try {
      Model.inference(built.layers(), built.input());
    } catch (UserException e) {
      throw e.of("%s cannot be built for the images of data set %s".formatted(model, name))
          .advise("use larger images or another model");
    }
    return Optional.of(wanted);
  }

  private RunConfig with(
      Optional<BuiltFor> newBuiltFor, String newData, Optional<String> newDir, DataFacts found) {
    return new RunConfig(
        command,
        model,
        network,
        newBuiltFor,
        newData,
        newDir,
        trainImages,
        testImages,
        validation,
        init,
        batch,
        epochs,
        maxSteps,
        optimizer,
        schedule,
        biasRate,
        decayBiases,
        labelSmoothing,
        normalisation,
        resize,
        seed,
        found);
  }

  /** The network with its first numbers. */
  public Model newModel() {
    NetworkSpec spec = spec();
    return Model.of(spec.layers(), spec.input(), Initializers.parse(init), Seed.of(seed));
  }

  /** How it is trained. */
  public Recipe recipe() {
    Schedule rates = Schedules.parse(schedule);
    return new Recipe(
        optimizer,
        rates,
        Loss.crossEntropy(labelSmoothing),
        batch,
        epochs,
        maxSteps == 0 ? Long.MAX_VALUE : maxSteps,
        biasRate,
        Map.of(),
        decayBiases,
        normalisation,
        Seed.of(seed));
  }

  /** As {@code config.json} has it. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("format", FORMAT);
    json.put("command", command);
    json.put("model", model);
    json.put("network", network.orElse(null));
    json.put("built_for", builtFor.map(BuiltFor::toJson).orElse(null));
    json.put("data", data);
    json.put("data_dir", dataDir.orElse(null));
    json.put("train_images", trainImages);
    json.put("test_images", testImages);
    json.put("validation", validation);
    json.put("init", init);
    json.put("batch", batch);
    json.put("epochs", epochs);
    json.put("max_steps", maxSteps);
    json.put("optimizer", Optimizers.json(optimizer));
    json.put("schedule", schedule);
    json.put("bias_rate", biasRate);
    json.put("decay_biases", decayBiases);
    json.put("label_smoothing", labelSmoothing);
    json.put("mean", plain(normalisation.mean()));
    json.put("deviation", plain(normalisation.deviation()));
    json.put("resize", resize.map(s -> List.of(s.height(), s.width())).orElse(null));
    json.put("seed", seed);
    json.put("found", facts.toJson());
    return json;
  }

  /**
   * Reads what {@link #toJson} gives.
   *
   * @throws UserException if a field is missing or wrong
   */
  public static RunConfig of(JsonObject json) {
    long format = json.integer("format");
    if (format < 1 || format > FORMAT) {
      throw new UserException(
          "%s is of format %s, but this version of Vitrine reads formats 1 to %s"
              .formatted(json.source(), format, FORMAT));
    }
    return new RunConfig(
        json.string("command"),
        json.string("model"),
        json.has("network") ? Optional.of(json.object("network")) : Optional.empty(),
        json.has("built_for")
            ? Optional.of(BuiltFor.of(json.object("built_for")))
            : Optional.empty(),
        json.string("data"),
        json.has("data_dir") ? Optional.of(json.string("data_dir")) : Optional.empty(),
        whole(json, "train_images"),
        whole(json, "test_images"),
        json.number("validation"),
        json.string("init"),
        whole(json, "batch"),
        whole(json, "epochs"),
        json.integer("max_steps"),
        format == 1 ? firstOptimizer(json) : Optimizers.read(json.object("optimizer")),
        json.string("schedule"),
        json.number("bias_rate"),
        json.bool("decay_biases"),
        json.number("label_smoothing"),
        new Normalisation(SAMPLES, numbers(json, "mean"), numbers(json, "deviation")),
        json.has("resize") ? Optional.of(size(json)) : Optional.empty(),
        json.integer("seed"),
        json.has("found") ? DataFacts.of(json.object("found")) : DataFacts.NONE);
  }

  /** Format 1 knew nothing but gradient descent, whose settings stood among the others. */
  private static Optimizer firstOptimizer(JsonObject json) {
    return new Sgd(
        json.number("learning_rate"),
        json.number("momentum"),
        json.bool("nesterov"),
        json.number("weight_decay"));
  }

  /** One number for all channels is a number, several are a list. */
  private static Object plain(List<Double> numbers) {
    return numbers.size() == 1 ? numbers.getFirst() : numbers;
  }

  private static List<Double> numbers(JsonObject json, String key) {
    return json.isList(key) ? json.numbers(key) : List.of(json.number(key));
  }

  private static ImageSize size(JsonObject json) {
    List<Double> sides = json.numbers("resize");
    if (sides.size() != 2) {
      throw new UserException(
          "%s: \"resize\" expects a height and a width, but got %s numbers"
              .formatted(json.source(), sides.size()));
    }
    return new ImageSize(sides.getFirst().intValue(), sides.getLast().intValue());
  }

  private static int whole(JsonObject json, String key) {
    long value = json.integer(key);
    if (value != (int) value) {
      throw new UserException(
          "%s: \"%s\" expects a number below 2^31, but got %s"
              .formatted(json.source(), key, value));
    }
    return (int) value;
  }
}
