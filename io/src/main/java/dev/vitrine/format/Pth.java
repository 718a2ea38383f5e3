package dev.vitrine.format;

import dev.vitrine.error.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * PyTorch's zip archive of a state dictionary, as {@code torch.save} writes it since 1.6: {@code
 * torch.load(file, weights_only=True)} takes it. Each tensor has its own storage.
 */
public final class Pth {
  /** PyTorch maps storages that begin at multiples of it. */
  private static final int ALIGNMENT = 64;

  private Pth() {}

  /**
   * Writes or replaces a file, by {@link AtomicFile}. The same tensors give the same bytes.
   *
   * @param file where it goes
   * @param tensors in the order to be written
   * @throws UserException if the file cannot be written, or two tensors have one name
   */
  public static void write(Path file, List<TensorData> tensors) {
    Npz.requireNames(file, tensors);
    AtomicFile.write(file, out -> write(out, tensors));
  }

  private static void write(OutputStream out, List<TensorData> tensors) throws IOException {
    var zip = new ZipWriter(out, ALIGNMENT);
    byte[] pickle = StatePickle.of(tensors);
    zip.entry("archive/data.pkl", to -> to.write(pickle));
    text(zip, "archive/byteorder", "little");
    for (int i = 0; i < tensors.size(); i++) {
      zip.entry("archive/data/" + i, tensors.get(i)::writeTo);
    }
    text(zip, "archive/version", "3\n");
    zip.finish();
  }

  private static void text(ZipWriter zip, String name, String text) throws IOException {
    zip.entry(name, to -> to.write(text.getBytes(StandardCharsets.US_ASCII)));
  }
}
