package dev.vitrine.onnx;

import dev.vitrine.format.DType;
import dev.vitrine.nn.Model;
import dev.vitrine.tensor.Parameters;
import dev.vitrine.weights.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Networks as ONNX files: what {@link OnnxNetwork} reads, written. */
public final class OnnxFile {
  private OnnxFile() {}

  /**
   * Writes a network as it is used once it is trained, or replaces a file. Its input is called
   * {@link Model#INPUT}, its output {@code output}; both begin with an axis {@code N} of examples.
   * Values, nodes and parameters are called as their layers are. The same network gives the same
   * bytes under the same file's name.
   *
   * @param model the network with its numbers
   * @param file where it goes
   * @throws dev.vitrine.error.UserException if the file cannot be written or would be too large, or
   *     layers have no form in ONNX, all of which are listed
   */
  public static void write(Model model, Path file) {
    of(model, file).write(file);
  }

  /**
   * {@return what {@link #write} would write; numbers that are parameters are the network's own,
   * not copies}
   *
   * @param model the network with its numbers
   * @param file what the model is to be called after
   * @throws dev.vitrine.error.UserException if layers have no form in ONNX, all of which are listed
   */
  public static OnnxModel of(Model model, Path file) {
    return of(model, DType.F32, file);
  }

  /**
   * {@return the same, with parameters kept in another type and cast to single precision where they
   * are read, so that everybody computes as before}
   *
   * @param model the network with its numbers
   * @param dtype the parameters' type, which holds all of them: F32, F16 or BF16
   * @param file what the model is to be called after
   * @throws dev.vitrine.error.UserException as {@link #of(Model, Path)}
   */
  public static OnnxModel of(Model model, DType dtype, Path file) {
    Objects.requireNonNull(model, "model");
    Objects.requireNonNull(dtype, "dtype");
    Objects.requireNonNull(file, "file");
    return new Export(model, dtype).file(file);
  }

  /**
   * {@return a network of one output whose parameters are kept otherwise than as singles}
   *
   * @param heads its graph
   * @param parameters its numbers, all of which are such as they are kept as
   * @param kept how, by their names; the others are singles
   * @param file what the model is to be called after
   * @throws dev.vitrine.error.UserException as {@link #of(Model, Path)}
   */
  public static OnnxModel of(
      Heads heads, Parameters parameters, Map<String, Kept> kept, Path file) {
    Objects.requireNonNull(heads, "heads");
    Objects.requireNonNull(parameters, "parameters");
    Objects.requireNonNull(kept, "kept");
    Objects.requireNonNull(file, "file");
    return new Export(heads, List.of("output"), parameters, kept).file(file);
  }
}
