package dev.vitrine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import dev.vitrine.trace.Trace.Path;
import dev.vitrine.trace.language.Evaluation;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traces of the documents' small functions, of paths that meet, and of layers. */
class TraceTest {
  private static final String NESTED = "sigmoid(sigmoid(x1 + w1)*w2 + x2)";
  private static final Offset<Double> NINE_DIGITS = within(5e-10);

  private static Question ask(String expression, String at) {
    return Question.of(expression, Program.assignments(at));
  }

  private static String text(Question question) {
    return TraceDocument.of(Trace.of(question), Notation.UNICODE).text();
  }

  @Test
  void theNestedSigmoid() {
    Question question = ask(NESTED, "x1=1,x2=0,w1=0,w2=0");
    Trace trace = Trace.of(question.wrt("w1", "w2"));
    assertThat(trace.value("f").at(0)).isEqualTo(0.5);
    assertThat(trace.gradient("w2").at(0)).isCloseTo(0.182764645, NINE_DIGITS);
    assertThat(trace.gradient("w1").at(0)).isZero();
    assertThat(trace.holds()).isTrue();
  }

  /** A line that is nothing but another name, which is used beside it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s = x; s*x | x | 4", "s = x; t = s; s*t*x | x | 12", "a = x; b = x; a*b + b | x | 5",
        "s = x; s | x | 1", "W = w; dot(W, w) | w | 8", "s = x + 0; s*x | x | 4",
      })
  void aLineMayBeNothingButAnotherName(String lines, String by, double slope) {
    for (Detail detail : Detail.values()) {
      String at = lines.contains("w") ? "w=[3,4]" : "x=2";
      Trace trace = Trace.of(ask(lines, at).detail(detail));
      int last = trace.gradient(by).size() - 1;
      assertThat(trace.gradient(by).at(last)).as(detail + " " + lines).isEqualTo(slope);
      assertThat(trace.holds()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"sq(f - y) | 0.822440901", "sq(f - y)/2 | 0.411220450"})
  void aStepOnTheNestedSigmoid(String loss, double after) {
    Question question = ask(NESTED, "x1=1,x2=0,w1=0,w2=0,y=5").loss(loss).rate(0.5).wrt("w2");
    Trace trace = Trace.of(question);
    assertThat(trace.update().orElseThrow().after().get("w2").at(0)).isCloseTo(after, within(1e-9));
    assertThat(trace.update().get().objectiveAfter())
        .isLessThan(trace.update().get().objectiveBefore());
  }

  @Test
  void theSecondSmallFunction() {
    Question question =
        ask(
                "s1 = w1*x1 + w2*x2; s2 = w3*x3 + w4*x4; b1 = σ(s1); b2 = σ(s2);"
                    + " s3 = w5*b1 + w6*b2; ŷ = σ(s3)",
                "x1=0.9,x2=-1.1,x3=-0.3,x4=0.8,w1=0.75,w2=-0.63,w3=0.24,w4=-1.7,w5=0.8,w6=-0.2,y=0.5")
            .loss("sq(y - f)")
            .wrt("w1", "w2", "w3", "w4", "w5", "w6");
    Trace trace = Trace.of(question);
    Map<String, Double> values =
        Map.of(
            "s1", 1.368, "s2", -1.432, "b1", .797057, "b2", .192787, "s3", .599088, "ŷ", .645448);
    values.forEach((name, value) ->
        assertThat(trace.value(name).at(0)).as(name).isCloseTo(value, within(5e-7)));
    double[] gradients = {.00775308, -.00947599, .000621578, -.00165754, .05306001, .01283383};
    for (int i = 0; i < 6; i++) {
      double scale = i == 2 ? 5e-10 : 5e-9;
      assertThat(trace.gradient("w" + (i + 1)).at(0)).isCloseTo(gradients[i], within(scale));
    }
    assertThat(local(trace, "ŷ", "s3")).isCloseTo(.228845, within(5e-7));
    assertThat(local(trace, "b2", "s2")).isCloseTo(.155620, within(5e-7));
    assertThat(local(trace, "L", "ŷ")).isCloseTo(.290895, within(5e-7));
    assertThat(trace.holds()).isTrue();
  }

  private static double local(Trace trace, String of, String by) {
    return trace.locals().stream()
        .filter(l -> l.of().equals(of) && l.by().equals(by))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void formulasAreThoseOfTheOps() {
    assertThat(text(ask(NESTED, "x1=1,x2=0,w1=0,w2=0")))
        .contains("  ∂f/∂z₂  = σ′(z₂) = σ(z₂)(1 − σ(z₂)) = f·(1 − f) = 0.25  ")
        .contains("by differences 0.25 ✓")
        .contains("  ∂z₂/∂w₂ = a₁ = 0.731058579  ");
  }

  /** x reaches f on three ways; a is used by two results, and must wait for both. */
  @Test
  void pathsThatMeetAreSummedUp() {
    Trace trace = Trace.of(ask("a = tanh(x); a*x + ln(a)/2", "x=0.5").detail(Detail.ALL));
    double a = Math.tanh(0.5);
    double slope = 1 - a * a;
    double expected = a + 0.5 * slope + slope / (2 * a);
    assertThat(trace.gradient("x").at(0)).isCloseTo(expected, within(1e-12));
    assertThat(trace.paths()).hasSize(3);
    assertThat(trace.paths().stream().mapToDouble(Path::product).sum())
        .isCloseTo(expected, within(1e-12));
    Trace.Wrong wrong = trace.order().example().orElseThrow();
    assertThat(wrong.shared()).isEqualTo("a");
    List<Double> withoutOne = List.of(expected - 0.5 * slope, expected - slope / (2 * a));
    assertThat(withoutOne).anyMatch(number -> Math.abs(number - wrong.wrong().at(0)) < 1e-12);
    assertThat(trace.order().names()).startsWith("f").endsWith("a", "x");
  }

