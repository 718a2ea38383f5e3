package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import dev.vitrine.format.Folders;
import dev.vitrine.plan.Compute;
import dev.vitrine.run.Run;
import dev.vitrine.run.RunConfig;
import dev.vitrine.run.RunPlace;
import dev.vitrine.run.Team;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.run.TuningData;
import dev.vitrine.tensor.Shape;
import dev.vitrine.train.TrainingControl;
import dev.vitrine.train.TrainingListener;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.StringArrayParam;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/**
 * A training as a stage of {@code spark.ml}: from rows to a {@link VitrineClassifier}.
 *
 * <pre>{@code
 * VitrineClassifier classifier = new VitrineTrainer()
 *     .setInputCol("pixels").setLabelCol("digit").setOrderCol("id")
 *     .setShape("1x28x28").setSettings("model=lenet", "epochs=5", "shards=4")
 *     .fit(rows);
 * }</pre>
 *
 * <p>Inputs are vectors, arrays of numbers or pictures of one size, as {@link VitrineClassifier}
 * takes them; labels are the numbers of classes from 0. The rows are taken in the ascending order
 * of a column that has no value twice, so that the result depends on no partitions: it is that of
 * one machine that trains on these rows in this order, bit for bit, whether the driver computes it
 * or members do.
 *
 * <p>The driver holds all rows, and so does each member's executor.
 */
