/** The command line: the composition root, the only place that prints or exits. */
module dev.vitrine.cli {
  requires dev.vitrine.web;
  requires info.picocli;

  uses dev.vitrine.lab.trial.TrialTeam.Provider;
  uses dev.vitrine.run.Team.Provider;

  opens dev.vitrine.cli to
      info.picocli;
}
