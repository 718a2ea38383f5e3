package dev.vitrine.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.Initializers;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.predict.Predictor;
import dev.vitrine.predict.Probabilities;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.run.InputFacts;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.zoo.Zoo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
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
import org.junit.jupiter.api.io.TempDir;

class VitrineClassifierTest {
  private static final int ROWS = 150; // two batches and a part of one, in each of some partitions

  private static SparkSession spark;
  private static Model model;
  private static VitrineClassifier classifier;

  @BeforeAll
  static void start() {
    spark = SparkSession.builder().sparkContext(SparkMaster.connect("local[2]").sc()).getOrCreate();
    NetworkSpec spec = Zoo.find("lenet");
    model = Model.of(spec.layers(), spec.input(), Initializers.parse("kaiming-normal"), Seed.of(3));
    TrainedNetwork network = TrainedNetwork.of(spec, Path.of("none"), InputFacts.NONE);
    classifier = VitrineClassifier.of(network, model).setInputCol("input");
  }

  @AfterAll
  static void stop() throws IOException {
    spark.close();
  }

  private static float[] input(int row) {
    RandomStream random = Seed.of(row).stream("input");
    float[] numbers = new float[28 * 28];
    for (int e = 0; e < numbers.length; e++) {
      numbers[e] = (int) (random.uniform(e) * 256) / 255f;
    }
    return numbers;
  }

  private static Dataset<Row> frame(List<Object> cells, DataType type) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      rows.add(RowFactory.create(i, cells.get(i)));
    }
    StructType schema = new StructType().add("row", DataTypes.IntegerType).add("input", type, true);
    return spark.createDataFrame(rows, schema);
  }

  private static Vector vector(int row) {
    float[] numbers = input(row);
    double[] wide = new double[numbers.length];
    for (int e = 0; e < wide.length; e++) {
      wide[e] = numbers[e];
    }
    return Vectors.dense(wide);
  }

  /** What the network says of each row here, one at a time. */
  private static List<Vector> expected() {
    try (Predictor predictor = Predictor.of(model)) {
      List<Vector> all = new ArrayList<>();
      for (int row = 0; row < ROWS; row++) {
        all.add(Vectors.dense(Probabilities.softmax(predictor.predict(input(row)))));
      }
      return all;
    }
  }

  private static List<Vector> probabilities(Dataset<Row> said) {
    return said.orderBy("row").collectAsList().stream()
        .map(row -> row.<Vector>getAs("probability"))
        .toList();
  }

  @Test
  void vectorsAndArraysGiveTheBitsOfOneMachineInAnyPartitions() {
    List<Object> vectors = new ArrayList<>();
    List<Object> arrays = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      vectors.add(vector(row));
      float[] numbers = input(row);
      List<Float> boxed = new ArrayList<>();
      for (float number : numbers) {
        boxed.add(number);
      }
      arrays.add(boxed);
    }
    Dataset<Row> byVector = frame(vectors, SQLDataTypes.VectorType());
    Dataset<Row> byArray = frame(arrays, DataTypes.createArrayType(DataTypes.FloatType));
    // Of 200 partitions most are empty.
    for (int partitions : new int[] {1, 3, 200}) {
      assertThat(probabilities(classifier.transform(byVector.repartition(partitions))))
          .isEqualTo(expected());
    }
    assertThat(probabilities(classifier.transform(byArray))).isEqualTo(expected());
    assertThat(classifier.transform(byVector.limit(0)).count()).isZero();
  }

  @Test
  void aBrokenPictureIsARowWithItsReason() throws IOException {
    byte[] good = png(5);
    byte[] cut = Arrays.copyOf(good, 60);
    Dataset<Row> files = frame(Arrays.asList(good, cut, null, good), DataTypes.BinaryType);
    List<Row> said =
        classifier
            .copy(org.apache.spark.ml.param.ParamMap.empty())
            .setTop(3)
            .setLayer("linear1")
            .transform(files)
            .orderBy("row")
            .collectAsList();
    assertThat(said.get(1).<String>getAs("error")).startsWith("the picture").contains("PNG");
    assertThat(said.get(1).<Object>getAs("prediction")).isNull();
    assertThat(said.get(2).<String>getAs("error")).isEqualTo("The cell is empty");
    Row right = said.getFirst();
    assertThat(right.<String>getAs("error")).isNull();
    Vector probability = right.getAs("probability");
    assertThat(probability).isEqualTo(said.get(3).getAs("probability"));
    assertThat((double) right.<Double>getAs("prediction")).isEqualTo(probability.argmax());
    assertThat(right.<Vector>getAs("features").size()).isEqualTo(500);
    List<Row> top = right.getList(right.fieldIndex("top"));
    assertThat(top).hasSize(3);
    assertThat(top.getFirst().<Integer>getAs("class")).isEqualTo(probability.argmax());
  }

  private static byte[] png(int row) throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
    float[] numbers = input(row);
    for (int i = 0; i < numbers.length; i++) {
      image.getRaster().setSample(i % 28, i / 28, 0, Math.round(numbers[i] * 255));
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @Test
  void itIsSavedAndLoadedWithinAPipeline(@TempDir Path folder) throws IOException {
    Dataset<Row> rows = frame(List.of(vector(1), vector(2)), SQLDataTypes.VectorType());
    PipelineModel pipeline = new Pipeline().setStages(new PipelineStage[] {classifier}).fit(rows);
    String place = folder.resolve("pipeline").toUri().toString();
    pipeline.save(place);
    assertThat(PipelineModel.load(place).transform(rows).collectAsList())
        .isEqualTo(classifier.transform(rows).collectAsList());
  }

  @Test
  void columnsThatAreNoInputsAreRefused() {
    Dataset<Row> texts = frame(List.of("x"), DataTypes.StringType);
    assertThatThrownBy(() -> classifier.transform(texts))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "The column \"input\" expects vectors, arrays of numbers, pictures as binary files or Spark's images, but is of type string");
    assertThatThrownBy(() -> classifier.transform(texts.drop("input")))
        .hasMessage("There is no column \"input\", but row");
    assertThatThrownBy(() ->
            classifier.transform(
                frame(List.of(vector(1)), SQLDataTypes.VectorType())
                    .withColumnRenamed("row", "error")))
        .hasMessage("The column \"error\" is there already: choose another name");
    Row wrong =
        classifier
            .transform(frame(List.of(Vectors.dense(1, 2)), SQLDataTypes.VectorType()))
            .first();
    assertThat(wrong.<String>getAs("error"))
        .isEqualTo("The network expects 784 numbers, (1, 28, 28), but got 2");
  }
}
