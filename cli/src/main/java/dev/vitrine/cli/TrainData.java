package dev.vitrine.cli;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.DataSplits;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.Origin;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.InputRule;
import dev.vitrine.run.KnownTests;
import dev.vitrine.run.MemoryNeed;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunNetwork;
import dev.vitrine.run.TuningData;
import dev.vitrine.run.Untaught;
import dev.vitrine.settings.TrainingData;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/** A training's data as its command finds and introduces them. */
record TrainData(RunConfig config, DataSplits splits) {
  /** Finds and loads what a new training asks for, if memory has room for all of it. */
  static TrainData of(CommandSpec spec, RunConfig asked, Compute compute, Terminal terminal) {
    return of(
        TrainingData.start(asked, find(spec, asked, terminal), compute, watched(spec, terminal)));
  }

  /** The same for a run that goes on: its configuration stays as it is. */
  static TrainData again(CommandSpec spec, RunConfig config, Compute compute, Terminal terminal) {
    return of(
        TrainingData.again(config, find(spec, config, terminal), compute, watched(spec, terminal)));
  }

  private static TrainData of(TrainingData found) {
    return new TrainData(found.config(), found.splits());
  }

  /** What network is trained on what. */
  String title() {
    return "%s on %s"
        .formatted(config.network().spec().title(), DataFolders.title(splits.train().name()));
  }

  /** The folder that the user named to look for data in. */
  static Optional<Path> dataDir(CommandSpec spec) {
    Path typed = spec.commandLine().getParseResult().matchedOptionValue("--data-dir", null);
    return Optional.ofNullable(typed);
  }

  private static DataSource find(CommandSpec spec, RunConfig config, Terminal terminal) {
    Optional<Path> folder = dataDir(spec).or(() -> config.data().folder().map(Path::of));
    return DataOptions.find(config, folder, terminal);
  }

  private static TrainingData.Watcher watched(CommandSpec spec, Terminal terminal) {
    return new TrainingData.Watcher() {
      @Override
      public void needs(MemoryNeed need) {
        Memory.require(spec, need);
      }

      @Override
      public void reads(DataSource source) {
        DataOptions.remark(source, terminal);
        terminal.busy("Loading " + DataFolders.title(source.name()));
      }

      @Override
      public void has(Origin origin) {
        DataOptions.warn(origin, terminal);
      }
    };
  }

  /** What is trained on what, and what the user may not expect of it. */
  void introduce(Terminal terminal) {
    Dataset train = splits.train();
    terminal.note(
        "%s on %s: %,d training, %,d validation, %,d test %s",
        config.network().spec().title(),
        DataFolders.title(train.name()),
        train.size(),
        splits.validation().map(Dataset::size).orElse(0),
        splits.test().size(),
        splits.test().hasPictures() ? "images" : "examples");
    config
        .data()
        .use()
        .inputs()
        .filter(rule -> rule == InputRule.MEASURED)
        .ifPresent(_ ->
            terminal.note(
                "inputs are standardised: %s",
                config.recipe().normalisation().description(train.shape())));
    Untaught.of(train).sentence().ifPresent(text -> terminal.note("%s.", text));
    KnownTests.of(TuningData.of(splits), splits.test())
        .sentence()
        .ifPresent(text -> terminal.note("%s.", text));
    config.data().use().resize().ifPresent(size -> terminal.note("images are resized to %s", size));
    config.recipe().optimizer().caution().ifPresent(text -> terminal.note("%s.", text));
    RunNetwork network = config.network();
    network.builtFor().ifPresent(b -> terminal.note("%s", builtFor(network.model(), b)));
  }

  private static String builtFor(String model, RunNetwork.BuiltFor here) {
    NetworkSpec published = Zoo.find(model);
    int classes =
        Model.inference(published.layers(), published.input()).output().shape().elements();
    return String.format(
        Locale.ROOT,
        here.classes() == 1
            ? "%s is built here for %s and %d output; as published it is for %s and %,d"
            : "%s is built here for %s and %d classes; as published it is for %s and %,d",
        model,
        here.input(),
        here.classes(),
        published.input(),
        classes);
  }
}