  /** The objective uses x itself and through a: ∂f/∂x is not the direct part alone. */
  @Test
  void aDirectPartIsNotTheWhole() {
    Trace trace = Trace.of(ask("a = exp(x); a*x", "x=0.7"));
    assertThat(trace.gradient("x").at(0)).isCloseTo(Math.exp(0.7) * 1.7, within(1e-12));
    assertThat(local(trace, "f", "x")).isCloseTo(Math.exp(0.7), within(1e-12));
    assertThat(text(trace.question())).contains("directly");
  }

  @Test
  void whatOccursTwiceIsOneStep() {
    Trace trace = Trace.of(ask("σ(x + 1)*σ(x + 1)", "x=0.3"));
    assertThat(trace.forward()).extracting(Trace.Forward::name).containsExactly("z1", "a1", "f");
  }

  @Test
  void layersInMatrixForm() {
    Question question =
        ask(
                "x2 = σ(W1 @ x1 + b1); x3 = W2 @ x2",
                "W1=[1,2;3,4;-1,0.5],x1=[1,-1],b1=[0.1,0.2,0.3],W2=[1,-1,2;0.5,0,1],t=[1,0]")
            .loss("sum(sq(x3 - t))/2")
            .wrt("W1", "b1", "W2");
    Trace trace = Trace.of(question);
    assertThat(trace.holds()).isTrue();
    List<String> lines = text(question).lines().map(l -> l.replaceAll(" +", " ").strip()).toList();
    assertThat(lines)
        .anyMatch(l -> l.startsWith("∂L/∂x₃ = x₃ − t = "))
        .anyMatch(l -> l.startsWith("∂L/∂x₂ = W₂ᵀ·∂L/∂x₃ = "))
        .anyMatch(l -> l.startsWith("∂L/∂z₁ = ∂L/∂x₂ ∘ x₂ ∘ (1 − x₂) = "))
        .anyMatch(l -> l.startsWith("∂L/∂W₁ = ∂L/∂z₁·x₁ᵀ = ") && l.endsWith("(3×2)"))
        .anyMatch(l -> l.startsWith("∂L/∂W₂ = ∂L/∂x₃·x₂ᵀ = ") && l.endsWith("(2×3)"));
  }

