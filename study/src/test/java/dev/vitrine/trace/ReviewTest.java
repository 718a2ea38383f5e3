package dev.vitrine.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.trace.language.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Derivations that people hand in, and the first line that is wrong. */
class ReviewTest {
  private static final Trace SECOND =
      Trace.of(
          Question.of(
                  "s1 = w1*x1 + w2*x2; s2 = w3*x3 + w4*x4; b1 = σ(s1); b2 = σ(s2);"
                      + " s3 = w5*b1 + w6*b2; yhat = σ(s3)",
                  Program.assignments(
                      "x1=.9,x2=-1.1,x3=-.3,x4=.8,w1=.75,w2=-.63,w3=.24,w4=-1.7,w5=.8,w6=-.2,y=.5"))
              .loss("sq(y - yhat)"));

  /** As a document has it, whose end only looks right because it is rounded to one digit. */
  private static final String PUBLISHED =
      """
      # forward
      s1 = .75*.9 + (-.63)*(-1.1) = 1.368
      s2 = -1.432
      b1 = σ(1.368) = .797057
      b2 = .192787
      s3 = w5*b1 + w6*b2 = .8*.797057 - .2*.192787 = .599088
      ŷ = yhat
      """;

  @Test
  void aDerivationThatIsRight() {
    Review review =
        Review.of(
            SECOND,
            """
            s1 = .75*.9 + (-.63)*(-1.1) = 1.368
            b1 = σ(1.368) = .797057
            b2 = .192787
            s3 = w5*b1 + w6*b2 = .8*.797057 - .2*.192787 = .599088
            yhat = .645448
            ∂L/∂yhat = -2(y - yhat) = 2(.645448 - .5) = .290896
            ∂yhat/∂s3 = yhat*(1 - yhat)
                      = .228845
            ∂L/∂s3 = ∂L/∂yhat·∂yhat/∂s3 = .0665699
            dL/dw5 = ∂L/∂s3·b1 = .05306001
            """);
    assertThat(review.fault()).isEmpty();
    assertThat(review.right()).hasSize(18);
  }

  /** As a person writes it: a function's derivative with a stroke, and digits cut off. */
  @Test
  void derivativesOfFunctionsAndDigitsThatAreCutOff() {
    Review review =
        Review.of(SECOND, "∂yhat/∂s3 = σ'(s3) = σ′(s3) = .2288\n∂L/∂yhat = .290895 = .2908");
    assertThat(review.fault()).isEmpty();
    assertThat(Review.of(SECOND, "∂L/∂yhat = .2907").fault()).isPresent();
    assertThat(Review.of(SECOND, "∂yhat/∂s3 = tanh'(s3)").fault()).isPresent();
  }

  @Test
  void aDerivationWithoutLinesIsNotRight() {
    assertThatThrownBy(() -> Review.of(SECOND, "# nothing\n\n"))
        .hasMessageContaining("nothing was checked");
  }

  /** ∂ŷ/∂S₃ is .2288; that the product rounds to .0006 all the same does not save it. */
  @Test
  void thePublishedDerivationStopsAtItsFirstFault() {
    Review review =
        Review.of(
            SECOND,
            """
            ∂L/∂yhat = 2(yhat - y) = .290895
            ∂yhat/∂s3 = .2178
            ∂b2/∂s2 = .155620
            ∂L/∂w3 = .290895*.2178*(-.2)*.155620*(-.3) = .0006
            """);
    Review.Fault fault = review.fault().orElseThrow();
    assertThat(fault.part()).isEqualTo(new Review.Part(2, "∂yhat/∂s3", ".2178"));
    assertThat(fault.right().at(0)).isCloseTo(.228845, within(5e-7));
    assertThat(fault.slips()).isEmpty();
    assertThat(Review.of(SECOND, "∂L/∂w3 = .0006").fault()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "∂yhat/∂s3 = σ(s3)*σ(1 - s3) | σ′(z) written σ(z)σ(1 − z) at σ(s₃)",
        "∂yhat/∂s3 = s3*(1 - s3) | σ′(z) written z·(1 − z), with z instead of σ(z), at σ(s₃)",
        "∂L/∂yhat = -(y - yhat) | the factor 2 of the loss's derivative left out",
        "∂L/∂yhat = 2(y - yhat) | a sign lost at the end",
        "∂s3/∂s1 = w5 | the factor σ′ left out at σ(s₁)",
        "∂L/∂s3 = .1454476 | yhat − y for the gradient before σ, which is right for cross-entropy alone",
      })
  void theSlipOfALineIsNamed(String line, String slip) {
    Review.Fault fault = Review.of(SECOND, line).fault().orElseThrow();
    assertThat(fault.slips()).contains(slip);
  }

