package dev.vitrine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.Origin;
import dev.vitrine.data.Targets;
import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunImages;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.run.TuningData;
import dev.vitrine.settings.GivenSettings;
import dev.vitrine.settings.TrainConfig;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.DatasetBatches;
import dev.vitrine.train.GradientSource;
import dev.vitrine.train.TrainingSession;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trainings on DataFrames, by the driver and by two tasks. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class VitrineTrainerTest {
  private static final int ROWS = 90;
  private static final int SIDE = 8;

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .sparkContext(SparkMaster.connect("local[2]").sc())
            .config("spark.sql.shuffle.partitions", "3")
            .getOrCreate();
  }

  @AfterAll
  static void stop() throws IOException {
    spark.close();
  }

  /** A third of the picture is bright, whichever the class. */
  private static float[] input(int row) {
    RandomStream random = Seed.of(row).stream("input");
    float[] numbers = new float[SIDE * SIDE];
    for (int e = 0; e < numbers.length; e++) {
      numbers[e] = (int) (random.uniform(e) * 100) / 255f;
    }
    for (int e = 0; e < SIDE; e++) {
      numbers[label(row) * 2 * SIDE + e] = 1;
    }
    return numbers;
  }

  private static int label(int row) {
    return row % 3;
  }

  private static Object vector(int row) {
    float[] numbers = input(row);
    double[] wide = new double[numbers.length];
    for (int e = 0; e < wide.length; e++) {
      wide[e] = numbers[e];
    }
    return Vectors.dense(wide);
  }

  private static Object png(int row) {
    return png(row, SIDE);
  }

  private static Object png(int row, int side) {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY);
    float[] numbers = input(row);
    for (int i = 0; i < numbers.length; i++) {
      image.getRaster().setSample(i % SIDE, i / SIDE, 0, Math.round(numbers[i] * 255));
    }
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ImageIO.write(image, "png", out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private interface Cell {
    Object of(int row);
  }

  private static Dataset<Row> frame(Cell cell, DataType type) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(RowFactory.create(i, cell.of(i), (double) label(i)));
    }
    Collections.shuffle(rows, new Random(1)); // the order is the column's alone
    return spark.createDataFrame(
        rows,
        new StructType()
            .add("id", DataTypes.IntegerType)
            .add("pixels", type)
            .add("label", DataTypes.DoubleType));
  }

  private static Dataset<Row> vectors() {
    return frame(VitrineTrainerTest::vector, SQLDataTypes.VectorType());
  }

  private static VitrineTrainer trainer(String... settings) {
    return new VitrineTrainer()
        .setInputCol("pixels")
        .setOrderCol("id")
        .setShape("1x8x8")
        .setSettings(settings);
  }

  private static String hash(VitrineClassifier classifier, Path folder) throws IOException {
    Path file = Files.createTempFile(folder, "network", ".safetensors");
    Files.write(file, classifier.checkpoint());
    return TrainedNetwork.open(file, Optional.empty()).model().parameters().hash();
  }

  /** A training on the same rows in their order, without Spark. */
  private static String here(boolean pictures, Map<String, String> settings) {
    float[] numbers = new float[ROWS * SIDE * SIDE];
    byte[] bytes = new byte[numbers.length];
    int[] labels = new int[ROWS];
    for (int row = 0; row < ROWS; row++) {
      System.arraycopy(input(row), 0, numbers, row * SIDE * SIDE, SIDE * SIDE);
      labels[row] = label(row);
    }
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(numbers[i] * 255);
    }
    Shape shape = Shape.of(1, SIDE, SIDE);
    Targets targets = Targets.Classes.of(List.of("0", "1", "2"), labels);
    dev.vitrine.data.Dataset data =
        pictures
            ? dev.vitrine.data.Dataset.of("rows", shape, bytes, targets)
            : dev.vitrine.data.Dataset.of("rows", shape, numbers, targets);
    RunConfig asked = TrainConfig.of("", GivenSettings.of(settings));
    TuningData tuning =
        RunImages.prepare(asked, new TuningData(data, Optional.empty(), Origin.UNKNOWN));
    RunConfig config = asked.fitted(tuning);
    Model model = config.newModel();
    try (Compute compute = Compute.of(1)) {
      TrainingSession session =
          new TrainingSession(
              config.recipe(),
              DatasetBatches.of(tuning.train(), config.recipe(), model),
              GradientSource.of(model, config.recipe(), compute),
              compute);
      while (session.step() < session.course().totalSteps()) {
        session.advance();
      }
      return model.parameters().hash();
    }
  }

  @Test
  void theWeightsAreThoseOfOneMachineInAnyPartitions(@TempDir Path folder) throws IOException {
    String expected =
        here(
            false,
            Map.of("model", "mlp", "epochs", "2", "batch", "16", "shards", "4", "divisor", "1"));
    VitrineTrainer trainer = trainer("model=mlp", "epochs=2", "batch=16", "shards=4");
    assertThat(hash(trainer.fit(vectors()), folder)).isEqualTo(expected);
    assertThat(hash(trainer.setMembers(2).fit(vectors().repartition(5)), folder))
        .isEqualTo(expected);
  }

  @Test
  void picturesAreLearnedAsFromAFolder(@TempDir Path folder) throws IOException {
    Dataset<Row> files = frame(VitrineTrainerTest::png, DataTypes.BinaryType);
    VitrineTrainer trainer = trainer("model=mlp", "epochs=8", "batch=16").setShape("");
    PipelineModel pipeline = new Pipeline().setStages(new PipelineStage[] {trainer}).fit(files);
    VitrineClassifier classifier = (VitrineClassifier) pipeline.stages()[0];
    assertThat(hash(classifier, folder))
        .isEqualTo(here(true, Map.of("model", "mlp", "epochs", "8", "batch", "16")));
    Dataset<Row> said = pipeline.transform(files);
    assertThat(said.filter("prediction = label").count()).isGreaterThan(ROWS * 9 / 10);
    String place = folder.resolve("trainer").toUri().toString();
    saved(trainer, place);
    assertThat(hash(VitrineTrainer.load(place).fit(files), folder))
        .isEqualTo(hash(classifier, folder));
  }

  private static void saved(VitrineTrainer trainer, String place) throws IOException {
    trainer.write().save(place);
  }

  @Test
  void aCrossValidatorChoosesItsSettingsAndIsSaved(@TempDir Path folder) throws IOException {
    VitrineTrainer trainer = trainer("model=mlp");
    ParamMap[] grid = {
      ParamMap.empty()
          .put(trainer.settings(), new String[] {"model=mlp", "lr=0.000001", "batch=16"}),
      ParamMap.empty().put(trainer.settings(), new String[] {"model=mlp", "epochs=8", "batch=16"})
    };
    CrossValidatorModel chosen =
        new CrossValidator()
            .setEstimator(trainer)
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
            .setEstimatorParamMaps(grid)
            .setNumFolds(2)
            .setSeed(1)
            .fit(vectors());
    assertThat(chosen.avgMetrics()[1]).isGreaterThan(chosen.avgMetrics()[0]);
    assertThat(chosen.bestModel()).isInstanceOf(VitrineClassifier.class);
    String place = folder.resolve("chosen").toUri().toString();
    chosen.write().save(place);
    CrossValidatorModel loaded = CrossValidatorModel.load(place);
    assertThat(loaded.avgMetrics()).isEqualTo(chosen.avgMetrics());
    assertThat(loaded.transform(vectors()).collectAsList())
        .isEqualTo(chosen.transform(vectors()).collectAsList());
  }

  @Test
  void moreRowsThanTheDriverHasRoomForAreSaid() {
    Dataset<Row> rows = vectors().select("id", "pixels", "label");
    long first = 64L * SIDE * SIDE * Float.BYTES;
    assertThatThrownBy(() -> RowReader.read(rows, Optional.empty(), bytes -> bytes <= first))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The row whose \"id\" is 64: The driver, which holds all rows, has no memory for more than 64 of these: give it more (spark.driver.memory), or train on fewer");
    assertThat(RowReader.read(rows, Optional.empty(), bytes -> bytes <= 2 * first).labels())
        .hasSize(ROWS);
  }

  private static void assertRefused(Dataset<Row> rows, VitrineTrainer trainer, String sentence) {
    assertThatThrownBy(() -> trainer.fit(rows))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence);
  }

  @Test
  void whatIsNoTrainingIsRefused() {
    Dataset<Row> rows = vectors();
    assertRefused(
        rows,
        new VitrineTrainer().setInputCol("pixels"),
        "A trainer expects to be told the column by which rows are ordered: set orderCol");
    assertRefused(rows.limit(0), trainer(), "The DataFrame has no rows to learn from");
    assertRefused(
        rows.withColumn("id", org.apache.spark.sql.functions.lit(7)),
        trainer(),
        "The column \"id\" orders the rows, but has 7 twice");
    assertRefused(
        rows,
        trainer().setOrderCol("pixels"),
        "The column \"pixels\" orders the rows, and so expects numbers, texts or times, but is of type vector");
    assertRefused(
        frame(row -> png(row, SIDE + row / 50), DataTypes.BinaryType),
        trainer().setShape(""),
        "The row whose \"id\" is 50: All inputs are of one shape, (1, 8, 8), but this is a picture of (1, 9, 9): bring them to one size before");
    assertThat(spark.range(5).count()).isEqualTo(5);
    assertRefused(
        rows.selectExpr("id", "pixels", "label + 0.5 as label"),
        trainer(),
        "The row whose \"id\" is 0: The label expects a class's number, 0, 1 …, but got 0.5");
    assertRefused(
        rows.selectExpr("id", "pixels", "string(label) as label"),
        trainer(),
        "The column \"label\" expects classes as numbers 0, 1 …, but is of type string: number them before, as Spark's StringIndexer does");
    assertRefused(
        rows,
        trainer().setShape("1x7x7"),
        "The row whose \"id\" is 0: All inputs are of one shape, (1, 7, 7), but this is 64 numbers: bring them to one size before");
    assertRefused(
        rows, trainer("data=mnist"), "The setting data has no effect on a DataFrame: leave it out");
    assertRefused(
        rows,
        trainer("model=mlp").setMembers(2),
        "A team shares the shards of a batch, but this recipe cuts it into none: choose a number of shards of 2 or more");
  }
}
