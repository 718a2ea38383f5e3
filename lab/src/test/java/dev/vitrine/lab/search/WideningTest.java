package dev.vitrine.lab.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.spec.StudySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideningTest {
  private static final StudySpec GRID =
      Specs.of("vary: [{name: lr, values: [1, 2]}, {name: momentum, from: 0, to: 0.5}]");

  private static final StudySpec DRAWN =
      Specs.of(
          "vary: [{name: lr, from: 0.01, to: 1, log: true}]\nsearch: {kind: random, trials: 4}");

  @Test
  void valuesAndRangesGrow() {
    StudySpec more = Widening.of(GRID, "lr=4,.5");
    assertThat(more.parameters().getFirst().grid()).containsExactly("0.5", "1", "2", "4");
    assertThat(Extension.between(GRID, more)).containsExactly("lr: 4, 0.5");
    StudySpec ranged = Widening.of(GRID, "momentum=0.6");
    assertThat(ranged.parameters().getLast().grid()).endsWith("0.5", "0.6");
    StudySpec wide = Widening.of(DRAWN, "lr=1..100");
    assertThat(wide.parameters().getFirst().span().orElseThrow().to()).isEqualTo(100);
    assertThat(wide.parameters().getFirst().span().orElseThrow().from()).isEqualTo(0.01);
    assertThat(Extension.between(DRAWN, wide)).containsExactly("a wider range of lr");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lr | What is added to a study is NAME=VALUE,… or NAME=FROM..TO, but got \"lr\"",
        "lrr=1 | Unknown parameter of the study \"lrr\"; did you mean \"lr\"?",
        "lr=1..9 | A range of \"lr\" becomes wider where points are drawn from it: give single values here",
      })
  void anythingElseIsRefused(String text, String sentence) {
    assertThatThrownBy(() -> Widening.of(GRID, text))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }

  @Test
  void theEndsOfARangeAreNumbersAndOneParameterIsMeant() {
    assertThatThrownBy(() -> Widening.of(DRAWN, "lr=a..b"))
        .isInstanceOf(UserException.class)
        .hasMessage("Each end of a range expects a number, but got \"a\"");
    StudySpec twice =
        Specs.of(
            """
            arms: {a: {units: 1}, b: {units: 2}}
            vary: [{name: lr, values: [1], when: {arm: a}}, {name: lr, values: [2], when: {arm: b}}]
            """);
    assertThatThrownBy(() -> Widening.of(twice, "lr=3"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The study varies \"lr\" in more than one way: add to the one that is meant in its file");
  }
}
