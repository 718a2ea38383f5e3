package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import dev.vitrine.nn.Model;
import dev.vitrine.predict.Predictor;
import dev.vitrine.run.TrainedNetwork;
import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A trained network as a stage of {@code spark.ml}: it adds what the network says of each row.
 *
 * <pre>{@code
 * var classifier = VitrineClassifier.of(TrainedNetwork.open(Path.of("runs/lenet-digits-1"), Optional.empty()))
 *     .setInputCol("content");
 * classifier.transform(spark.read().format("binaryFile").load("digits/")).select("path", "prediction");
 * }</pre>
 *
 * <p>The input is a column of vectors or arrays of numbers, as the network takes them, or of
 * pictures (files as bytes, JPEG or PNG; or Spark's images), which become inputs as in the
 * network's training. It adds {@code probability}, a vector; {@code prediction}, the number of the
 * most likely class; {@code top}, if {@link #setTop} asks for it, an array of classes and their
 * probabilities; {@code features}, the output of a layer, if {@link #setLayer} names one; and
 * {@code error}: why a row could not be read, in which case the others are null, or null.
 *
 * <p>A row's answer depends on that row alone, to the bit, on whatever executor.
 */
public final class VitrineClassifier extends org.apache.spark.ml.Model<VitrineClassifier>
    implements MLWritable {
  @Serial private static final long serialVersionUID = 1L;

  private static final StructType GUESS =
      new StructType()
          .add("class", DataTypes.IntegerType, false)
          .add("probability", DataTypes.DoubleType, false);

  private final String uid;
  private final byte[] checkpoint;
  private final Param<String> inputCol;
  private final Param<String> probabilityCol;
  private final Param<String> predictionCol;
  private final Param<String> topCol;
  private final Param<String> featuresCol;
  private final Param<String> errorCol;
  private final IntParam top;
  private final Param<String> layer;

  VitrineClassifier(String uid, byte[] checkpoint) {
    this.uid = uid;
    this.checkpoint = checkpoint;
    inputCol = new Param<>(uid, "inputCol", "the column of inputs");
    probabilityCol = new Param<>(uid, "probabilityCol", "the column of class probabilities");
    predictionCol = new Param<>(uid, "predictionCol", "the column of the most likely class");
    topCol = new Param<>(uid, "topCol", "the column of the most likely classes");
    featuresCol = new Param<>(uid, "featuresCol", "the column of a layer's output");
    errorCol = new Param<>(uid, "errorCol", "the column of why a row could not be read");
    top = new IntParam(uid, "top", "how many of the most likely classes are named; 0 for none");
    layer = new Param<>(uid, "layer", "the layer whose output comes as features; empty for none");
    setDefault(probabilityCol, "probability");
    setDefault(predictionCol, "prediction");
    setDefault(topCol, "top");
    setDefault(featuresCol, "features");
    setDefault(errorCol, "error");
    setDefault(top, 0);
    setDefault(layer, "");
  }

  /**
   * {@return a stage of a trained network}
   *
   * @param network a run's, a checkpoint's or somebody else's; it is read now
   * @throws UserException if it cannot be read
   */
  public static VitrineClassifier of(TrainedNetwork network) {
    Objects.requireNonNull(network, "network");
    return of(network, network.model());
  }

  static VitrineClassifier of(TrainedNetwork network, Model numbers) {
    try {
      Path file = Files.createTempFile("vitrine", ".safetensors");
      try {
        network.write(numbers, file);
        return new VitrineClassifier(
            Identifiable$.MODULE$.randomUID("vitrine"), Files.readAllBytes(file));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UserException("A network cannot be kept on this disk", e);
    }
  }

  byte[] checkpoint() {
    return checkpoint;
  }

  @Override
  public String uid() {
    return uid;
  }

  /** {@return the parameter of {@link #setInputCol}} */
  public Param<String> inputCol() {
    return inputCol;
  }

  /** {@return the parameter that names the column of probabilities} */
  public Param<String> probabilityCol() {
    return probabilityCol;
  }

  /** {@return the parameter that names the column of the most likely class} */
  public Param<String> predictionCol() {
    return predictionCol;
  }

  /** {@return the parameter that names the column of the most likely classes} */
  public Param<String> topCol() {
    return topCol;
  }

  /** {@return the parameter that names the column of features} */
  public Param<String> featuresCol() {
    return featuresCol;
  }

  /** {@return the parameter that names the column of reasons} */
  public Param<String> errorCol() {
    return errorCol;
  }

  /** {@return the parameter of {@link #setTop}} */
  public IntParam top() {
    return top;
  }

  /** {@return the parameter of {@link #setLayer}} */
  public Param<String> layer() {
    return layer;
  }

  /**
   * {@return this, reading that column}
   *
   * @param column of vectors, arrays of numbers, binary files or images
   */
  public VitrineClassifier setInputCol(String column) {
    set(inputCol, column);
    return this;
  }

  /**
   * {@return this, naming so many of the most likely classes}
   *
   * @param classes 0 for none
   */
  public VitrineClassifier setTop(int classes) {
    set(top, classes);
    return this;
  }

  /**
   * {@return this, giving the output of a layer as features}
   *
   * @param path such as {@code linear1}; empty for none
   */
  public VitrineClassifier setLayer(String path) {
    set(layer, path);
    return this;
  }

  private String text(Param<String> param) {
    return $(param);
  }

  private int topCount() {
    return (Integer) getOrDefault((Param<?>) top);
  }

  /**
   * {@return the columns of what {@link #transform} gives}
   *
   * @throws UserException if there is no input column, or it is of another type, or one that is to
   *     be added is there
   */
  @Override
  public StructType transformSchema(StructType schema) {
    if (!isSet(inputCol)) {
      throw new UserException("A classifier expects to be told its input column: set inputCol");
    }
    String input = text(inputCol);
    if (!Arrays.asList(schema.fieldNames()).contains(input)) {
      throw new UserException(
          "There is no column \"%s\", but %s"
              .formatted(input, String.join(", ", schema.fieldNames())));
    }
    RowInputs.requireType(input, schema.apply(input).dataType());
    StructType all = schema;
    for (StructField field : added()) {
      if (Arrays.asList(schema.fieldNames()).contains(field.name())) {
        throw new UserException(
            "The column \"%s\" is there already: choose another name".formatted(field.name()));
      }
      all = all.add(field);
    }
    return all;
  }

  private List<StructField> added() {
    StructType columns =
        new StructType()
            .add(text(probabilityCol), SQLDataTypes.VectorType(), true)
            .add(text(predictionCol), DataTypes.DoubleType, true);
    if (topCount() > 0) {
      columns = columns.add(text(topCol), DataTypes.createArrayType(GUESS), true);
    }
    if (!text(layer).isEmpty()) {
      columns = columns.add(text(featuresCol), SQLDataTypes.VectorType(), true);
    }
    return List.of(columns.add(text(errorCol), DataTypes.StringType, true).fields());
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    Objects.requireNonNull(dataset, "dataset");
    StructType schema = transformSchema(dataset.schema());
    // What no row could change is said before any is read.
    HeldModels.Held here = HeldModels.of(hash(), checkpoint);
    Predictor predictor = here.predictor();
    int classes = predictor.classes();
    if (topCount() < 0 || topCount() > classes) {
      throw new UserException(
          "The most likely classes are 1 to %s, or 0 for none, but got %s"
              .formatted(classes, topCount()));
    }
    if (!text(layer).isEmpty()) {
      predictor.layer(text(layer));
    }
    Classify classify =
        new Classify(
            hash(),
            checkpoint,
            dataset.schema().fieldIndex(text(inputCol)),
            topCount(),
            text(layer));
    return dataset.toDF().mapPartitions(classify, Encoders.row(schema));
  }

  private String hash() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(checkpoint));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  @Override
  public VitrineClassifier copy(ParamMap extra) {
    VitrineClassifier copy = new VitrineClassifier(uid, checkpoint);
    copyValues(copy, extra);
    copy.setParent(parent());
    return copy;
  }

  @Override
  public MLWriter write() {
    return new ModelStore.Writer(this);
  }

  /** {@return what reads a saved one; a saved pipeline looks for this} */
  public static MLReader<VitrineClassifier> read() {
    return new ModelStore.Reader();
  }

  /**
   * {@return a classifier that was saved}
   *
   * @param path a folder of any Hadoop file system
   */
  public static VitrineClassifier load(String path) {
    return read().load(path);
  }
}