public final class VitrineTrainer extends Estimator<VitrineClassifier>
    implements DefaultParamsWritable {
  @Serial private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> inputCol;
  private final Param<String> labelCol;
  private final Param<String> orderCol;
  private final Param<String> shape;
  private final StringArrayParam settings;
  private final IntParam members;

  /** A trainer with the settings that a training has without any. */
  public VitrineTrainer() {
    this(Identifiable$.MODULE$.randomUID("vitrineTrainer"));
  }

  /**
   * The same with a name of its own, as Spark makes one that was saved.
   *
   * @param uid the name
   */
  public VitrineTrainer(String uid) {
    this.uid = Objects.requireNonNull(uid, "uid");
    inputCol = new Param<>(uid, "inputCol", "the column of inputs");
    labelCol = new Param<>(uid, "labelCol", "the column of the classes' numbers");
    orderCol = new Param<>(uid, "orderCol", "the column by which rows are ordered");
    shape =
        new Param<>(uid, "shape", "of an input of numbers, such as 1x28x28; empty for features");
    settings = new StringArrayParam(this, "settings", "settings of a training, name=value each");
    members = new IntParam(uid, "members", "tasks that share the shards; 0 for the driver alone");
    setDefault(labelCol, "label");
    setDefault(shape, "");
    setDefault(settings, new String[0]);
    setDefault(members, 0);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** {@return the parameter of {@link #setInputCol}} */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** {@return the parameter of {@link #setLabelCol}} */
  public Param<String> labelCol() {
    return labelCol;
  }

  /** {@return the parameter of {@link #setOrderCol}} */
  public Param<String> orderCol() {
    return orderCol;
  }

  /** {@return the parameter of {@link #setShape}} */
  public Param<String> shape() {
    return shape;
  }

  /** {@return the parameter of {@link #setSettings}, to be varied by a grid} */
  public StringArrayParam settings() {
    return settings;
  }

  /** {@return the parameter of {@link #setMembers}} */
  public IntParam members() {
    return members;
  }

  /**
   * {@return this, learning from that column}
   *
   * @param column of vectors, arrays of numbers, binary files or images
   */
  public VitrineTrainer setInputCol(String column) {
    set(inputCol, column);
    return this;
  }

  /**
   * {@return this, learning to say that column}
   *
   * @param column of numbers 0, 1 …
   */
  public VitrineTrainer setLabelCol(String column) {
    set(labelCol, column);
    return this;
  }

  /**
   * {@return this, taking the rows in the ascending order of that column}
   *
   * @param column that has no value twice
   */
  public VitrineTrainer setOrderCol(String column) {
    set(orderCol, column);
    return this;
  }

  /**
   * {@return this, taking numbers as examples of that shape}
   *
   * @param sizes such as {@code 1x28x28}; empty for features
   */
  public VitrineTrainer setShape(String sizes) {
    set(shape, sizes);
    return this;
  }

  /**
   * {@return this with such settings}
   *
   * @param said each {@code name=value}, such as {@code epochs=5}, by the names that a study's file
   *     has
   */
  public VitrineTrainer setSettings(String... said) {
    set(settings, said.clone());
    return this;
  }

  /**
   * {@return this, the shards of each batch shared by so many tasks}
   *
   * @param tasks 0 for the driver alone
   */
  public VitrineTrainer setMembers(int tasks) {
    set(members, tasks);
    return this;
  }

  private String text(Param<String> param) {
    if (!isDefined(param)) {
      throw new UserException(
          "A trainer expects to be told %s: set %s".formatted(param.doc(), param.name()));
    }
    return $(param);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    for (Param<String> param : List.of(inputCol, labelCol, orderCol)) {
      if (!Arrays.asList(schema.fieldNames()).contains(text(param))) {
        throw new UserException(
            "There is no column \"%s\", but %s"
                .formatted(text(param), String.join(", ", schema.fieldNames())));
      }
    }
    RowInputs.requireType(text(inputCol), schema.apply(text(inputCol)).dataType());
    DataType order = schema.apply(text(orderCol)).dataType();
    if (!(order instanceof AtomicType) || order.equals(DataTypes.BinaryType)) {
      throw new UserException(
          "The column \"%s\" orders the rows, and so expects numbers, texts or times, but is of type %s"
              .formatted(text(orderCol), order.simpleString()));
    }
    if (!(schema.apply(text(labelCol)).dataType() instanceof NumericType)) {
      throw new UserException(
          "The column \"%s\" expects classes as numbers 0, 1 …, but is of type %s: number them before, as Spark's StringIndexer does"
              .formatted(text(labelCol), schema.apply(text(labelCol)).dataType().simpleString()));
    }
    return schema;
  }

  @Override
  public VitrineClassifier fit(Dataset<?> dataset) {
    Objects.requireNonNull(dataset, "dataset");
    StructType schema = transformSchema(dataset.schema());
    TrainerSettings said =
        TrainerSettings.of(
            (String[]) getOrDefault((Param<?>) settings),
            text(shape),
            RowInputs.isPicture(schema.apply(text(inputCol)).dataType()));
    Dataset<Row> frame =
        dataset
            .toDF()
            .select(
                functions.col(quoted(text(orderCol))),
                functions.col(quoted(text(inputCol))),
                functions.col(quoted(text(labelCol))));
    TrainingRows rows = read(frame, said.shape());
    TuningData tuning = rows.tuning(said.config());
    VitrineClassifier classifier =
        trained(
            said.config().fitted(tuning),
            tuning,
            rows,
            new JavaSparkContext(dataset.sparkSession().sparkContext()));
    classifier.setParent(this);
    copyValues(classifier, ParamMap.empty());
    return classifier;
  }

  private static TrainingRows read(Dataset<Row> frame, Optional<Shape> shape) {
    try {
      return RowReader.read(frame, shape);
    } catch (Exception e) { // Scala does not declare Spark's own
      Optional<UserException> mendable = SparkJob.mendable(e);
      if (mendable.isPresent()) {
        throw mendable.get();
      }
      throw e;
    }
  }

  /** A column whose name has dots in it, too. */
  static String quoted(String column) {
    return "`" + column.replace("`", "``") + "`";
  }

  private VitrineClassifier trained(
      RunConfig config, TuningData tuning, TrainingRows rows, JavaSparkContext context) {
    int tasks = (Integer) getOrDefault((Param<?>) members);
    try {
      Path folder = Files.createTempDirectory("vitrine-trainer");
      try (Compute compute = Compute.best()) {
        Optional<SparkTeam> team =
            tasks == 0
                ? Optional.empty()
                : Optional.of(SparkTeam.of(context, tasks, _ -> {}).on(rows));
        try {
          RunPlace place = RunPlace.exactly(folder.resolve("run"));
          Run run = Run.start(place, config, tuning, compute, team.map(Team.class::cast));
          Path made = run.begin();
          run.train(TrainingListener.SILENT, new TrainingControl(), Duration.ofDays(1));
          return VitrineClassifier.of(TrainedNetwork.open(made, Optional.empty()));
        } finally {
          team.ifPresent(SparkTeam::close);
        }
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new UserException("A training cannot be kept on the driver's disk", e);
    }
  }

  @Override
  public VitrineTrainer copy(ParamMap extra) {
    VitrineTrainer copy = new VitrineTrainer(uid);
    copyValues(copy, extra);
    return copy;
  }

  /** {@return what reads a saved one; a saved pipeline looks for this} */
  public static MLReader<VitrineTrainer> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * {@return a trainer that was saved}
   *
   * @param path a folder of any Hadoop file system
   */
  public static VitrineTrainer load(String path) {
    return read().load(path);
  }
}
