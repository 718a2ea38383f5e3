package dev.vitrine.lab.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.lab.spec.StudySpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PointsTest {
  private static List<String> texts(List<Point> points) {
    return points.stream().map(p -> p.arm() + " " + p.varied()).toList();
  }

  @Test
  void aGridWithoutArmsComparesEachPoint() {
    List<Point> points =
        Points.of(
            Specs.of(
                "vary: [{name: lr, values: [0.1, 0.01]}, {name: optimizer, values: [sgd, adam]}]"));
    assertThat(texts(points))
        .containsExactly(
            "lr=0.01, sgd {lr=0.01, optimizer=sgd}",
            "lr=0.01, adam {lr=0.01, optimizer=adam}",
            "lr=0.1, sgd {lr=0.1, optimizer=sgd}",
            "lr=0.1, adam {lr=0.1, optimizer=adam}");
  }

  @Test
  void armsTimesComparedParametersAreTunedEach() {
    List<Point> points =
        Points.of(
            Specs.of(
                """
                arms: {small: {units: 10}, large: {units: 99}}
                compare: optimizer
                vary:
                - {name: lr, values: [1, 2]}
                - {name: optimizer, values: [sgd, adam]}
                """));
    assertThat(points).hasSize(8);
    assertThat(points.stream().map(Point::arm).distinct())
        .containsExactly("small, sgd", "small, adam", "large, sgd", "large, adam");
    assertThat(points.getFirst().settings())
        .isEqualTo(Map.of("units", "10", "optimizer", "sgd", "lr", "1"));
  }

  @Test
  void aConditionalParameterIsVariedOnlyWhereItHolds() {
    List<Point> points =
        Points.of(
            Specs.of(
                """
                compare: optimizer
                vary:
                - {name: optimizer, values: [sgd, adam]}
                - {name: lr, values: [1, 2], when: {optimizer: sgd}}
                - {name: lr, values: [0.1], when: {optimizer: adam}}
                - {name: momentum, values: [0, 0.9], when: {optimizer: sgd, lr: 2}}
                """));
    assertThat(texts(points))
        .containsExactly(
            "sgd {optimizer=sgd, lr=1}",
            "sgd {optimizer=sgd, lr=2, momentum=0}",
            "sgd {optimizer=sgd, lr=2, momentum=0.9}",
            "adam {optimizer=adam, lr=0.1}");
  }

  @Test
  void aGridOfMillionsIsASlip() {
    String range = "from: 1, to: 2, steps: 1000}";
    assertThatThrownBy(() ->
            Points.of(Specs.of("vary: [{name: lr, %1$s, {name: momentum, %1$s]".formatted(range))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "A grid of more than 100000 points in an arm: give fewer values, or search: {kind: random, trials: 100}");
  }

  @Test
  void noParameterIsVariedTwice() {
    assertThatThrownBy(() ->
            Points.of(Specs.of("vary: [{name: lr, values: [1]}, {name: lr, from: 1, to: 2}]")))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The parameter \"lr\" is varied twice for {lr=1}: its conditions must exclude each other");
  }

  @Test
  void armsThatAgreeShareTrials() {
    List<Point> points = Points.of(Specs.of("arms: {a: {lr: 0.1}, b: {lr: 1e-1}, c: {lr: 0.2}}"));
    assertThat(points.get(0).id()).isEqualTo(points.get(1).id());
    assertThat(points.get(2).id()).isNotEqualTo(points.get(1).id());
    assertThat(points.get(0).with(7).id()).isEqualTo(points.get(1).with(7).id());
  }

  @Test
  void aPointsNameFollowsFromItsSettingsInAnyOrder() {
    Point one = new Point("a", Map.of(), Map.of("lr", "1", "epochs", "2"));
    assertThat(one.id())
        .isEqualTo(new Point("b", Map.of("x", "y"), Map.of("epochs", "2", "lr", "1")).id());
    assertThat(one.with(3).id()).isEqualTo(one.id() + "-s3");
    assertThat(one.with(3).settings()).containsEntry("seed", "3");
  }

  @Test
  void aRandomSearchDrawsNoPointTwiceAndKeepsItsPointsWhenItGrows() {
    String yaml =
        """
        vary: [{name: lr, from: 1e-4, to: 1, log: true}, {name: units, from: 1, to: 3, whole: true}]
        search: {kind: random, trials: %s}
        """;
    List<Point> few = Points.of(Specs.of(yaml.formatted(20)));
    List<Point> more = Points.of(Specs.of(yaml.formatted(30)));
    assertThat(few).hasSize(20).doesNotHaveDuplicates();
    assertThat(more).hasSize(30).startsWith(few.toArray(Point[]::new));
    assertThat(few).extracting(Point::arm).containsOnly("tiny");
    List<Double> logs =
        more.stream().map(p -> Math.log10(Double.parseDouble(p.varied().get("lr")))).toList();
    assertThat(logs).allSatisfy(log -> assertThat(log).isBetween(-4.0, 0.0));
    // uniform between the logarithms: about half below 0.01
    assertThat(logs.stream().filter(log -> log < -2).count()).isBetween(8L, 22L);
    assertThat(more).extracting(p -> p.varied().get("units")).contains("1", "2", "3");
  }

  @Test
  void aRandomSearchOfFewPossibilitiesEndsWithAll() {
    List<Point> points =
        Points.of(
            Specs.of("vary: [{name: lr, values: [1, 2, 3]}]\nsearch: {kind: random, trials: 9}"));
    assertThat(points).hasSize(3);
  }

  /** Of 30 numbers 20 are drawn, some of them more than once. */
  @Test
  void aNumberThatIsDrawnAgainMakesRoomForAnother() {
    List<Point> points =
        Points.of(
            Specs.of(
                """
                vary: [{name: units, from: 1, to: 30, whole: true}]
                search: {kind: random, trials: 20}
                """));
    assertThat(points).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void aRangeThatBecomesWiderBringsOnlyWhatIsNew() {
    String yaml =
        "vary: [{name: lr, from: %s, to: 1, log: true}]\nsearch: {kind: random, trials: 20}";
    var before = Specs.of(yaml.formatted("0.01"));
    var now = Specs.of(yaml.formatted("0.0001"));
    List<Point> old = Points.of(before);
    List<Point> all = Points.of(List.of(before, now), Meaning.WORDS);
    assertThat(all).startsWith(old.toArray(Point[]::new)).hasSizeGreaterThan(25);
    assertThat(all.subList(20, all.size()))
        .allSatisfy(p -> assertThat(Double.parseDouble(p.varied().get("lr"))).isLessThan(0.01));
  }

  /** As if 64 were the usual number of units. */
  private static Object meant(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(Map.of("units", "64"));
    all.putAll(settings);
    return all;
  }

  /** The first words stay, so that trials that were trained by them keep their names. */
  @Test
  void aPointInOtherWordsIsTheSamePoint() {
    StudySpec before = Specs.of("arms: {a: {lr: 1}, b: {lr: 2}}");
    StudySpec now =
        Specs.of(
            """
            arms: {a: {lr: 1}, b: {lr: 2}, c: {lr: 1, units: 64}, d: {lr: 1, units: 65}}
            vary: [{name: units, values: [64], when: {arm: a}}]
            """);
    List<Point> old = Points.of(List.of(before), PointsTest::meant);
    List<Point> all = Points.of(List.of(before, now), PointsTest::meant);
    assertThat(all).hasSize(4).startsWith(old.toArray(Point[]::new));
    assertThat(all.get(2).id()).isEqualTo(all.getFirst().id());
    assertThat(all.get(2).varied()).containsEntry("units", "64");
    assertThat(all.get(3).id()).isNotEqualTo(all.getFirst().id());
    assertThat(Points.of(List.of(before, now), Meaning.WORDS)).hasSize(5);
  }

  @Test
  void theBaselineMustBeAnArm() {
    assertThatThrownBy(() -> Points.of(Specs.of("arms: {sgd: {lr: 1}}\nbaseline: sdg")))
        .isInstanceOf(UserException.class)
        .hasMessage("Unknown arm as baseline \"sdg\"; did you mean \"sgd\"?");
  }
}
