package dev.vitrine.cli;

import dev.vitrine.data.Dataset;
import dev.vitrine.format.Json;
import dev.vitrine.random.Seed;
import dev.vitrine.train.Compute;
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
          "digits, mnist, fashion, or a folder in MNIST's layout. Default: what it was trained on")
  private Optional<String> data;

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder to look for data in.")
  private Optional<Path> dataDir;

  @Option(
      names = "--threads",
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
    Optional<Path> from = dataDir.or(() -> config.dataDir().map(Path::of));
    try (Compute compute = Compute.of(threads.orElse(Runtime.getRuntime().availableProcessors()))) {
      Main.noteKernels(terminal);
      Dataset test = DataOptions.find(name, from, Seed.of(config.seed()), terminal).loadTest();
      Path target = out.orElseGet(() -> run.resolve("evaluate-" + Path.of(name).getFileName()));
      RunEvaluation result = RunEvaluation.of(folder, test, compute, Main.commandLine(spec), start);
      result.write(target);
      json.ifPresent(file -> Json.write(file, result.toJson()));
      EvaluationView.show(terminal, result.evaluation(), test.classNames());
      terminal.print("");
      ScoresView.show(terminal, result.evaluation(), test.classNames());
      terminal.print("");
      terminal.print("report      %s", target.resolve("report.html"));
      terminal.print("picture     %s", target.resolve("confusion.png"));
    }
  }
}
