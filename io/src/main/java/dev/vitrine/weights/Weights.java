package dev.vitrine.weights;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.weights.matlab.Matlab4Reader;
import dev.vitrine.weights.matlab.Matlab5Reader;
import dev.vitrine.weights.matlab.OctaveTextReader;
import dev.vitrine.weights.numpy.NpyReader;
import dev.vitrine.weights.numpy.NpzReader;
import dev.vitrine.weights.onnx.OnnxReader;
import dev.vitrine.weights.pytorch.PickleReader;
import dev.vitrine.weights.pytorch.PyTorchStreamReader;
import dev.vitrine.weights.pytorch.PyTorchTarReader;
import dev.vitrine.weights.pytorch.PyTorchZipReader;
import dev.vitrine.weights.safetensors.SafetensorsReader;
import dev.vitrine.weights.safetensors.ShardsReader;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.StoredTensor;
import dev.vitrine.weights.stored.WeightReader;
import dev.vitrine.weights.stored.WeightSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * What a file of weights holds, whatever program wrote it. The numbers stay in the file, which is
 * mapped into memory, until they are asked for. Any thread may read.
 *
 * @param file the file
 * @param format what people call its format
 * @param root everything in it
 */
public record Weights(Path file, String format, Stored.Group root) {
  private static final List<WeightReader> READERS =
      List.of(
          new SafetensorsReader(),
          new NpyReader(),
          new PyTorchStreamReader(),
          new PyTorchTarReader(),
          new PyTorchZipReader(),
          new NpzReader(),
          new PickleReader(),
          new ShardsReader(),
          new Matlab5Reader(),
          new OctaveTextReader(),
          new Matlab4Reader(),
          new OnnxReader());

  /** What a file holds. */
  public Weights {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(root, "root");
  }

  /**
   * Something found at a place of the file.
   *
   * @param place its place: the names on the way to it, with dots between them
   * @param what what stands there
   */
  public record Found(String place, Stored what) {}

  /**
   * Reads a file; its format is found by its content, never by its name. Nothing that it says is
   * looked up or executed.
   *
   * @param file the file, or a folder with one {@code .safetensors.index.json}, which stands for
   *     that
   * @return what it holds
   * @throws UserException if it cannot be read, is of no known format, or is damaged
   */
  public static Weights read(Path file) {
    Objects.requireNonNull(file, "file");
    WeightSource source = WeightSource.of(ShardsReader.indexOf(file));
    source.refuseStrangers();
    for (WeightReader reader : READERS) {
      if (reader.recognises(source)) {
        return new Weights(file, reader.title(), reader.read(source));
      }
    }
    throw source.refused(
        "not a file of weights in a known format: safetensors, PyTorch's, NumPy's, MATLAB's, Octave's"
            + " text or ONNX");
  }

  /**
   * {@return whether a path is an index of several safetensors files, or a folder that holds one}
   *
   * @param path of anything, or of nothing
   * @throws UserException if it is there and cannot be read
   */
  public static boolean isInSeveralFiles(Path path) {
    Objects.requireNonNull(path, "path");
    return ShardsReader.isIndexed(path);
  }

  /**
   * {@return all tensors by their places, in the file's order}
   *
   * @throws UserException if two have one place
   */
  public SequencedMap<String, StoredTensor> tensors() {
    var tensors = new LinkedHashMap<String, StoredTensor>();
    for (Found found : all()) {
      if (found.what() instanceof Stored.Numbers numbers
          && tensors.put(found.place(), numbers.tensor()) != null) {
        throw new UserException(
            "%s: two tensors are called %s"
                .formatted(Quote.place(file.toString()), Quote.of(found.place())));
      }
    }
    return Collections.unmodifiableSequencedMap(tensors);
  }

  /** {@return the texts that a safetensors file says of itself, by key} */
  public Map<String, String> notes() {
    var notes = new LinkedHashMap<String, String>();
    if (root.members().get(SafetensorsReader.NOTES) instanceof Stored.Group group) {
      group
          .members()
          .forEach((key, what) -> notes.put(key, what instanceof Stored.Note n ? n.text() : ""));
    }
    return notes;
  }

  /** {@return everything but groups, with its place, in the file's order} */
  public List<Found> all() {
    var all = new ArrayList<Found>();
    collect("", root, all);
    return all;
  }

  private static void collect(String place, Stored.Group group, List<Found> all) {
    group
        .members()
        .forEach((name, what) -> {
          String at = place.isEmpty() ? name : place + "." + name;
          if (what instanceof Stored.Group inner) {
            collect(at, inner, all);
          } else {
            all.add(new Found(at, what));
          }
        });
  }
}
