package dev.vitrine.cli;

import dev.vitrine.data.DataSource;
import dev.vitrine.data.DataSplits;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.random.Seed;
import dev.vitrine.train.Compute;
import dev.vitrine.train.Outcome;
import dev.vitrine.train.Run;
import dev.vitrine.train.RunConfig;
import dev.vitrine.train.RunFolder;
import dev.vitrine.zoo.NetworkSpec;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vitrine train}: trains a network, evaluates it, and leaves a run folder with a report. */
@Command(
    name = "train",
    description = "Train a network, evaluate it and write a report.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vitrine train",
      "  vitrine train --model cnn32-64 --data mnist --epochs 4 --validation 0.1",
      "  vitrine train --resume runs/lenet-digits-1",
      "",
      "Exit codes: 0 done, 2 something you can mend, 3 the training diverged,",
      "130 stopped by Ctrl-C (with a checkpoint)."
    })
final class TrainCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;

  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      defaultValue = "lenet",
      description = "lenet, mlp, cnn32-64, or a network file (JSON). Default: ${DEFAULT-VALUE}")
  private String model;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      defaultValue = Digits.NAME,
      description =
          "digits (drawn by Vitrine), mnist, fashion, or a folder in MNIST's layout. Default:"
              + " ${DEFAULT-VALUE}")
  private String data;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder to look for data in, and to download them to.")
  private Optional<Path> dataDir;

  @Option(
      names = "--epochs",
      defaultValue = "3",
      description = "Passes over the training data. Default: 3")
  private int epochs;

  @Option(
      names = "--steps",
      defaultValue = "0",
      description = "End after that many batches; 0 for no limit.")
  private long steps;

  @Option(names = "--batch", defaultValue = "64", description = "Images a batch. Default: 64")
  private int batch;

  @Option(
      names = "--lr",
      defaultValue = "0.02",
      description = "Learning rate. Default: ${DEFAULT-VALUE}")
  private double learningRate;

  @Option(
      names = "--momentum",
      defaultValue = "0.9",
      description = "Momentum, in [0, 1). Default: 0.9")
  private double momentum;

  @Option(names = "--nesterov", description = "Use Nesterov's momentum.")
  private boolean nesterov;

  @Option(
      names = "--weight-decay",
      defaultValue = "0.0005",
      description = "L2 weight decay. Default: ${DEFAULT-VALUE}")
  private double weightDecay;

  @Option(names = "--no-bias-decay", description = "Leave biases out of the weight decay.")
  private boolean noBiasDecay;

  @Option(
      names = "--bias-lr",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "Factor on the learning rate of biases. Default: 1")
  private double biasRate;

  @Option(
      names = "--schedule",
      defaultValue = "exponential:0.9992",
      description =
          "constant, step:GAMMA:EVERY, exponential:GAMMA or inverse:GAMMA:POWER, counted in"
              + " batches. Default: ${DEFAULT-VALUE}")
  private String schedule;

  @Option(
      names = "--label-smoothing",
      paramLabel = "E",
      defaultValue = "0",
      description = "Share of the target spread over all classes. Default: 0")
  private double labelSmoothing;

  @Option(
      names = "--init",
      defaultValue = "lecun-uniform",
      description =
          "Start of the weights: {lecun,xavier,kaiming}-{uniform,normal}. Default: ${DEFAULT-VALUE}")
  private String init;

  @Option(
      names = "--validation",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description =
          "Share of the training data held out to watch progress; 0 for none. Default: 0.1")
  private double validation;

  @Option(
      names = "--seed",
      defaultValue = "42",
      description = "Seed of all random numbers. Default: 42")
  private long seed;

  @Option(
      names = "--threads",
      description = "Threads; the result does not depend on it. Default: one a processor")
  private Optional<Integer> threads;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the run, which must not exist yet. Default: runs/MODEL-DATA-N")
  private Optional<Path> out;

  @Option(names = "--resume", paramLabel = "RUN", description = "Go on with an interrupted run.")
  private Optional<Path> resume;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results for scripts.")
  private Optional<Path> json;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Terminal terminal = Main.terminal(spec);
    int processors = Runtime.getRuntime().availableProcessors();
    try (Compute compute = Compute.of(threads.orElse(processors))) {
      Main.noteKernels(terminal);
      Run run = resume.isPresent() ? resumed(compute, terminal) : started(compute, terminal);
      TrainingView view = new TrainingView(terminal, run.session());
      try (Interrupt interrupt = Interrupt.install()) {
        if (!run.train(view.listener(interrupt))) {
          terminal.note(
              "Stopped after step %,d of %,d. Go on with: vitrine train --resume %s",
              run.session().step(), run.session().totalSteps(), run.path());
          return INTERRUPTED;
        }
      }
      Outcome outcome = run.finish(Duration.ofNanos(System.nanoTime() - start));
      json.ifPresent(file -> Json.write(file, outcome.toJson()));
      EvaluationView.show(terminal, outcome.test(), run.classNames());
      terminal.print("");
      terminal.print("parameters  sha256 %s", outcome.parametersHash().substring(0, 16));
      terminal.print("speed       %,.0f images/s", outcome.imagesPerSecond());
      terminal.print("report      %s", outcome.report());
      return 0;
    }
  }

  private Run started(Compute compute, Terminal terminal) {
    RunConfig config = config();
    Path folder = out.orElseGet(() -> freeFolder(config));
    RunFolder.refuseExisting(folder);
    NetworkSpec network = config.spec();
    config.recipe();
    DataSplits splits = load(config, terminal);
    Run run = Run.start(folder, config, splits, compute);
    introduce(terminal, network, splits, folder);
    return run;
  }

  private Run resumed(Compute compute, Terminal terminal) {
    refuseOptionsBesideResume();
    RunFolder folder = RunFolder.open(resume.orElseThrow());
    RunConfig config = folder.config();
    DataSplits splits = load(config, terminal);
    Run run = Run.resume(folder, splits, compute);
    introduce(terminal, config.spec(), splits, folder.path());
    terminal.note("Going on after step %,d.", run.session().step());
    return run;
  }

  /** What a run computes is fixed when it starts: an option that would change it is a mistake. */
  private void refuseOptionsBesideResume() {
    var allowed = java.util.Set.of("--resume", "--threads", "--json", "--data-dir", "--stacktrace");
    spec.commandLine().getParseResult().matchedOptions().stream()
        .map(option -> option.longestName())
        .filter(name -> !allowed.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new UserException(
              "%s cannot be given with --resume: the run goes on as it was started"
                  .formatted(name));
        });
  }

  private DataSplits load(RunConfig config, Terminal terminal) {
    Optional<Path> folder = dataDir.or(() -> config.dataDir().map(Path::of));
    DataSource source = DataOptions.find(config.data(), folder, Seed.of(config.seed()), terminal);
    return Run.holdOut(config, source.load());
  }

  private void introduce(Terminal terminal, NetworkSpec network, DataSplits data, Path folder) {
    terminal.note(
        "%s on %s: %,d images to learn from, %,d to validate, %,d to test; %s",
        network.title(),
        data.train().name(),
        data.train().size(),
        data.validation().map(v -> v.size()).orElse(0),
        data.test().size(),
        folder);
  }

  private RunConfig config() {
    Optional<JsonObject> file =
        Zoo.names().contains(model) || !Files.isRegularFile(Path.of(model))
            ? Optional.empty()
            : Optional.of(Json.read(Path.of(model)));
    if (!(validation >= 0 && validation < 1)) {
      throw new UserException("--validation expects a share in [0, 1), but got " + validation);
    }
    if (steps < 0) {
      throw new UserException("--steps expects 0 or more, but got " + steps);
    }
    return new RunConfig(
        Main.commandLine(spec),
        model,
        file,
        data,
        dataDir.map(Path::toString),
        validation,
        init,
        batch,
        epochs,
        steps,
        learningRate,
        momentum,
        nesterov,
        weightDecay,
        schedule,
        biasRate,
        !noBiasDecay,
        labelSmoothing,
        0,
        1,
        seed);
  }

  private static Path freeFolder(RunConfig config) {
    String name = "%s-%s".formatted(config.spec().name(), Path.of(config.data()).getFileName());
    for (int number = 1; ; number++) {
      Path folder = Path.of("runs", name + "-" + number);
      if (!Files.exists(folder)) {
        return folder;
      }
    }
  }
}
