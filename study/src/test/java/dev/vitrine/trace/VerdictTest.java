package dev.vitrine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.trace.Verdict.Outcome;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Program;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Published answers, right and wrong, with what went wrong. */
class VerdictTest {
  private static final Question NESTED =
      Question.of("sigmoid(sigmoid(x1 + w1)*w2 + x2)", Program.assignments("x1=1,x2=0,w1=0,w2=0"))
          .wrt("w2");
  private static final Question LEARNED =
      Question.of(
              "sigmoid(sigmoid(x1 + w1)*w2 + x2)", Program.assignments("x1=1,x2=0,w1=0,w2=0,y=5"))
          .loss("sq(f - y)")
          .rate(0.5)
          .wrt("w2");

  private static Verdict judged(Question question, String answer) {
    return Verdict.of(Trace.of(question), answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "σ(1)/4 | EQUAL",
        "∂f/∂w2 = 1/(4(1+1/e)) | EQUAL",
        "df/dw2 = 0.182764645 | EQUAL_TO_DIGITS",
        "0.183 | EQUAL_TO_DIGITS",
        "0.1828 | EQUAL_TO_DIGITS",
        "1.83e-1 | EQUAL_TO_DIGITS",
        "0.1827 | CUT_OFF",
        "0.1829 | UNEQUAL",
        "0.182764648 | UNEQUAL",
        "σ(x1+w1)*σ(σ(x1+w1)*w2+x2)*(1-σ(σ(x1+w1)*w2+x2)) | EQUAL",
        "σ(x1+w1)/4 | UNEQUAL",
      })
  void roundingIsToldFromError(String answer, Outcome outcome) {
    assertThat(judged(NESTED, answer).outcome()).isEqualTo(outcome);
  }

  /** The decimal below a number without more decimals, and whole numbers far from it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "3 | 2.99 | UNEQUAL",
        "3 | 2.9 | UNEQUAL",
        "3 | 3.00 | EQUAL",
        "3 | 3 | EQUAL",
        "0.5 | 0.49 | UNEQUAL",
        "-0.5 | -0.4 | UNEQUAL",
        "0.59 | 0.5 | CUT_OFF",
        "0.3 | 0 | UNEQUAL",
        "3.4 | 3 | UNEQUAL",
        "3.4 | 3.4 | EQUAL",
        "34.4 | 34 | UNEQUAL",
        "344.4 | 344 | EQUAL_TO_DIGITS",
        "344.6 | 344 | CUT_OFF",
        "344.4 | 345 | UNEQUAL",
      })
  void whatNoRoundingLeavesIsWrong(String right, String answer, Outcome outcome) {
    Question slope = Question.of("w*x", Program.assignments("w=2,x=" + right)).wrt("w");
    assertThat(judged(slope, answer).outcome()).as(right).isEqualTo(outcome);
    boolean reviewed = Review.of(Trace.of(slope), "df/dw = " + answer).fault().isEmpty();
    assertThat(reviewed).as("derivation").isEqualTo(outcome != Outcome.UNEQUAL);
  }

  /** Right at the given point and wrong elsewhere. */
  @Test
  void aFormulaIsJudgedAtManyPoints() {
    Verdict verdict = judged(NESTED, "σ(x1+w1)/4");
    assertThat(verdict.right().at(0)).isEqualTo(verdict.given().at(0));
    Verdict.Counterexample at = verdict.counterexample().orElseThrow();
    Question there =
        new Question(
            NESTED.expression(), at.at(), List.of("w2"), NESTED.loss(), NESTED.rate(), Detail.MAIN);
    assertThat(Trace.of(there).gradient("w2").at(0)).isCloseTo(at.right().at(0), within(1e-12));
    assertThat(at.given().at(0)).isNotEqualTo(at.right().at(0));
  }

  /** 1/(2(1 + 1/e)) is twice what is right by two slips, which look like another one. */
  @Test
  void twoSlipsThatLookLikeOne() {
    for (String answer : List.of("∂f/∂w2 = 1/(2(1+1/e))", "0.365529", "0.3655293")) {
      Verdict verdict = judged(NESTED, answer);
      assertThat(verdict.slips())
          .containsExactly("the backward pass run twice, its gradients added up");
      assertThat(verdict.pairs())
          .anyMatch(pair ->
              pair.contains("σ′(z) written σ(z)σ(1 − z) at σ(σ(x₁ + w₁)·w₂ + x₂)")
                  && pair.contains("σ forgotten: σ(x₁ + w₁) taken as x₁ + w₁"));
    }
  }

  @Test
  void slipsOfAStepOfDescent() {
    assertThat(judged(LEARNED, "w2 = 0.822440901").isRight()).isTrue();
    assertThat(judged(LEARNED, "w2 = -0.822441").slips())
        .containsExactlyInAnyOrder(
            "|f − y| for f − y in the derivative of (f − y)²",
            "the wrong sign of the update: + η·g",
            "a sign lost at the end");
    assertThat(judged(LEARNED, "w2 = 0.411220450").slips())
        .containsExactly("the factor 2 of the loss's derivative left out");
    assertThat(judged(LEARNED, "w2 = 8.22441").slips())
        .containsExactly("the decimal point one place too far to the right");
    assertThat(judged(LEARNED, "∂L/∂w2 = 0.182764645").slips())
        .containsExactly("f derived instead of the loss");
  }

