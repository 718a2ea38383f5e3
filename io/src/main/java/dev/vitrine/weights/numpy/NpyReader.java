package dev.vitrine.weights.numpy;

import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightReader;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file of one array or several, or of one dictionary or list of arrays. */
public final class NpyReader implements WeightReader {
  /** What NumPy calls arrays that have no name, with a number. */
  private static final String ARRAY = "arr_";

  /** About what an array costs beside its numbers. */
  private static final int OBJECT = 200;

  /** The reader. */
  public NpyReader() {}

  @Override
  public String title() {
    return "NumPy .npy";
  }

  @Override
  public boolean recognises(WeightSource source) {
    return NpyFile.recognises(source.bytes());
  }

  /** Whoever saves several arrays into one open file has them one after the other. */
  @Override
  public Stored.Group read(WeightSource source) {
    var file = new NpyFile(source, "", source.bytes());
    Stored content = file.read();
    MemorySegment rest = file.rest();
    if (rest.byteSize() == 0 && content instanceof Stored.Group group) {
      return group;
    }
    Map<String, Stored> members = new LinkedHashMap<>();
    members.put(ARRAY + 0, content);
    while (NpyFile.recognises(rest)) {
      source.take(OBJECT, "The file");
      var next = new NpyFile(source, "", rest);
      members.put(ARRAY + members.size(), next.read());
      rest = next.rest();
    }
    NpyFile.nameRest(members, ARRAY + members.size(), rest);
    return Stored.Group.of(members);
  }
}
