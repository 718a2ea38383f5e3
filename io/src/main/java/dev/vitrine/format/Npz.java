package dev.vitrine.format;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** NumPy's archive of arrays, as {@code numpy.savez} writes it: a zip of {@link Npy} files. */
public final class Npz {
  private Npz() {}

  /**
   * Writes or replaces a file, by {@link AtomicFile}. The same tensors give the same bytes.
   *
   * @param file where it goes
   * @param tensors in the order to be written
   * @throws UserException if the file cannot be written, two tensors have one name, or NumPy has no
   *     type like one's
   */
  public static void write(Path file, List<TensorData> tensors) {
    requireNames(file, tensors);
    tensors.forEach(Npy::header);
    AtomicFile.write(
        file,
        out -> {
          var zip = new ZipWriter(out, 1);
          for (TensorData tensor : tensors) {
            zip.entry(tensor.name() + ".npy", to -> Npy.write(to, tensor));
          }
          zip.finish();
        });
  }

  static void requireNames(Path file, List<TensorData> tensors) {
    Set<String> names = new HashSet<>();
    for (TensorData tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw new UserException(
            "Cannot write %s: two tensors are called %s".formatted(file, Quote.of(tensor.name())));
      }
    }
  }
}
