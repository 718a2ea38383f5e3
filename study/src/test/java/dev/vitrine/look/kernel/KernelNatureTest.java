package dev.vitrine.look.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.error.UserException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of kernels whose answer is known. */
class KernelNatureTest {
  private static String said(String kernel) {
    return String.join(" ", new KernelNature(Kernel.parse(kernel).numbers()).sentences());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "identity | sum to 1 | it lets all waves through alike",
        "box:3 | sum to 1 | so it blurs",
        "gauss:5 | sum to 1 | so it blurs",
        "sharpen | sum to 1 | so it sharpens",
        "laplace | sum to 0 | so it shows edges and noise",
        "sobel | sum to 0 | so it shows edges and smooths noise",
        "sobel-x | sum to 0 | so it shows edges and smooths noise",
        "sobel-y | sum to 0 | so it shows edges and smooths noise",
        "0 0; 0 0 | sum to 0 | it lets nothing through",
        "2 | sum to 2: flat areas are multiplied by it | it lets all waves through alike"
      })
  void sumsAndFrequencies(String kernel, String sum, String kind) {
    assertThat(said(kernel)).contains(sum).contains(kind);
  }

  @Test
  void symmetries() {
    assertThat(said("sharpen")).contains("symmetric about its middle, so convolution and");
    assertThat(said("sobel"))
        .contains("mirrored top to bottom, and its negative turned by 180°")
        .doesNotContain("turned by 180°, mirrored");
    assertThat(said("1 2; 3 4")).contains("It has no symmetry: convolution and correlation differ");
  }

  @Test
  void passes() {
    assertThat(said("gauss:5")).contains("two passes of 5 and 5 numbers do the same as one of 25");
    assertThat(said("sobel")).contains("It is a column times a row");
    assertThat(said("laplace")).contains("It is no column times a row");
    assertThat(said("1 2; 2 4.001")).contains("It is no column times a row");
  }

  @Test
  void steps() {
    assertThat(KernelNature.stepResponse(Kernel.parse("0 -1/4 0; -1/4 2 -1/4; 0 -1/4 0").numbers()))
        .containsExactly(0, -0.25, 1.25, 1);
    assertThat(KernelNature.stepResponse(Matrix.parse("kernel", "1 10 100")))
        .containsExactly(0, 100, 110, 111);
  }

  /** |H| of (1 0 −1) is 2·|sin ω|; of a box it is Dirichlet's kernel over 3. */
  @Test
  void frequencies() {
    FrequencyResponse difference = new FrequencyResponse(Matrix.parse("kernel", "1 0 -1"));
    FrequencyResponse box = new FrequencyResponse(Matrix.parse("kernel", "1/3 1/3 1/3"));
    for (double w = 0; w <= Math.PI; w += 0.1) {
      assertThat(difference.size(w, 0)).isCloseTo(2 * Math.abs(Math.sin(w)), within(1e-12));
      assertThat(box.size(w, 2)).isCloseTo(Math.abs(1 + 2 * Math.cos(w)) / 3, within(1e-12));
    }
    assertThat(difference.largest()).isCloseTo(2, within(1e-12));
    assertThat(difference.strongest().words()).endsWith("pixels, 180°").startsWith("4.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sharpn | Unknown kernel \"sharpn\"; did you mean \"sharpen\"?",
        "1 2; 3 | The rows of the kernel are equally long, but row 1 has 2 numbers and row 2 has 1",
        "1 1/0 | A kernel has finite numbers, but \"1/0\" is none",
        "box:0 | The side of a box kernel expects 1 to 99, but got \"0\"",
        "gauss:3:0 | The deviation of a gauss kernel expects a number of pixels above 0, but got \"0\"",
        "sobel:3 | A kernel's settings are box:SIDE and gauss:SIDE:DEVIATION, but got \"sobel:3\"",
        "1 2;; 3 4 | A kernel is written as rows between semicolons, such as '0 -1 0; -1 5 -1; 0 -1 0' (fractions such as 1/9 too), but got \"\" in \"1 2;; 3 4\""
      },
      quoteCharacter = '`')
  void badKernels(String kernel, String sentence) {
    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> Kernel.parse(kernel))
        .withMessage(sentence);
  }
}
