package dev.vitrine.lab.sweep;

import dev.vitrine.data.DataFolders;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.search.Edge;
import dev.vitrine.lab.search.Point;
import dev.vitrine.lab.search.Widening;
import dev.vitrine.lab.statistics.Sample;
import dev.vitrine.report.Numbers;
import dev.vitrine.run.KnownTests;
import dev.vitrine.settings.Commands;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What follows from a sweep, in sentences that are computed from its numbers. */
final class Conclusions {
  /** What the command that goes on with a study is called. */
  private static final String GOES_ON = "goes on with";

  private final Findings findings;

  Conclusions(Findings findings) {
    this.findings = findings;
  }

  List<String> all(List<Contrast> contrasts, List<String> further) {
    List<String> all = new ArrayList<>();
    missing().ifPresent(all::add);
    best().ifPresent(all::add);
    all.addAll(new ContrastSentences(findings, contrasts).all());
    all.addAll(further);
    reported().ifPresent(all::add);
    new SweepClaims(findings).sentence().ifPresent(all::add);
    all.addAll(edges());
    all.addAll(failures());
    all.add(reads());
    findings.record().copies().forEach(known -> all.add(sentence(known)));
    return all;
  }

  private Optional<String> missing() {
    if (findings.complete()) {
      return Optional.empty();
    }
    String why = findings.record().ended().map(Event.Ended::why).orElse("it is not done yet");
    return Optional.of(
        "The study is not complete (%s): %s to go before the next decision. What stands here holds for what was done."
            .formatted(why, count(findings.agenda().due().size(), "training")));
  }

  private Optional<String> best() {
    // By all seeds, as the table has them: fewer may have chosen.
    List<Agenda.Choice> choices =
        findings.agenda().choices().values().stream()
            .sorted(Comparator.comparingDouble(choice -> findings.cost(arm(choice.arm()))))
            .toList();
    if (choices.isEmpty()) {
      return Optional.empty();
    }
    Agenda.Choice first = choices.getFirst();
    Arm arm = arm(first.arm());
    String tuned = arm.tuned().isEmpty() ? "" : " with " + arm.tuned();
    String value = value(arm.sample(first.point(), findings::metric));
    String test =
        arm.tested(Event.Tested::accuracy)
            .map(sample -> "; on test data %s %%".formatted(Said.percent(Optional.of(sample))))
            .orElseGet(() -> arm.tellsNumbers() ? numbers(arm) : "");
    List<String> alike =
        choices.stream()
            .filter(choice -> findings.cost(arm(choice.arm())) == findings.cost(arm))
            .map(Agenda.Choice::arm)
            .toList();
    if (choices.size() == 1) {
      return Optional.of(
          "%s%s comes to a %s of %s%s.".formatted(first.arm(), tuned, metric(), value, test));
    }
    return Optional.of(
        alike.size() == 1
            ? "Of %s arms %s%s has the best mean %s: %s%s."
                .formatted(choices.size(), first.arm(), tuned, metric(), value, test)
            : "Of %s arms %s share the best mean %s: %s."
                .formatted(choices.size(), String.join(", ", alike), metric(), value));
  }

  private static String numbers(Arm arm) {
    Optional<Sample> r2 = arm.tested(test -> test.r2().orElse(Double.NaN));
    return arm.tested(Event.Tested::loss)
        .map(loss ->
            "; on test data %s%s"
                .formatted(
                    Said.number(Optional.of(loss)),
                    r2.map(value -> ", R² " + Said.number(r2)).orElse("")))
        .orElse("");
  }

  /** What others report, beside what came out. */
  private Optional<String> reported() {
    List<String> reaching = new ArrayList<>();
    List<String> below = new ArrayList<>();
    for (Arm arm : findings.arms()) {
      Claim claim = findings.reported().get(arm.name());
      Optional<Sample> own = arm.tested(Event.Tested::accuracy);
      if (claim != null && claim.tellsTest() && own.isPresent()) {
        double mean = own.get().mean();
        double theirs = 1 - claim.test();
        (mean >= theirs ? reaching : below)
            .add("%s %s (%s)".formatted(arm.name(), percent(mean), percent(theirs)));
      }
    }
    if (reaching.isEmpty() && below.isEmpty()) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    if (!reaching.isEmpty()) {
      parts.add(
          "%s %s it"
              .formatted(String.join(", ", reaching), reaching.size() == 1 ? "reaches" : "reach"));
    }
    if (!below.isEmpty()) {
      parts.add(
          "%s %s not reach it"
              .formatted(String.join(", ", below), below.size() == 1 ? "does" : "do"));
    }
    return Optional.of("Beside what was reported: %s.".formatted(String.join("; ", parts)));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f %%", 100 * share);
  }

