package dev.vitrine.lab.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.spec.Parameter;
import dev.vitrine.lab.spec.StudySpec;
import java.util.List;
import java.util.Map;
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
    assertThat(Extension.of(GRID, more, Meaning.WORDS).more()).containsExactly("lr: 4, 0.5");
    StudySpec ranged = Widening.of(GRID, "momentum=0.6");
    assertThat(ranged.parameters().getLast().grid()).endsWith("0.5", "0.6");
    StudySpec wide = Widening.of(DRAWN, "lr=1..100");
    assertThat(wide.parameters().getFirst().span().orElseThrow().to()).isEqualTo(100);
    assertThat(wide.parameters().getFirst().span().orElseThrow().from()).isEqualTo(0.01);
    assertThat(Extension.of(DRAWN, wide, Meaning.WORDS).more())
        .containsExactly("a wider range of lr");
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
            "The study varies \"lr\" in 2 ways: say by a condition which is meant, as in b:lr=…");
    assertThatThrownBy(() -> Widening.of(twice, "other:lr=3"))
        .isInstanceOf(UserException.class)
        .hasMessage("Unknown condition of \"lr\" \"other\"; known: a, b");
    assertThat(Widening.of(twice, "b:lr=3").parameters())
        .extracting(Parameter::values)
        .containsExactly(List.of("1"), List.of("2", "3"));
  }

  /** The text that is offered is one that is taken. */
  @Test
  void whatLiesBeyondAnEdgeIsAddedWhereItIs() {
    StudySpec spec =
        Specs.of(
            """
            arms: {a: {units: 1}, b: {units: 2}}
            vary:
            - {name: lr, values: [1, 10]}
            - {name: momentum, values: [0.1, 0.2], when: {arm: [a, b], lr: 1}}
            - {name: momentum, values: [0.5, 0.6], when: {arm: b, lr: 10}}
            """);
    Point point =
        Points.of(spec).stream()
            .filter(p -> p.varied().equals(Map.of("units", "2", "lr", "10", "momentum", "0.6")))
            .findFirst()
            .orElseThrow();
    Agenda.Choice choice = new Agenda.Choice("b", point, Fold.of(List.of()), 4);
    List<String> texts =
        Edge.of(spec, Points.of(spec), List.of(choice)).stream()
            .map(edge -> Widening.text(spec, edge, point.settings(), point.varied()))
            .toList();
    assertThat(texts).containsExactly("lr=100,1000", "b,10:momentum=0.7,0.8");
    StudySpec wider = Widening.of(spec, texts.getLast());
    assertThat(wider.parameters().getLast().values()).containsExactly("0.5", "0.6", "0.7", "0.8");
    assertThat(wider.parameters().get(1)).isEqualTo(spec.parameters().get(1));
  }
}
