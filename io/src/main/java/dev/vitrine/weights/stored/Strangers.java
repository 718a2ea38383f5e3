package dev.vitrine.weights.stored;

import dev.vitrine.error.UserException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Files that people take for weights, and what to do with them. */
final class Strangers {
  private static final int HEAD = 1024;
  private static final String HDF5 = "\u0089HDF\r\n\u001a\n";

  /** Where HDF5's signature may stand if something else comes first, as in MATLAB 7.3. */
  private static final long[] HDF5_AT = {0, 512, 1024, 2048};

  private Strangers() {}

  /** The error for such a file. */
  static Optional<UserException> named(WeightSource source) {
    String head = head(source.bytes(), 0, HEAD);
    String start = head.stripLeading().toLowerCase(Locale.ROOT);
    if (source.bytes().byteSize() == 0) {
      return refused(source, "the file is empty");
    }
    if (head.startsWith("version https://git-lfs.github.com/spec/")) {
      return refused(
          source,
          "a Git LFS pointer, which stands for the file itself: get that with \"git lfs pull\", or"
              + " download it from the repository's page");
    }
    if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
      return refused(source, "a web page, saved in the file's place: download the file itself");
    }
    if (head.startsWith("\u001f\u008b")) {
      return refused(source, "a file packed by gzip: unpack it first, with gunzip, say");
    }
    for (long at : HDF5_AT) {
      if (head(source.bytes(), at, HDF5.length()).equals(HDF5)) {
        return refused(source, hdf5(head));
      }
    }
    return Optional.empty();
  }

  private static String hdf5(String head) {
    return head.startsWith("MATLAB 7.3")
        ? "a file of MATLAB 7.3, which is HDF5 and not read: save it with save(…, '-v7')"
        : "an HDF5 file, such as Keras' .h5, which is not read: write the weights as safetensors, .npz"
            + " or ONNX";
  }

  private static Optional<UserException> refused(WeightSource source, String fault) {
    return Optional.of(source.refused(fault));
  }

  private static String head(MemorySegment bytes, long at, int most) {
    long size = Math.clamp(bytes.byteSize() - at, 0, most);
    return size == 0
        ? ""
        : new String(
            bytes.asSlice(at, size).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.ISO_8859_1);
  }
}
