package dev.vitrine.lab;

import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.search.Trial;
import dev.vitrine.lab.spec.Show;
import dev.vitrine.lab.spec.TestUse;
import dev.vitrine.lab.trial.Log;
import dev.vitrine.lab.trial.Measuring;
import dev.vitrine.lab.trial.Sweep;
import dev.vitrine.lab.trial.TestVault;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is asked of the networks that a study chose. */
record Judging(Study study, Log log, Sweep sweep) {
  /** With so many kinds of weights gradients are looked at. */
  private static final int GRADIENTS = 3;

  /** A network of an arm's choice, which has been trained to its end. */
  private interface Judge {
    void judge(Trial trial, String arm, TrialRecord known);
  }

  /**
   * Measures what was chosen on what it learned from, and then reads the test data for it: last,
   * once nothing is left to choose.
   */
  void judge(Agenda agenda, int threads) {
    dropEpochs(agenda);
    try (Compute compute = Compute.of(threads)) {
      Measuring measuring = new Measuring(study.trainings(), log);
      each(agenda, (trial, _, known) -> measure(trial, known, measuring, compute));
      if (study.spec().test() != TestUse.NEVER) {
        TestVault vault = new TestVault(study.trainings(), log, study.folder().misread());
        each(agenda, (trial, arm, known) -> judge(trial, arm, known, vault, compute));
      }
    }
  }

  /** Of what was not chosen nobody asks for the test data after each epoch. */
  private void dropEpochs(Agenda agenda) {
    if (!agenda.decided() || !agenda.due().isEmpty() || study.spec().test() != TestUse.CURVES) {
      return;
    }
    Set<String> chosen =
        agenda.choices().values().stream()
            .flatMap(choice -> study.spec().seeds().stream().map(choice.point()::with))
            .map(Trial::id)
            .collect(Collectors.toSet());
    log.record().trials().stream()
        .map(TrialRecord::id)
        .filter(id -> !chosen.contains(id) && RunFolder.isRun(study.folder().trial(id)))
        .forEach(id -> new RunFolder(study.folder().trial(id)).dropEpochs());
  }

  /** Seed by seed, since digits are drawn anew for each. */
  private void each(Agenda agenda, Judge judge) {
    for (long seed : study.spec().seeds()) {
      for (Agenda.Choice choice : agenda.choices().values()) {
        Trial trial = choice.point().with(seed);
        TrialRecord known = log.record().trial(trial.id()).orElseThrow();
        if (known.end().isPresent()) {
          judge.judge(trial, choice.arm(), known);
        }
      }
    }
  }

  private void measure(Trial trial, TrialRecord known, Measuring measuring, Compute compute) {
    Path folder = study.folder().trial(trial.id());
    RunConfig config = study.trainings().config(trial.settings());
    boolean asked =
        study.spec().show().contains(Show.GRADIENTS)
            && trial.seed() == study.spec().seeds().getFirst();
    if (asked && known.gradients().size() < GRADIENTS && sweep.stopped().isEmpty()) {
      measuring.probe(trial, folder, config, compute);
    }
    if (known.measured().isEmpty() && sweep.stopped().isEmpty()) {
      measuring.measure(trial, folder, config, compute);
    }
  }

  /** The epochs first, so that whatever was judged at its end was judged whole. */
  private void judge(Trial trial, String arm, TrialRecord known, TestVault vault, Compute compute) {
    Path folder = study.folder().trial(trial.id());
    Map<Optional<Integer>, Path> judged = new LinkedHashMap<>();
    if (study.spec().test() == TestUse.CURVES) {
      new RunFolder(folder)
          .epochCheckpoints()
          .forEach((epoch, file) -> judged.put(Optional.of(epoch), file));
    }
    judged.put(Optional.empty(), folder);
    RunConfig config = study.trainings().config(trial.settings());
    judged.forEach((epoch, file) -> {
      if (!known.tests().containsKey(epoch) && sweep.stopped().isEmpty()) {
        vault.judge(trial, file, epoch, config, reason(arm, epoch), compute);
      }
    });
  }

  private static String reason(String arm, Optional<Integer> epoch) {
    String end = "the choice of " + arm;
    return epoch.map(number -> "%s, after epoch %s".formatted(end, number)).orElse(end);
  }
}
