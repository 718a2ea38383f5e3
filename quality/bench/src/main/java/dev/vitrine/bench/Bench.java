package dev.vitrine.bench;

import static java.util.stream.Collectors.joining;

import dev.vitrine.bench.cluster.CostTables;
import dev.vitrine.error.Nearest;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.format.Json;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.run.Machine;
import dev.vitrine.workload.Workload;
import dev.vitrine.workload.Workloads;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The harness that runs other frameworks next to Vitrine. */
@Command(
    name = "quality/bench/run",
    description = "Measures Vitrine beside other frameworks; run it on a quiet machine.",
    mixinStandardHelpOptions = true)
public final class Bench {
  private Bench() {}

  /**
   * Runs a command.
   *
   * @param args {@code compare}, {@code inference}, {@code memory}, {@code epoch} or {@code start}
   *     and their options
   */
  public static void main(String... args) {
    System.exit(
        new CommandLine(new Bench()).setExecutionExceptionHandler(Bench::explain).execute(args));
  }

  private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed)
      throws Exception {
    if (failure instanceof UserException) {
      command.getErr().println(failure.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    throw failure;
  }

  @Command(
      name = "compare",
      description = "Images a second of every workload, all contenders by turns.",
      mixinStandardHelpOptions = true)
  int compare(
      @Option(names = "--workloads", defaultValue = "all", description = "Such as W1,W3.")
          String workloads,
      @Option(
              names = "--peers",
              defaultValue = "djl,tensorflow,dl4j",
              description = "Which others. Default: ${DEFAULT-VALUE}")
          String peers,
      @Option(
              names = "--seconds",
              defaultValue = "2",
              description = "Length of a window. Default: 2")
          double seconds,
      @Option(names = "--threads", defaultValue = "2", description = "Default: 2") int threads,
      @Option(
              names = "--vitrine-flags",
              defaultValue = "",
              description = "More flags for Vitrine's JVM, such as -XX:UseAVX=2.")
          String flags,
      @Option(names = "--avx2", description = "Everybody without AVX-512, as most laptops are.")
          boolean avx2,
      @Option(names = "--json", description = "Write the results for scripts.")
          Optional<Path> json) {
    List<Peer> contenders = contenders(Peer.VITRINE, flags, Peer.OTHERS, peers, avx2);
    MatchTable table = new MatchTable();
    for (Workload workload : Workloads.list(workloads)) {
      Match match = new Match(workload, seconds, System.err::println);
      table.add(workload, match.play(contenders, threads));
    }
    Map<String, String> machine = machine(threads);
    machine.remove("kernels"); // this process's; the table's head has the contender's
    machine.put("instructions", avx2 ? "AVX2 (all were told so)" : "as each chooses");
    table.lines().forEach(System.out::println);
    machine.forEach((name, value) -> System.out.printf(Locale.ROOT, "- %s: %s%n", name, value));
    json.ifPresent(file -> {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("machine", machine);
      all.put("workloads", table.toJson());
      Json.write(file, all);
    });
    return table.allLearned() ? 0 : 1;
  }

  @Command(
      name = "epoch",
      description = "Seconds from start to exit of a process that trains one epoch of W3.",
      mixinStandardHelpOptions = true)
  void epoch(
      @Option(names = "--peers", defaultValue = "djl,tensorflow,dl4j") String peers,
      @Option(names = "--images", defaultValue = "60000", description = "Default: 60000")
          int images,
      @Option(names = "--runs", defaultValue = "3", description = "Default: 3") int runs,
      @Option(names = "--threads", defaultValue = "2", description = "Default: 2") int threads,
      @Option(names = "--vitrine-flags", defaultValue = "") String flags,
      @Option(names = "--json") Optional<Path> json) {
    EpochRace race = new EpochRace(Workloads.find("W3"), images, threads);
    Map<String, Double> medians =
        race.run(
            contenders(Peer.VITRINE, flags, Peer.OTHERS, peers, false), runs, System.err::println);
    System.out.println("| W3, one epoch of " + images + " images | seconds, start to exit |");
    System.out.println("|---|---:|");
    medians.forEach(
        (name, value) -> System.out.printf(Locale.ROOT, "| %s | %.2f |%n", name, value));
    Map<String, String> machine = machine(threads);
    machine.forEach((name, value) -> System.out.printf(Locale.ROOT, "- %s: %s%n", name, value));
    json.ifPresent(file -> Json.write(file, Map.of("machine", machine, "seconds", medians)));
  }

  @Command(
      name = "start",
      description = "Milliseconds from the start of a process to the first steps of a training.",
      mixinStandardHelpOptions = true)
  void start(
      @Option(names = "--workload", defaultValue = "W3", description = "Default: W3") String id,
      @Option(names = "--runs", defaultValue = "5", description = "Default: 5") int runs,
      @Option(names = "--threads", defaultValue = "2", description = "Default: 2") int threads,
      @Option(names = "--vitrine-flags", defaultValue = "") String flags,
      @Option(names = "--json") Optional<Path> json) {
    Workload workload = Workloads.find(id);
    Path data = new EpochRace(workload, 100 * workload.recipe().batchSize(), threads).data();
    StartRace race = new StartRace(workload, threads, words(flags), data);
    Map<String, List<Long>> medians = race.run(runs, System.err::println);
    System.out.printf(
        Locale.ROOT, "| %s, ms | %s | CPU |%n", workload.id(), String.join(" | ", StartRun.MARKS));
    System.out.println("|---" + "|---:".repeat(StartRun.MARKS.length + 1) + "|");
    medians.forEach((name, times) -> {
      String row = times.stream().map(Object::toString).collect(joining(" | "));
      System.out.printf(Locale.ROOT, "| %s | %s |%n", name, row);
    });
    Map<String, String> machine = machine(threads);
    machine.forEach((name, value) -> System.out.printf(Locale.ROOT, "- %s: %s%n", name, value));
    json.ifPresent(file -> Json.write(file, Map.of("machine", machine, "milliseconds", medians)));
  }

  @Command(
      name = "cluster",
      description =
          "What steps would cost on clusters of up to 1,000 members, by a model: docs/cluster.md's tables.",
      mixinStandardHelpOptions = true)
  void cluster() {
    CostTables.lines().forEach(System.out::println);
  }

  @Command(
      name = "inference",
      description = "Images a second that trained networks answer, all contenders by turns.",
      mixinStandardHelpOptions = true)
  void inference(
      @Option(
              names = "--networks",
              defaultValue =
                  "alexnet-torchvision,googlenet,resnet18,resnet50,squeezenet,vgg16,lenet,lenet5,cnn32-64",
              description = "Of the zoo, with commas. Default: ${DEFAULT-VALUE}")
          String networks,
      @Option(
              names = "--peers",
              defaultValue = "onnxruntime,djl",
              description = "Which others. Default: ${DEFAULT-VALUE}")
          String peers,
      @Option(
              names = "--batch",
              split = ",",
              description = "Examples to a request. Default: 1,4,16, and of lenet 64,256 too")
          List<Integer> batches,
      @Option(
              names = "--threads",
              split = ",",
              defaultValue = "2",
              description = "One number or several. Default: 2")
          List<Integer> threads,
      @Option(
              names = "--seconds",
              defaultValue = "1",
              description = "Length of a window. Default: 1")
          double seconds,
      @Option(
              names = "--vitrine-flags",
              defaultValue = "",
              description = "More flags for Vitrine's JVM, such as -XX:UseAVX=2.")
          String flags,
      @Option(
              names = "--avx2",
              description = "Without AVX-512, but for ONNX Runtime, which cannot be told.")
          boolean avx2,
      @Option(names = "--json", description = "Write the results for scripts.")
          Optional<Path> json) {
    InferenceRace race = new InferenceRace(seconds, System.err::println);
    AnswerTable table =
        race.run(
            Arrays.stream(networks.split(",", -1)).map(Zoo::named).toList(),
            Optional.ofNullable(batches),
            threads,
            contenders(Peer.ANSWERING_VITRINE, flags, Peer.OTHERS_ANSWERING, peers, avx2));
    Map<String, String> machine = machine(threads.getFirst());
    machine.remove("kernels"); // this process's; the table's head has the contender's
    machine.put("instructions", avx2 ? "AVX2 (ONNX Runtime: as it chooses)" : "as each chooses");
    table.lines().forEach(System.out::println);
    machine.forEach((name, value) -> System.out.printf(Locale.ROOT, "- %s: %s%n", name, value));
    json.ifPresent(
        file -> Json.write(file, Map.of("machine", machine, "networks", table.toJson())));
  }

  @Command(
      name = "memory",
      description = "Memory of processes that open a network's file and ask it, on Linux.",
      mixinStandardHelpOptions = true)
  void memory(
      @Option(
              names = "--networks",
              defaultValue = "alexnet-torchvision,googlenet,resnet18,resnet50,squeezenet,vgg16",
              description = "Of the zoo, with commas. Default: ${DEFAULT-VALUE}")
          String networks,
      @Option(
              names = "--batch",
              split = ",",
              defaultValue = "1,16",
              description = "Examples to a request. Default: 1,16")
          List<Integer> batches,
      @Option(
              names = "--dtype",
              split = ",",
              defaultValue = "F32",
              description = "Of the numbers: F32, F16, BF16. Default: F32")
          List<DType> types,
      @Option(names = "--vitrine-flags", defaultValue = "") String flags) {
    new MemoryTable(words(flags), System.err::println)
        .lines(Arrays.stream(networks.split(",", -1)).map(Zoo::named).toList(), batches, types)
        .forEach(System.out::println);
    machine(Runtime.getRuntime().availableProcessors())
        .forEach((name, value) -> System.out.printf(Locale.ROOT, "- %s: %s%n", name, value));
  }

  private static Map<String, String> machine(int threads) {
    return Machine.describe(KernelChoice.best().kernels().name(), threads);
  }

  private static List<Peer> contenders(
      Peer vitrine, String flags, List<Peer> others, String names, boolean avx2) {
    List<Peer> peers = new ArrayList<>();
    peers.add(vitrine.plus(words(flags)));
    for (String name : names.split(",", -1)) {
      if (!name.isBlank()) {
        peers.add(find(name.strip(), others));
      }
    }
    return peers.stream().map(peer -> avx2 ? peer.narrow() : peer).toList();
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(" ", -1)).filter(word -> !word.isEmpty()).toList();
  }

  private static Peer find(String name, List<Peer> others) {
    List<String> names = others.stream().map(Peer::name).toList();
    String hint = Nearest.match(name, names).map("; did you mean '%s'?"::formatted).orElse("");
    return others.stream()
        .filter(peer -> peer.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                "Unknown peer '%s': expected %s%s"
                    .formatted(name, String.join(", ", names), hint)));
  }
}
