package dev.vitrine.cli;

import dev.vitrine.error.Nearest;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.TextFile;
import dev.vitrine.trace.Detail;
import dev.vitrine.trace.Question;
import dev.vitrine.trace.Review;
import dev.vitrine.trace.Trace;
import dev.vitrine.trace.Verdict;
import dev.vitrine.trace.function.FunctionDocument;
import dev.vitrine.trace.function.FunctionJson;
import dev.vitrine.trace.function.FunctionTrace;
import dev.vitrine.trace.function.Identity;
import dev.vitrine.trace.language.Place;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import dev.vitrine.trace.layer.LayerDocument;
import dev.vitrine.trace.layer.LayerJson;
import dev.vitrine.trace.layer.LayerTrace;
import dev.vitrine.trace.layer.SoftmaxLoss;
import dev.vitrine.trace.network.NetworkDocument;
import dev.vitrine.trace.network.NetworkJson;
import dev.vitrine.trace.network.NetworkTrace;
import dev.vitrine.trace.page.FunctionPage;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code vitrine grad}: the chain rule, worked. */
@Command(
    name = GradCommand.NAME,
    description = {
      "Derive an expression step by step, as on paper, with the engine's own numbers in; or explain"
          + " backpropagation through a layer or a whole network, or a function.",
      "",
      "Expressions: numbers, names, + - * / ^, parentheses, e and pi; [1,2;3,4] is a matrix, [1,2] a"
          + " vector, A @ B the matrix product, .* element by element, A' transposed; sigmoid, tanh,"
          + " relu, leakyrelu, elu, clip, relu6, softplus, silu, gelu, gelutanh, exp, ln, sq, sqrt,"
          + " sum, mean, dot, norm2. Lines between semicolons may have names: s = w*x; sigmoid(s).",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vitrine grad 'sigmoid(sigmoid(x1 + w1)*w2 + x2)' --at x1=1,x2=0,w1=0,w2=0",
      "  vitrine grad 'w*x + b' --at w=1,x=2,b=0,y=5 --loss 'sq(f - y)' --wrt w,b --rate 0.5",
      "  vitrine grad 'sigmoid(w*x)^2' --at w=0,x=1 --wrt w --expect 0.5",
      "  vitrine grad 'tanh(w*x)' --at w=0.5,x=2 --out trace.html",
      "  vitrine grad --layer conv2d --kernel 2 --input 1x4x4",
      "  vitrine grad --layer maxpool --kernel 2 --stride 1 --at 'x=[3,2,5;4,1,7;3,5,0]'",
      "  vitrine grad runs/lenet-digits-1 --example 3 --weight 'conv1.weight[2,0,1,1]'",
      "  vitrine grad --function tanh --equals '2*sigmoid(2*x)-1'"
    })
final class GradCommand implements Callable<Integer> {
  static final String NAME = "grad";

  /** The exit code of a wrong answer. */
  private static final int NOT_EQUAL = 4;

