package dev.vitrine.neuron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeuronTest {
  private static Neuron signs(String text) {
    return Neuron.of(text, Squash.SIGN, Coding.SIGNS);
  }

  private static List<Double> sums(Neuron neuron) {
    return neuron.rows().stream().map(row -> row.sums().getLast()).toList();
  }

  @Test
  void publishedUnits() {
    Neuron and = signs("-1.5 + x1 + x2");
    assertThat(and.name()).contains("AND");
    assertThat(and.plane().orElseThrow().unit()).isEqualTo(new Unit(-1.5, List.of(1.0, 1.0)));
    assertThat(and.plane().orElseThrow().margin()).isEqualTo(0.5 / Math.sqrt(2));
    assertThat(signs("-1 - x1 - x2").name()).contains("NOR");
    assertThat(signs("x1 + x2 + x3").name()).contains("majority");
    Neuron xor = signs("h1 = -1.5 + x1 - x2; h2 = -1.5 - x1 + x2; y = sign(1.5 + h1 + h2)");
    assertThat(sums(xor)).containsExactly(-0.5, 1.5, 1.5, -0.5);
    assertThat(xor.name()).contains("XOR");
  }

  @Test
  void theSignOfZeroIsOne() {
    Neuron or = signs("x1 + x2");
    assertThat(or.table().orElseThrow().bits()).isEqualTo("0111");
    assertThat(NeuronText.text(or)).contains("A sum is 0, and sign(0) = +1 here");
    assertThat(NeuronText.text(Neuron.of("x1 + x2", Squash.STEP, Coding.BITS)))
        .contains("A sum is 0, and step(0) = 1 here", "Margin: ")
        .doesNotContain("sign");
  }

  /** Only an output that is true or false is near to being the other. */
  @Test
  void smoothUnitsHaveNoMargin() {
    for (String name : List.of("relu", "sigmoid", "linear")) {
      Neuron neuron = Neuron.of("x1 + x2", Squash.of(name), Coding.BITS);
      assertThat(NeuronText.text(neuron))
          .contains("The line: ")
          .doesNotContain("Margin", "sign(0)", "step(0)");
      assertThat(NeuronText.json(neuron)).containsEntry("margin", null);
    }
  }

  @Test
  void functionsHaveNames() {
    assertThat(name("0010")).isEqualTo("x₁ AND NOT x₂");
    assertThat(name("1101")).isEqualTo("NOT x₁ OR x₂");
    assertThat(name("0110100110010110")).startsWith("parity (an odd");
    assertThat(name("1001")).isEqualTo("XNOR");
    assertThat(name("01011010")).isEqualTo("XOR of x₁, x₃");
    assertThat(name("00001111")).isEqualTo("x₁");
    assertThat(name("0000000100010111")).isEqualTo("at least 3 of 4");
    assertThat(name("1111")).isEqualTo("always true");
  }

  private static String name(String bits) {
    Table table = Table.parse(bits);
    return FunctionName.of(table, Finding.names(table.inputs())).orElse("");
  }

  @Test
  void zerosAndOnesAndOtherFunctions() {
    assertThat(Neuron.of("x1 + x2 - 0.5", Squash.STEP, Coding.BITS).name()).contains("OR");
    Neuron smooth = Neuron.of("x1 - x2", Squash.of("sigmoid"), Coding.BITS);
    assertThat(smooth.table()).isEmpty();
    assertThat(smooth.rows().get(1).outputs().getFirst()).isEqualTo(1 / (1 + Math.E));
  }

  /** What is written around a whole sum is what is made of it, and nothing is put on top. */
  @Test
  void aFunctionAroundASumIsItsActivation() {
    Neuron neuron = Neuron.of("h = sigmoid(x1 + x2); y = tanh(h - 1)", Squash.SIGN, Coding.BITS);
    Neuron.Row last = neuron.rows().getLast();
    double h = 1 / (1 + Math.exp(-2));
    assertThat(last.sums().getFirst()).isEqualTo(2);
    assertThat(last.outputs().getFirst()).isCloseTo(h, within(1e-15));
    assertThat(last.outputs().getLast()).isCloseTo(Math.tanh(h - 1), within(1e-15));
    assertThat(neuron.table()).isEmpty();
    assertThat(NeuronText.text(neuron)).contains("h = sigmoid(sum)", "y = tanh(sum)");
    // Around a part it belongs to the sum.
    Neuron part = Neuron.of("sigmoid(x1) + x2", Squash.SIGN, Coding.SIGNS);
    assertThat(part.table().orElseThrow().bits()).isEqualTo("0101");
  }

  @Test
  void badInputIsRefused() {
    refuse("5", "A unit expects inputs, names such as x1, but its sum has numbers alone");
    refuse(
        "h = x1; sign(h) + 1",
        "Column 9 of \"h = x1; sign(h) + 1\": sign stands around a whole sum, as in y = sign(1.5 + h1 + h2)");
    refuse(
        "y = h + x1; h = x1",
        "Column 1 of \"y = h + x1; h = x1\": h is used before its own line: put that first");
    refuse(
        "x1 + x2; x1",
        "Column 1 of \"x1 + x2; x1\": expected a name for this unit, such as h1 = …; the last alone needs none");
    assertThatThrownBy(() -> Squash.of("sgn"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "A unit's activation is sign, step, linear or a function of expressions such as sigmoid, but got \"sgn\"");
  }

  private static void refuse(String text, String sentence) {
    assertThatThrownBy(() -> signs(text))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(sentence);
  }
}
