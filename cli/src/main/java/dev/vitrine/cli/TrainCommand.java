package dev.vitrine.cli;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.plan.Compute;
import dev.vitrine.range.RangePage;
import dev.vitrine.range.RangeResult;
import dev.vitrine.range.RangeTest;
import dev.vitrine.range.RateRange;
import dev.vitrine.run.Outcome;
import dev.vitrine.run.Run;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunData;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.RunNetwork;
import dev.vitrine.run.RunPlace;
import dev.vitrine.run.Saving;
import dev.vitrine.run.TuningData;
import dev.vitrine.settings.Commands;
import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.NamedData;
import dev.vitrine.settings.TrainConfig;
import dev.vitrine.train.DivergedException;
import dev.vitrine.train.TrainingControl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vitrine train}: trains a network, evaluates it, and leaves a run folder with a report. */
@Command(
    name = "train",
    modelTransformer = SettingOptions.class,
    description = "Train a network, evaluate it and write a report.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footer = {
      "",
      "Examples:",
      "  vitrine train",
      "  vitrine train --model cnn32-64 --data mnist --epochs 4 --validation 0.1",
      "  vitrine train --model adaline --data measured.csv --target d --epochs 20",
      "  vitrine train --resume runs/lenet-digits-1",
      "",
      "'vitrine summary --list' shows the known networks.",
      "",
      "Exit codes: 0 done, 2 something you can mend, 3 the training diverged,",
      "130 stopped by Ctrl-C and 143 by a polite kill, both with a checkpoint."
    })
final class TrainCommand implements Callable<Integer> {
  private static final int INTERRUPTED = 130;
  private static final long MOST_SECONDS = 1_000_000;

  /** The options that do not decide what is computed. */
  private static final List<String> BESIDE_RESUME =
      List.of(
          "--threads",
          "--data",
          "--data-dir",
          "--checkpoint-every",
          "--keep-checkpoints",
          "--tensorboard",
          "--cluster",
          "--members",
          "--copy-to",
          "--json",
          "--stacktrace");

  /** The options of a run on disk. */
  private static final List<String> OF_RUNS =
      List.of(
          "--threads",
          "--out",
          "--checkpoint-every",
          "--keep-checkpoints",
          "--tensorboard",
          "--cluster",
          "--members",
          "--copy-to",
          "--lr-range",
          "--mapping");

  @Spec private CommandSpec spec;

  @Mixin private MappingDisplay mapping;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; the result does not depend on it. Default: one a processor")
  private Optional<Integer> threads;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the run, which must not exist yet. Default: runs/MODEL-DATA-N")
  private Optional<OutputFolder> out;

  @Option(
      names = "--checkpoint-every",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description =
          "Seconds to the next checkpoint within an epoch; 0 for one after every batch."
              + " Default: ${DEFAULT-VALUE}")
  private double checkpointEvery;

  @Option(
      names = "--keep-checkpoints",
      paramLabel = "N|all",
      description =
          "Keep the network's numbers after each of the newest N epochs, or of all, in"
              + " checkpoints/epoch-0001.safetensors and so on. Default: only the newest checkpoint")
  private Optional<String> keepCheckpoints;

  @Option(
      names = "--tensorboard",
      description = "Write event files for TensorBoard, in the folder tensorboard of the run.")
  private boolean tensorboard;

  @Option(
      names = "--histograms",
      paramLabel = "every=N",
      description =
          "Record after every N steps how weights, activations and gradients are spread; the report"
              + " shows how they move. It changes no bit of the training.")
  private Optional<String> histograms;

  @Option(
      names = "--lr-range",
      arity = "0..1",
      paramLabel = "FROM:TO[:STEPS]",
      fallbackValue = "1e-5:10:200",
      description =
          "Train no run, but try rates that grow from step to step, and suggest one. --out is then"
              + " the folder of its page. Without a value: ${FALLBACK-VALUE}")
  private Optional<String> range;