  /** Every form of product, sum and function, by differences. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x' @ A @ x",
        "sum(A @ A' @ x)",
        "norm2(A @ x) * mean(x)",
        "dot(x, tanh(A @ x + b))",
        "sum((x @ x') .* A)/3",
        "sum(A .* A' / 2 - b)",
        "b * sum(x) / norm2(x) + sum(b - x)",
        "sum(softplus(A) + gelu(A))",
        "y = A @ x; x @ y + sum(exp(-y) .* x)",
        "mean(sq(A @ A - A))",
        "sum((x' @ A)')",
        "sum(2 / (1 + sq(x)))",
        "b^3 + 2^b + b^(-2)",
      })
  void gradientsAgreeWithDifferences(String expression) {
    for (Detail detail : Detail.values()) {
      Question question = ask(expression, values(expression)).detail(detail);
      Trace trace = Trace.of(question);
      assertThat(trace.holds()).as(text(question)).isTrue();
      assertThat(trace.backward()).hasSizeGreaterThan(1);
    }
  }

  private static String values(String expression) {
    String text = "";
    for (String given : List.of("A=[1,0.5;-0.7,2]", "x=[0.3,-1.1]", "b=0.8")) {
      if (expression.matches(".*(?<!\\w)%s(?!\\w).*".formatted(given.substring(0, 1)))) {
        text += (text.isEmpty() ? "" : ",") + given;
      }
    }
    return text;
  }

  @Test
  void whatTheEngineTakesAtAKinkIsSaid() {
    Trace trace = Trace.of(ask("relu(x)", "x=0"));
    assertThat(trace.remarks())
        .containsExactly(
            "ReLU(x) has no derivative where x is 0: the slope is 0 on the left and 1 on the right. The engine takes 0.");
    assertThat(trace.holds()).isTrue();
    assertThat(trace.locals().getFirst().check().kink()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x + w9 | x=1 | Column 5 of \"x + w9\": \"w9\" has no value: give it one, as in w9=0.5",
        "x1 + x2 | x1=1,x3=2 | Column 6 of \"x1 + x2\": \"x2\" has no value; did you mean \"x1\"?",
        "x | x=1,w=2 | \"w\" is given a value, but stands nowhere in the expression",
        "1/(x - 1) | x=1 | Column 2 of \"1/(x - 1)\": 1/(x − 1) is a division by 0",
        "2*ln(x - 3) | x=1 | Column 3 of \"2*ln(x - 3)\": ln(x − 3) is not a finite number where x − 3 is −2",
        "sqrt(x) | x=0 | Column 1 of \"sqrt(x)\": ∂f/∂x has no finite value where x is 0: there is no derivative, or it is too large for a double",
        "exp(1000*x) | x=1 | Column 1 of \"exp(1000*x)\": exp(1000·x) is larger than a double can be (1.8e308) where 1000·x is 1000",
        "1/x | x=1e-300 | Column 2 of \"1/x\": ∂f/∂x has no finite value where x is 1e−300: there is no derivative, or it is too large for a double",
        "2*norm2(v) + 1 | v=[0,0] | Column 3 of \"2*norm2(v) + 1\": ∂f/∂v has no finite value where v is [0, 0]: there is no derivative, or it is too large for a double",
        "0^x | x=2 | Column 2 of \"0^x\": ln(0) is not a finite number: a power whose exponent is no plain number is exp(exponent·ln(base))",
        "(x - 4)^x | x=2 | Column 8 of \"(x - 4)^x\": ln(x − 4) is not a finite number where x − 4 is −2: a power whose exponent is no plain number is exp(exponent·ln(base))",
        "W @ x | W=[1,2;3,4],x=[1,2,3] | Column 3 of \"W @ x\": The product expects as many columns on its left as rows on its right, but got (2, 2) and (3)",
        "W * W | W=[1,2;3,4] | Column 3 of \"W * W\": * between (2, 2) and (2, 2) may mean two things: write @ for the matrix product or .* for element by element",
        "W + x | W=[1,2;3,4],x=[1,2] | Column 3 of \"W + x\": + expects two sides of one shape, or a number, but got (2, 2) and (2)",
        "W | W=[1,2;3,4] | Column 1 of \"W\": a derivative expects one number at the end, but got f of shape (2, 2): take its sum, or add a loss",
        "x where x > 0, else 0 | x=1 | Column 3 of \"x where x > 0, else 0\": the engine has no op for cases: use relu or clip, such as relu(x)",
        "z = x; z | x=1,z=2 | Column 1 of \"z = x; z\": \"z\" is calculated here, but is also given a value: leave one out",
        "x; x | x=1 | Column 1 of \"x; x\": a line before the last expects a name, such as z = …",
      })
  void whatCannotBeDerivedIsRefused(String expression, String at, String sentence) {
    assertThatThrownBy(() -> Trace.of(ask(expression, at)))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }

  @Test
  void derivativesAreByGivenNames() {
    Question question = ask("z = x1 + 1; z^2", "x1=1");
    assertThatThrownBy(() -> Trace.of(question.wrt("z")))
        .hasMessage(
            "\"z\" is calculated, not given: derivatives are taken by given names, such as x1");
    assertThatThrownBy(() -> Trace.of(question.wrt("x2")))
        .hasMessage("\"x2\" stands nowhere in the expression; did you mean \"x1\"?");
  }

  /** e is Euler's number until somebody calls an error e. */
  @Test
  void namesGoBeforeConstants() {
    assertThat(Trace.of(ask("e*x", "x=1")).gradient("x").at(0)).isEqualTo(Math.E);
    assertThat(Trace.of(ask("e*x", "x=1,e=3")).gradient("x").at(0)).isEqualTo(3);
    assertThat(Trace.of(ask("e = y - x; e^2", "x=1,y=4")).gradient("x").at(0)).isEqualTo(-6);
  }

