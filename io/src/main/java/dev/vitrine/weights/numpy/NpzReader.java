package dev.vitrine.weights.numpy;

import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightReader;
import dev.vitrine.weights.stored.WeightSource;
import dev.vitrine.weights.zip.ZipArchive;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/** A zip archive of arrays. */
public final class NpzReader implements WeightReader {
  private static final String SUFFIX = ".npy";

  /** What follows the name of an array in that of the bytes behind it. */
  private static final String REST = " (rest)";

  /** Of Keras 3. */
  private static final String KERAS = "model.weights.h5";

  /** Longer headers are of records. */
  private static final int HEADER = 1 << 16;

  /** The reader. */
  public NpzReader() {}

  @Override
  public String title() {
    return "NumPy .npz";
  }

  @Override
  public boolean recognises(WeightSource source) {
    return ZipArchive.recognises(source);
  }

  @Override
  public Stored.Group read(WeightSource source) {
    var archive = new ZipArchive(source);
    Map<String, Stored> members = new LinkedHashMap<>();
    boolean any = false;
    for (String name : archive.entries().keySet()) {
      if (name.endsWith("/")) {
        continue;
      }
      MemorySegment content = archive.content(name);
      boolean array = NpyFile.recognises(content);
      any |= array;
      String key =
          name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
      String free = members.containsKey(key) ? name : key;
      if (!array) {
        members.put(free, new Stored.Unread("entry", "it is no .npy"));
        continue;
      }
      var file = new NpyFile(source, name, content);
      members.put(free, file.read());
      NpyFile.nameRest(members, free + REST, file.rest());
    }
    if (!any && !members.isEmpty()) {
      throw source.refused(
          archive.entries().containsKey(KERAS)
              ? "Keras' own archive, whose weights are HDF5, which is not read: write them as .npz or ONNX"
              : "a zip archive without weights: it holds neither .npy nor data.pkl");
    }
    return Stored.Group.of(members);
  }

  /**
   * {@return the headers of the arrays of an archive, by their names without {@code .npy}; no
   * content is unpacked}
   *
   * @param source a zip archive
   */
  public static Map<String, NumpyHeader> headers(WeightSource source) {
    var archive = new ZipArchive(source);
    Map<String, NumpyHeader> headers = new LinkedHashMap<>();
    for (String name : archive.entries().keySet()) {
      MemorySegment begin =
          name.endsWith(SUFFIX) ? archive.beginning(name, HEADER) : MemorySegment.NULL;
      if (NpyFile.recognises(begin)) {
        String key = name.substring(0, name.length() - SUFFIX.length());
        headers.put(key, new NpyFile(source, name, begin).outline());
      }
    }
    return headers;
  }

  /**
   * {@return an array of an archive; nothing else of it is unpacked}
   *
   * @param source a zip archive
   * @param key its name without {@code .npy}
   */
  public static Stored array(WeightSource source, String key) {
    String name = key + SUFFIX;
    return new NpyFile(source, name, new ZipArchive(source).content(name)).read();
  }
}
