package dev.vitrine.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.trace.language.Figures;
import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Program;
import dev.vitrine.trace.language.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Slips planted in random expressions are found. What a slip leads to is calculated here by other
 * means: from an expression that has it, or from the engine's gradients of the parts around it.
 */
class SlipTest {
  private static final int EXPRESSIONS = 50;

  /** A chain σ(… σ(w·x + b)·v + c …) around which slips are planted. */
  record Chain(String inner, String outer, Map<String, Tensor> at, double eta) {
    static Chain drawn(Random random) {
      Map<String, Tensor> at = new LinkedHashMap<>();
      for (String name : List.of("w", "x", "b", "v", "c", "y")) {
        double number = Math.rint(100 * (0.3 + 1.2 * random.nextDouble())) / 100;
        at.put(name, Tensor.of(random.nextBoolean() ? number : -number));
      }
      return new Chain("w*x + b", "v*σ(@) + c", at, Math.rint(10 * random.nextDouble() + 1) / 10);
    }

    String expression() {
      return "σ(%s)".formatted(outer.replace("@", inner));
    }

    double at(String name) {
      return at.get(name).at(0);
    }

    /** The numbers of some names, of one letter each. */
    Map<String, Tensor> named(String letters) {
      Map<String, Tensor> some = new LinkedHashMap<>(at);
      some.keySet().removeIf(name -> !letters.contains(name));
      return some;
    }

    double z() {
      return at("w") * at("x") + at("b");
    }

    double u() {
      return at("v") * sigma(z()) + at("c");
    }

    double f() {
      return sigma(u());
    }
  }

