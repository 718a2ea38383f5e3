package dev.vitrine.weights.onnx;

import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.weights.stored.WeightSource;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What an ONNX file holds. Its tensors stay in the file, and in the files beside it that it names,
 * which are mapped into memory.
 *
 * @param file the file
 * @param irVersion the version of the format
 * @param producer the program that wrote it; may be empty
 * @param producerVersion that of the program; may be empty
 * @param opsets the version of each domain's operators; ONNX's own domain is empty
 * @param graph its graph
 * @param functions how many functions it defines, which are not read
 * @param metadata texts that go with it, by key
 */
public record OnnxModel(
    Path file,
    long irVersion,
    String producer,
    String producerVersion,
    Map<String, Long> opsets,
    OnnxGraph graph,
    int functions,
    Map<String, String> metadata) {
  /** The model, with its own copies. */
  public OnnxModel {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(producer, "producer");
    Objects.requireNonNull(producerVersion, "producerVersion");
    Objects.requireNonNull(graph, "graph");
    opsets = Collections.unmodifiableMap(new LinkedHashMap<>(opsets));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * A model without texts.
   *
   * @param file the file
   * @param irVersion the version of the format
   * @param producer the program that wrote it; may be empty
   * @param producerVersion that of the program; may be empty
   * @param opsets the version of each domain's operators; ONNX's own domain is empty
   * @param graph its graph
   * @param functions how many functions it defines, which are not read
   */
  public OnnxModel(
      Path file,
      long irVersion,
      String producer,
      String producerVersion,
      Map<String, Long> opsets,
      OnnxGraph graph,
      int functions) {
    this(file, irVersion, producer, producerVersion, opsets, graph, functions, Map.of());
  }

  /**
   * {@return the same with texts that go with it}
   *
   * @param texts by key
   */
  public OnnxModel with(Map<String, String> texts) {
    Objects.requireNonNull(texts, "texts");
    return new OnnxModel(
        file, irVersion, producer, producerVersion, opsets, graph, functions, texts);
  }

  /**
   * Reads a file.
   *
   * @param file an ONNX model
   * @return what it holds
   * @throws dev.vitrine.error.UserException if it cannot be read, is no ONNX model, is damaged, or
   *     names files that are missing or lie outside its folder
   */
  public static OnnxModel read(Path file) {
    WeightSource source = WeightSource.of(file);
    if (!ModelReader.recognises(source)) {
      source.refuseStrangers();
      throw source.refused("no ONNX model");
    }
    return ModelReader.read(source);
  }

  /**
   * Writes the model, its tensors within, or replaces a file. Only values of singles are written,
   * and no functions.
   *
   * @param target where it goes; {@link #file} does not matter
   * @throws dev.vitrine.error.UserException if the file cannot be written, or would have more than
   *     2³¹ − 1 bytes, which is what protobuf allows
   */
  public void write(Path target) {
    ModelWriter.write(this, target);
  }

  /**
   * {@return whether a file is an ONNX model, by its content}
   *
   * @param file a file
   * @throws dev.vitrine.error.UserException if it cannot be read
   */
  public static boolean recognises(Path file) {
    return ModelReader.recognises(WeightSource.of(file));
  }

  /**
   * Reads a file with one tensor, as ONNX's own tests store their inputs and outputs.
   *
   * @param file a {@code TensorProto}
   * @return the tensor
   * @throws dev.vitrine.error.UserException if it cannot be read, or holds no tensor that can be
   */
  public static StoredTensor tensor(Path file) {
    WeightSource source = WeightSource.of(file);
    TensorReader.Named named = new TensorReader(source).read(Wire.of(source));
    if (named.what() instanceof Stored.Numbers numbers) {
      return numbers.tensor();
    }
    throw source.refused("no tensor that is read: " + named.what());
  }
}
