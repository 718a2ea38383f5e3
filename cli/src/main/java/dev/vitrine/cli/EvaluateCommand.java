package dev.vitrine.cli;

import dev.vitrine.data.DataSource;
import dev.vitrine.data.Dataset;
import dev.vitrine.format.AtomicFile;
import dev.vitrine.format.Json;
import dev.vitrine.random.Seed;
import dev.vitrine.train.Compute;
import dev.vitrine.train.Run;
import dev.vitrine.train.RunConfig;
import dev.vitrine.train.RunEvaluation;
import dev.vitrine.train.RunFolder;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine evaluate}: how a trained network does on test data. */
@Command(
    name = "evaluate",
    description = "Evaluate a trained network: accuracy, confusion matrix, worst mistakes.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  vitrine evaluate runs/lenet-digits-1 --data mnist"})
final class EvaluateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "RUN", description = "The folder of the run.")
  private Path run;

  @Option(
      names = "--data",
      paramLabel = "DATA",
      description =
          "digits, mnist, fashion, cifar10, or a folder in MNIST's layout. Default: what it was trained on")
  private Optional<String> data;

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder to look for data in.")
  private Optional<Path> dataDir;

  @Option(
      names = "--test-images",
      paramLabel = "N",
      description = "Use only the first N test images. Default: all, or as many as in training")
  private Optional<Integer> testImages;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; the result does not depend on it. Default: one a processor")
  private Optional<Integer> threads;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder for report.html and confusion.png. Default: RUN/evaluate-DATA")
  private Optional<Path> out;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results for scripts.")
  private Optional<Path> json;

  @Override
  public void run() {
    long start = System.nanoTime();
    Terminal terminal = Main.terminal(spec);
    RunFolder folder = RunFolder.open(run);
    RunConfig config = folder.config();
    String name = data.orElse(config.data());
    int images =
        TrainOptions.positive(
            "--test-images", testImages, data.isEmpty() ? config.testImages() : 0);
    Path target = out.orElseGet(() -> run.resolve("evaluate-" + DataOptions.shortName(name)));
    json.ifPresent(AtomicFile::probe);
    AtomicFile.probeFolder(target);
    try (Compute compute = Main.compute(threads, terminal)) {
      Dataset test = load(config, name, images, terminal);
      terminal.busy("Evaluating");
      RunEvaluation result = RunEvaluation.of(folder, test, compute, Main.commandLine(spec), start);
      result.write(target);
      json.ifPresent(file -> Json.write(file, result.toJson()));
      show(terminal, result, target);
    }
  }

  private Dataset load(RunConfig config, String name, int images, Terminal terminal) {
    Optional<Path> from = dataDir.or(() -> config.dataDir().map(Path::of));
    DataSource source = DataOptions.find(name, 0, images, from, Seed.of(config.seed()), terminal);
    terminal.busy("Loading " + source.name());
    return Run.first(images, "test", source.loadTest());
  }

  private static void show(Terminal terminal, RunEvaluation result, Path folder) {
    EvaluationView.show(terminal, result.evaluation(), result.classNames());
    terminal.print("");
    ScoresView.show(terminal, result.evaluation(), result.classNames());
    terminal.print("");
    terminal.print("report      %s", folder.resolve("report.html"));
    terminal.print("picture     %s", folder.resolve("confusion.png"));
  }
}