  private static double sigma(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double slope(double x) {
    return sigma(x) * (1 - sigma(x));
  }

  /** Each usual slip, and the wrong ∂L/∂w of L = (f − y)² that it leads to. */
  enum Planted {
    SELF_PRODUCT("σ′(z) written σ(z)σ(1 − z) at σ(w·x + b)") {
      @Override
      double wrong(Chain c) {
        return loss(c) * slope(c.u()) * c.at("v") * sigma(c.z()) * sigma(1 - c.z()) * c.at("x");
      }
    },
    ACTIVATED("σ′ taken at the activated value, σ′(σ(z)), at σ(w·x + b)") {
      @Override
      double wrong(Chain c) {
        return loss(c) * slope(c.u()) * c.at("v") * slope(sigma(c.z())) * c.at("x");
      }
    },
    UNACTIVATED("σ′(z) written z·(1 − z), with z instead of σ(z), at σ(w·x + b)") {
      @Override
      double wrong(Chain c) {
        return loss(c) * slope(c.u()) * c.at("v") * c.z() * (1 - c.z()) * c.at("x");
      }
    },
    LEFT_OUT("the factor σ′ left out at σ(w·x + b)") {
      @Override
      double wrong(Chain c) {
        return loss(c) * slope(c.u()) * c.at("v") * c.at("x");
      }
    },
    FORGOTTEN("σ forgotten: σ(w·x + b) taken as w·x + b") {
      @Override
      double wrong(Chain c) {
        return gradient(c, "σ(v*(w*x + b) + c)", "sq(f - y)");
      }
    },
    PLUS_TIMES("+ read as ·: w·x + b taken as w·x·b") {
      @Override
      double wrong(Chain c) {
        return gradient(c, "σ(v*σ(w*x*b) + c)", "sq(f - y)");
      }
    },
    RESULT("f derived instead of the loss") {
      @Override
      double wrong(Chain c) {
        return gradient(c, c.expression(), "f + 0*y");
      }
    },
    FACTOR_TWO("the factor 2 of the loss's derivative left out") {
      @Override
      double wrong(Chain c) {
        return gradient(c, c.expression(), "sq(f - y)/2");
      }
    },
    TWICE("the backward pass run twice, its gradients added up") {
      @Override
      double wrong(Chain c) {
        return gradient(c, c.expression(), "sq(f - y) + sq(f - y)");
      }
    },
    CROSS_ENTROPY("f − y for the gradient before σ, which is right for cross-entropy alone") {
      @Override
      double wrong(Chain c) {
        return gradient(c, c.expression(), "-y*ln(f) - (1 - y)*ln(1 - f)");
      }
    },
    SIZE("|f − y| for f − y in the derivative of (f − y)²") {
      @Override
      double wrong(Chain c) {
        return Math.abs(loss(c)) * slope(c.u()) * c.at("v") * slope(c.z()) * c.at("x");
      }
    },
    SIGN("a sign lost at the end") {
      @Override
      double wrong(Chain c) {
        return -gradient(c, c.expression(), "sq(f - y)");
      }
    },
    DECIMAL("the decimal point one place too far to the right") {
      @Override
      double wrong(Chain c) {
        return 10 * gradient(c, c.expression(), "sq(f - y)");
      }
    };

    private final String said;

    Planted(String said) {
      this.said = said;
    }

    abstract double wrong(Chain chain);

    private static double loss(Chain c) {
      return 2 * (c.f() - c.at("y"));
    }

    private static double gradient(Chain c, String expression, String loss) {
      Question question = Question.of(expression, c.at()).loss(loss).wrt("w");
      return Trace.of(question).gradient("w").at(0);
    }
  }

  private static Trace trace(Chain chain) {
    return Trace.of(Question.of(chain.expression(), chain.at()).loss("sq(f - y)").wrt("w"));
  }

  /** Those alone, without the many pairs. */
  private static List<String> slips(Trace trace, String answer) {
    return new Judge(trace, Expectation.of(answer, trace)).singles();
  }

  private static String seven(double value) {
    return String.format(Locale.ROOT, "%.6e", value);
  }

  @ParameterizedTest
  @EnumSource(Planted.class)
  void aPlantedSlipIsFound(Planted slip) {
    int planted = 0;
    for (int seed = 0; planted < EXPRESSIONS; seed++) {
      assertThat(seed).as("expressions in which the slip shows").isLessThan(300);
      Chain chain = Chain.drawn(new Random(seed));
      Trace trace = trace(chain);
      double wrong = slip.wrong(chain);
      if (Math.abs(wrong - trace.gradient("w").at(0)) < 1e-4 * Math.abs(wrong)) {
        continue;
      }
      planted++;
      assertThat(slips(trace, seven(wrong))).as("%s at %s", chain.at(), wrong).contains(slip.said);
    }
  }

  /** The sum forgotten at w, which is used twice; and the mean's 1/m. */
  @Test
  void slipsOfSumsAreFound() {
    for (int seed = 0; seed < EXPRESSIONS; seed++) {
      Chain c = Chain.drawn(new Random(seed));
      Map<String, Tensor> at = new LinkedHashMap<>(c.at());
      at.keySet().retainAll(List.of("w", "x"));
      Trace trace = Trace.of(Question.of("tanh(w*x) + w^3", at));
      double kept = 3 * c.at("w") * c.at("w");
      assertThat(slips(trace, "∂f/∂w = " + seven(kept)))
          .anyMatch(s -> s.startsWith("the sum forgotten where paths meet: w gets only"));
      Map<String, Tensor> of = new LinkedHashMap<>(Map.of("w", at.get("w")));
      Trace mean = Trace.of(Question.of("w*[1,2,4]", of).loss("mean(sq(f))"));
      double summed = 2 * c.at("w") * 21;
      assertThat(slips(mean, seven(summed))).contains("the 1/3 of the mean left out");
    }
  }

  @Test
  void aTransposedMatrixIsFound() {
    for (int seed = 0; seed < EXPRESSIONS; seed++) {
      Random random = new Random(seed);
      DoubleUnaryOperator draw = _ -> Math.rint(200 * random.nextDouble() - 100) / 100;
      Map<String, Tensor> at = new LinkedHashMap<>();
      at.put("W", Program.assignments("W=[0,0;0,0]").get("W").map(draw));
      at.put("x", Program.assignments("x=[0,0]").get("x").map(draw));
      Trace trace = Trace.of(Question.of("sum(sq(tanh(W @ x)))", at).wrt("W"));
      Tensor right = trace.gradient("W");
      String turned = "[%s,%s;%s,%s]".formatted(right.at(0), right.at(2), right.at(1), right.at(3));
      assertThat(slips(trace, turned)).contains("the matrix transposed");
    }
  }

  /** W instead of Wᵀ on the way back: the gradient of what stands before the matrix. */
  @Test
  void aMatrixThatIsNotTurnedIsFound() {
    for (int seed = 0; seed < EXPRESSIONS; seed++) {
      Random random = new Random(seed);
      DoubleUnaryOperator draw = _ -> Math.rint(200 * random.nextDouble() - 100) / 100;
      Map<String, Tensor> at = new LinkedHashMap<>();
      at.put("W", Program.assignments("W=[0,0;0,0]").get("W").map(draw));
      at.put("x", Program.assignments("x=[0,0]").get("x").map(draw));
      Trace right = Trace.of(Question.of("sum(sq(W @ x))", at).wrt("x"));
      Tensor w = at.get("W");
      double a = 2 * (w.at(0) * at.get("x").at(0) + w.at(1) * at.get("x").at(1));
      double b = 2 * (w.at(2) * at.get("x").at(0) + w.at(3) * at.get("x").at(1));
      double first = w.at(0) * a + w.at(1) * b;
      double second = w.at(2) * a + w.at(3) * b;
      assertThat(slips(right, "[%s,%s]".formatted(first, second)))
          .as("%s", at)
          .contains("a transposed matrix: W for Wᵀ in what W·x hands back to x");
    }
  }

  /** Slips that are made wherever a function stands, and a mean that is taken twice. */
  @Test
  void slipsEverywhereAndMeansTakenTwiceAreFound() {
    for (int seed = 0; seed < EXPRESSIONS; seed++) {
      Chain c = Chain.drawn(new Random(seed));
      Trace trace = trace(c);
      double outside = 2 * (c.f() - c.at("y")) * c.at("v") * c.at("x");
      assertThat(slips(trace, seven(outside))).contains("the factor σ′ left out everywhere");
      double activated = outside * slope(c.f()) * slope(sigma(c.z()));
      assertThat(slips(trace, seven(activated)))
          .contains("σ′ taken at the activated value, σ′(σ(z)), everywhere");
      double unactivated = outside * c.u() * (1 - c.u()) * c.z() * (1 - c.z());
      assertThat(slips(trace, seven(unactivated)))
          .contains("σ′(z) written z·(1 − z), with z instead of σ(z), everywhere");
      Map<String, Tensor> of = new LinkedHashMap<>(Map.of("w", c.at().get("w")));
      Trace mean = Trace.of(Question.of("w*[1,2,4]", of).loss("mean(sq(f))"));
      assertThat(slips(mean, seven(2 * c.at("w") * 21 / 9))).contains("divided by 3 twice");
    }
  }

  /** What is taken away, a loss with ½, a step uphill, and functions that stand several times. */
  @Test
  void slipsOfSignsStepsAndHalvesAreFound() {
    for (int seed = 0; seed < EXPRESSIONS; seed++) {
      Chain c = Chain.drawn(new Random(seed));
      double w = c.at("w");
      Trace taken = Trace.of(Question.of("x*tanh(b) - w^3*c", c.named("xbwc")).wrt("w"));
      assertThat(slips(taken, seven(3 * w * w * c.at("c"))))
          .contains("a sign lost in the derivative of x·tanh(b) − w³·c by w³·c");

      Trace negated = Trace.of(Question.of("v*exp(-(w*x)) + b*c", c.named("vwxbc")).wrt("w"));
      double lost = c.at("v") * Math.exp(-w * c.at("x")) * c.at("x");
      assertThat(slips(negated, seven(lost))).contains("a sign lost in the derivative of −w·x");

      Trace half = Trace.of(Question.of(c.expression(), c.at()).loss("sq(f - y)/2").wrt("w"));
      double whole = 2 * half.gradient("w").at(0);
      assertThat(slips(half, seven(whole))).contains("the ½ of the loss left out");

      Question step = Question.of(c.expression(), c.at()).loss("sq(f - y)").wrt("w").rate(c.eta());
      Trace down = Trace.of(step);
      double up = w + c.eta() * down.gradient("w").at(0);
      assertThat(slips(down, "w = " + nine(up))).contains("the wrong sign of the update: + η·g");

      Trace trace = trace(c);
      double everywhere =
          2
              * (c.f() - c.at("y"))
              * sigma(c.u())
              * sigma(1 - c.u())
              * c.at("v")
              * sigma(c.z())
              * sigma(1 - c.z())
              * c.at("x");
      assertThat(slips(trace, seven(everywhere))).contains("σ′(z) written σ(z)σ(1 − z) everywhere");
    }
  }

  private static String nine(double value) {
    return String.format(Locale.ROOT, "%.9e", value);
  }

  /** Numbers that are wrong for no reason are not given one. */
  @Test
  void randomNumbersAreNotNamed() {
    Random random = new Random(7);
    int named = 0;
    int asked = 0;
    List<String> names = new ArrayList<>();
    for (int seed = 0; seed < 25; seed++) {
      Chain chain = Chain.drawn(new Random(1000 + seed));
      Trace trace = trace(chain);
      double right = trace.gradient("w").at(0);
      for (int i = 0; i < 12; i++) {
        double wrong =
            right * Math.pow(10, 2 * random.nextDouble() - 1) * (random.nextBoolean() ? 1 : -1);
        int digits = 2 + i % 6;
        String answer = Figures.number(wrong, Notation.ASCII);
        answer = String.format(Locale.ROOT, "%." + digits + "e", Double.parseDouble(answer));
        Verdict verdict = Verdict.of(trace, answer);
        if (!verdict.isRight()) {
          asked++;
          boolean given = !verdict.slips().isEmpty() || !verdict.pairs().isEmpty();
          named += given ? 1 : 0;
          names.addAll(given ? verdict.slips() : List.of());
        }
      }
    }
    assertThat(asked).isGreaterThan(250);
    assertThat(named).as("%s of %s: %s", named, asked, names).isLessThan(asked / 50);
  }
}
