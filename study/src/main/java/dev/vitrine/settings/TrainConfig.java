package dev.vitrine.settings;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.Reading;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.image.ImageSize;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Target;
import dev.vitrine.notation.Augmentations;
import dev.vitrine.notation.Initializers;
import dev.vitrine.notation.Losses;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NumberList;
import dev.vitrine.notation.Optimizers;
import dev.vitrine.notation.Schedules;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.random.Seed;
import dev.vitrine.run.DataFacts;
import dev.vitrine.run.InitialWeights;
import dev.vitrine.run.InputRule;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunData;
import dev.vitrine.run.RunNetwork;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.Restraints;
import dev.vitrine.transfer.Conventions;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes of settings what a run computes. */
public final class TrainConfig {
  private static final Pattern SHAPE =
      Pattern.compile("(?:([1-9]\\d{0,4})x)?([1-9]\\d{0,4})x([1-9]\\d{0,4})");

  private final GivenSettings given;
  private final DataFolders folders;

  private TrainConfig(GivenSettings given, DataFolders folders) {
    this.given = given;
    this.folders = folders;
  }

  /**
   * {@return what a run of these settings computes, checked as far as it can be without data}
   *
   * @param command the line that gives it again
   * @param given the settings
   * @throws UserException if a value is out of its range, or one has no effect or contradicts
   *     another
   */
  public static RunConfig of(String command, GivenSettings given) {
    return of(command, given, DataFolders.ofSystem(Optional.empty()));
  }

  /**
   * {@return the same as {@link #of(String, GivenSettings)}}
   *
   * @param command the line that gives it again
   * @param given the settings
   * @param folders where a file is looked for that the settings name and that is not there from
   *     here, unless they name a data folder themselves
   */
  public static RunConfig of(String command, GivenSettings given, DataFolders folders) {
    Objects.requireNonNull(command, "command");
    Objects.requireNonNull(given, "given");
    Objects.requireNonNull(folders, "folders");
    Optional<Path> own = given.said("data-dir").map(Path::of);
    return new TrainConfig(given, own.isEmpty() ? folders : DataFolders.ofSystem(own))
        .config(command);
  }

  private RunConfig config(String command) {
    Recipe recipe = recipe();
    String model = given.text("model");
    RunNetwork drawn =
        new RunNetwork(model, networkFile(model), Initializers.parse(given.text("init")));
    RunNetwork network = initialWeights().map(drawn::initFrom).orElse(drawn);
    Optional<Normalisation> known =
        normalisation().or(() -> network.initFrom().flatMap(InitialWeights::normalisation));
    refuseIdle(recipe.optimizer());
    return new RunConfig(
        command,
        network,
        data(network, rule(known.isPresent())),
        recipe.normalisation(known.orElse(Normalisation.UNIT)));
  }

  /** Whose word counts for the inputs, where nobody said at least by what they are divided. */
  private Optional<InputRule> rule(boolean known) {
    if (given.flag("standardise")) {
      return Optional.of(InputRule.MEASURED);
    }
    boolean part = normalisation().isPresent() && given.number("divisor").isEmpty();
    return known && !part ? Optional.empty() : Optional.of(InputRule.USUAL);
  }

  private Recipe recipe() {
    Recipe recipe =
        Recipe.of(OptimizerSettings.chosen(given))
            .schedule(Schedules.parse(given.text("schedule")))
            .loss(loss())
            .batchSize(given.count("batch").orElseThrow())
            .shards(given.count("shards").orElseThrow())
            .epochs(given.count("epochs").orElseThrow())
            .biasRate(given.number("bias-lr").orElseThrow())
            .decayBiases(!given.flag("no-bias-decay"))
            .restraints(
                new Restraints(
                    given.number("clip-value"),
                    given.number("clip-norm"),
                    given.number("l1"),
                    given.number("max-norm")))
            .seed(Seed.of(given.whole("seed").orElseThrow()));
    recipe = given.positive("local-steps").map(recipe::localSteps).orElse(recipe);
    recipe =
        given.said("augment").map(Augmentations::parse).map(recipe::augmentation).orElse(recipe);
    recipe = given.said("early-stop").map(EarlyStops::parse).map(recipe::earlyStop).orElse(recipe);
    Optional<Long> steps = given.whole("steps");
    steps.ifPresent(most -> given.requirePositive("steps", most));
    return steps.map(recipe::maxSteps).orElse(recipe);
  }

  /** What is said, or else what the data decide in the end. */
  private Loss loss() {
    double smoothing = given.number("label-smoothing").orElseThrow();
    Loss loss = given.said("loss").map(Losses::named).orElse(Loss.crossEntropy());
    if (loss instanceof Loss.CrossEntropy) {
      return Loss.crossEntropy(smoothing);
    }
    given.refuse("label-smoothing", "with the loss " + given.text("loss"));
    return loss;
  }

