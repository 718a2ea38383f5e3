package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.neuron.Coding;
import dev.vitrine.neuron.Drawing;
import dev.vitrine.neuron.Finding;
import dev.vitrine.neuron.Neuron;
import dev.vitrine.neuron.NeuronPage;
import dev.vitrine.neuron.NeuronText;
import dev.vitrine.neuron.Squash;
import dev.vitrine.neuron.Table;
import dev.vitrine.report.Page;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Place;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code vitrine neuron}: the first neurons. */
@Command(
    name = NeuronCommand.NAME,
    description = {
      "Show what threshold units make of all truth values, or find the unit for a truth table.",
      "",
      "Units are sums with inputs as names, one or several lines between semicolons:"
          + " h1 = -1 + x1 - x2; h2 = -1 - x1 + x2; y = sign(1 + h1 + h2). sign(0) is +1.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vitrine neuron '-1.5 + x1 + x2'",
      "  vitrine neuron '-1.5 + x1 + x2' --values 01 --activation step",
      "  vitrine neuron --find xor",
      "  vitrine neuron --find 00010111"
    })
final class NeuronCommand implements Runnable {
  static final String NAME = "neuron";

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "UNITS",
      description = "The sum of a unit, or several lines; up to 12 inputs.")
  private List<String> units = List.of();

  @Option(
      names = "--find",
      paramLabel = "FUNCTION",
      description =
          "Find a unit for and, or, nand, nor, xor, xnor, parity, majority (majority5 has 5 inputs),"
              + " or the bits of a truth table, from all false to all true, such as 0110.")
  private Optional<String> find;

  @Option(
      names = "--activation",
      paramLabel = "NAME",
      description =
          "What a unit makes of its sum: sign, step, linear, or a function of expressions such as"
              + " sigmoid. Default: sign; with --values 01 step")
  private Optional<String> activation;

  @Option(
      names = "--values",
      paramLabel = "signs|01",
      description = "What stands for false and true: −1 and +1 (signs), or 0 and 1. Default: signs")
  private Optional<String> values;

  @Option(names = "--ascii", description = "Write text without other characters.")
  private boolean ascii;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Draw units of two inputs there, too: a page (.html) or a drawing (.svg).")
  private Optional<Output> out;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON for scripts.")
  private Optional<Output> json;

  /** What is drawn where. */
  private enum DrawnFormat implements WrittenFormat {
    HTML("html"),
    SVG("svg");

    private final String ending;

    DrawnFormat(String ending) {
      this.ending = ending;
    }

    @Override
    public String ending() {
      return ending;
    }
  }

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    List<String> unknown = units.stream().filter(text -> text.startsWith("--")).toList();
    if (!unknown.isEmpty() || units.size() > 1) {
      List<String> wrong = unknown.isEmpty() ? units.subList(1, units.size()) : unknown;
      throw new UnmatchedArgumentException(spec.commandLine(), wrong);
    }
    if (units.isEmpty() == find.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Give either the sum of a unit, such as '-1.5 + x1 + x2', or --find with a function");
    }
    if (find.isPresent()) {
      Surplus.refuse(spec, "--activation", "with --find");
      Surplus.refuse(spec, "--out", "with --find");
      Finding finding = Finding.of(Table.parse(find.get()), coding());
      json.ifPresent(file -> file.json(NeuronText.json(finding)));
      print(terminal, NeuronText.text(finding));
      return;
    }
    try {
      show(terminal, units.getFirst());
    } catch (UserException e) {
      Place.shown(e).forEach(line -> terminal.note("%s", line));
      throw e;
    }
  }

  private void show(Terminal terminal, String text) {
    Squash usual = coding() == Coding.BITS ? Squash.STEP : Squash.SIGN;
    Squash chosen = activation.map(Squash::of).orElse(usual);
    Neuron neuron = Neuron.of(text, chosen, coding());
    json.ifPresent(file -> file.json(NeuronText.json(neuron)));
    out.ifPresent(file -> draw(file, text, chosen));
    print(terminal, NeuronText.text(neuron));
    if (neuron.inputs().size() == 2 && neuron.table().isPresent()) {
      terminal.print("");
      print(terminal, Drawing.of(text, chosen, coding()));
      terminal.print(
          "  %s to the right, %s upwards; shaded where the output is true",
          neuron.inputs().get(0), neuron.inputs().get(1));
    }
    out.filter(file -> !file.isStream()).ifPresent(file -> terminal.line("%s", file));
  }

  private void print(Terminal terminal, String text) {
    terminal.print("%s", ascii ? Notation.ASCII.sentence(text) : text);
  }

  private void draw(Output file, String text, Squash chosen) {
    DrawnFormat format =
        WrittenFormat.choose(DrawnFormat.values(), DrawnFormat.SVG, Optional.empty(), out);
    file.text(
        format == DrawnFormat.HTML
            ? NeuronPage.html(text, chosen, coding(), Main.commandLine(spec))
            : Page.standalone(NeuronPage.svg(text, chosen, coding())));
  }

  private Coding coding() {
    return switch (values.orElse("signs")) {
      case "signs" -> Coding.SIGNS;
      case "01" -> Coding.BITS;
      default ->
          throw new UserException(
              "--values expects signs or 01, but got " + Quote.of(values.orElseThrow()));
    };
  }
}
