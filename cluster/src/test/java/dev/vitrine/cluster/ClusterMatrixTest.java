package dev.vitrine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.Dataset;
import dev.vitrine.format.Json;
import dev.vitrine.kernel.ScalarKernels;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.plan.Compute;
import dev.vitrine.plan.Workers;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunNetwork;
import dev.vitrine.run.TuningData;
import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.TrainConfig;
import dev.vitrine.train.DatasetBatches;
import dev.vitrine.train.GradientSource;
import dev.vitrine.train.TrainingSession;
import dev.vitrine.workload.Workload;
import dev.vitrine.workload.Workloads;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The benchmarks' workloads on one, two and three executors, each a JVM of its own, and in this
 * process, which also tries the scalar kernels: 30 steps, of which one has a batch of 13. It takes
 * two minutes, and so runs by hand; the table that it prints is the one in {@code docs/cluster.md}.
 *
 * <pre>{@code ./mvnw -Pcluster -pl cluster -am test -Dtest=ClusterMatrixTest \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dvitrine.cluster=matrix}</pre>
 */
@EnabledIfSystemProperty(named = "vitrine.cluster", matches = "matrix")
class ClusterMatrixTest {
  private static final int STEPS = 30;
  private static final int WHOLE_BATCHES = 20;
  private static final int LAST_BATCH = 13;
  private static final int EXECUTORS = 3;

  /** A workload as a run that any member can be told of, and its images as rows. */
  private record Case(String id, int shards, RunConfig config, TrainingRows rows) {
    static Case of(Workload workload, int shards) {
      int images = WHOLE_BATCHES * workload.recipe().batchSize() + LAST_BATCH;
      TrainingRows rows = rows(workload.data(images));
      RunConfig usual = TrainConfig.of("", GivenSettings.of(Map.of()));
      RunNetwork network =
          new RunNetwork(
              "network.json",
              Optional.of(Json.parse(NetworkFile.text(workload.network()), "network.json")),
              usual.network().init());
      RunConfig config =
          new RunConfig(
              "",
              network,
              usual.data().movedTo(TrainingRows.NAME, Optional.empty()),
              workload.recipe().shards(shards).maxSteps(STEPS));
      return new Case(workload.id(), shards, config.fitted(rows.tuning(config)), rows);
    }

    private static TrainingRows rows(Dataset images) {
      int elements = images.shape().elements();
      byte[] pixels = new byte[images.size() * elements];
      int[] labels = new int[images.size()];
      for (int i = 0; i < labels.length; i++) {
        System.arraycopy(images.array(i), images.offset(i), pixels, i * elements, elements);
        labels[i] = images.label(i);
      }
      return new TrainingRows(images.shape().sizes(), new float[0], pixels, labels);
    }

    String here(Compute compute) {
      Model model = config.newModel();
      return trained(model, GradientSource.ofSteps(model, config.recipe(), compute), compute);
    }

    String by(SparkTeam team, Compute compute) {
      Model model = config.newModel();
      return trained(
          model,
          GradientSource.ofSteps(
              model, config.recipe(), team.on(rows).join(config, model), compute),
          compute);
    }

    private String trained(Model model, GradientSource gradients, Compute compute) {
      TuningData data = rows.tuning(config);
      TrainingSession session =
          new TrainingSession(
              config.recipe(),
              DatasetBatches.of(data.train(), config.recipe(), model),
              gradients,
              compute);
      while (session.step() < session.course().totalSteps()) {
        session.advance();
      }
      assertThat(session.step()).isEqualTo(STEPS);
      return model.parameters().hash();
    }
  }

  @Test
  void workloadsComeToTheWeightsOfOneMachineOnAnyNumberOfExecutors() {
    List<Case> cases = new ArrayList<>();
    for (String id : List.of("W1", "W3", "W5")) {
      for (int shards : new int[] {4, 7}) {
        cases.add(Case.of(Workloads.find(id), shards));
      }
    }
    Map<Case, List<String>> hashes = new LinkedHashMap<>();
    try (Compute compute = Compute.of(2);
        Compute scalar = new Compute(new ScalarKernels(), new Workers(1))) {
      for (Case each : cases) {
        hashes.put(each, new ArrayList<>(List.of(each.here(compute), each.here(scalar))));
      }
      for (int executors = 1; executors <= EXECUTORS; executors++) {
        String master = "local-cluster[%s,1,1024]".formatted(executors);
        try (JavaSparkContext context = Executors.speculating(master)) {
          for (Case each : cases) {
            try (SparkTeam team = SparkTeam.of(context, executors, _ -> {})) {
              hashes.get(each).add(each.by(team, compute));
            }
          }
        }
      }
    }
    System.out.println(table(hashes));
    assertThat(hashes.values()).allSatisfy(row -> assertThat(row).containsOnly(row.getFirst()));
  }

  private static String table(Map<Case, List<String>> hashes) {
    StringBuilder table =
        new StringBuilder(
            "| workload, shards | here | scalar kernels | 1 executor | 2 | 3 |\n|---|---|---|---|---|---|\n");
    hashes.forEach((each, row) -> {
      table.append("| %s, %s |".formatted(each.id, each.shards));
      row.forEach(hash -> table.append(" `%s` |".formatted(hash.substring(0, 12))));
      table.append('\n');
    });
    return table.toString();
  }
}
