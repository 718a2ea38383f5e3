package dev.vitrine.cluster;

import dev.vitrine.lab.trial.TrialTeam;
import dev.vitrine.run.Team;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/** Teams on an application of their own, for those who have none; found as a service. */
public final class SparkTeams implements Team.Provider, TrialTeam.Provider {
  /** Called by the service's loader. */
  public SparkTeams() {}

  @Override
  public Team connect(String master, int members, Consumer<String> notes) {
    JavaSparkContext context = SparkMaster.connect(master);
    return new SparkTeam(context, members, notes, context::close);
  }

  @Override
  public TrialTeam connectTrials(String master, Consumer<String> notes) {
    JavaSparkContext context = SparkMaster.connect(master);
    try {
      return new SparkTrials(context, notes, context::close);
    } catch (RuntimeException e) {
      context.close();
      throw e;
    }
  }
}