  private Arm arm(String name) {
    return findings.arms().stream()
        .filter(arm -> arm.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private String metric() {
    return findings.spec().metric().key().replace('-', ' ');
  }

  private String value(Optional<Sample> sample) {
    return findings.byAccuracy() ? Said.percent(sample) + " %" : Said.number(sample);
  }

  /** Arms whose choices lie on one edge, and which one command helps, in one sentence. */
  private List<String> edges() {
    Map<List<String>, List<String>> arms = new LinkedHashMap<>();
    for (Edge edge : findings.edges()) {
      String where =
          "%s %s, %%s on the %s edge of what was searched: the best may lie beyond"
              .formatted(edge.parameter(), edge.value(), edge.lower() ? "lower" : "upper");
      arms.computeIfAbsent(List.of(where, beyond(edge)), _ -> new ArrayList<>()).add(edge.arm());
    }
    List<String> all = new ArrayList<>();
    arms.forEach((said, names) -> {
      String where = said.getFirst().formatted(names.size() == 1 ? "lies" : "lie");
      String whose = names.size() == 1 ? "choice of " : "choices of ";
      all.add("The %s%s, %s%s.".formatted(whose, Said.list(names), where, said.getLast()));
    });
    return all;
  }

  /** What to try, and the command that does. */
  private String beyond(Edge edge) {
    if (edge.beyond().isEmpty()) {
      return "";
    }
    Point point = findings.agenda().choices().get(edge.arm()).point();
    String more = Widening.text(findings.spec(), edge, point.settings(), point.varied());
    return "; try %s%s"
        .formatted(
            String.join(" and ", edge.beyond()),
            Optional.ofNullable(findings.commands().get(GOES_ON))
                .map(command -> ": " + Commands.adding(command, more))
                .orElse(""));
  }

  /** Alike failures of an arm in one sentence. */
  private List<String> failures() {
    Map<String, List<String>> bySort = new LinkedHashMap<>();
    findings
        .failed()
        .forEach(trial -> {
          Optional<Point> point = findings.point(trial.id());
          String sort =
              "%s of %s"
                  .formatted(
                      trial.failure().orElseThrow().kind(), point.map(Point::arm).orElse("?"));
          bySort
              .computeIfAbsent(sort, _ -> new ArrayList<>())
              .add(point.map(p -> arm(p.arm()).differing(p)).orElse(""));
        });
    List<String> all = new ArrayList<>();
    bySort.forEach((sort, points) -> {
      String[] words = sort.split(" of ", 2);
      String where =
          String.join("; ", points.stream().distinct().filter(p -> !p.isEmpty()).toList());
      String did =
          switch (words[0]) {
            case "diverged" -> "diverged";
            case "time" -> "ran out of time";
            default -> "failed";
          };
      all.add(
          "%s of %s %s%s."
              .formatted(
                  count(points.size(), "training"),
                  words[1],
                  did,
                  where.isEmpty() ? "" : " (" + where + ")"));
    });
    return all;
  }

  private static String sentence(Event.Copies known) {
    String text = new KnownTests(known.copies(), known.examples()).sentence().orElseThrow();
    return "Of %s, %s.".formatted(DataFolders.title(known.data()), text);
  }

  private String reads() {
    int reads = findings.record().testReads();
    if (reads == 0) {
      return "The test data were not read.";
    }
    String times = reads == 1 ? "once" : reads + " times";
    return findings.record().specs().size() > 1
        ? "The test data were read %s in this study, which was extended: each time for what validation had chosen by then."
            .formatted(times)
        : "The test data were read %s, after every choice was fixed; nothing was chosen by them."
            .formatted(times);
  }

  static String count(long n, String thing) {
    return "%s %s%s".formatted(Numbers.count(n), thing, n == 1 ? "" : "s");
  }
}
