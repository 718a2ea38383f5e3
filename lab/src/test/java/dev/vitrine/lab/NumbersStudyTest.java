package dev.vitrine.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.journal.Entry;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.Journal;
import dev.vitrine.lab.report.Report;
import dev.vitrine.lab.report.ReportFiles;
import dev.vitrine.lab.trial.StudyListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study of networks that tell numbers, not classes. */
class NumbersStudyTest {
  @TempDir private Path box;
  private String yaml;

  /** y = 3a − 2b + 1, nearly. */
  @BeforeEach
  void table() throws IOException {
    StringBuilder text = new StringBuilder("a,b,y\n");
    Random random = new Random(3);
    for (int i = 0; i < 120; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      double y = 3 * a - 2 * b + 1 + 0.1 * random.nextGaussian();
      text.append(a).append(',').append(b).append(',').append(y).append('\n');
    }
    Path data = Files.writeString(box.resolve("t.csv"), text);
    Path net =
        Files.writeString(
            box.resolve("line.json"),
            "{\"name\": \"line\", \"input\": [2], \"layers\": [{\"linear\": 1}]}");
    yaml =
        """
        name: line
        settings: {data: '%s', target: y, model: '%s', batch: 10, epochs: 8, schedule: constant}
        arms: {slow: {lr: 0.001}, fast: {lr: 0.1}}
        seeds: 2
        """
            .formatted(data, net);
  }

  @Test
  void testLossAndR2AreTold() throws IOException {
    Path folder = box.resolve("study");
    StudyResult result = TinyStudies.run(folder, yaml + "metric: validation-loss\n", 1);
    assertThat(result.complete()).isTrue();
    StudyResult.PointResult fast = result.arms().getLast().best().orElseThrow();
    assertThat(fast.testR2().mean()).isBetween(0.99, 1.0);
    assertThat(fast.testLoss().mean()).isBetween(0.001, 0.1);
    assertThat(fast.testAccuracy().mean()).isNaN();
    assertThat(result.arms().getFirst().best().orElseThrow().testR2().mean())
        .isLessThan(fast.testR2().mean());
    assertThat(Journal.read(folder).stream().map(Entry::event))
        .filteredOn(Event.Tested.class::isInstance)
        .hasSize(4)
        .allSatisfy(event -> assertThat(((Event.Tested) event).r2()).isPresent());
    Report report = Study.open(folder, TinyStudies.TRAININGS).report(Map.of(), Map.of());
    ReportFiles.write(folder, report);
    assertThat(Files.readString(folder.resolve("tables/arms.csv")))
        .startsWith("arm,training loss,validation loss,test loss,test R²,n,time of one\n")
        .doesNotContain("NaN");
    assertThat(report.conclusions().getFirst())
        .startsWith("Of 2 arms fast has the best mean validation loss: ")
        .contains("; on test data ", ", R² 0.99");
  }

  @Test
  void numbersHaveNoAccuracyToChooseBy() {
    Study study = TinyStudies.study(box.resolve("study"), yaml);
    assertThatThrownBy(() -> StudyRun.begin(study, TinyStudies.options(1), StudyListener.SILENT))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "A study of numbers, as data set %s has, cannot choose by validation accuracy: give it the metric validation-loss"
                .formatted(box.resolve("t.csv")));
    assertThat(box.resolve("study")).doesNotExist();
  }

  /** Of one file much can be told: what is told in one trial is not what another reads. */
  @Test
  void dataThatAreReadOtherwiseAreOthers() {
    Path folder = box.resolve("study");
    String two =
        yaml.replace("target: y, ", "")
            .replace("{lr: 0.001}", "{lr: 0.1, target: a}")
            .replace("{lr: 0.1}", "{lr: 0.1, target: y}");
    StudyResult result = TinyStudies.run(folder, two + "metric: validation-loss\n", 1);
    assertThat(result.arms().getFirst().best().orElseThrow().testLoss())
        .isNotEqualTo(result.arms().getLast().best().orElseThrow().testLoss());
  }
}
