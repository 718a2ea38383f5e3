package dev.vitrine.trace.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.trace.function.FunctionTrace.Interval;
import dev.vitrine.trace.function.FunctionTrace.Range;
import dev.vitrine.trace.function.Identity.Outcome;
import dev.vitrine.trace.language.Function;
import dev.vitrine.trace.language.Notation;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions of one number, shown. */
class FunctionTraceTest {
  private static final Offset<Double> NEAR = Offset.offset(1e-5);

  @ParameterizedTest
  @CsvSource({
    "tanh, -1, false, 1, false",
    "sigmoid, 0, false, 1, false",
    "relu, 0, true, Infinity, false",
    "relu6, 0, true, 6, true",
    "'clip(x, -2, 3)', -2, true, 3, true",
    "elu, -1, false, Infinity, false",
    "silu, -0.278465, true, Infinity, false",
    "gelu, -0.169971, true, Infinity, false",
    "softplus, 0, false, Infinity, false",
    "exp, 0, false, Infinity, false",
    "ln, -Infinity, false, Infinity, false",
    "'leakyrelu(x, 0.2)', -Infinity, false, Infinity, false"
  })
  void ranges(String text, double low, boolean reachesLow, double high, boolean reachesHigh) {
    Range range = FunctionTrace.of(text).range();
    assertThat(range.low()).isCloseTo(low, NEAR);
    assertThat(range.high()).isCloseTo(high, NEAR);
    assertThat(range.reachesLow()).isEqualTo(reachesLow);
    assertThat(range.reachesHigh()).isEqualTo(reachesHigh);
  }

  @Test
  void slopes() {
    // σ comes near 1 and never gets there: no place has that slope.
    assertThat(FunctionTrace.of("softplus").steepest().orElseThrow())
        .isEqualTo(
            new FunctionTrace.Steepest(
                new Interval(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY), 1));
    assertThat(FunctionTrace.of("clip(x, 0, 1)").function().settingsText()).isEqualTo(", 0, 1");
    assertThat(Identity.of(FunctionTrace.of("sigmoid"), "1/(1 + e^(-x))").outcome())
        .isEqualTo(Outcome.PROVED);
    assertThat(FunctionTrace.of("sigmoid").steepest().orElseThrow())
        .isEqualTo(new FunctionTrace.Steepest(new Interval(0, 0), 0.25));
    assertThat(FunctionTrace.of("relu").steepest().orElseThrow().where())
        .isEqualTo(new Interval(0, Double.POSITIVE_INFINITY));
    FunctionTrace.Steepest gelu = FunctionTrace.of("gelu").steepest().orElseThrow();
    assertThat(gelu.where().from()).isCloseTo(Math.sqrt(2), NEAR);
    assertThat(gelu.slope()).isCloseTo(1.12890, NEAR);
    assertThat(FunctionTrace.of("exp").steepest()).isEmpty();
    assertThat(FunctionTrace.of("ln").steepest()).isEmpty();
    assertThat(FunctionTrace.of("tanh").saturated())
        .hasSize(2)
        .allMatch(i ->
            Math.abs(Math.abs(Double.isInfinite(i.from()) ? i.to() : i.from()) - 2.99322) < 1e-4);
    assertThat(FunctionTrace.of("leakyrelu(x, 0.2)").saturated()).isEmpty();
    for (String name : Function.names()) {
      String text = name.equals("clip") ? "clip(x, -1, 2)" : name;
      assertThat(FunctionTrace.of(text).off()).as(name).isLessThan(1e-8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "tanh, 2*sigmoid(2*x)-1, PROVED",
    "sigmoid, (1 + tanh(x/2))/2, PROVED",
    "silu, x/(1+exp(-x)), PROVED",
    "sigmoid, 1 - sigmoid(-x), PROVED",
    "exp, exp(x/3)^3, PROVED",
    "softplus, ln(1+exp(x)), SAME_FORMULA",
    "softplus, log(exp(x) + 1), SAME_FORMULA",
    "ln, ln(x), SAME_FORMULA",
    "relu, relu(x), SAME_FORMULA",
    "gelu, gelu(x), SAME_FORMULA",
    "ln, ln(x) + 1e-15, EQUAL_AT_POINTS",
    "relu, x*sigmoid(1000*x), REFUTED",
    "tanh, 2*sigmoid(x)-1, REFUTED",
    "tanh, x, REFUTED",
    "sigmoid, sigmoid(x) + 0.000000001*x, REFUTED",
    "tanh, tanh(x) + 1e-12, REFUTED",
    "tanh, tanh(x) + 1e-15, REFUTED",
    "gelu, gelu(x) + 1e-12, REFUTED",
    "softplus, x + softplus(-x), EQUAL_AT_POINTS",
    "softplus, -ln(sigmoid(-x)), EQUAL_AT_POINTS",
    "gelu, x + gelu(-x), EQUAL_AT_POINTS",
    "silu, x*sigmoid(x), PROVED"
  })
  void identities(String function, String other, Outcome outcome) {
    assertThat(Identity.of(FunctionTrace.of(function), other).outcome()).isEqualTo(outcome);
  }

  @Test
  void aCounterexampleIsSimple() {
    Identity identity = Identity.of(FunctionTrace.of("tanh"), "2*sigmoid(x)-1");
    assertThat(identity.counterexample().orElseThrow().x()).isEqualTo(1);
    assertThat(
            FunctionDocument.of(FunctionTrace.of("tanh"), Optional.of(identity), Notation.UNICODE)
                .text())
        .contains(
            "Refuted: where x = 1 the function is 0.761594156 and the other side 0.462117157.");
  }

  /** Nine digits are the same, and the sides are not. */
  @Test
  void howFarApartIsSaidWhereItIsNotSeen() {
    FunctionTrace tanh = FunctionTrace.of("tanh");
    Identity identity = Identity.of(tanh, "tanh(x) + 1e-12");
    assertThat(FunctionDocument.of(tanh, Optional.of(identity), Notation.UNICODE).text())
        .contains("the function is 0.761594156 and the other side 0.761594156, 1e−12 apart.");
  }

  @Test
  void faults() {
    assertThatThrownBy(() -> FunctionTrace.of("tanhh"))
        .isInstanceOf(UserException.class)
        .hasMessage("\"tanhh\" is no function of the engine; did you mean \"tanh\"?");
    assertThatThrownBy(() -> FunctionTrace.of("tanh(2*x)"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("A function expects a name, perhaps with settings");
    assertThatThrownBy(() -> Identity.of(FunctionTrace.of("tanh"), "2*y"))
        .hasMessage("An identity expects an expression in x, but got the name \"y\"");
  }
}
