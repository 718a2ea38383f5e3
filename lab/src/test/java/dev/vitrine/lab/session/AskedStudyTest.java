package dev.vitrine.lab.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DownloadProgress;
import dev.vitrine.data.Downloader;
import dev.vitrine.error.UserException;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.trial.NamedTrainings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AskedStudyTest {
  private static final String RATES =
      """
      name: rates
      settings: {data: digits, model: mlp-5, epochs: 3}
      arms: {sgd: {optimizer: sgd}, adam: {optimizer: adam}, long: {optimizer: sgd, epochs: 10}}
      vary: [{name: lr, values: [0.01, 0.1]}]
      seeds: 5
      tune-seeds: 2
      budget: 90s
      quick: {settings: {epochs: 1}}
      """;

  @TempDir private Path folder;

  private AskedStudy asked(String text, boolean quick, StudyChanges changes) {
    return AskedStudy.of(
        new StudyRequest(text, "here", quick, changes, folder, Optional.empty()),
        new NamedTrainings(
            DataFolders.ofSystem(Optional.empty()), Downloader.reportingTo(DownloadProgress.NONE)));
  }

  /** Six points with two seeds, then three chosen ones with three more. */
  @Test
  void theCostIsThatOfChoosingAndOfWhatIsChosen() {
    AskedSweep sweep = (AskedSweep) asked(RATES, false, StudyChanges.none());
    assertThat(StudyCost.of(sweep.study()))
        .isEqualTo(new StudyCost(3, 6, 5, 12, 12 + 9, 2 * (4 * 3 + 2 * 10) + 3 * (3 + 3 + 10)));
    assertThat(StudyCost.of(sweep.study()).size()).isEqualTo("3 arms, 6 points, 5 seeds");
    assertThat(sweep.plan()).hasSize(30);
    assertThat(sweep.budget().orElseThrow()).hasSeconds(90);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void changesAndTheThinVersionAreThoseOfTheCommandLine() {
    StudyChanges changes = new StudyChanges(List.of("lr=1"), Optional.of(3));
    AskedSweep sweep = (AskedSweep) asked(RATES, true, changes);
    assertThat(sweep.folder()).isEqualTo(folder.resolve("rates-quick"));
    assertThat(sweep.study().spec().seeds()).containsExactly(1L, 2L, 3L);
    assertThat(StudyCost.of(sweep.study()).points()).isEqualTo(6 + 3);
    assertThatThrownBy(() -> asked(RATES, false, new StudyChanges(List.of(), Optional.of(0))))
        .isInstanceOf(UserException.class)
        .hasMessage("The number of seeds expects 1 to 1000, but got 0");
  }

  @Test
  void whatIsComputedIsCheckedBeforeItsTurn() {
    String text = "name: %s\ncompute: %s\n";
    AskedStudy study = asked(text.formatted("mine", "lms"), false, StudyChanges.none());
    assertThat(study.folder()).isEqualTo(folder.resolve("mine"));
    assertThatThrownBy(() -> asked(text.formatted("../x", "lms"), false, StudyChanges.none()))
        .hasMessageStartingWith("here, line 1, column 7: The name of a study expects");
    assertThatThrownBy(() -> asked(text.formatted("mine", "lmz"), false, StudyChanges.none()))
        .hasMessageContaining("did you mean \"lms\"?");
  }

  @Test
  void eventsAreSaidByTheirSettings() {
    AskedSweep sweep = (AskedSweep) asked(RATES, false, StudyChanges.none());
    StudyWords words = new StudyWords(sweep.study());
    String trial = sweep.plan().keySet().iterator().next();
    assertThat(words.sentence(new Event.Started(trial, "sgd", 1, "")))
        .isEqualTo("optimizer=sgd lr=0.01 seed 1: begins");
    Event failed = new Event.Failed(trial, "diverged", "it diverged", 1, 2);
    assertThat(words.line(failed)).hasValue(trial + "  optimizer=sgd lr=0.01  seed 1  it diverged");
    assertThat(words.line(new Event.Paused(trial, 1))).isEmpty();
  }

  @Test
  void thePaceCountsWhatIsUnderWay() {
    StudyPace.Meter meter = new StudyPace.Meter();
    assertThat(meter.now().secondsLeft()).isEmpty();
    meter.due(4);
    meter.step("a", 0.5);
    meter.step("b", 0.25);
    meter.ended("b");
    StudyPace now = meter.now();
    assertThat(now.running()).isEqualTo(Map.of("a", 0.5));
    assertThat(now.done()).isEqualTo(1);
    assertThat(now.share()).isEqualTo(1.5 / 4);
    assertThat(now.secondsLeft().orElseThrow()).isBetween(0L, 60L);
  }
}
