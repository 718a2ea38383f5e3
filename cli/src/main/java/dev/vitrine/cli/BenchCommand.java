package dev.vitrine.cli;

import dev.vitrine.error.Decimal;
import dev.vitrine.error.UserException;
import dev.vitrine.plan.Compute;
import dev.vitrine.workload.ProcessorTime;
import dev.vitrine.workload.StepClock;
import dev.vitrine.workload.Windows;
import dev.vitrine.workload.Workload;
import dev.vitrine.workload.WorkloadResult;
import dev.vitrine.workload.Workloads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vitrine bench}: how fast training, or answering, is on this machine. */
@Command(
    name = "bench",
    description =
        "Measure how fast networks train or answer on this machine, against what it can do.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Close what else is busy: windows in which others use the processors are repeated.",
      "Examples:",
      "  vitrine bench --workloads W1,W3",
      "  vitrine bench --workloads W3 --batch 1,16,17,64,1024",
      "  vitrine bench --profile W3",
      "  vitrine bench --inference resnet18 --batch 1,16",
      "  vitrine bench --inference runs/lenet-digits-1 --profile"
    })
final class BenchCommand implements Runnable {
  private static final String NAMELESS = "-";

  @Spec private CommandSpec spec;

  @Option(
      names = "--workloads",
      paramLabel = "NAMES",
      defaultValue = "all",
      description = "Which, with commas: W1, W2, W3, W3-100, W4, W5, W6. Default: all")
  private String workloads;

  @Option(names = "--threads", description = "Threads to train on. Default: one a processor")
  private Optional<Integer> threads;

  @Option(
      names = "--batch",
      paramLabel = "SIZES",
      split = ",",
      description = "Other batch sizes than the workloads' own, such as 1,16,17,4096.")
  private List<Integer> batchSizes = List.of();

  @Option(
      names = "--seconds",
      defaultValue = "1.0",
      description = "Length of a window; seven quiet ones are wanted. Default: 1.0")
  private double seconds;

  @Option(
      names = "--inference",
      arity = "0..1",
      fallbackValue = "lenet",
      paramLabel = "NETWORK",
      description =
          "Measure answers instead: of a named network, a run, or a file such as net.onnx."
              + " Without a name: lenet")
  private Optional<String> inference;

  @Option(
      names = "--profile",
      arity = "0..1",
      fallbackValue = NAMELESS,
      paramLabel = "NAME",
      description =
          "Show instead where the time of one workload's steps goes, or, without a name beside"
              + " --inference, of a request.")
  private Optional<String> profile;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    if (!(seconds > 0 && seconds <= 60)) {
      throw UserException.expecting(
          "--seconds", "a number above 0 and up to 60", Decimal.text(seconds));
    }
    if (inference.isPresent()) {
      inference(inference.get());
      return;
    }
    if (profile.isPresent() && profile.get().equals(NAMELESS)) {
      throw new UserException("--profile expects a workload, such as W3, but got none");
    }
    if (profile.isPresent()) {
      Surplus.refuse(spec, "--workloads", "beside --profile, which names its own");
    }
    if (profile.isPresent() && batchSizes.size() > 1) {
      throw new UserException(
          "--profile looks into one batch size, but --batch names %s: choose one"
              .formatted(batchSizes.size()));
    }
    List<Workload> chosen = inBatches(Workloads.list(workloads));
    Optional<Workload> profiled =
        profile.map(name -> inBatches(List.of(Workloads.find(name))).getFirst());
    Terminal terminal = Main.terminal(spec);
    try (Compute compute = Main.compute(threads, terminal)) {
      Yardstick yardstick = Yardstick.measure(terminal, compute);
      if (profiled.isPresent()) {
        ProfileView.show(terminal, profiled.get(), compute, seconds, yardstick, json);
      } else {
        measure(terminal, chosen, compute, yardstick);
      }
    }
  }

  private void inference(String network) {
    Surplus.refuse(spec, "--workloads", "beside --inference, which names its own");
    Surplus.refuse(spec, "--threads", "beside --inference, which asks on all processors");
    profile
        .filter(name -> !name.equals(NAMELESS))
        .ifPresent(name -> {
          throw new UserException(
              "--profile takes no name beside --inference, which names the network, but got '%s'"
                  .formatted(name));
        });
    batchSizes.stream()
        .filter(size -> size < 1)
        .findFirst()
        .ifPresent(size -> {
          throw UserException.expecting("--batch", "sizes from 1 on", Integer.toString(size));
        });
    if (profile.isPresent() && batchSizes.size() > 1) {
      throw new UserException(
          "--profile looks into one batch size, but --batch names %s: choose one"
              .formatted(batchSizes.size()));
    }
    List<Integer> sizes = batchSizes.isEmpty() ? List.of(1) : batchSizes;
    Terminal terminal = Main.terminal(spec);
    InferenceBench bench = new InferenceBench(terminal, network, seconds);
    try (Compute compute = Main.compute(threads, terminal)) {
      Yardstick yardstick = Yardstick.measure(terminal, compute);
      if (profile.isPresent()) {
        bench.profile(sizes.getFirst(), compute, yardstick, json);
        return;
      }
      Map<String, Object> results = bench.measure(sizes, compute, yardstick);
      json.ifPresent(file -> file.json(results));
    }
  }

  private List<Workload> inBatches(List<Workload> chosen) {
    if (batchSizes.isEmpty()) {
      return chosen;
    }
    return chosen.stream().flatMap(w -> batchSizes.stream().map(w::batchSize)).toList();
  }

  private void measure(
      Terminal terminal, List<Workload> chosen, Compute compute, Yardstick yardstick) {
    BenchTable table = new BenchTable(terminal);
    table.head();
    List<WorkloadResult> results = new ArrayList<>();
    for (Workload workload : chosen) {
      WorkloadResult result =
          WorkloadResult.of(workload, windows(terminal, workload, compute), yardstick.ceiling());
      table.row(workload, result);
      if (terminal.unheard() && json.isEmpty()) {
        return;
      }
      results.add(result);
    }
    json.ifPresent(file -> file.json(toJson(yardstick, results)));
  }

  /** Warms up, then times as many windows as it takes. */
  private Windows windows(Terminal terminal, Workload workload, Compute compute) {
    StepClock clock = new StepClock(workload.session(compute)::advance, new ProcessorTime());
    terminal.progress(0, () -> workload + ": warming up");
    clock.warmUp(seconds);
    Windows windows = new Windows(List.of());
    while (!windows.enough()) {
      windows = windows.plus(clock.run(seconds));
      Windows latest = windows;
      terminal.progress(
          Math.min(1.0, (windows.all().size() - windows.disturbed()) / (double) Windows.WANTED),
          () -> state(workload, latest));
    }
    return windows;
  }

  private static String state(Workload workload, Windows windows) {
    return String.format(
        Locale.ROOT,
        "%s: %,.0f images/s%s",
        workload,
        windows.stepsPerSecond() * workload.recipe().batchSize(),
        windows.disturbed() == 0 ? "" : ", %s windows disturbed".formatted(windows.disturbed()));
  }

  private static Map<String, Object> toJson(Yardstick yardstick, List<WorkloadResult> results) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("machine", yardstick.machine());
    json.put("ceiling", yardstick.ceiling());
    json.put("workloads", results);
    return json;
  }
}
