package dev.vitrine.lab;

import dev.vitrine.lab.journal.TrialRecord;
import dev.vitrine.lab.search.Agenda;
import dev.vitrine.lab.search.Trial;
import dev.vitrine.lab.spec.TestUse;
import dev.vitrine.lab.trial.Log;
import dev.vitrine.lab.trial.Sweep;
import dev.vitrine.lab.trial.TestVault;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunFolder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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

  /** The epochs first, so that whatever was judged at its end was judged whole. */
  private void judge(Trial trial, String arm, TestVault vault, Compute compute) {
    TrialRecord known = log.record().trial(trial.id()).orElseThrow();
    if (known.end().isEmpty()) {
      return;
    }
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
