package dev.vitrine.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.data.Dataset;
import dev.vitrine.image.Png;
import dev.vitrine.lab.journal.Confusion;
import dev.vitrine.lab.journal.Entry;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.journal.GradientSizes;
import dev.vitrine.lab.journal.Journal;
import dev.vitrine.lab.report.Grid;
import dev.vitrine.lab.report.Report;
import dev.vitrine.lab.spec.StudySpec;
import dev.vitrine.lab.trial.StudyListener;
import dev.vitrine.predict.Predictor;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunImages;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.run.TuningData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of networks that were chosen: what they know, and what they confuse. */
class ChosenTest {
  private static final String YAML =
      TinyStudies.YAML.replace("model: mlp", "model: mlp-30-dropout0.5")
          + "show: [layers, gradients]\n";

  @TempDir private static Path shared;
  @TempDir private Path box;

  private static Path whole;
  private static StudyResult result;

  @BeforeAll
  static void once() {
    whole = shared.resolve("whole");
    result = TinyStudies.run(whole, YAML, 2);
  }

  private static <E extends Event> List<E> events(Path folder, Class<E> type) {
    return Journal.read(folder).stream()
        .map(Entry::event)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private static RunConfig config(String trial) {
    return TinyStudies.TRAININGS.config(TinyStudies.study(whole, YAML).trial(trial).settings());
  }

  /** Counted example by example with the network as anybody uses it: its dropout is off. */
  private static double right(String trial, Dataset data) {
    TrainedNetwork network =
        TrainedNetwork.open(whole.resolve("trials/" + trial), Optional.empty());
    int right = 0;
    try (Predictor predictor = network.predictor()) {
      for (int i = 0; i < data.size(); i++) {
        float[] x = new float[data.shape().elements()];
        data.read(i, x);
        for (int k = 0; k < x.length; k++) {
          x[k] /= 255;
        }
        right += predictor.top(1, x).getFirst().index() == data.label(i) ? 1 : 0;
      }
    }
    return (double) right / data.size();
  }

  @Test
  void theyAreMeasuredOnAllThatTheyLearnedFrom() {
    assertThat(events(whole, Event.Measured.class)).hasSize(4);
    for (StudyResult.Arm arm : result.arms()) {
      for (StudyResult.PointResult point : arm.points()) {
        boolean best = point.equals(arm.best().orElseThrow());
        for (StudyResult.TrialResult trial : point.trials()) {
          assertThat(trial.measured().isPresent()).isEqualTo(best);
          trial
              .measured()
              .ifPresent(measured -> {
                RunConfig config = config(trial.id());
                TuningData data = TuningData.load(TinyStudies.TRAININGS.data(config));
                Dataset learned = RunImages.prepare(config, data).train();
                assertThat(measured.examples()).isEqualTo(90).isEqualTo(learned.size());
                assertThat(measured.accuracy()).isEqualTo(right(trial.id(), learned));
              });
        }
      }
    }
  }

  @Test
  void whatTheyConfuseIsCountedAndTheWorstOfItKept() throws IOException {
    int seen = 0;
    for (Event.Tested tested : events(whole, Event.Tested.class)) {
      Confusion confusion = tested.confusion().orElseThrow();
      assertThat(confusion.matrix().total()).isEqualTo(30);
      assertThat(confusion.matrix().accuracy()).isEqualTo(tested.accuracy());
      RunConfig config = config(tested.trial());
      Dataset test = RunImages.prepareTest(config, TinyStudies.TRAININGS.data(config).loadTest());
      for (Confusion.Cell cell : confusion.misread()) {
        assertThat(test.label(cell.worst())).isEqualTo(cell.actual());
        Path file = whole.resolve("misread/%s-%s.png".formatted(tested.trial(), cell.worst()));
        if (Files.exists(file)) {
          assertThat(Files.readAllBytes(file)).isEqualTo(Png.bytes(test.picture(cell.worst())));
          seen++;
        }
      }
    }
    assertThat(seen).isBetween(8, 8 * 4);
  }

  /** With all weights 0 nothing but the last bias has a gradient, and all classes are as likely. */
  @Test
  void gradientsAreLookedAtWithThreeKindsOfWeights() {
    List<Event.Gradients> all = events(whole, Event.Gradients.class);
    assertThat(all)
        .extracting(Event.Gradients::weights)
        .containsExactly("start", "zeros", "end", "start", "zeros", "end");
    assertThat(all).allMatch(each -> each.trial().endsWith("-s1"));
    for (Event.Gradients each : all) {
      assertThat(each.parameters())
          .extracting(GradientSizes::parameter)
          .containsExactly("linear1.weight", "linear1.bias", "linear2.weight", "linear2.bias");
      assertThat(each.parameters())
          .extracting(GradientSizes::elements)
          .containsExactly(784 * 30, 30, 300, 10);
      boolean zeros = each.weights().equals("zeros");
      assertThat(each.parameters().stream().filter(sizes -> sizes.rms() > 0))
          .hasSize(zeros ? 1 : 4);
      if (zeros) {
        assertThat(each.loss()).isCloseTo(Math.log(10), within(1e-6));
        assertThat(each.parameters().getLast().rms()).isPositive();
      }
    }
    assertThat(all.get(0).parameters()).isNotEqualTo(all.get(2).parameters());
  }

  /** What is shown changes nothing of what was computed. */
  @Test
  void whatIsShownMayChange() {
    StudySpec bare = TinyStudies.spec(YAML.replaceAll("show: .*", ""));
    assertThat(Study.of(whole, bare, TinyStudies.TRAININGS).more()).isEmpty();
  }

  @Test
  void layersAndGradientsAreShown() {
    Report report =
        Study.open(whole, TinyStudies.TRAININGS).report(Map.of(), Map.of("command", "x"));
    List<Grid> grids =
        report.sections().stream()
            .filter(section -> section.title().equals("The networks"))
            .flatMap(section -> section.blocks().stream())
            .filter(block -> block instanceof Grid)
            .map(block -> (Grid) block)
            .toList();
    assertThat(grids)
        .extracting(Grid::id)
        .containsExactly("layers-mlp-30-dropout0-5", "gradients-sgd", "gradients-adam");
    assertThat(grids.getFirst().rows().getLast())
        .containsExactly("total", "", "", "", "23,820", "40", "23,820");
    assertThat(grids.get(1).caption())
        .endsWith("With all weights 0, nothing has a gradient but linear2.bias.");
  }

  /** An older version's journal: nothing is trained again, and no test example read. */
  @Test
  void aStudyThatWasNotMeasuredIsMeasuredWithoutATraining() throws IOException {
    Path older = Folders.copy(whole, box.resolve("older"));
    Path journal = older.resolve(Journal.NAME);
    List<String> lines =
        Files.readAllLines(journal).stream()
            .filter(line -> !line.contains("\"event\":\"measured\""))
            .map(line -> line.replaceAll(",\"confusion\":\\{.*?]]}", ""))
            .toList();
    Files.write(journal, lines);
    assertThat(events(older, Event.Tested.class)).noneMatch(test -> test.confusion().isPresent());
    StudyResult before = Study.open(older, TinyStudies.TRAININGS).results();
    assertThat(before.complete()).isFalse();
    assertThat(before.missing())
        .containsExactly("4 still to be measured on what they learned from");
    int known = Journal.read(older).size();
    TinyStudies.run(TinyStudies.study(older, YAML), TinyStudies.options(1), StudyListener.SILENT);
    List<Entry> all = Journal.read(older);
    assertThat(all.subList(known, all.size()).stream().map(Entry::event))
        .hasSize(5)
        .allMatch(event -> event instanceof Event.Measured || event instanceof Event.Ended);
    assertThat(Files.readString(older.resolve("results.json")))
        .isEqualTo(Files.readString(whole.resolve("results.json")));
  }

  /** Numbers have no classes to be confused, and are judged all the same. */
  @Test
  void numbersAreMeasuredAndJudgedByTheirLoss() throws IOException {
    StringBuilder table = new StringBuilder("a,b,y\n");
    for (int i = 0; i < 120; i++) {
      double a = Math.sin(i);
      double b = Math.cos(1.7 * i);
      table.append("%s,%s,%s%n".formatted(a, b, 0.5 * a - b));
    }
    Path csv = Files.writeString(box.resolve("plane.csv"), table);
    StudyResult numbers =
        TinyStudies.run(
            box.resolve("numbers"),
            """
            name: plane
            settings: {model: mlp-8, data: %s, target: y, batch: 10, epochs: 5, validation: 0.2}
            vary:
              - {name: lr, values: [0.001, 0.05]}
            metric: validation-loss
            seeds: 2
            """
                .formatted(csv),
            1);
    assertThat(numbers.complete()).isTrue();
    for (Event.Tested tested : events(box.resolve("numbers"), Event.Tested.class)) {
      assertThat(tested.loss()).isPositive().isLessThan(1);
      assertThat(tested.accuracy()).isNaN();
      assertThat(tested.confusion()).isEmpty();
    }
    assertThat(events(box.resolve("numbers"), Event.Measured.class))
        .hasSize(4)
        .allSatisfy(measured -> assertThat(measured.loss()).isPositive().isLessThan(1));
  }
}
