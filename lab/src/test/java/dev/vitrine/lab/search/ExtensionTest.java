package dev.vitrine.lab.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtensionTest {
  private static final String OLD =
      """
      settings: {epochs: 3}
      arms: {a: {units: 1}}
      vary: [{name: lr, values: [1, 2]}, {name: momentum, from: 0.1, to: 0.9}]
      search: {kind: random, trials: 5}
      seeds: 2
      """;

  private static List<String> extend(String from, String to) {
    return Extension.between(Specs.of(OLD), Specs.of(OLD.replace(from, to)));
  }

  @Test
  void whatIsMoreIsSaid() {
    assertThat(extend("x", "y")).isEmpty();
    assertThat(extend("seeds: 2", "seeds: 4\nquestion: why?\nbudget: 3m"))
        .containsExactly("seeds: 3, 4");
    assertThat(extend("[1, 2]", "[1, 2, 4]")).containsExactly("lr: 4");
    assertThat(extend("units: 1}", "units: 1}, b: {units: 2}")).containsExactly("arms: b");
    assertThat(extend("from: 0.1", "from: 0")).containsExactly("a wider range of momentum");
    assertThat(extend("trials: 5", "trials: 8")).containsExactly("3 more points an arm");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epochs: 3 | epochs: 4 | \"settings.epochs\" \"3\" in its folder, but now it is given \"4\"",
        "epochs: 3 | epochs: 3, batch: 2 | \"settings.batch\" nothing in its folder, but now it is given \"2\"",
        "seeds: 2 | seeds: 1 | \"seeds\" [1, 2] in its folder, but now it is given [1]",
        "seeds: 2 | seeds: [2, 1, 3] | \"seeds\" [1, 2] in its folder, but now it is given [2, 1, 3]",
        "units: 1 | units: 2 | \"arms.a\" {\"units\": \"1\"} in its folder, but now it is given {\"units\": \"2\"}",
        "[1, 2] | [1, 3] | \"lr\" [\"1\", \"2\"] in its folder, but now it is given [\"1\", \"3\"]",
        "name: lr | name: batch | \"vary\" [\"lr\", \"momentum\"] in its folder, but now it is given [\"batch\", \"momentum\"]",
        "to: 0.9 | to: 0.8 | \"momentum\" \"0.1 to 0.9\" in its folder, but now it is given \"0.1 to 0.8\"",
        "trials: 5 | trials: 4 | \"search\" \"Random[trials=5, seed=1]\" in its folder, but now it is given \"Random[trials=4, seed=1]\"",
        "trials: 5 | trials: 5, seed: 2 | \"search.seed\" 1 in its folder, but now it is given 2",
        "kind: random, trials: 5 | kind: grid | \"search.kind\" \"random\" in its folder, but now it is given \"grid\"",
        "seeds: 2 | seeds: 2\\ntest: never | \"test\" \"once\" in its folder, but now it is given \"never\"",
      })
  void anyOtherDifferenceIsRefused(String from, String to, String difference) {
    assertThatThrownBy(() -> extend(from, to.replace("\\n", "\n")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The study tiny has "
                + difference
                + ": only seeds, arms, values, ranges and numbers of points can become more; go on with the study in its folder as it is there, or begin a new study in another folder");
  }
}
