package dev.vitrine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.nn.Model;
import dev.vitrine.notation.Initializers;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.random.RandomStream;
import dev.vitrine.random.Seed;
import dev.vitrine.run.InputFacts;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.zoo.Zoo;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How many rows LeNet answers in a second, and that their bytes are the same, on cores of this
 * process and on executors. By hand, on a machine held still; the lines that it prints are those of
 * {@code docs/cluster.md}.
 *
 * <pre>{@code ./mvnw -Pcluster -pl cluster -am test -Dtest=PredictionRateTest \
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dvitrine.cluster=prediction}</pre>
 */
@EnabledIfSystemProperty(named = "vitrine.cluster", matches = "prediction")
class PredictionRateTest {
  private static final int ROWS = 12_000;

  /** So many that it counts little when one executor has some more of them than the other. */
  private static final int PARTITIONS = 24;

  /** Rounds until what runs is compiled: that takes seconds on a core that nobody else needs. */
  private static final int WARM = 8;

  private static final int ROUNDS = 3;

  /** How often each row is answered in a round, so that starting its job counts little. */
  private static final int TIMES = 20;

  @Test
  void coresOfThisProcess() {
    measure("local[%s]", 2);
  }

  @Test
  void executors() {
    measure("local-cluster[%s,1,1024]", 3);
  }

  private static void measure(String masters, int most) {
    Set<String> bytes = new HashSet<>();
    for (int cores = 1; cores <= most; cores++) {
      String master = masters.formatted(cores);
      try (JavaSparkContext context = Executors.with(master, Map.of())) {
        SparkSession spark = SparkSession.builder().sparkContext(context.sc()).getOrCreate();
        Dataset<Row> rows = rows(spark).repartition(PARTITIONS).cache();
        rows.count();
        Dataset<Row> said = classifier().transform(rows);
        // Not a union of as many: the driver would plan it while all cores but one wait.
        Dataset<Row> often =
            rows.selectExpr("row", "input", "explode(sequence(1, %s))".formatted(TIMES))
                .drop("col");
        Dataset<Row> measured = classifier().transform(often);
        double best = Double.MAX_VALUE;
        for (int round = 0; round < WARM + ROUNDS; round++) {
          long start = System.nanoTime();
          measured.write().format("noop").mode("overwrite").save();
          double seconds = (System.nanoTime() - start) / 1e9;
          best = round < WARM ? best : Math.min(best, seconds);
        }
        String hash = hash(said);
        bytes.add(hash);
        System.out.println(
            String.format(
                Locale.ROOT, "| `%s` | %,.0f | `%.12s` |", master, ROWS * TIMES / best, hash));
      }
    }
    assertThat(bytes).hasSize(1);
  }

  private static VitrineClassifier classifier() {
    NetworkSpec spec = Zoo.find("lenet");
    Model model =
        Model.of(spec.layers(), spec.input(), Initializers.parse("kaiming-normal"), Seed.of(3));
    return VitrineClassifier.of(TrainedNetwork.of(spec, Path.of("none"), InputFacts.NONE), model)
        .setInputCol("input");
  }

  private static Dataset<Row> rows(SparkSession spark) {
    RandomStream random = Seed.of(1).stream("input");
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      double[] numbers = new double[28 * 28];
      for (int e = 0; e < numbers.length; e++) {
        numbers[e] = random.below((long) row * numbers.length + e, 256) / 255.0;
      }
      rows.add(RowFactory.create(row, Vectors.dense(numbers)));
    }
    StructType schema =
        new StructType()
            .add("row", DataTypes.IntegerType)
            .add("input", SQLDataTypes.VectorType(), true);
    return spark.createDataFrame(rows, schema);
  }

  private static String hash(Dataset<Row> said) {
    List<Row> all = said.select("row", "probability").orderBy("row").collectAsList();
    ByteBuffer numbers = ByteBuffer.allocate(all.size() * 10 * Double.BYTES);
    for (Row row : all) {
      for (double number : row.<Vector>getAs("probability").toArray()) {
        numbers.putDouble(number);
      }
    }
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(numbers.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
