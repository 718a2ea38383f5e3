package dev.vitrine.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NumbersTest {
  @Test
  void groupsThousands() {
    assertThat(Numbers.count(431_080)).isEqualTo("431,080");
    assertThat(Numbers.count(7)).isEqualTo("7");
    assertThat(Numbers.decimals(2_887, 0)).isEqualTo("2,887");
    assertThat(Numbers.decimals(2.5, 1)).isEqualTo("2.5");
  }

  @Test
  void roundsToPerfectionOnlyWhatIsPerfect() {
    assertThat(Numbers.percent(0.9908, 2)).isEqualTo("99.08\u202f%");
    assertThat(Numbers.percentDigits(0.99999, 2)).isEqualTo("99.99");
    assertThat(Numbers.percentDigits(1, 2)).isEqualTo("100");
    assertThat(Numbers.percentDigits(0.00001, 2)).isEqualTo("0.01");
    assertThat(Numbers.percentDigits(0, 2)).isEqualTo("0");
    assertThat(Numbers.percentDigits(1.04, 1)).isEqualTo("104.0");
    assertThat(Numbers.percentDigits(-0.04, 1)).isEqualTo("\u22124.0");
    assertThat(Numbers.percentDigits(0.5, 1)).isEqualTo("50.0");
  }

  @Test
  void keepsSignificantDigits() {
    assertThat(Numbers.significant(0.031149, 3)).isEqualTo("0.0311");
    assertThat(Numbers.significant(0.24, 3)).isEqualTo("0.240");
    assertThat(Numbers.significant(2.3026, 3)).isEqualTo("2.30");
    assertThat(Numbers.significant(9.999, 3)).isEqualTo("10.0");
    assertThat(Numbers.significant(12_345.6, 3)).isEqualTo("12,300");
    assertThat(Numbers.significant(0.00000123, 3)).isEqualTo("1.23e−6");
    assertThat(Numbers.significant(-0.5, 2)).isEqualTo("−0.50");
    assertThat(Numbers.significant(0, 3)).isEqualTo("0");
  }

  @Test
  void namesWhatIsNoNumber() {
    assertThat(Numbers.significant(Double.NaN, 3)).isEqualTo("not a number");
    assertThat(Numbers.significant(Double.POSITIVE_INFINITY, 3)).isEqualTo("∞");
    assertThat(Numbers.significant(Double.NEGATIVE_INFINITY, 3)).isEqualTo("−∞");
  }

  @Test
  void writesTimesByTheirSize() {
    assertThat(Numbers.duration(Duration.ofMillis(4_230))).isEqualTo("4.2\u202fs");
    assertThat(Numbers.duration(Duration.ofMillis(59_990))).isEqualTo("59.9\u202fs");
    assertThat(Numbers.duration(Duration.ofSeconds(187))).isEqualTo("3\u202fmin 07\u202fs");
    assertThat(Numbers.duration(Duration.ofMinutes(125))).isEqualTo("2\u202fh 05\u202fmin");
  }
}
