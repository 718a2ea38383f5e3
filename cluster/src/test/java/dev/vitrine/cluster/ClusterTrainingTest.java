package dev.vitrine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.RunConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Three executors, each a JVM of its own, on this machine. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ClusterTrainingTest {
  private static Compute compute;
  private static JavaSparkContext context;

  @BeforeAll
  static void start() {
    compute = Compute.of(2);
    context = Executors.speculating("local-cluster[3,1,1024]");
  }

  @AfterAll
  static void stop() {
    context.close();
    compute.close();
  }

  /** More members than divide the shards, and the last batch of an epoch, which has 60 images. */
  @ParameterizedTest
  @CsvSource({"4, 1", "4, 2", "4, 3", "7, 2", "7, 3"})
  void executorsComeToTheWeightsOfOneMachine(int shards, int members) {
    Trainings training = new Trainings(compute, "lenet", shards, 12);
    List<String> notes = new ArrayList<>();
    try (SparkTeam team = SparkTeam.of(context, members, notes::add)) {
      assertThat(training.by(team)).isEqualTo(training.here());
      assertThat(team.costs()).startsWith("a step waited ");
    }
    assertThat(notes)
        .filteredOn(note -> note.endsWith("1 thread, vector kernels"))
        .hasSize(members);
  }

  /** Of Adam's memory too, with batch normalisation and what is random; 60 of 700 are the last. */
  @Test
  void localStepsAreThoseOfOneMachineAlsoWhenAnExecutorIsLost() {
    Map<String, String> local =
        Map.of("local-steps", "2", "optimizer", "adam", "augment", "shift:2", "batch", "64");
    Trainings training = new Trainings(compute, "mlp-30-relu-batchnorm-dropout0.2", 7, 12, local);
    List<String> notes = new ArrayList<>();
    try (SparkTeam team = SparkTeam.of(context, 3, notes::add)) {
      String hash =
          training.by(
              team,
              step -> {
                if (step == 7) {
                  Executors.killOne();
                }
              });
      assertThat(hash).isEqualTo(training.here());
    }
    assertThat(notes).anyMatch(note -> note.startsWith("an executor was lost at step 8 ("));
  }

  @Test
  void anExecutorKilledWithinAStepCostsTimeAlone() {
    Trainings training = new Trainings(compute, "lenet", 4, 12);
    List<String> notes = new ArrayList<>();
    try (SparkTeam team = SparkTeam.of(context, 3, notes::add)) {
      String hash =
          training.by(
              team,
              step -> {
                if (step == 5) {
                  Executors.killOneWithin();
                }
              });
      assertThat(hash).isEqualTo(training.here());
    }
    assertThat(notes).anyMatch(note -> note.startsWith("an executor was lost at step 6 ("));
  }

  @Test
  void aSlowExecutorIsWaitedFor() {
    Trainings training = new Trainings(compute, "mlp", 4, 6);
    List<String> notes = new ArrayList<>();
    long start = System.nanoTime();
    try (SparkTeam team = SparkTeam.of(context, 3, notes::add)) {
      String hash =
          training.by(
              team,
              step -> {
                if (step == 3) {
                  Executors.holdOne(Duration.ofSeconds(3));
                }
              });
      assertThat(hash).isEqualTo(training.here());
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(3));
    assertThat(notes).noneMatch(note -> note.contains("lost"));
  }

  /** Rows are sent by Kryo, which has to know nothing of them. */
  @Test
  void rowsAreLearnedAndAnsweredOnExecutorsAsHere() {
    SparkSession spark = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
    List<Row> cells = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      cells.add(RowFactory.create(i, Vectors.dense(i % 3, i % 5, i), i % 3));
    }
    StructType schema =
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("numbers", SQLDataTypes.VectorType())
            .add("label", DataTypes.IntegerType);
    Dataset<Row> rows = spark.createDataFrame(cells, schema).repartition(7);
    VitrineTrainer trainer =
        new VitrineTrainer()
            .setInputCol("numbers")
            .setOrderCol("id")
            .setSettings("model=mlp", "epochs=3", "batch=16", "shards=4");
    VitrineClassifier here = trainer.fit(rows);
    VitrineClassifier there = trainer.setMembers(3).fit(rows);
    assertThat(there.checkpoint()).isEqualTo(here.checkpoint());
    assertThat(there.transform(rows).orderBy("id").collectAsList())
        .isEqualTo(here.transform(rows.coalesce(1)).orderBy("id").collectAsList());
  }

  @Test
  void whatAMemberCannotDoIsSaidInItsWords() {
    Trainings training = new Trainings(compute, "lenet", 4, 2);
    RunConfig config = training.config();
    RunConfig elsewhere =
        config.with(config.data().movedTo("/nowhere/at/all", config.data().folder()));
    try (SparkTeam team = SparkTeam.of(context, 2, _ -> {})) {
      assertThatThrownBy(() -> team.join(elsewhere, config.newModel()))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("On executor ")
          .hasMessageContaining("Unknown data set \"/nowhere/at/all\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1|0|A team shares the shards of a batch, but this recipe cuts it into none: choose a number of shards of 2 or more",
        "4|5|5 members have no use for a batch of 4 shards: choose fewer members, or a larger number of shards",
        "7|4|4 members need as many cores of executors at once, but the cluster local-cluster[3,1,1024] has 3: ask for fewer, or give it more executors",
        "4|-1|The number of members expects 1 or more, or 0 for all, but got -1",
      })
  void teamsThatHaveNoUseAreRefused(int shards, int members, String sentence) {
    Trainings training = new Trainings(compute, "mlp", shards, 2);
    assertThatThrownBy(
            () -> {
              try (SparkTeam team = SparkTeam.of(context, members, _ -> {})) {
                training.by(team);
              }
            })
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
    assertThat(context.parallelize(List.of(1, 2, 3)).count()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "spark://localhost:1|No master answers at \"spark://localhost:1\" within 5 s: is it up, and its port right?",
        "spark://localhost|The cluster's master expects spark://HOST:PORT, but got \"spark://localhost\"",
        "mesos://x:1|The cluster's master expects local[N], local-cluster[EXECUTORS,CORES,MEGABYTES] or spark://HOST:PORT, but got \"mesos://x:1\"",
      })
  void aMasterThatDoesNotAnswerIsSaidSoSoon(String master, String sentence) {
    assertThatThrownBy(() -> SparkMaster.connect(master))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }
}
