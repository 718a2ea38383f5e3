package dev.vitrine.cli;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.Dataset;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunEvaluation;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.run.TrainingStatus;
import dev.vitrine.settings.Commands;
import dev.vitrine.settings.NamedData;
import dev.vitrine.train.Evaluator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vitrine evaluate}: how a trained network does on test data. */
@Command(
    name = "evaluate",
    description = "Evaluate a trained network: accuracy, confusion matrix, worst mistakes.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vitrine evaluate runs/lenet-digits-1 --data mnist",
      "  vitrine evaluate lenet.safetensors --network lenet --data mnist"
    })
final class EvaluateCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions model;
  @Mixin private TestDataOptions data;

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
      description =
          "Folder for report.html and confusion.png. Default: evaluate-DATA in the run folder, or beside the checkpoint")
  private Optional<OutputFolder> out;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    long start = System.nanoTime();
    Terminal terminal = Main.terminal(spec);
    TrainedNetwork network = model.open();
    String name = data.name(network);
    int all =
        data.ofTraining() ? network.run().map(run -> run.data().use().testImages()).orElse(0) : 0;
    int images = Counts.positive("--test-images", testImages, all);
    OutputFolder folder =
        out.orElseGet(() -> new OutputFolder(beside("evaluate-" + NamedData.shortName(name))));
    Path target = folder.path();
    Main.outputs(spec).folder(folder, RunEvaluation.FILES);
    try (Compute compute = Main.compute(threads, terminal)) {
      Dataset test =
          data.load(
              network,
              images,
              Evaluator.BATCH,
              true,
              compute.kernels(),
              compute.workers().size(),
              terminal);
      terminal.busy("Evaluating");
      RunEvaluation result =
          RunEvaluation.of(
              network, test, TestDataOptions.seed(network), compute, Main.commandLine(spec), start);
      result.write(target);
      json.ifPresent(file -> {
        Map<String, Object> fields = new LinkedHashMap<>(result.toJson());
        model.put(result.reading(), fields);
        file.json(fields);
      });
      introduce(terminal, network, test);
      model.tell(terminal, network, result.reading());
      show(terminal, result, target);
    }
  }

  private Path beside(String name) {
    Path path = model.path();
    return Files.isDirectory(path) ? path.resolve(name) : path.resolveSibling(name);
  }

  /** What was evaluated, on what. */
  private static void introduce(Terminal terminal, TrainedNetwork network, Dataset test) {
    terminal.sentence("network     %s", network.spec().title());
    terminal.sentence("trained on  %s", network.trainedOn());
    terminal.sentence(
        "evaluated   on the test %s of %s",
        test.hasPictures() ? "images" : "examples", DataFolders.title(test.name()));
    ModelOptions.remark(network).ifPresent(remark -> terminal.sentence("%s", remark));
    if (network.training().state() == TrainingStatus.State.STOPPED && network.run().isPresent()) {
      terminal.note(
          "Its training is not at its end. Go on with: vitrine train --resume %s",
          Commands.quoted(network.path()));
    }
  }

  private static void show(Terminal terminal, RunEvaluation result, Path folder) {
    JudgementView.show(terminal, result.judgement(), result.classNames());
    terminal.print("");
    if (result.judgement() instanceof Evaluation classes) {
      ScoresView.show(terminal, classes, result.classNames());
      terminal.print("");
    }
    terminal.line("report      %s", folder.resolve("report.html"));
    if (result.judgement() instanceof Evaluation) {
      terminal.line("picture     %s", folder.resolve("confusion.png"));
    }
  }
}
