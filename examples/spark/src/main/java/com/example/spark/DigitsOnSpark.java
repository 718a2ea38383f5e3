package com.example.spark;

import dev.vitrine.cluster.SparkTeam;
import dev.vitrine.cluster.VitrineClassifier;
import dev.vitrine.data.DataSplits;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import dev.vitrine.run.Run;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunPlace;
import dev.vitrine.run.Team;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.TrainConfig;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Trains a network on the executors, and predicts with it there. */
public final class DigitsOnSpark {
  private static final int TRAIN = 1280;
  private static final int TEST = 200;

  public static void main(String... master) throws IOException {
    SparkSession.Builder builder = SparkSession.builder().appName("Digits");
    if (master.length > 0) {
      builder.master(master[0]).config("spark.ui.enabled", "false");
    }
    RunConfig asked =
        TrainConfig.of(
            "",
            GivenSettings.of(
                Map.of(
                    "train-images", Integer.toString(TRAIN),
                    "test-images", Integer.toString(TEST),
                    "validation", "0",
                    "epochs", "2",
                    "shards", "4")));
    DataSplits digits = new Digits(Seed.of(42), TRAIN, TEST).load();
    RunConfig config = asked.fitted(digits);
    Path folder = Files.createTempDirectory("digits");
    try (SparkSession spark = builder.getOrCreate()) {
      String there;
      JavaSparkContext context = new JavaSparkContext(spark.sparkContext());
      try (SparkTeam team = SparkTeam.of(context, 0, System.out::println)) {
        there = trained(folder.resolve("there"), config, digits, Optional.of(team));
      }
      String here = trained(folder.resolve("here"), config, digits, Optional.empty());
      System.out.println("on executors " + there);
      System.out.println("here         " + here);
      if (!there.equals(here)) {
        throw new IllegalStateException("Other weights");
      }
      predict(spark, folder.resolve("there"), digits);
    }
  }

  private static String trained(
      Path folder, RunConfig config, DataSplits digits, Optional<Team> team) {
    try (Compute compute = Compute.best()) {
      Run run = Run.start(RunPlace.exactly(folder), config, digits, compute, team);
      run.train(TrainingListener.SILENT, new TrainingControl(), Duration.ofMinutes(1));
      return run.parametersHash();
    }
  }

  private static void predict(SparkSession spark, Path run, DataSplits digits) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < TEST; i++) {
      double[] numbers = new double[digits.test().shape().elements()];
      for (int e = 0; e < numbers.length; e++) {
        numbers[e] =
            Byte.toUnsignedInt(digits.test().array(i)[digits.test().offset(i) + e]) / 255.0;
      }
      rows.add(RowFactory.create((double) digits.test().label(i), Vectors.dense(numbers)));
    }
    StructType schema =
        new StructType()
            .add("label", DataTypes.DoubleType)
            .add("features", SQLDataTypes.VectorType());
    VitrineClassifier classifier =
        VitrineClassifier.of(TrainedNetwork.open(run, Optional.empty())).setInputCol("features");
    long right =
        classifier
            .transform(spark.createDataFrame(rows, schema))
            .where("prediction = label")
            .count();
    System.out.println(right + " of " + TEST + " digits are read right");
  }

  private DigitsOnSpark() {}
}
