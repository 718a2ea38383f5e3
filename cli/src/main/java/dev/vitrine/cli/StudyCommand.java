package dev.vitrine.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code vitrine study}: trains what a study asks for. Nothing here names a class of the lab, so
 * that other commands, whose help lists this one, load none.
 */
@Command(
    name = "study",
    description = "Train what a study asks for, choose by validation, and say what came out.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    footer = {
      "",
      "The same command goes on with a study that was stopped or killed, and adds what is new.",
      "",
      "'vitrine study --list' names the studies that Vitrine brings along.",
      "",
      "Examples:",
      "  vitrine study optimizers --quick",
      "  vitrine study rates.yaml --quick",
      "  vitrine study rates.yaml --for 30m",
      "  vitrine study rates.yaml --add lr=0.3,1",
      "  vitrine study --resume studies/rates --rerun 3f9a1c2d40-s1",
      "",
      "Exit codes: 0 done, 1 a trial came out otherwise (--rerun), 2 something you can mend,",
      "4 ended early, 130 stopped by Ctrl-C and 143 by a polite kill."
    })
final class StudyCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "STUDY",
      description = "A file in YAML, as docs/studies.md shows one, or a name that --list shows.")
  Optional<Path> file;

  @Option(names = "--list", description = "Name the studies that Vitrine brings along.")
  boolean list;

  @Option(names = "--print", description = "Only show the study's file, to be copied and changed.")
  boolean print;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the study. Default: studies/NAME")
  Optional<OutputFolder> out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description = "Go on with the study of this folder, as it is there.")
  Optional<Path> resume;

  @Option(names = "--quick", description = "The thin version that the file has.")
  boolean quick;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "Trials at once; no result depends on it. Default: one a processor, as far as memory goes;"
              + " on a cluster, one a core of its executors")
  Optional<Integer> jobs;

  @Option(
      names = "--cluster",
      paramLabel = "MASTER",
      description =
          "Train the trials on an Apache Spark cluster, to the same results: local[N],"
              + " local-cluster[EXECUTORS,CORES,MEGABYTES] or spark://HOST:PORT. Spark is fetched"
              + " at the first use, 300 MB.")
  Optional<String> cluster;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "End after this time, such as 30m; what there is then is valid.")
  Optional<String> limit;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Seeds 1 to N, in place of the file's.")
  Optional<Integer> seeds;

  @Option(
      names = "--add",
      paramLabel = "[WHEN:]NAME=VALUES",
      description =
          "More values of a parameter, lr=0.3,1, or a wider range, lr=1e-5..1; with its conditions"
              + " where it is varied in several ways, adam:lr=0.3.")
  List<String> add = List.of();

  @Option(names = "--retry-failed", description = "Try the trials again that failed.")
  boolean retryFailed;

  @Option(
      names = "--rerun",
      paramLabel = "TRIAL",
      description = "Train this trial alone, and compare its parameters with the study's.")
  Optional<String> rerun;

  @Option(
      names = "--plan",
      description = "Only show which trials there are, with the command of each.")
  boolean plan;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder to look for data in, and to download them to.")
  Optional<Path> dataDir;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results for scripts.")
  Optional<Output> json;

  @Override
  public Integer call() {
    return new StudySession(this, Main.terminal(spec)).run();
  }
}
