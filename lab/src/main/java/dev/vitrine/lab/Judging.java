package dev.vitrine.lab;

import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.search.Trial;
import dev.vitrine.lab.trial.Log;
import dev.vitrine.lab.trial.Sweep;
import dev.vitrine.lab.trial.TestVault;
import dev.vitrine.plan.Compute;
import java.util.Optional;

/** What a study's test data are read for. */
record Judging(Study study, Log log, Sweep sweep) {
  /** Reads the test data for what was chosen, once nothing is left to choose. */
  void judge(Agenda agenda, int threads) {
    TestVault vault = new TestVault(study.trainings(), log);
    try (Compute compute = Compute.of(threads)) {
      for (Agenda.Choice choice : agenda.choices().values()) {
        for (long seed : study.spec().seeds()) {
          judge(choice.point().with(seed), choice.arm(), vault, compute);
        }
      }
    }
  }

  private void judge(Trial trial, String arm, TestVault vault, Compute compute) {
    TrialRecord known = log.record().trial(trial.id()).orElseThrow();
    boolean judged = known.tests().containsKey(Optional.<Integer>empty());
    if (known.end().isEmpty() || judged || sweep.stopped().isPresent()) {
      return;
    }
    vault.judge(
        trial,
        study.folder().trial(trial.id()),
        Optional.empty(),
        study.trainings().config(trial.settings()),
        "the choice of " + arm,
        compute);
  }
}
