package dev.vitrine.lab.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecReaderTest {
  private static final List<String> KNOWN =
      List.of("model", "data", "epochs", "lr", "momentum", "optimizer", "batch", "nesterov");

  private static final String WHOLE =
      """
      name: optimizers
      question: Which is best?
      settings: {model: mlp-100-100, data: mnist, epochs: 10, nesterov: true}
      arms:
        sgd: {optimizer: sgd}
        adam: {optimizer: adam}
      vary:
        - {name: lr, from: 1e-3, to: 1, log: true, steps: 4}
        - {name: momentum, values: [0.9, .99], when: {arm: sgd}}
      search: {kind: halving, factor: 2}
      seeds: [3, 5, 8]
      tune-seeds: 2
      metric: validation-loss
      baseline: sgd
      test: curves
      band: {loss: 0.01, accuracy: 1e-3}
      budget: 1h30m
      trial-budget: 90s
      stop-after: 3
      show: [layers, gradients]
      quick:
        settings: {data: digits, epochs: 1}
        seeds: 2
        tune-seeds: 1
      """;

  private static StudySpec read(String text, boolean quick) {
    return new SpecReader(KNOWN).parse(text, "study.yaml", quick);
  }

  @Test
  void everyKeyIsRead() {
    StudySpec spec = read(WHOLE, false);
    assertThat(spec.name()).isEqualTo("optimizers");
    assertThat(spec.question()).isEqualTo("Which is best?");
    assertThat(spec.settings())
        .containsExactly(
            Map.entry("model", "mlp-100-100"),
            Map.entry("data", "mnist"),
            Map.entry("epochs", "10"),
            Map.entry("nesterov", "true"));
    assertThat(spec.arms()).containsOnlyKeys("sgd", "adam");
    assertThat(spec.parameters())
        .containsExactly(
            new Parameter(
                "lr", List.of(), Optional.of(new Span(1e-3, 1, true, 4, false)), Map.of()),
            new Parameter(
                "momentum",
                List.of("0.9", "0.99"),
                Optional.empty(),
                Map.of("arm", List.of("sgd"))));
    assertThat(spec.search()).isEqualTo(new Search.Halving(Optional.empty(), 2, 1, 1));
    assertThat(spec.seeds()).containsExactly(3L, 5L, 8L);
    assertThat(spec.tuningSeeds()).containsExactly(3L, 5L);
    assertThat(spec.metric()).isEqualTo(Metric.VALIDATION_LOSS);
    assertThat(spec.baseline()).contains("sgd");
    assertThat(spec.test()).isEqualTo(TestUse.CURVES);
    assertThat(spec.band()).contains(new Band(0.01, 0.001));
    assertThat(spec.limits())
        .isEqualTo(
            new Limits(
                Optional.of(Duration.ofMinutes(90)), Optional.of(Duration.ofSeconds(90)), 3));
    assertThat(spec.show()).containsExactly(Show.LAYERS, Show.GRADIENTS);
  }

  @Test
  void theThinVersionOverridesKeysAndSingleSettings() {
    StudySpec thin = read(WHOLE, true);
    assertThat(thin.settings()).containsEntry("data", "digits").containsEntry("epochs", "1");
    assertThat(thin.settings()).containsEntry("model", "mlp-100-100");
    assertThat(thin.seeds()).containsExactly(1L, 2L);
    assertThat(thin.parameters()).isEqualTo(read(WHOLE, false).parameters());
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    for (boolean quick : List.of(false, true)) {
      StudySpec spec = read(WHOLE, quick);
      assertThat(read(Json.line(SpecJson.of(spec)), false)).isEqualTo(spec);
      assertThat(read(Json.pretty(SpecJson.of(spec)), false)).isEqualTo(spec);
    }
  }

  /** Two arms: 2/2⁶ is the first below 0.05; four with Holm's correction: 3·2/2⁷. */
  @Test
  void thereAreAsManySeedsAsAVerdictNeeds() {
    String start = "name: x\nvary: [{name: lr, values: ";
    assertThat(read(start + "[1]}]", false).seeds()).hasSize(1);
    assertThat(read(start + "[1, 2]}]", false).seeds()).hasSize(6);
    assertThat(read(start + "[1, 2, 3, 4]}]", false).seeds()).hasSize(8); // six pairs
    assertThat(read(start + "[1, 2, 3, 4]}]\nbaseline: lr=1", false).seeds()).hasSize(7);
    assertThat(read(start + "[1, 2, 3, 4, 5, 6]}]", false).seeds()).hasSize(10); // fifteen pairs
  }

  @Test
  void theEndsOfARangeAreAsTheyWereGiven() {
    StudySpec spec =
        read(
            "name: x\nvary: [{name: lr, from: 0.0123456, to: 0.0987654, steps: 3, log: true}]",
            false);
    assertThat(spec.parameters().getFirst().grid())
        .containsExactly("0.0123456", "0.03492", "0.0987654");
    assertThat(new Span(0.0123456, 0.0987654, false, 2, false).at(0.9999999))
        .isEqualTo("0.0987654");
  }

  @Test
  void equalNumbersAreOneValue() {
    StudySpec spec =
        read("name: x\nvary: [{name: lr, values: [1e-3, 0.001, .001, 1.0, 1, 1e3]}]", false);
    assertThat(spec.parameters().getFirst().grid()).containsExactly("0.001", "1", "1000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: x\\nepoch: 3 | line 2, column 1: unknown key "epoch"; known: name, question, settings, arms, vary, compare, search, seeds, tune-seeds, metric, baseline, test, band, budget, trial-budget, stop-after, show, quick
          name: x\\nsetings: {} | line 2, column 1: unknown key "setings"; did you mean "settings"?
          name: x\\nsettings:\\n  epochz: 3 | line 3, column 3: unknown setting "epochz"; did you mean "epochs"?
          name: x\\nsettings: {seed: 3} | line 2, column 18: a study has more than one seed: give them under the key "seeds"
          name: x\\narms:\\n  a: {lr: 1}\\n  b: {lrr: 1} | line 4, column 7: unknown setting "lrr"; did you mean "lr"?
          name: x\\nvary:\\n- name: momentun\\n  values: [1] | line 3, column 9: unknown setting "momentun"; did you mean "momentum"?
          name: x\\nvary:\\n- {name: lr, value: [1]} | line 3, column 14: unknown key of a parameter "value"; did you mean "values"?
          name: x\\nvary:\\n- {name: lr} | line 3, column 3: The parameter "lr" expects values or a range, but got neither
          name: x\\nvary:\\n- {name: lr, from: 0, to: 1, log: true} | line 3, column 20: A range on a log scale expects ends above 0, but got from 0
          name: x\\nvary:\\n- {name: lr, from: 2, to: 1} | line 3, column 20: A range expects a lower end below the upper one, but got 2 to 1
          name: x\\nvary:\\n- {name: lr, from: 1, to: 2, steps: 1} | line 3, column 37: A range's steps expects 2 to 100000, but got 1
          name: x\\nsearch: {kind: random, trials: 0} | line 2, column 32: The number of points that a search tries expects 1 to 100000, but got 0
          name: x\\nsearch: {kind: halving, factor: 1} | line 2, column 33: The factor of a halving expects 2 or more, but got 1
          name: x\\nsearch: {kind: halving, epochs: 0} | line 2, column 33: The first epochs of a halving expects 1 or more, but got 0
          name: x\\nband: {accuracy: 2} | line 2, column 18: The band's accuracy expects a share in [0, 1), but got 2
          name: x\\nstop-after: -1 | line 2, column 13: The number of failures alike expects 1 or more, or 0 for any number, but got -1
          name: x\\nvary:\\n- {name: lr, from: 2} | line 3, column 3: a range needs both "from" and "to"
          name: x\\nvary:\\n- {name: lr, from: a, to: 1} | line 3, column 20: "from" expects a number, but got "a"
          name: x\\nvary:\\n- {name: lr, values: [1], steps: 3} | line 3, column 34: "steps" is of a range: give "from" and "to" too
          name: x\\nsettings: {optimizer: sgd}\\nvary:\\n- {name: lr, values: [1], when: {optimizer: sgdd}} | line 4, column 45: unknown value of "optimizer" "sgdd"; did you mean "sgd"?
          name: x\\nvary:\\n- {name: lr, values: [1], when: {optimzer: sgd}} | line 3, column 34: unknown condition, which no setting before has: "optimzer"; known:
          name: x\\ncompare: lr | line 2, column 10: unknown parameter to compare "lr"; known:
          name: x\\nmetric: validation-acuracy | line 2, column 9: unknown metric "validation-acuracy"; did you mean "validation-accuracy"?
          name: x\\nmetric: test-accuracy | line 2, column 9: unknown metric "test-accuracy"; known: validation-accuracy, validation-loss
          name: x\\nshow: [layers, gradient] | line 2, column 16: unknown thing to show "gradient"; did you mean "gradients"?
          name: x\\nseeds: 0 | line 2, column 8: "seeds" expects a number of them, 1 to 1000, or a list, but got 0
          name: x\\nseeds: [1, 1] | line 2, column 12: The seeds expects one or more, none twice, but got [1, 1]
          name: x\\nseeds: [1, a] | line 2, column 12: Each of "seeds" expects a whole number, but got "a"
          name: x\\nseeds: 2\\ntune-seeds: 3 | line 3, column 13: The number of seeds to tune by expects 1 to 2, the number of seeds, but got 3
          name: x\\nsearch: random | line 2, column 9: a search of the kind random needs further keys, such as {kind: random, trials: 20}
          name: x\\nsearch: randon | line 2, column 9: unknown kind of search "randon"; did you mean "random"?
          name: x\\nsearch: {kind: halvin} | line 2, column 16: unknown kind of search "halvin"; did you mean "halving"?
          name: x\\nsearch: {trials: 3} | line 2, column 9: a search needs the key "kind" with grid, random or halving
          name: x\\nsearch: {kind: halving}\\nvary:\\n- {name: epochs, values: [1, 2]} | line 2, column 9: a halving trains its points for ever more epochs itself
          name: x\\narms: {} | line 2, column 7: "arms" holds nothing: leave it out, or say what it is
          name: x\\nvary: [] | line 2, column 7: "vary" holds nothing
          name: x\\ncompare: [] | line 2, column 10: "compare" holds nothing
          name: x\\nshow: [] | line 2, column 7: "show" holds nothing
          name: x\\nsearch: {kind: grid, trials: 4} | line 2, column 22: unknown key of a search of the kind grid "trials"; known: kind
          name: x\\nvary:\\n- {name: lr, values: [1], when: {arm: a}} | line 3, column 34: unknown condition, which no setting before has: "arm"; known:
          name: x\\nsearch: {kind: random} | line 2, column 9: a random search needs "trials"
          name: x\\nbudget: 10 | line 2, column 9: "budget" expects a time such as 30m, 90s or 1h30m, but got "10"
          name: x\\nbudget: | line 2, column 8: "budget" expects a value, but got nothing
          name: x\\nname: y | line 2, column 1: the key "name" stands twice, first in line 1
          name: a/b | line 1, column 7: The name of a study expects up to 60 letters, digits, points and dashes, since its folder is called so, but got "a/b"
          seeds: 3 | line 1, column 1: a study needs the key "name"
          - name: x | line 1, column 1: expected the keys of a study, but got a list
          name: x\\nsettings: [a] | line 2, column 11: "settings" expects keys and values, but got a list
          name: x\\nsettings: {lr: [1, 2]} | line 2, column 16: "lr" expects a value, but got a list
          name: x\\nquick: {name: y} | line 2, column 9: unknown key of the thin version "name"; known: question, settings, arms, vary, compare, search, seeds, tune-seeds, metric, baseline, test, band, budget, trial-budget, stop-after, show
          name: x\\nquick: {settings: {lrr: 1}} | line 2, column 20: unknown setting "lrr"; did you mean "lr"?
          name: x\\n---\\nname: y | line 3, column 1: expected one study, but here a second document begins
          name: x\\nsettings: {lr: 1 | line 2, column 17: no YAML: expected ',' or '}', but got <stream end>
          name: x\\n\\tlr: 1 | line 2, column 1: no YAML: found character '\\t(TAB)' that cannot start any token. (Do not use \\t(TAB) for indentation)
          """)
  void badYamlIsOneLineWithItsPlace(String text, String sentence) {
    assertThatThrownBy(() -> read(text.replace("\\n", "\n").replace("\\t", "\t"), false))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("study.yaml, " + sentence)
        .hasMessageNotContaining("\n");
  }

  @Test
  void whatIsNestedBeyondReasonIsRefused() {
    for (String open : List.of("[", "{a: ", "- ")) {
      assertThatThrownBy(() -> read(open.repeat(100_000), false))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("nested more deeply");
    }
  }

  @Test
  void aliasesOfAliasesAreRefused() {
    StringBuilder bomb = new StringBuilder("name: x\nquestion: &a0 [1,1,1,1,1,1,1,1,1,1]\n");
    for (int i = 1; i < 8; i++) {
      bomb.append("k%s: &a%s [%s]\n".formatted(i, i, "*a%s,".formatted(i - 1).repeat(10)));
    }
    assertThatThrownBy(() -> read(bomb.toString(), false))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("study.yaml: no YAML: Number of aliases");
    assertThatThrownBy(() -> read("name: x\nsettings: &a\n  b: *a\n", false))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("nested more deeply");
  }

  @Test
  void aThinVersionThatIsNotThereIsSaid() {
    assertThatThrownBy(() -> read("name: x", true))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "study.yaml has no thin version: expected what differs in it under the key \"quick\"");
    assertThatThrownBy(() -> read("", false))
        .isInstanceOf(UserException.class)
        .hasMessage("study.yaml is empty: expected the keys of a study");
  }
}
