package dev.vitrine.lab.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.spec.StudySpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    return Extension.of(Specs.of(OLD), Specs.of(OLD.replace(from, to)), Meaning.WORDS).more();
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

  /** A file that says less than was added to its study asks for nothing new, and loses nothing. */
  @Test
  void whatWasAskedOnceStays() {
    StudySpec more =
        Specs.of(
            """
            settings: {epochs: 3}
            arms: {a: {units: 1}, b: {units: 2}}
            vary: [{name: lr, values: [1, 2, 4]}, {name: momentum, from: 0, to: 0.9}]
            search: {kind: random, trials: 8}
            seeds: 4
            """);
    assertThat(Extension.of(more, Specs.of(OLD), Meaning.WORDS))
        .isEqualTo(new Extension(more, List.of()));
    StudySpec others = Specs.of(OLD.replace("seeds: 2", "seeds: [5, 2]").replace("[1, 2]", "[8]"));
    Extension both = Extension.of(more, others, Meaning.WORDS);
    assertThat(both.more()).containsExactly("seeds: 5", "lr: 8");
    assertThat(both.spec().seeds()).containsExactly(1L, 2L, 3L, 4L, 5L);
    assertThat(both.spec().tuneSeeds()).isEqualTo(5);
    assertThat(both.spec().parameters().getFirst().values()).containsExactly("1", "2", "4", "8");
    assertThat(both.spec().parameters().getLast()).isEqualTo(more.parameters().getLast());
  }

  @Test
  void ofAGridEachValueCounts() {
    String grid = "vary: [{name: lr, from: 1, to: %s, steps: %s}]\nseeds: 3\ntune-seeds: 1";
    Extension wider =
        Extension.of(Specs.of(grid.formatted(3, 3)), Specs.of(grid.formatted(5, 3)), Meaning.WORDS);
    assertThat(wider.more()).containsExactly("lr: 5");
    assertThat(wider.spec().parameters().getFirst().grid()).containsExactly("1", "2", "3", "5");
    assertThat(wider.spec().tuneSeeds()).isEqualTo(1);
  }

  /** An arm more may need its name among the conditions. */
  @Test
  void conditionsGrowToo() {
    String old = "arms: {a: {units: 1}%s}\nvary: [{name: lr, values: [1, 2], when: {arm: [a%s]}}]";
    Extension more =
        Extension.of(
            Specs.of(old.formatted("", "")),
            Specs.of(old.formatted(", b: {units: 2}", ", b")),
            Meaning.WORDS);
    assertThat(more.more()).containsExactly("seeds: 2, 3, 4, 5, 6", "arms: b", "lr for arm: b");
    assertThat(Points.of(more.spec())).hasSize(4);
  }

  /** Settings are the same if they mean the same. */
  @Test
  void otherWordsAreNoDifference() {
    Meaning meaning =
        settings -> {
          Map<String, String> all = new HashMap<>(Map.of("batch", "64"));
          all.putAll(settings);
          return all;
        };
    StudySpec old = Specs.of(OLD);
    StudySpec said = Specs.of(OLD.replace("epochs: 3", "epochs: 3, batch: 64"));
    assertThat(Extension.of(old, said, meaning)).isEqualTo(new Extension(old, List.of()));
    assertThatThrownBy(() ->
            Extension.of(old, Specs.of(OLD.replace("epochs: 3", "batch: 64, epochs: 4")), meaning))
        .hasMessageContaining("\"settings.epochs\" \"3\" in its folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "epochs: 3 | epochs: 4 | \"settings.epochs\" \"3\" in its folder, but now it is given \"4\"",
        "epochs: 3 | epochs: 3, batch: 2 | \"settings.batch\" nothing in its folder, but now it is given \"2\"",
        "units: 1 | units: 2 | \"arms.a\" {\"units\": \"1\"} in its folder, but now it is given {\"units\": \"2\"}",
        "name: lr | name: batch | \"vary\" [\"lr\", \"momentum\"] in its folder, but now it is given [\"batch\", \"momentum\"]",
        "to: 0.9 | to: 0.9, log: true | \"momentum\" \"0.1 to 0.9\" in its folder, but now it is given \"0.1 to 0.9, log\"",
        "seeds: 2 | seeds: 3\\ntune-seeds: 1 | \"tune-seeds\" 2 in its folder, but now it is given 1",
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
