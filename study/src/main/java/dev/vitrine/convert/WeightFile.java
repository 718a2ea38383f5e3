package dev.vitrine.convert;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Npy;
import dev.vitrine.format.Npz;
import dev.vitrine.format.Pth;
import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The formats that are written, each by its file's ending. */
public enum WeightFile {
  /** Hugging Face's, which a checkpoint of Vitrine is, too. */
  SAFETENSORS("safetensors", ".safetensors"),
  /** An archive of NumPy's arrays. */
  NPZ("NumPy", ".npz"),
  /** One array of NumPy's. */
  NPY("NumPy", ".npy"),
  /** A state dictionary of PyTorch's. */
  PTH("PyTorch", ".pth", ".pt"),
  /** A network with its numbers. */
  ONNX("ONNX", ".onnx");

  private final String title;
  private final List<String> endings;

  WeightFile(String title, String... endings) {
    this.title = title;
    this.endings = List.of(endings);
  }

  /** {@return what people call it} */
  public String title() {
    return title;
  }

  /**
   * {@return the format of a file that is to be written}
   *
   * @param file with an ending in any case
   * @throws UserException if it has another ending, or none
   */
  public static WeightFile of(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(format -> format.endings.stream().anyMatch(name::endsWith))
        .findFirst()
        .orElseThrow(() ->
            new UserException(
                "A file of weights is written as .safetensors, .npz, .npy, .pth, .pt or .onnx, by its ending, but got %s"
                    .formatted(Quote.place(file.toString()))));
  }

  /** Writes tensors; a network's form is not among them. */
  void write(Path file, List<TensorData> tensors) {
    switch (this) {
      case SAFETENSORS -> Safetensors.write(file, tensors, Map.of());
      case NPZ -> Npz.write(file, tensors);
      case PTH -> Pth.write(file, tensors);
      case NPY -> Npy.write(file, only(file, tensors));
      case ONNX -> throw new IllegalStateException("a network is no list of tensors");
    }
  }

  private static TensorData only(Path file, List<TensorData> tensors) {
    if (tensors.size() != 1) {
      throw UserException.advising(
          "%s holds one array, but there are %s tensors, such as %s"
              .formatted(
                  Quote.place(file.toString()),
                  tensors.size(),
                  Quote.of(tensors.getFirst().name())),
          "name one with %s, or write .npz",
          "the place in the file");
    }
    return tensors.getFirst();
  }
}
