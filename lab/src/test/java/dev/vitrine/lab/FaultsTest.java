package dev.vitrine.lab;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.spec.SpecReader;
import dev.vitrine.lab.spec.WrittenSpec;
import dev.vitrine.settings.TrainSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a training's settings find wrong is said with the place of the value in the file. */
class FaultsTest {
  @TempDir private Path box;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          arms: {sgd: {optimizer: sgd}}\\nbaseline: sdg | line 3, column 11: Unknown arm as baseline "sdg"; did you mean "sgd"?
          vary:\\n- {name: lr, values: [0.1, -1]} | line 3, column 28: The point {lr=-1}: The learning rate expects
          vary:\\n- {name: lr, from: -1, to: 1} | line 3, column 20: The point {lr=-1}: The learning rate expects
          vary:\\n- {name: validation, from: 0.5, to: 1, steps: 2} | line 3, column 37: The point {validation=1}: The validation share expects
          vary:\\n- {name: schedule, values: [constant, step:2]} | line 3, column 39: The point {schedule=step:2}: The schedule expects
          settings: {data: no/such} | line 2, column 18: Unknown data set "no/such": expected digits
          settings: {data: nosuch}\\narms:\\n  a: {lr: 1}\\n  b: {lr: 2} | line 2, column 18:
          arms:\\n  a: {lr: 1}\\n  b: {data: nosuch.csv} | line 4, column 13:
          settings: {batch: 0} | line 2, column 19: The batch size expects
          settings: {batch: a} | line 2, column 19: batch expects a whole number below 2^31
          settings: {validation: 0} | line 2, column 24: a study chooses by validation data, but none are held out
          settings: {model: lenett} | line 2, column 19: Unknown model "lenett"
          settings: {momentum: 0.9}\\narms:\\n  sgd: {}\\n  adam: {optimizer: adam} | line 2, column 22: The point {optimizer=adam}: momentum is no option of optimizer adam
          settings: {batch: 0}\\narms:\\n  a: {lr: 1} | line 2, column 19: The batch size expects
          arms:\\n  a: {lr: 1}\\n  b: {lr: -2} | line 4, column 11: The point {lr=-2}: The learning rate expects
          vary:\\n- {name: lr, values: [1]}\\n- {name: batch, values: [8]}\\n- {name: lr, values: [2]} | line 5, column 10: The parameter "lr" is varied twice
          """)
  void whatTheSettingsFindHasItsPlace(String text, String sentence) {
    WrittenSpec written =
        new SpecReader(TrainSettings.names())
            .written("name: x\n" + text.replace("\\n", "\n"), "x.yaml", false);
    assertThatThrownBy(() -> Study.of(box.resolve("x"), written, TinyStudies.TRAININGS))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("x.yaml, " + sentence);
  }
}