  /** x₁·w₁ for x₁ + w₁; then f derived, not the loss; then a sign lost. */
  @Test
  void theSecondDocument() {
    String product = "+ read as ·: x₁ + w₁ taken as x₁·w₁";
    assertThat(judged(NESTED, "0.125").slips()).containsExactly(product);
    assertThat(judged(LEARNED, "w2 = -0.0625").pairs())
        .containsExactly(List.of(product, "f derived instead of the loss"));
    assertThat(judged(LEARNED, "w2 = 0.0625").pairs())
        .contains(List.of(product, "f derived instead of the loss", "a sign lost at the end"));
  }

  @Test
  void aHandCalculationRoundedRight() {
    Question question =
        Question.of(
                "s1 = w1*x1 + w2*x2; s2 = w3*x3 + w4*x4; yhat = σ(w5*σ(s1) + w6*σ(s2))",
                Program.assignments(
                    "x1=.9,x2=-1.1,x3=-.3,x4=.8,w1=.75,w2=-.63,w3=.24,w4=-1.7,w5=.8,w6=-.2,y=.5"))
            .loss("sq(y - yhat)")
            .wrt("w3");
    assertThat(judged(question, "0.0006").outcome()).isEqualTo(Outcome.EQUAL_TO_DIGITS);
    assertThat(judged(question, "0.000592").isRight()).isFalse();
  }

  /** What a trace calls its results, and derivatives between them, may stand in an answer. */
  @Test
  void anAnswerMayNameResults() {
    Question question =
        Question.of("y = sigmoid(x*w)", Program.assignments("x=1,w=0")).loss("sq(y - 1)").wrt("w");
    assertThat(judged(question, "2(y - 1)*y*(1 - y)*x").outcome()).isEqualTo(Outcome.EQUAL);
    assertThat(judged(question, "∂f/∂w * dL/df").outcome()).isEqualTo(Outcome.EQUAL);
    assertThat(judged(question, "2(f - 1)*f*(1 - f)").isRight()).isFalse();
  }

  /** Of a result that the question names the slips on the way forward are looked for. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // σ(−1.37)·1.44, −1.37 + 1.44, −(−1.37) and the point moved; L with f = 0.07.
        "f = 0.291773 | + read as ·",
        "f = 0.0700 | σ forgotten",
        "a = 1.37 | a sign lost",
        "a = -13.7 | the decimal point one place too far to the right",
        "L = 3.7249 | σ forgotten",
      })
  void theSlipOfAResultIsNamed(String answer, String said) {
    Question question =
        Question.of(
                "a = w*x + b; f = σ(a) + sq(c)",
                Program.assignments("w=-0.5,x=3.1,b=0.18,c=1.2,y=2"))
            .loss("sq(f - y)")
            .wrt("w");
    Verdict verdict = judged(question, answer);
    assertThat(verdict.slips()).anyMatch(slip -> slip.contains(said));
    // Of a name that the trace made nothing is looked for: other lines have no such name.
    assertThat(judged(NESTED, "z1 = 2.25").searched()).isFalse();
  }

  /** A value on the way forward is judged, too. */
  @Test
  void anAnswerMayBeAboutAResult() {
    Question question = Question.of("a = w*x; sigmoid(a)", Program.assignments("x=1,w=0"));
    assertThat(judged(question, "f = 0.5").outcome()).isEqualTo(Outcome.EQUAL);
    assertThat(judged(question, "a = w*x").outcome()).isEqualTo(Outcome.EQUAL);
    assertThat(judged(question, "f = 0.51").outcome()).isEqualTo(Outcome.UNEQUAL);
    assertThat(judged(question, "f = 0.51").searched()).isTrue();
    // Right at the given point alone.
    assertThat(judged(question, "f = 1/2 + w").counterexample()).isPresent();
  }

  @Test
  void whatIsNoAnswerIsRefused() {
    assertThatThrownBy(() -> judged(NESTED, "∂f/∂w1 = 0"))
        .hasMessage("An answer expects ∂f/∂w2 or a result such as f before =, but got \"∂f/∂w1\"");
    assertThatThrownBy(() -> judged(NESTED.wrt("w1", "w2"), "0.5"))
        .hasMessage(
            "\"0.5\" may be the derivative by any of w1, w2: say which, as in ∂f/∂w1=0.5, or derive by one name");
    assertThatThrownBy(() -> judged(NESTED, "[1,2]"))
        .hasMessage("∂f/∂w2 is a number, but the answer of shape (2)");
    assertThatThrownBy(() -> judged(NESTED, "0.5*q"))
        .hasMessageStartingWith("Column 4 of \"0.5*q\": \"q\" is no name of the expression");
  }

  @Test
  void verdictsAsText() {
    Document.Section section = VerdictDocument.of(judged(NESTED, "0.365529"), Notation.UNICODE);
    assertThat(section.title()).isEqualTo("Answer: ∂f/∂w₂ = 0.365529");
    assertThat(section.sentences().getFirst())
        .isEqualTo(
            "Wrong: it is 0.182764645, and the answer 0.182764355 more, 1.99999842 times it.");
  }
}
