package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.onnx.OnnxNetwork;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.summary.Convention;
import dev.vitrine.summary.NamedSummary;
import dev.vitrine.summary.PlanTable;
import dev.vitrine.tensor.Shape;
import dev.vitrine.weights.Weights;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine summary}: what a network consists of and costs. */
@Command(
    name = "summary",
    description = {
      "X-ray networks: shapes, parameters, arithmetic forward and backward, memory,"
          + " receptive fields. Several are compared."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vitrine summary alexnet vgg16 lenet",
      "  vitrine summary lenet5 --flops exact --explain",
      "  vitrine summary squeezenet --plan",
      "  vitrine summary lenet --plan --training --batch 64",
      "  vitrine summary vgg16 --input 3x64x64 --batch 32 --out vgg16.html",
      "  vitrine summary lenet --format network --out mine.json"
    })
final class SummaryCommand implements Runnable {
  /** Options that a list of the networks has no use for. */
  private static final List<String> OF_MODELS =
      List.of("--input", "--batch", "--flops", "--no-biases", "--explain", "--plan", "--training");

  /** Options that a network file has no use for. */
  private static final List<String> OF_COUNTS =
      List.of("--batch", "--flops", "--no-biases", "--explain");

  /** Options that a plan has no use for. */
  private static final List<String> OF_COUNTS_ALONE =
      List.of("--flops", "--no-biases", "--explain");

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "MODEL",
      arity = "0..*",
      description = "Names that --list shows, network files (JSON), run folders, or ONNX files.")
  private List<String> models = List.of();

  @Option(names = "--list", description = "List the networks that have a name.")
  private boolean list;

  @Option(
      names = "--input",
      paramLabel = "SIZES",
      description = "Another input, such as 3x227x227 (channels, height, width).")
  private Optional<String> input;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Count arithmetic and memory for N examples (1).")
  private int batch = 1;

  @Option(
      names = "--flops",
      paramLabel = "2mac|exact",
      description = "What a FLOP is: two for a multiply-accumulate (default), or every operation.")
  private String flops = "2mac";

  @Option(names = "--no-biases", description = "Leave biases and their additions out.")
  private boolean noBiases;

  @Option(names = "--explain", description = "Write each count as a formula with its numbers.")
  private boolean explain;

  @Option(
      names = "--plan",
      description =
          "Show the steps by which the trained network answers --batch examples on this machine,"
              + " and where their numbers lie.")
  private boolean plan;

  @Option(
      names = "--training",
      description =
          "With --plan: the steps by which a batch of --batch examples trains the network instead.")
  private boolean training;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "text, markdown, csv, json or html (by --out's ending, else text); network: the network"
              + " itself as a file (JSON) that every command reads.")
  private Optional<String> format;

  @Option(names = "--out", paramLabel = "FILE", description = "Write there, not to the screen.")
  private Optional<Output> out;

  @Option(
      names = "--output",
      paramLabel = "VALUE",
      description = "The value that an ONNX file's network ends in. Default: its first output")
  private Optional<String> output;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON for scripts.")
  private Optional<Output> json;

  /** What must be known of the files that networks were read from. */
  private final Set<String> remarks = new LinkedHashSet<>();

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    if (!list && models.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Missing required parameter: 'MODEL'");
    }
    SummaryFormat chosen = SummaryFormat.choose(format, out, explain, models.size());
    if (list) {
      list(terminal, chosen);
      return;
    }
    if (training && !plan) {
      throw new UserException(
          "--training says which steps --plan shows: give --plan, too, or leave it out");
    }
    if (plan) {
      plan(terminal, chosen);
      return;
    }
    if (chosen == SummaryFormat.NETWORK && json.isEmpty()) {
      refuse(OF_COUNTS, "%s is about counts, but --format network writes layers: leave it out");
    }
    Convention convention = new Convention(!noBiases, flops(), batch);
    Optional<Shape> shape = input.map(InputShape::of);
    List<NamedSummary> networks =
        models.stream().map(model -> xray(model, shape, convention)).toList();
    String text =
        chosen.render(networks, explain, width(terminal), () -> file(models.getFirst(), shape));
    Map<String, Object> forScripts = new LinkedHashMap<>(SummaryFormat.json(networks, explain));
    if (!remarks.isEmpty()) {
      forScripts.put("remarks", List.copyOf(remarks));
    }
    write(terminal, text, forScripts);
    remarks.forEach(remark -> terminal.note("%s", remark));
  }

  private void plan(Terminal terminal, SummaryFormat chosen) {
    if (models.size() > 1) {
      throw new UserException(
          "--plan shows one network's plan, but got %s: choose one".formatted(models.size()));
    }
    refuse(OF_COUNTS_ALONE, "%s is about counts, but --plan shows steps: leave it out");
    NetworkSpec found = find(models.getFirst());
    NetworkSpec network =
        new NetworkSpec(
            found.name(),
            found.title(),
            input.map(InputShape::of).orElse(found.input()),
            found.layers());
    int examples = new Convention(true, flops(), batch).batch();
    PlanTable steps =
        training ? PlanTable.ofTraining(network, examples) : PlanTable.of(network, examples);
    write(
        terminal,
        chosen.render("--plan", steps.heading(), steps.table(), steps.json(), width(terminal)),
        steps.json());
  }

  private void list(Terminal terminal, SummaryFormat chosen) {
    if (!models.isEmpty()) {
      throw new UserException(
          "--list lists all networks: leave out " + Quote.of(models.getFirst()));
    }
    refuse(
        OF_MODELS,
        "%s is about the networks of a summary, but --list lists all as they were published: leave it out");
    NetworkList networks = NetworkList.all();
    String text = chosen.render("--list", "", networks.table(), networks.json(), width(terminal));
    write(terminal, text, networks.json());
  }

  /** Tables come in pieces on a screen alone. */
  private int width(Terminal terminal) {
    return out.isPresent() ? Integer.MAX_VALUE : terminal.width();
  }

  private void refuse(List<String> useless, String sentence) {
    for (String option : useless) {
      if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new UserException(sentence.formatted(option));
      }
    }
  }

  /** The network as a file, for other images if the user says so. */
  private String file(String model, Optional<Shape> input) {
    NetworkSpec found = find(model);
    return NetworkFile.text(
        new NetworkSpec(found.name(), found.title(), input.orElse(found.input()), found.layers()));
  }

  private void write(Terminal terminal, String text, Map<String, Object> forScripts) {
    json.ifPresent(file -> file.json(forScripts));
    if (out.isPresent()) {
      out.get().text(text);
      if (!out.get().isStream()) {
        terminal.line("%s", out.get());
      }
    } else {
      terminal.print(text.stripTrailing());
    }
  }

  private NamedSummary xray(String model, Optional<Shape> input, Convention convention) {
    NetworkSpec spec = find(model);
    try {
      return NamedSummary.of(
          spec.name(), spec.title(), spec.layers(), input.orElse(spec.input()), convention);
    } catch (UserException e) {
      UserException named = e.of(spec.name());
      // Layers of a network file are the user's to change, others are not.
      boolean fixed = Zoo.has(model) || Files.isDirectory(Path.of(model));
      throw fixed ? named.advise("use larger images or another model") : named;
    }
  }

  /** A network by its name or file, or that of a run; a name goes before a folder. */
  private NetworkSpec find(String model) {
    if (!Zoo.has(model) && OnnxNetwork.isOne(Path.of(model))) {
      TrainedNetwork onnx = TrainedNetwork.open(Path.of(model), Optional.empty());
      onnx.remarks().forEach(remark -> remarks.add("%s: %s".formatted(Quote.place(model), remark)));
      return output.map(onnx::endingIn).orElse(onnx).spec();
    }
    output.ifPresent(_ -> {
      throw new UserException(
          "--output is about ONNX files, but %s is none: leave it out".formatted(Quote.of(model)));
    });
    boolean several = !Zoo.has(model) && isInSeveralFiles(model);
    if (!model.isEmpty() && !Zoo.has(model) && !several && Files.isDirectory(Path.of(model))) {
      return RunFolder.open(Path.of(model)).config().network().spec();
    }
    if (several || model.endsWith(".safetensors")) {
      if (Files.isRegularFile(Path.of(model))
          && TrainedNetwork.saysNetwork(Weights.read(Path.of(model)))) {
        return TrainedNetwork.open(Path.of(model), Optional.empty()).spec();
      }
      throw new UserException(
          "%s is a checkpoint, which holds numbers alone: give its network, by name or file, or its run folder"
              .formatted(model));
    }
    return Zoo.find(model);
  }

  private static boolean isInSeveralFiles(String model) {
    return !model.isEmpty()
        && !RunFolder.isRun(Path.of(model))
        && Weights.isInSeveralFiles(Path.of(model));
  }

  private Convention.Flops flops() {
    return switch (flops) {
      case "2mac" -> Convention.Flops.TWO_PER_MAC;
      case "exact" -> Convention.Flops.EXACT;
      default ->
          throw new UserException("--flops expects 2mac or exact, but got " + Quote.of(flops));
    };
  }
}