  /** Options that are about an expression alone. */
  private static final List<String> OF_EXPRESSIONS =
      List.of("--wrt", "--rate", "--expect", "--check", "--steps");

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SUBJECT",
      arity = "0..*",
      description =
          "An expression, whose result is called f; or a network: a run folder, a file of weights, a"
              + " network's name or file, and a picture to show it.")
  private List<String> subjects = List.of();

  @Mixin private GradLayerOptions layer;
  @Mixin private GradNetworkOptions network;

  @Option(
      names = "--function",
      paramLabel = "NAME",
      description = "Show a function of one number, such as tanh or 'leakyrelu(x, 0.2)'.")
  private Optional<String> function;

  @Option(
      names = "--equals",
      paramLabel = "EXPRESSION",
      description = "Prove or refute that the function is this, an expression in x.")
  private Optional<String> equals;

  @Option(
      names = "--at",
      paramLabel = "NAME=VALUE,…",
      description = "The numbers of the names; may be given several times.")
  private List<String> at = List.of();

  @Option(
      names = "--wrt",
      paramLabel = "NAME,…",
      split = ",",
      description = "The names to derive by. Default: all")
  private List<String> wrt = List.of();

  @Option(
      names = "--loss",
      paramLabel = "EXPRESSION",
      description =
          "A loss on top, in terms of f, which is derived instead; its result is L. Of a network a"
              + " loss by its name, as of 'vitrine train'.")
  private Optional<String> loss;

  @Option(
      names = "--rate",
      paramLabel = "NUMBER",
      description = "Go one step of gradient descent at this learning rate.")
  private Optional<Double> rate;

  @Option(
      names = "--expect",
      paramLabel = "ANSWER",
      description =
          "Judge an answer, such as 0.18, '∂f/∂w2 = 1/4', of a result 'f = 0.5' or, with --rate, 'w2 ="
              + " 0.8', and name the slip if it is a usual one. Exit code 4 if it is wrong. May be given several times.")
  private List<String> expect = List.of();

  @Option(
      names = "--check",
      paramLabel = "FILE",
      description =
          "Go through a derivation of yours, lines such as '∂L/∂f = 2(f - y) = -9', and stop at the"
              + " first that is wrong. Exit code 4 if there is one.")
  private Optional<Path> check;

  @Option(
      names = "--steps",
      paramLabel = "main|all|numbers",
      description = "A person's steps (main), every operation, or those with their numbers put in.")
  private String steps = "main";

  @Option(names = "--ascii", description = "Write text without other characters.")
  private boolean ascii;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "text, markdown (with LaTeX), html or json. Default: by --out's ending, else text")
  private Optional<String> format;

  @Option(names = "--out", paramLabel = "FILE", description = "Write there, not to the screen.")
  private Optional<Output> out;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON for scripts.")
  private Optional<Output> json;

  @Override
  public Integer call() {
    GradFormat chosen = GradFormat.choose(format, out, ascii);
    boolean whole = !subjects.isEmpty() && network.means(subjects.getFirst());
    requireOne(whole);
    if (layer.kind().isPresent()) {
      return pointed(() -> layer(chosen));
    }
    if (whole) {
      return pointed(() -> network(chosen));
    }
    if (function.isEmpty()) {
      requireNoNetwork();
    }
    return pointed(() -> function.isPresent() ? function(chosen) : expression(chosen));
  }

  /** One thing is looked at, and options that are about another say so. */
  private void requireOne(boolean whole) {
    List<String> unknown = subjects.stream().filter(text -> text.startsWith("--")).toList();
    if (!unknown.isEmpty() || (subjects.size() > 1 && !whole)) {
      List<String> wrong = unknown.isEmpty() ? subjects.subList(1, subjects.size()) : unknown;
      throw new UnmatchedArgumentException(spec.commandLine(), wrong);
    }
    List<String> given = new ArrayList<>();
    if (!subjects.isEmpty()) {
      given.add((whole ? "the network " : "the expression ") + Quote.of(subjects.getFirst()));
    }
    layer.kind().ifPresent(_ -> given.add("--layer"));
    function.ifPresent(_ -> given.add("--function"));
    if (given.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "Missing what to derive: an expression, a network, --layer or --function");
    }
    if (given.size() > 1) {
      throw new UserException(
          "%s and %s are looked at by themselves: leave one out"
              .formatted(given.get(0), given.get(1)));
    }
    if (layer.kind().isEmpty()) {
      GradLayerOptions.NAMES.forEach(name -> Surplus.refuse(spec, name, "without --layer"));
    }
    if (!whole) {
      GradNetworkOptions.NAMES.forEach(name -> Surplus.refuse(spec, name, "without a network"));
    }
    if (layer.kind().isEmpty() && !whole) {
      Surplus.refuse(spec, "--seed", "without --layer or a network");
      Surplus.refuse(spec, "--layout", "without --layer or a network");
    }
    if (function.isEmpty()) {
      Surplus.refuse(spec, "--equals", "without --function");
    } else {
      Surplus.refuse(spec, "--at", "with --function");
    }
    if (subjects.isEmpty()) {
      Surplus.refuse(spec, "--loss", "without an expression or a network");
    }
    if (subjects.isEmpty() || whole) {
      OF_EXPRESSIONS.forEach(name -> Surplus.refuse(spec, name, "without an expression"));
    }
  }

  /** One word without a number may be a network's name, not quite right. */
  private void requireNoNetwork() {
    String word = subjects.getFirst().strip();
    if (subjects.size() == 1
        && at.isEmpty()
        && word.matches("[\\w.-]{4,}")
        && Nearest.match(word, Zoo.names()).isPresent()) {
      throw new UserException(
          "%s is no network%s An expression of that name alone expects its value: add --at %s=…"
              .formatted(Quote.of(word), Nearest.hint(word, Zoo.names()), word));
    }
  }

  /** Shows where a text cannot be read. */
  private int pointed(Supplier<Integer> body) {
    try {
      return body.get();
    } catch (UserException e) {
      Place.shown(e).forEach(line -> Main.terminal(spec).note("%s", line));
      throw e;
    }
  }

  private int layer(GradFormat chosen) {
    if (layer.isSoftmax()) {
      Stream.concat(GradLayerOptions.NAMES.stream(), Stream.of("--seed", "--layout"))
          .forEach(name -> Surplus.refuse(spec, name, "with --layer softmax"));
      SoftmaxLoss both = layer.softmax(at());
      write(chosen.render(both::document, both::json, ascii, width()), both::json);
      return CommandLine.ExitCode.OK;
    }
    LayerTrace trace = LayerTrace.of(layer.question(at(), layout()));
    write(
        chosen.render(
            notation -> LayerDocument.of(trace, notation),
            () -> LayerJson.of(trace),
            ascii,
            width()),
        () -> LayerJson.of(trace));
    return CommandLine.ExitCode.OK;
  }

  private int network(GradFormat chosen) {
    NetworkTrace trace = network.trace(subjects, at(), loss, layer.seed(), Main.terminal(spec));
    write(
        chosen.render(
            notation -> NetworkDocument.of(trace, notation),
            () -> NetworkJson.of(trace),
            ascii,
            width()),
        () -> NetworkJson.of(trace));
    return CommandLine.ExitCode.OK;
  }

  private int function(GradFormat chosen) {
    FunctionTrace trace = FunctionTrace.of(function.orElseThrow());
    Optional<Identity> identity = equals.map(text -> Identity.of(trace, text));
    String text =
        chosen == GradFormat.HTML
            ? FunctionPage.html(trace, identity)
            : chosen.render(
                notation -> FunctionDocument.of(trace, identity, notation),
                () -> FunctionJson.of(trace, identity),
                ascii,
                width());
    write(text, () -> FunctionJson.of(trace, identity));
    boolean refuted = identity.filter(i -> i.outcome() == Identity.Outcome.REFUTED).isPresent();
    return refuted ? NOT_EQUAL : CommandLine.ExitCode.OK;
  }

  /** Lines in a file are as long as they are. */
  private int width() {
    return out.isPresent() ? Integer.MAX_VALUE : Main.terminal(spec).width();
  }

  private void write(String text, Supplier<Map<String, Object>> forScripts) {
    Terminal terminal = Main.terminal(spec);
    json.ifPresent(file -> file.json(forScripts.get()));
    if (out.isPresent()) {
      out.get().text(text);
      if (!out.get().isStream()) {
        terminal.line("%s", out.get());
      }
    } else {
      terminal.print(text.stripTrailing());
    }
  }

  private int expression(GradFormat chosen) {
    Trace trace = Trace.of(question());
    List<Verdict> verdicts = new ArrayList<>();
    for (String answer : expect) {
      verdicts.add(Verdict.of(trace, answer));
    }
    Optional<Review> review = check.map(file -> Review.of(trace, TextFile.read(file)));
    write(
        chosen.render(trace, verdicts, review, ascii, width()),
        () -> GradFormat.json(trace, verdicts, review));
    boolean faulty = review.isPresent() && review.get().fault().isPresent();
    boolean right = !faulty && verdicts.stream().allMatch(Verdict::isRight);
    return right ? CommandLine.ExitCode.OK : NOT_EQUAL;
  }

  private Question question() {
    return new Question(subjects.getFirst(), at(), wrt, loss, rate, detail());
  }

  /** One option says how Jacobians lie, and in which order a file's numbers do. */
  private List<String> layout() {
    return spec.commandLine().getParseResult().matchedOptionValue("--layout", List.of());
  }

  private Map<String, Tensor> at() {
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (String given : at) {
      Program.assignments(given)
          .forEach((name, value) -> {
            if (values.put(name, value) != null) {
              throw new UserException(
                  "%s is given a value twice: leave one out".formatted(Quote.of(name)));
            }
          });
    }
    return values;
  }

  private Detail detail() {
    return Arrays.stream(Detail.values())
        .filter(detail -> word(detail).equals(steps))
        .findFirst()
        .orElseThrow(() -> {
          List<String> words = Arrays.stream(Detail.values()).map(GradCommand::word).toList();
          return new UserException(
              "--steps expects %s, but got %s%s"
                  .formatted(
                      String.join(", ", words), Quote.of(steps), Nearest.hint(steps, words)));
        });
  }

  private static String word(Detail detail) {
    return detail.name().toLowerCase(Locale.ROOT);
  }
}
