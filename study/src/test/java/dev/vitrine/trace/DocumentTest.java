package dev.vitrine.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.trace.language.Notation;
import dev.vitrine.trace.language.Program;
import org.junit.jupiter.api.Test;

/** Traces on screens. */
class DocumentTest {
  private static final Document TRACE =
      TraceDocument.of(
          Trace.of(
              Question.of(
                  "sigmoid(sigmoid(x1 + w1)*w2 + x2)", Program.assignments("x1=1,x2=0,w1=0,w2=0"))),
          Notation.UNICODE);

  @Test
  void linesFitTheScreenAndSayTheSame() {
    String whole = TRACE.text();
    String narrow = TRACE.text(48);
    assertThat(whole.lines().mapToInt(String::length).max().orElse(0)).isGreaterThan(90);
    assertThat(narrow.lines()).allMatch(line -> line.length() <= 48);
    assertThat(narrow.replaceAll("\\s+", " ")).isEqualTo(whole.replaceAll("\\s+", " "));
    assertThat(TRACE.text(1000)).isEqualTo(whole);
  }
}
