package dev.vitrine.cluster;

import dev.vitrine.run.Team;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;

/** Teams on an application of their own, for those who have none; found as a service. */
public final class SparkTeams implements Team.Provider {
  /** Called by the service's loader. */
  public SparkTeams() {}

  @Override
  public Team connect(String master, int members, Consumer<String> notes) {
    JavaSparkContext context = SparkMaster.connect(master);
    return new SparkTeam(context, members, notes, context::close);
  }
}
