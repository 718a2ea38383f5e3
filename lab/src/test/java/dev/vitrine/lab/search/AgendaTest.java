package dev.vitrine.lab.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.lab.spec.StudySpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

class AgendaTest {
  /** Trainings that are known to come to what a function says, once they are done. */
  private static final class Pretended implements Known {
    private final Map<String, Double> done = new HashMap<>();
    private final Set<String> failed = new HashSet<>();
    private final List<String> order = new ArrayList<>();

    @Override
    public OptionalDouble metric(Trial trial, int epochs) {
      Double value = done.get(trial.id() + "@" + epochs);
      return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    @Override
    public boolean failed(Trial trial) {
      return failed.contains(trial.id());
    }

    Agenda run(StudySpec spec, int epochs, ToDoubleBiFunction<Point, Long> metric) {
      List<Point> points = Points.of(spec);
      Agenda agenda = Agenda.of(spec, points, _ -> epochs, this);
      while (!agenda.due().isEmpty()) {
        for (Agenda.Goal goal : agenda.due()) {
          Trial trial = goal.trial();
          String at = goal.epochs() == END ? "end" : Integer.toString(goal.epochs());
          order.add("%s s%s to %s".formatted(trial.point().varied().get("lr"), trial.seed(), at));
          double value = metric.applyAsDouble(trial.point(), trial.seed());
          if (Double.isNaN(value)) {
            failed.add(trial.id());
          } else {
            done.put(trial.id() + "@" + goal.epochs(), value);
          }
        }
        agenda = Agenda.of(spec, points, _ -> epochs, this);
      }
      return agenda;
    }
  }

  private static double lr(Point point) {
    return Double.parseDouble(point.varied().get("lr"));
  }

  @Test
  void theChoiceGoesByTheMeanOverSeeds() {
    StudySpec spec = Specs.of("arms: {all: {}}\nvary: [{name: lr, values: [1, 2]}]\nseeds: 2");
    // point 1 has the best single seed, point 2 the better mean
    Agenda agenda =
        new Pretended().run(spec, 3, (p, s) -> lr(p) == 1 ? (s == 1 ? 0.99 : 0.5) : 0.8);
    Agenda.Choice choice = agenda.choices().get("all");
    assertThat(choice.point().varied()).containsEntry("lr", "2");
    assertThat(choice.metric()).isEqualTo(new Fold(0.8, 0, 2));
    assertThat(choice.among()).isEqualTo(2);
    assertThat(agenda.decided()).isTrue();
  }

  @Test
  void lossesAreBetterWhenSmaller() {
    StudySpec spec =
        Specs.of(
            "arms: {all: {}}\nvary: [{name: lr, values: [1, 2]}]\nseeds: 1\nmetric: validation-loss");
    Agenda agenda = new Pretended().run(spec, 3, (p, _) -> lr(p));
    assertThat(agenda.choices().get("all").point().varied()).containsEntry("lr", "1");
  }

  @Test
  void seedsThatDoNotTuneAreRunForTheChoiceAlone() {
    StudySpec spec =
        Specs.of("arms: {all: {}}\nvary: [{name: lr, values: [1, 2]}]\nseeds: 3\ntune-seeds: 1");
    Pretended known = new Pretended();
    known.run(spec, 3, (p, _) -> lr(p));
    assertThat(known.order)
        .containsExactly("1 s1 to end", "2 s1 to end", "2 s2 to end", "2 s3 to end");
  }

  @Test
  void halvingGoesOnWithTheBestByTheirMeans() {
    StudySpec spec =
        Specs.of(
            """
            arms: {all: {}}
            vary: [{name: lr, values: [1, 2, 3, 4]}]
            search: {kind: halving, factor: 2, epochs: 1}
            seeds: 1
            """);
    Pretended known = new Pretended();
    Agenda agenda = known.run(spec, 4, (p, _) -> lr(p));
    assertThat(known.order)
        .containsExactly(
            "1 s1 to 1",
            "2 s1 to 1",
            "3 s1 to 1",
            "4 s1 to 1",
            "3 s1 to 2",
            "4 s1 to 2",
            "4 s1 to end");
    assertThat(agenda.rungs()).hasSize(2);
    assertThat(agenda.rungs().getFirst().kept())
        .extracting(AgendaTest::lr)
        .containsExactly(4.0, 3.0);
    assertThat(agenda.rungs().getFirst().dropped()).hasSize(2);
    assertThat(agenda.choices().get("all").point().varied()).containsEntry("lr", "4");
  }

  @Test
  void halvingKeepsAPointOfEveryArm() {
    StudySpec spec =
        Specs.of(
            """
            arms: {a: {units: 1}, b: {units: 2}}
            vary: [{name: lr, values: [1, 2, 3]}]
            search: {kind: halving, factor: 3, epochs: 1}
            seeds: 1
            """);
    Agenda agenda = new Pretended().run(spec, 2, (p, _) -> lr(p) + (p.arm().equals("a") ? 100 : 0));
    assertThat(agenda.choices()).containsOnlyKeys("a", "b");
  }

  @Test
  void aPointThatFailedWithASeedIsNotChosen() {
    StudySpec spec = Specs.of("arms: {all: {}}\nvary: [{name: lr, values: [1, 2]}]\nseeds: 2");
    Agenda agenda =
        new Pretended().run(spec, 3, (p, s) -> lr(p) == 2 && s == 2 ? Double.NaN : lr(p));
    assertThat(agenda.choices().get("all").point().varied()).containsEntry("lr", "1");
  }

  @Test
  void anArmOfWhichAllFailedHasNoChoice() {
    StudySpec spec = Specs.of("arms: {a: {units: 1}, b: {units: 2}}\nseeds: 1");
    Agenda agenda = new Pretended().run(spec, 3, (p, _) -> p.arm().equals("a") ? Double.NaN : 0.5);
    assertThat(agenda.choices()).containsOnlyKeys("b");
    assertThat(agenda.decided()).isTrue();
  }

  @Test
  void whatIsAddedIsAllThatIsDue() {
    String yaml = "arms: {all: {}}\nvary: [{name: lr, values: [%s]}]\nseeds: %s";
    Pretended known = new Pretended();
    known.run(Specs.of(yaml.formatted("1, 2", "1")), 3, (p, _) -> lr(p));
    known.order.clear();
    known.run(Specs.of(yaml.formatted("1, 2, 3", "2")), 3, (p, _) -> lr(p));
    assertThat(known.order)
        .containsExactly("1 s2 to end", "2 s2 to end", "3 s1 to end", "3 s2 to end");
  }

  @Test
  void armsThatAgreeAreTrainedOnce() {
    StudySpec spec = Specs.of("arms: {a: {lr: 1}, b: {lr: 1}}\nseeds: 1");
    Pretended known = new Pretended();
    Agenda agenda = known.run(spec, 3, (_, _) -> 0.5);
    assertThat(known.order).hasSize(1);
    assertThat(agenda.choices()).containsOnlyKeys("a", "b");
  }
}
