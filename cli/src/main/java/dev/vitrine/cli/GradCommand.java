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
import dev.vitrine.trace.language.Place;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine grad}: the chain rule, worked. */
@Command(
    name = "grad",
    description = {
      "Derive an expression step by step, as on paper, with the engine's own numbers in.",
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
      "  vitrine grad 'sigmoid(w*x)^2' --at w=0,x=1 --wrt w --expect 0.5"
    })
final class GradCommand implements Callable<Integer> {
  /** The exit code of a wrong answer. */
  private static final int NOT_EQUAL = 4;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "EXPRESSION", description = "What is derived; its result is called f.")
  private String expression;

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
      description = "A loss on top, in terms of f, which is derived instead; its result is L.")
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
          "Judge an answer, such as 0.18, '∂f/∂w2 = 1/4' or, with --rate, 'w2 = 0.8', and name the"
              + " slip if it is a usual one. Exit code 4 if it is wrong. May be given several times.")
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
      description = "text, markdown (with LaTeX) or json. Default: by --out's ending, else text")
  private Optional<String> format;

  @Option(names = "--out", paramLabel = "FILE", description = "Write there, not to the screen.")
  private Optional<Output> out;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON for scripts.")
  private Optional<Output> json;

  @Override
  public Integer call() {
    Terminal terminal = Main.terminal(spec);
    GradFormat chosen = GradFormat.choose(format, out, ascii);
    Trace trace;
    List<Verdict> verdicts = new ArrayList<>();
    Optional<Review> review;
    try {
      trace = Trace.of(question());
      for (String answer : expect) {
        verdicts.add(Verdict.of(trace, answer));
      }
      review = check.map(file -> Review.of(trace, TextFile.read(file)));
    } catch (UserException e) {
      Place.shown(e).forEach(line -> terminal.note("%s", line));
      throw e;
    }
    String text = chosen.render(trace, verdicts, review, ascii);
    json.ifPresent(file -> file.json(GradFormat.json(trace, verdicts, review)));
    if (out.isPresent()) {
      out.get().text(text);
      if (!out.get().isStream()) {
        terminal.line("%s", out.get());
      }
    } else {
      terminal.print(text.stripTrailing());
    }
    boolean faulty = review.isPresent() && review.get().fault().isPresent();
    boolean right = !faulty && verdicts.stream().allMatch(Verdict::isRight);
    return right ? CommandLine.ExitCode.OK : NOT_EQUAL;
  }

  private Question question() {
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
    return new Question(expression, values, wrt, loss, rate, detail());
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
