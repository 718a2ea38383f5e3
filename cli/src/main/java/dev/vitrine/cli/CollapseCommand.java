package dev.vitrine.cli;

import dev.vitrine.collapse.Collapse;
import dev.vitrine.collapse.CollapseText;
import dev.vitrine.collapse.Subject;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine collapse}: what is linear is one layer. */
@Command(
    name = "collapse",
    description = {
      "Compose each chain of linear layers into one: dense, convolution, average pool, batch norm"
          + " in inference, flatten, identity, dropout in inference.",
      "Says the formula, what it costs before and after, compares both on random inputs, and says"
          + " why each chain ends."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vitrine collapse mlp --activation linear",
      "  vitrine collapse runs/resnet18-cifar10-1 --out folded.safetensors",
      "  vitrine collapse model.onnx --out small.onnx"
    })
final class CollapseCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "NETWORK",
      description =
          "A name that 'vitrine summary --list' shows, a network file (JSON), a run folder, a"
              + " checkpoint, or an ONNX file.")
  private String name;

  @Option(
      names = "--activation",
      paramLabel = "linear",
      description = "Replace all activations by the identity first, to see what is left.")
  private Optional<String> activation;

  @Option(
      names = "--network",
      paramLabel = "NETWORK",
      description = "Whose numbers a file of weights holds, if it does not say so itself.")
  private Optional<String> network;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "42",
      description =
          "What the numbers of a network without any are drawn by. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--inputs",
      paramLabel = "N",
      description = "How many random inputs are compared. Default: 3")
  private Optional<Integer> inputs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write the collapsed network: .safetensors (a checkpoint that opens by itself), .onnx, or"
              + " .json (the network file, without numbers).")
  private Optional<Output> out;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the results for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    activation
        .filter(word -> !word.equals("linear"))
        .ifPresent(word -> {
          throw new UserException("--activation expects linear, but got " + Quote.of(word));
        });
    out.ifPresent(file -> Subject.ending(file.path()));
    terminal.busy("reading");
    Subject subject = Subject.open(name, network, seed);
    terminal.busy("collapsing");
    Collapse collapse =
        Collapse.of(
            subject.model(),
            activation.isPresent(),
            Counts.positive("--inputs", inputs, Collapse.INPUTS));
    out.ifPresent(file -> subject.write(collapse, file.path()));
    json.ifPresent(file -> {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("network", subject.network().spec().name());
      fields.put("activation", activation.orElse(null));
      fields.putAll(CollapseText.json(collapse));
      file.json(fields);
    });
    String how = activation.isPresent() ? ", with the identity for all its activations" : "";
    terminal.print(
        "%s",
        wrapped(
            CollapseText.text(
                collapse, "%s, with %s%s".formatted(subject.title(), subject.numbers(), how)),
            terminal.width()));
    out.ifPresent(file -> terminal.line("%s", file));
  }

  /** Lines broken between words; what goes on stands further in than its line began. */
  static String wrapped(String text, int width) {
    return text.lines()
        .map(line -> {
          String inner = line.stripLeading();
          String margin = " ".repeat(line.length() - inner.length());
          return SummaryFormat.wrapped(inner, width - margin.length()).indent(margin.length());
        })
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"));
  }
}
