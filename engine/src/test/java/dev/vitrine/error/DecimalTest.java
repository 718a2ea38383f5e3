package dev.vitrine.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "8.0, 8",
    "0.0005, 0.0005",
    "5E-4, 0.0005",
    "1e-5, 1e-5",
    "1.5E-8, 1.5e-8",
    "-2.5e30, -2.5e30",
    "1e6, 1000000",
    "1e7, 1e7",
    "4.9e-324, 4.9e-324",
    ".5, 0.5",
    "5., 5",
    "+3, 3",
    "0e999, 0",
    "1.7976931348623157e308, 1.7976931348623157e308"
  })
  void isReadAndWritten(String typed, String text) {
    double value = Decimal.parse(typed);
    assertThat(Decimal.text(value)).isEqualTo(text);
    assertThat(Decimal.parse(text)).isEqualTo(value + 0.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " 1", "1 ", "x", "NaN", "Infinity", "0x1p3", "1d", "1f", "1,5", "e5"})
  void whatIsNoNumber(String typed) {
    assertThatThrownBy(() -> Decimal.parse(typed))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage("a number");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e-400", "-0.1e-330", "1e309", "-9e999"})
  void whatADoubleCannotHold(String typed) {
    assertThatThrownBy(() -> Decimal.parse(typed))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage("0 or a number of a size from 4.9e-324 to 1.8e308");
  }

  @Test
  void whatIsNotFinite() {
    assertThat(Decimal.text(Double.NaN)).isEqualTo("NaN");
    assertThat(Decimal.text(Double.NEGATIVE_INFINITY)).isEqualTo("-Infinity");
  }
}
