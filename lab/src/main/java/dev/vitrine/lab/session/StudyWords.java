package dev.vitrine.lab.session;

import dev.vitrine.lab.Study;
import dev.vitrine.lab.journal.Event;
import dev.vitrine.report.Numbers;
import dev.vitrine.run.KnownTests;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What happens in a study, in words. */
public final class StudyWords {
  /** What the points of trials are called. */
  private final Map<String, String> names = new HashMap<>();

  /**
   * The words for a study.
   *
   * @param study whose points they name
   */
  public StudyWords(Study study) {
    study.points().forEach(point -> names.putIfAbsent(point.id(), varied(point.varied())));
  }

  /**
   * {@return settings as a person writes them}
   *
   * @param values by name
   */
  public static String varied(Map<String, String> values) {
    return values.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(" "));
  }

  /**
   * {@return a number of things}
   *
   * @param number how many
   * @param thing one of them
   */
  public static String counted(long number, String thing) {
    return "%s %s%s".formatted(Numbers.count(number), thing, number == 1 ? "" : "s");
  }

  /**
   * {@return what is to be shown of an event as it happens; empty of the small ones}
   *
   * @param event a line of the journal
   */
  public Optional<String> line(Event event) {
    return switch (event) {
      case Event.Reached reached -> Optional.of(of(reached.trial(), figures(reached)));
      case Event.Failed failed -> Optional.of(of(failed.trial(), failed.cause()));
      case Event.Rung rung ->
          Optional.of(
              "%s after %s: %s of %s go on"
                  .formatted(
                      rung.arm(),
                      counted(rung.epochs(), "epoch"),
                      rung.kept().size(),
                      rung.kept().size() + rung.dropped().size()));
      case Event.Copies known ->
          new KnownTests(known.copies(), known.examples()).sentence().map("%s."::formatted);
      default -> Optional.empty();
    };
  }

  /**
   * {@return an event of any kind, in words}
   *
   * @param event a line of the journal
   */
  public String sentence(Event event) {
    return switch (event) {
      case Event.Begun begun -> "begun by Vitrine " + begun.version();
      case Event.Extended more -> "became larger: " + String.join(", ", more.more());
      case Event.Started started -> named(started.trial(), "begins");
      case Event.Reached reached -> named(reached.trial(), figures(reached));
      case Event.Failed failed -> named(failed.trial(), failed.cause());
      case Event.Paused paused -> named(paused.trial(), "stopped on the way, with a checkpoint");
      case Event.Retried again -> "tried again: " + String.join(", ", again.trials());
      case Event.Chosen chosen ->
          String.format(
              Locale.ROOT,
              "chosen for %s: %s, the best of %s on validation (%s over %s)",
              chosen.arm(),
              names.getOrDefault(chosen.point(), chosen.point()),
              chosen.among(),
              Numbers.significant(chosen.mean(), 4),
              counted(chosen.seeds(), "seed"));
      case Event.TestRead read ->
          "the test data are read, time %s: %s".formatted(read.number(), read.reason());
      case Event.Measured measured ->
          named(
              measured.trial(),
              "measured on what it learned from: loss " + Numbers.significant(measured.loss(), 3));
      case Event.Gradients sizes ->
          named(sizes.trial(), "gradients looked at, with its weights of the " + sizes.weights());
      case Event.Tested tested ->
          named(
              tested.trial(),
              "on test data: %sloss %s"
                  .formatted(accuracy(tested.accuracy()), Numbers.significant(tested.loss(), 3)));
      case Event.Ended ended -> "ended: " + ended.why();
      default -> line(event).orElse("test data looked through for copies: none");
    };
  }

  private String of(String trial, String text) {
    return "%s  %s  seed %s  %s".formatted(trial, point(trial), seed(trial), text);
  }

  private String named(String trial, String text) {
    return "%s seed %s: %s".formatted(point(trial), seed(trial), text).strip();
  }

  private String point(String trial) {
    return names.getOrDefault(trial.substring(0, trial.lastIndexOf("-s")), "");
  }

  private static String seed(String trial) {
    return trial.substring(trial.lastIndexOf("-s") + 2);
  }

  private static String figures(Event.Reached reached) {
    Event.Figures figures = reached.figures();
    return String.format(
        Locale.ROOT,
        "%sloss %s on validation  %s  %.1f s",
        accuracy(figures.validationAccuracy()),
        Numbers.significant(figures.validationLoss(), 3),
        counted(reached.epochs(), "epoch"),
        reached.seconds());
  }

  private static String accuracy(double share) {
    return Double.isNaN(share) ? "" : "accuracy %s, ".formatted(Numbers.percent(share, 2));
  }
}