  /** The formula is right where x is 2, and nowhere else. */
  @Test
  void aFormulaThatHappensToBeRightIsFound() {
    Trace trace = Trace.of(Question.of("x^3", Program.assignments("x=2")));
    Review.Fault fault = Review.of(trace, "∂f/∂x = 6x").fault().orElseThrow();
    assertThat(fault.at().get("x").at(0)).isNotEqualTo(2);
    assertThat(Review.of(trace, "∂f/∂x = 3x^2 = 12").fault()).isEmpty();
  }

  @Test
  void matricesMayStandInIt() {
    Trace trace =
        Trace.of(
            Question.of("z = W @ x; a = σ(z)", Program.assignments("W=[1,2;3,-4],x=[1,-1],t=[1,0]"))
                .loss("sum(sq(a - t))/2"));
    assertThat(
            Review.of(trace, "∂L/∂a = a - t\n∂L/∂z = ∂L/∂a ∘ a ∘ (1 - a)\n∂L/∂W = ∂L/∂z @ x'")
                .fault())
        .isEmpty();
    assertThat(Review.of(trace, "∂L/∂W = x @ (∂L/∂z)'").fault()).isPresent();
  }

  /** Derivatives may be written with d on both sides, and the result be called f. */
  @Test
  void derivativesWithDStandOnTheRight() {
    Trace trace =
        Trace.of(
            Question.of("y = w*x + b", Program.assignments("w=1,x=2,b=0,t=5")).loss("sq(y - t)"));
    assertThat(
            Review.of(trace, "dL/dy = 2(y - t)\ndL/dw = dL/dy*dy/dw = dL/df*x\n∂L/∂x = w*dL/dy")
                .fault())
        .isEmpty();
    assertThat(Review.of(trace, "dL/dw = dL/dy*w").fault()).isPresent();
    Trace own = Trace.of(Question.of("dL/dw + L*w", Program.assignments("dL=6,dw=2,L=1,w=3")));
    assertThat(Review.of(own, "f = dL/dw + L*w").fault()).isEmpty();
  }

  @Test
  void whatIsNoDerivationIsRefused() {
    assertThatThrownBy(() -> Review.of(SECOND, "s1 = 1.368\nthen it follows"))
        .hasMessage(
            "Line 2 expects an equation, such as ∂L/∂f = 2(f - y), but got \"then it follows\"");
    assertThatThrownBy(() -> Review.of(SECOND, "= 1"))
        .hasMessageStartingWith("Line 1 expects an equation");
    assertThatThrownBy(() -> Review.of(SECOND, "\n∂L/∂w9 = 1"))
        .hasMessage("Line 2: \"w9\" is no name of the expression; did you mean \"w1\"?");
    assertThatThrownBy(() -> Review.of(SECOND, "s1 = 1 +"))
        .hasMessageStartingWith("Line 1: Column 4 of \"1 +\"");
    assertThatThrownBy(() -> Review.of(SECOND, PUBLISHED)).hasMessageStartingWith("Line 7: ");
  }
}
