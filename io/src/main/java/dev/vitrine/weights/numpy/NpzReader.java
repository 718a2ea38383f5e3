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
      members.put(
          members.containsKey(key) ? name : key,
          array
              ? new NpyFile(source, name, content).read()
              : new Stored.Unread("entry", "it is no .npy"));
    }
    if (!any && !members.isEmpty()) {
      throw source.refused("a zip archive without weights: it holds neither .npy nor data.pkl");
    }
    return Stored.Group.of(members);
  }
}