  @Option(
      names = "--resume",
      paramLabel = "RUN",
      description =
          "Go on with an interrupted run, to exactly the end that it would have had; with --cluster"
              + " also one that --copy-to has copied, which is fetched to runs/NAME first.")
  private Optional<String> resume;

  @Option(
      names = "--cluster",
      paramLabel = "MASTER",
      description =
          "Compute the shards of each batch (--shards) on an Apache Spark cluster, to the same bits:"
              + " local[N], local-cluster[EXECUTORS,CORES,MEGABYTES] or spark://HOST:PORT. Spark is"
              + " fetched at the first use, 300 MB.")
  private Optional<String> cluster;

  @Option(
      names = "--members",
      paramLabel = "N",
      description =
          "How many tasks of the cluster share the shards; the result does not depend on it."
              + " Default: one a core of its executors, at most one a shard")
  private Optional<Integer> members;

  @Option(
      names = "--copy-to",
      paramLabel = "PLACE",
      description =
          "Copy the run's folder there after every checkpoint: a folder of any file system of"
              + " Hadoop's, such as hdfs://head:9000/runs/digits. Needs --cluster.")
  private Optional<String> copyTo;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description =
          "Train adaline, madaline or perceptron on a table N times, from the weights of N seeds.")
  private Optional<Integer> seeds;

  @Option(
      names = "--hidden",
      paramLabel = "N",
      description = "How many hidden units madaline has on a table. Default: 2")
  private Optional<Integer> hidden;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results for scripts.")
  private Optional<Output> json;

  @Override
  public Integer call() {
    long start = System.nanoTime();
    Terminal terminal = Main.terminal(spec);
    GivenSettings given = SettingOptions.given(spec.commandLine().getParseResult());
    if (resume.isEmpty() && FirstNeurons.areAsked(given)) {
      OF_RUNS.forEach(option -> Surplus.refuse(spec, option, "on units that learn by their rule"));
      FirstNeurons.train(given, Counts.positive("--seeds", seeds, 1), hidden, terminal, json);
      return 0;
    }
    if (resume.isEmpty()) {
      FirstNeurons.refusePictures(given);
    }
    Surplus.refuse(spec, "--seeds", "but on adaline, madaline or perceptron with a table");
    Surplus.refuse(spec, "--hidden", "but on madaline with a table");
    if (cluster.isEmpty()) {
      Surplus.refuse(spec, "--members", "without --cluster");
      Surplus.refuse(spec, "--copy-to", "without --cluster");
    }
    try (Compute compute = Main.compute(threads, terminal);
        Elsewhere elsewhere = new Elsewhere(cluster, members, terminal)) {
      if (range.isPresent() && resume.isEmpty()) {
        return rangeTest(compute, terminal);
      }
      Saving saving = saving(elsewhere);
      Run run =
          resume.isPresent()
              ? resumed(compute, elsewhere, terminal)
              : started(compute, elsewhere, terminal);
      TrainingView view = new TrainingView(terminal, run.progress(), run.batchSize());
      TrainingControl control = new TrainingControl();
      terminal.busy("Starting");
      try (Interrupt _ = Interrupt.install(control::stop)) {
        Path folder = run.begin();
        terminal.note("run folder %s", folder);
        if (resume.isPresent()) {
          terminal.note("Going on after step %,d.", run.progress().step());
        }
        if (!trained(run, view, control, saving)) {
          terminal.note(
              "Stopped after step %,d of %,d. Go on with: %s",
              run.progress().step(), run.course().totalSteps(), Commands.resuming(folder));
          return INTERRUPTED;
        }
      }
      run.ending().ifPresent(text -> terminal.note("%s.", text));
      terminal.busy("Evaluating");
      Outcome outcome = run.finish(Duration.ofNanos(System.nanoTime() - start));
      json.ifPresent(file -> file.json(outcome.toJson()));
      show(terminal, outcome, run.classNames());
      return 0;
    }
  }

  /** A script is told of a divergence, too. */
  private boolean trained(Run run, TrainingView view, TrainingControl control, Saving saving) {
    try {
      return run.train(view, control, saving);
    } catch (DivergedException e) {
      json.ifPresent(file ->
          file.json(
              Map.of(
                  "state", "diverged",
                  "step", run.progress().step(),
                  "reason", e.getMessage())));
      throw e;
    }
  }

  private Saving saving(Elsewhere elsewhere) {
    Saving newest = Saving.every(saveEvery()).tensorboard(tensorboard).spreads(spreads());
    Saving kept = keepCheckpoints.map(newest::epochs).orElse(newest);
    return copyTo.or(this::far).map(place -> kept.copy(elsewhere.copy(place))).orElse(kept);
  }

  /** The run to go on with, if it is on a file system of another kind. */
  private Optional<String> far() {
    return resume.filter(place -> place.contains("://"));
  }

  /** The folder to go on in. */
  private RunFolder folder(Elsewhere elsewhere, Terminal terminal) {
    Optional<String> far = far();
    if (far.isEmpty()) {
      return RunFolder.open(Path.of(resume.orElseThrow()));
    }
    Path name = Path.of(far.get().replaceFirst(".*://", "/")).getFileName();
    if (name == null) {
      throw UserException.expecting("--resume", "the folder of a run", Quote.of(far.get()));
    }
    terminal.busy("Fetching the run");
    return elsewhere.copy(far.get()).fetch(Path.of("runs").resolve(name));
  }

  /** After how many steps numbers are recorded; 0 for never. */
  private int spreads() {
    return histograms.map(TrainCommand::steps).orElse(0);
  }

  private static int steps(String text) {
    if (!text.matches("(every=)?[1-9]\\d{0,8}")) {
      throw UserException.expecting(
          "--histograms", "every=N, such as every=100: a number of steps from 1", Quote.of(text));
    }
    return Integer.parseInt(text.substring(text.indexOf('=') + 1));
  }

  private Duration saveEvery() {
    if (!(checkpointEvery >= 0 && checkpointEvery <= MOST_SECONDS)) {
      throw UserException.expecting(
          "--checkpoint-every",
          String.format(Locale.ROOT, "0 to %,d seconds", MOST_SECONDS),
          Decimal.text(checkpointEvery));
    }
    return Duration.ofNanos((long) (checkpointEvery * 1e9));
  }

  private static void show(Terminal terminal, Outcome outcome, List<String> classNames) {
    JudgementView.show(terminal, outcome.test(), classNames);
    terminal.print("");
    terminal.print("parameters  sha256 %s", outcome.parametersHash().substring(0, 16));
    terminal.print("speed       %,.0f images/s", outcome.imagesPerSecond());
    terminal.line("report      %s", outcome.report());
  }

  private int rangeTest(Compute compute, Terminal terminal) {
    for (String option :
        List.of(
            "--checkpoint-every",
            "--keep-checkpoints",
            "--tensorboard",
            "--histograms",
            "--cluster",
            "--copy-to")) {
      Surplus.refuse(spec, option, "with --lr-range");
    }
    RateRange rates = RateRange.parse(range.orElseThrow());
    RunConfig asked = asked();
    Path folder =
        out.map(given -> RunPlace.exactly(given.path()))
            .orElseGet(() -> RunPlace.numbered(name("lr-range-", asked)))
            .next();
    TrainData data = TrainData.of(spec, asked, compute, terminal);
    data.introduce(terminal);
    terminal.busy("Trying rates");
    RunConfig config = data.config();
    RangeResult result = RangeTest.run(config, TuningData.of(data.splits()), rates, compute);
    json.ifPresent(file -> file.json(result.toJson()));
    RangeView.show(
        terminal, result, RangePage.write(folder, data.title(), config.command(), result));
    return 0;
  }

  private RunConfig asked() {
    GivenSettings given = SettingOptions.given(spec.commandLine().getParseResult());
    RunConfig asked = TrainConfig.of(Main.commandLine(spec), given);
    if (asked.network().initFrom().isEmpty()) {
      Surplus.refuse(spec, "--mapping", "without --init-from");
    }
    return asked;
  }

  private Run started(Compute compute, Elsewhere elsewhere, Terminal terminal) {
    RunConfig asked = asked();
    RunPlace place =
        out.map(folder -> RunPlace.exactly(folder.path()))
            .orElseGet(() -> RunPlace.numbered(name("", asked)));
    requireFree(place);
    out.ifPresent(folder -> Main.outputs(spec).folder(folder, RunFolder.FILES));
    TrainData data = TrainData.of(spec, asked, compute, terminal);
    RunConfig config = data.config();
    Run run = Run.start(place, config, data.splits(), compute, elsewhere.team());
    data.introduce(terminal);
    introduce(terminal, data);
    return run;
  }

  private static void requireFree(RunPlace place) {
    try {
      place.probe();
    } catch (UserException e) {
      boolean run = !place.numbered() && RunFolder.isRun(place.path());
      throw run
          ? e.advise(
              "choose another --out, or go on with --resume " + Commands.quoted(place.path()))
          : e;
    }
  }

  private Run resumed(Compute compute, Elsewhere elsewhere, Terminal terminal) {
    refuseOptionsBesideResume();
    RunFolder folder = folder(elsewhere, terminal);
    RunConfig config = whereNow(folder.config());
    DataOptions.refuseIdle(config.data().name(), TrainData.dataDir(spec));
    AtomicFile.probe(folder.checkpoint());
    folder.requireIdle();
    TrainData data = TrainData.again(spec, config, compute, terminal);
    Run run = Run.resume(folder, data.splits(), compute, elsewhere.team());
    if (!config.equals(folder.config())) {
      folder.writeConfig(config);
    }
    if (config.data().found().checksums().isEmpty()) {
      terminal.note(
          "This run kept no check sums of its data: that these are the same is not known.");
    }
    data.introduce(terminal);
    return run;
  }

  /** The run's configuration with the data where the user says that they are, or they were. */
  private RunConfig whereNow(RunConfig config) {
    RunData data = config.data();
    String said = spec.commandLine().getParseResult().matchedOptionValue("--data", null);
    String name =
        said == null ? NamedData.place(data, TrainData.dataDir(spec)) : NamedData.kept(said);
    Optional<String> folder =
        TrainData.dataDir(spec).map(dir -> dir.toAbsolutePath().toString()).or(data::folder);
    return config.with(data.movedTo(name, folder));
  }

  /** What a run computes is fixed when it starts: an option that would change it is a mistake. */
  private void refuseOptionsBesideResume() {
    spec.commandLine().getParseResult().matchedOptions().stream()
        .map(option -> option.longestName())
        .filter(name -> !name.equals("--resume") && !BESIDE_RESUME.contains(name))
        .findFirst()
        .ifPresent(name -> {
          throw new UserException(
              "%s cannot be given with --resume: the run goes on as it was started; only %s can"
                  .formatted(name, String.join(", ", BESIDE_RESUME)));
        });
  }

  /** What was begun with, what could not be known of it, and on request where each tensor went. */
  private void introduce(Terminal terminal, TrainData data) {
    RunNetwork network = data.config().network();
    String inputs =
        data.config().recipe().normalisation().description(data.splits().train().shape());
    network
        .initFrom()
        .ifPresent(weights -> {
          terminal.note("begins with the numbers of %s, with inputs of %s", weights.file(), inputs);
          mapping.show(terminal, weights.transfer(network.spec()));
        });
  }

  /** What a run is called that was given no name; a number follows. */
  private static Path name(String prefix, RunConfig config) {
    String data = NamedData.shortName(config.data().name());
    return Path.of("runs", "%s%s-%s".formatted(prefix, config.network().spec().name(), data));
  }
}