  /** What is written in ASCII can be asked again. */
  @Test
  void jsonFormulasCanBeRead() {
    Trace trace = Trace.of(ask(NESTED, "x1=1,x2=0,w1=0,w2=0"));
    Map<String, Object> json = TraceJson.of(trace);
    assertThat(json).containsEntry("holds", true).containsEntry("objective", "f");
    List<?> locals = (List<?>) json.get("local_derivatives");
    Map<?, ?> first = (Map<?, ?>) locals.getFirst();
    Map<String, Tensor> at = Map.of("z2", trace.value("z2"));
    assertThat(Evaluation.of(Program.of((String) first.get("formula")).inlined(), at).at(0))
        .isEqualTo(0.25);
  }

  /** x⁰ is 1 everywhere, and its derivative 0. */
  @Test
  void aPowerOfNothing() {
    Trace trace = Trace.of(Question.of("x^0 + 3x", Program.assignments("x=0")));
    assertThat(trace.value("f").at(0)).isEqualTo(1);
    assertThat(trace.gradient("x").at(0)).isEqualTo(3);
    Trace vector = Trace.of(Question.of("sum(x^0)", Program.assignments("x=[0,2]")));
    assertThat(vector.gradient("x").elements()).containsExactly(0, 0);
  }

  @Test
  void transposesThatCancelAreNotWritten() {
    String at = "A=[1,2;3,4;5,6],x=[1,2],y=[2,1,-1]";
    assertThat(backward("x' @ A' @ y", at))
        .contains("∂f/∂x = Aᵀ·y = ", "∂f/∂A = y·xᵀ = ", "∂f/∂y = A·x = ");
    assertThat(backward("sum((A @ x)')+sum(y)", at))
        .contains("∂f/∂x = Aᵀ·𝟏ᵀ = ")
        .doesNotContain("ᵀᵀ");
  }

  @Test
  void casesAreSaidOnce() {
    assertThat(backward("relu(x)", "x=2"))
        .contains("ReLU′(x) = (1 where x > 0, else 0) = 1")
        .doesNotContain("where f");
  }

  private static String backward(String expression, String at) {
    Trace trace = Trace.of(Question.of(expression, Program.assignments(at)));
    return TraceDocument.of(trace, Notation.UNICODE).text();
  }
}
