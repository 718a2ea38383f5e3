package dev.vitrine.notation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Initializer;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializersTest {
  /** A new one without a text fails here; numbers of a tensor's own have none. */
  @Test
  void everyInitialiserIsReadAsItWasWritten() throws ReflectiveOperationException {
    int count = 0;
    for (Method factory : Initializer.class.getMethods()) {
      if (Modifier.isStatic(factory.getModifiers()) && !factory.isVarArgs()) {
        Object[] numbers = new Object[factory.getParameterCount()];
        Arrays.fill(numbers, 0.1);
        Initializer initializer = (Initializer) factory.invoke(null, numbers);
        assertThat(Initializers.parse(Initializers.text(initializer))).isEqualTo(initializer);
        count++;
      }
    }
    assertThat(count).isEqualTo(9);
  }

  @Test
  void numbersOfATensorHaveNoText() {
    assertThatThrownBy(() -> Initializers.text(Initializer.values(1, 2)))
        .hasMessage("An initialiser of one's own has no text, as those of Initializer have");
  }

  @ParameterizedTest
  @CsvSource({"Lecun-Uniform,lecun-uniform", "UNIFORM:5E-2,uniform:0.05"})
  void textsAreReadInAnyCase(String text, String written) {
    assertThat(Initializers.text(Initializers.parse(text))).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({"lecun-uniform", "xavier-normal", "uniform:0.05", "normal:0.0001", "constant:-1.5"})
  void textsAreWrittenBack(String text) {
    assertThat(Initializers.text(Initializers.parse(text))).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "uniform:-1|An initialiser expects a spread of 0 or more, but got -1",
        "normal:x|An initialiser expects a number after the colon, but got \"normal:x\"",
        "uniform:|An initialiser expects a number after the colon, but got \"uniform:\"",
        "kaimin-normal|An initialiser expects lecun-uniform, lecun-normal, xavier-uniform,"
            + " xavier-normal, kaiming-uniform, kaiming-normal, uniform:BOUND, normal:DEVIATION or"
            + " constant:NUMBER, but got \"kaimin-normal\"; did you mean \"kaiming-normal\"?",
      })
  void otherTextsAreRefused(String text, String sentence) {
    assertThatThrownBy(() -> Initializers.parse(text))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }

  @Test
  void onesOwnHasNoText() {
    assertThatThrownBy(() -> Initializers.text((spec, random, i) -> i))
        .isInstanceOf(UserException.class)
        .hasMessage("An initialiser of one's own has no text, as those of Initializer have");
  }
}