  /** Whole numbers are numbers for a loss that compares numbers, and for a single output. */
  private Optional<Boolean> numbers(RunNetwork network) {
    if (given.has("loss")) {
      return Optional.of(loss().target() != Target.CLASS_NUMBER);
    }
    boolean single = network.file().isPresent() && network.outputs() == 1;
    return single ? Optional.of(true) : Optional.empty();
  }

  private RunData data(RunNetwork network, Optional<InputRule> rule) {
    Optional<Double> testShare = given.number("test-share");
    Reading reading =
        new Reading(
            given.said("target").map(text -> List.of(text.split(",", -1))).orElse(List.of()),
            numbers(network),
            given.said("shape").map(TrainConfig::shape),
            testShare);
    RunData.Use use =
        new RunData.Use(
            given.positive("train-images").orElse(0),
            given.positive("test-images").orElse(0),
            given.number("validation").orElseThrow(),
            given.said("resize").map(ImageSize::parse),
            rule);
    return new RunData(
        NamedData.kept(given.text("data")),
        given.said("data-dir").map(folder -> Path.of(folder).toAbsolutePath().toString()),
        Optional.of(reading),
        use,
        DataFacts.NONE);
  }

  /** Such as {@code 1x28x28}; two sides are those of a grey image. */
  private static Shape shape(String text) {
    Matcher sizes = SHAPE.matcher(text);
    if (!sizes.matches()) {
      throw UserException.expecting(
          "The examples' shape", "CHANNELSxHEIGHTxWIDTH such as 1x28x28", Quote.of(text));
    }
    int channels = sizes.group(1) == null ? 1 : Integer.parseInt(sizes.group(1));
    return Shape.of(channels, Integer.parseInt(sizes.group(2)), Integer.parseInt(sizes.group(3)));
  }

  /** The normalisation, if any of it was said; the rest of it as usual. */
  private Optional<Normalisation> normalisation() {
    Optional<Double> divisor = given.number("divisor");
    Optional<List<Double>> mean = given.numbers("mean");
    Optional<List<Double>> deviation = given.numbers("deviation");
    if (divisor.isEmpty() && mean.isEmpty() && deviation.isEmpty()) {
      return Optional.empty();
    }
    if (given.flag("standardise")) {
      throw new UserException(
          "%s measures what %s, %s and %s say: leave them out"
              .formatted(
                  given.called("standardise"),
                  given.called("divisor"),
                  given.called("mean"),
                  given.called("deviation")));
    }
    return Optional.of(
        new Normalisation(
            divisor.orElse(Normalisation.UNIT.divisor()),
            mean.orElse(Normalisation.UNIT.mean()),
            deviation.orElse(Normalisation.UNIT.deviation())));
  }

  /** The content of the network file, if the model is one. */
  private static Optional<JsonObject> networkFile(String model) {
    return Zoo.has(model) || !Files.isRegularFile(Path.of(model))
        ? Optional.empty()
        : Optional.of(NetworkFile.json(Path.of(model)));
  }

  private Optional<InitialWeights> initialWeights() {
    Optional<String> file = given.said("init-from");
    if (file.isEmpty()) {
      for (String setting : List.of("key", "layout", "classes")) {
        given.refuse(setting, "without " + given.called("init-from"));
      }
      return Optional.empty();
    }
    if (given.has("init")) {
      throw new UserException(
          "%s and %s both say what the weights begin as: leave one out"
              .formatted(given.called("init"), given.called("init-from")));
    }
    List<Integer> classes =
        given
            .said("classes")
            .map(text -> NumberList.parse(given.called("classes"), text))
            .orElse(List.of());
    List<String> words =
        given.said("layout").map(text -> List.of(text.split(","))).orElse(List.of());
    InitialWeights weights =
        InitialWeights.of(
            place(file.get()), given.said("key"), Conventions.of(words).classes(classes));
    weights.requireReadable();
    return Optional.of(weights);
  }

  /** From here, or within a data folder. */
  private Path place(String file) {
    Path here = Path.of(file);
    return file.isBlank() || Files.exists(here) ? here : folders.locate(here).orElse(here);
  }

  /** Settings that this training has no use for. */
  private void refuseIdle(Optimizer optimizer) {
    String data = given.text("data");
    if (given.has("data-dir") && data.equals(Digits.NAME)) {
      throw new UserException(
          "%s has no effect with the data digits, which are drawn: leave it out, or choose other %s"
              .formatted(given.called("data-dir"), given.called("data")));
    }
    if (!NamedData.isPublished(data)) {
      given.refuse("data-dir", "with a folder as " + given.called("data"));
    }
    if (Double.valueOf(0).equals(Optimizers.settings(optimizer).get("weightDecay"))) {
      given.refuse("no-bias-decay", "without a " + given.called("weight-decay"));
    }
  }
}
