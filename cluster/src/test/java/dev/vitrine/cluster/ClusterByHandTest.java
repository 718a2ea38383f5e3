package dev.vitrine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.vitrine.error.UserException;
import dev.vitrine.plan.Compute;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What wants a cluster of its own, and so minutes: {@code -Dvitrine.cluster=matrix} runs it with
 * {@link ClusterMatrixTest}, and {@code -Dvitrine.olderJava=FOLDER} names a JDK before 25.
 */
@EnabledIfSystemProperty(named = "vitrine.cluster", matches = "matrix")
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ClusterByHandTest {
  private static final int PATIENCE_SECONDS = 60;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void executorsEndWithTheirDriver(boolean study) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                LostDriver.class.getName()));
    if (study) {
      command.add(folder.resolve("study").toString());
    }
    Process driver =
        new ProcessBuilder(command).redirectError(folder.resolve("log").toFile()).start();
    try {
      awaitWork(driver);
      List<ProcessHandle> executors =
          driver
              .descendants()
              .filter(process -> process.info().command().orElse("").endsWith("java"))
              .toList();
      assertThat(executors).hasSize(2);
      driver.destroyForcibly();
      for (ProcessHandle executor : executors) {
        executor.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    } finally {
      driver.descendants().forEach(ProcessHandle::destroyForcibly);
      driver.destroyForcibly();
    }
  }

  private static void awaitWork(Process driver) throws IOException {
    BufferedReader said = driver.inputReader();
    String line = said.readLine();
    while (line != null && !line.equals(LostDriver.AT_WORK)) {
      line = said.readLine();
    }
    assertThat(line).isEqualTo(LostDriver.AT_WORK);
  }

  @Test
  void anOlderJavaOnExecutorsIsSaid() {
    String older = System.getProperty("vitrine.olderJava");
    assumeThat(older).as("-Dvitrine.olderJava").isNotNull();
    assertThat(new File(older, "bin/java")).exists();
    try (Compute compute = Compute.of(1);
        JavaSparkContext context =
            Executors.with(
                "local-cluster[2,1,1024]", Map.of("spark.executorEnv.JAVA_HOME", older))) {
      try (SparkTeam team = SparkTeam.of(context)) {
        Trainings training = new Trainings(compute, "mlp", 4, 2);
        assertThatThrownBy(() -> training.by(team))
            .isInstanceOf(UserException.class)
            .hasMessage(
                "The executors run an older Java than this program's 25: point spark.executorEnv.JAVA_HOME at a JDK 25 or newer on every node");
      }
      assertThat(context.parallelize(List.of(1, 2)).count()).isEqualTo(2);
    }
  }

  /** Executors come when there are trials; a training, which needs them all, is refused. */
  @Test
  void aSweepTakesExecutorsAsTheyCome() throws IOException {
    Map<String, String> dynamic =
        Map.of(
            "spark.dynamicAllocation.enabled", "true",
            "spark.dynamicAllocation.maxExecutors", "2",
            "spark.dynamicAllocation.executorIdleTimeout", "2s");
    try (Compute compute = Compute.of(1);
        JavaSparkContext context = Executors.with("local-cluster[2,1,1024]", dynamic)) {
      try (SparkTeam team = SparkTeam.of(context)) {
        Trainings training = new Trainings(compute, "mlp", 4, 2);
        assertThatThrownBy(() -> training.by(team))
            .isInstanceOf(UserException.class)
            .hasMessageStartingWith("A team needs its executors all the time, but");
      }
      try (SparkTrials team = SparkTrials.of(context)) {
        assertThat(team.room()).isEqualTo(2);
        assertThat(ClusterStudyTest.study(folder.resolve("far"), team.room(), Optional.of(team)))
            .isEqualTo(ClusterStudyTest.study(folder.resolve("near"), 1, Optional.empty()));
      }
    }
  }
}
