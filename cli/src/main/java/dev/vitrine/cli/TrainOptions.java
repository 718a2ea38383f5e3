package dev.vitrine.cli;

import dev.vitrine.data.digits.Digits;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.image.ImageSize;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Loss;
import dev.vitrine.notation.Initializers;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.Schedules;
import dev.vitrine.optim.Optimizer;
import dev.vitrine.random.Seed;
import dev.vitrine.run.DataFacts;
import dev.vitrine.run.InitialWeights;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunData;
import dev.vitrine.run.RunNetwork;
import dev.vitrine.train.Recipe;
import dev.vitrine.train.Restraints;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The options of {@code vitrine train} that decide what is computed. */
final class TrainOptions {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(?:x(\\d{1,9}))?");

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = "lenet",
      description =
          "A name that 'vitrine summary --list' shows, built for the data's pictures and classes,"
              + " or a network file (JSON). Default: ${DEFAULT-VALUE}")
  private String model;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      defaultValue = Digits.NAME,
      description =
          "digits (drawn by Vitrine), mnist, fashion, cifar10, or a folder in MNIST's layout. Default:"
              + " ${DEFAULT-VALUE}")
  private String data;

  @Option(
      names = "--train-images",
      paramLabel = "N",
      description = "Use only the first N training images. Default: all")
  private Optional<Integer> trainImages;

  @Option(
      names = "--test-images",
      paramLabel = "N",
      description = "Use only the first N test images. Default: all")
  private Optional<Integer> testImages;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description =
          "Share of the training images held out to watch progress; 0 for none. Default: 0.1")
  private double validation;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "3",
      description = "Passes over the training images. Default: 3")
  private int epochs;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "End after N batches in any case. Default: no limit")
  private Optional<Long> steps;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "64",
      description = "Images to a batch. Default: 64")
  private int batch;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      defaultValue = "sgd",
      description =
          "sgd, adam, amsgrad, adamw, adagrad, rmsprop, adadelta or lion. Default:"
              + " ${DEFAULT-VALUE}")
  private String optimizer;

  @Option(
      names = "--no-bias-decay",
      description = "Leave biases and normalisations out of the weight decay.")
  private boolean noBiasDecay;

  @Option(
      names = "--bias-lr",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "Factor on the learning rate of biases. Default: 1")
  private double biasRate;

  @Option(
      names = "--clip-value",
      paramLabel = "SIZE",
      description = "No element of a gradient is larger. Default: no limit")
  private Optional<Double> clipValue;

  @Option(
      names = "--clip-norm",
      paramLabel = "NORM",
      description = "The gradients' norm together is no larger. Default: no limit")
  private Optional<Double> clipNorm;

  @Option(names = "--l1", paramLabel = "RATE", description = "L1 penalty of weights. Default: none")
  private Optional<Double> l1;

  @Option(
      names = "--max-norm",
      paramLabel = "NORM",
      description = "No weights of one output have a larger norm. Default: no limit")
  private Optional<Double> maxNorm;

  @Option(
      names = "--schedule",
      paramLabel = "SCHEDULE",
      defaultValue = "exponential:0.9992",
      description =
          "constant, step:GAMMA:EVERY, multistep:GAMMA:AT:AT…, exponential:GAMMA,"
              + " inverse:GAMMA:POWER, cosine:STEPS, onecycle:STEPS, warmup:STEPS, counted in"
              + " batches; A*B is their product, A@STEPS,B one after another. Default:"
              + " ${DEFAULT-VALUE}")
  private String schedule;

  @Option(
      names = "--label-smoothing",
      paramLabel = "SHARE",
      defaultValue = "0",
      description = "Share of the target spread over all classes. Default: 0")
  private double labelSmoothing;

  @Option(
      names = "--init",
      paramLabel = "NAME",
      defaultValue = "lecun-uniform",
      description =
          "Start of the weights: {lecun,xavier,kaiming}-{uniform,normal}, uniform:BOUND,"
              + " normal:DEVIATION or constant:NUMBER. Default: ${DEFAULT-VALUE}")
  private String init;

  @Option(
      names = "--resize",
      paramLabel = "SIZE",
      description =
          "Bring all images to this size first: a side such as 96, or HEIGHTxWIDTH such as 32x64."
              + " Default: as they are")
  private Optional<String> resize;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description = "Seed of all random numbers. Default: 42")
  private long seed;

  @Mixin private NormalisationOptions normalisation;

  /**
   * The configuration of a new run, checked as far as it can be without data.
   *
   * @param beginning the network with what it begins with
   * @param given the command line, for the optimiser's own options
   * @throws UserException if a value is out of its range
   */
  RunConfig config(
      String commandLine,
      UnaryOperator<RunNetwork> beginning,
      Optional<Path> dataDir,
      ParseResult given) {
    Recipe recipe = recipe(OptimizerOptions.chosen(optimizer, given));
    RunNetwork network =
        beginning.apply(new RunNetwork(model, networkFile(), Initializers.parse(init)));
    Normalisation inputs =
        normalisation
            .said()
            .or(() -> network.initFrom().flatMap(InitialWeights::normalisation))
            .orElse(Normalisation.UNIT);
    return new RunConfig(commandLine, network, data(dataDir), recipe.normalisation(inputs));
  }

  private Recipe recipe(Optimizer rule) {
    Recipe recipe =
        Recipe.of(rule)
            .schedule(Schedules.parse(schedule))
            .loss(Loss.crossEntropy(labelSmoothing))
            .batchSize(batch)
            .epochs(epochs)
            .biasRate(biasRate)
            .decayBiases(!noBiasDecay)
            .restraints(new Restraints(clipValue, clipNorm, l1, maxNorm))
            .seed(Seed.of(seed));
    positive("--steps", steps, 0L);
    return steps.map(recipe::maxSteps).orElse(recipe);
  }

  private RunData data(Optional<Path> dataDir) {
    RunData.Use use =
        new RunData.Use(
            positive("--train-images", trainImages, 0),
            positive("--test-images", testImages, 0),
            validation,
            resize.map(TrainOptions::size));
    return new RunData(
        DataOptions.kept(data),
        dataDir.map(folder -> folder.toAbsolutePath().toString()),
        use,
        DataFacts.NONE);
  }

  /** What {@code --resize} says. */
  static ImageSize size(String text) {
    Matcher sides = SIZE.matcher(text);
    if (!sides.matches()) {
      throw new UserException(
          "--resize expects a side in pixels such as 96, or HEIGHTxWIDTH such as 32x64, but got %s"
              .formatted(Quote.of(text)));
    }
    int height = Integer.parseInt(sides.group(1));
    return new ImageSize(
        height, sides.group(2) == null ? height : Integer.parseInt(sides.group(2)));
  }

  /** What {@code --data} says. */
  String data() {
    return data;
  }

  /** The content of the network file, if the model is one. */
  private Optional<JsonObject> networkFile() {
    return Zoo.has(model) || !Files.isRegularFile(Path.of(model))
        ? Optional.empty()
        : Optional.of(NetworkFile.json(Path.of(model)));
  }

  /** 0 stands for an option that was not given; nobody may give it. */
  static <N extends Number> N positive(String option, Optional<N> value, N absent) {
    value
        .filter(number -> number.longValue() < 1)
        .ifPresent(number -> {
          throw UserException.expecting(option, "1 or more", number.toString());
        });
    return value.orElse(absent);
  }
}
