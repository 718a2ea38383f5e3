package dev.vitrine.weights.numpy;

import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightReader;
import dev.vitrine.weights.stored.WeightSource;
import java.util.Map;

/** A file of one array, or of one dictionary or list of arrays. */
public final class NpyReader implements WeightReader {
  /** What NumPy calls an array that has no name. */
  private static final String ONLY = "arr_0";

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

  @Override
  public Stored.Group read(WeightSource source) {
    Stored content = new NpyFile(source, "", source.bytes()).read();
    return content instanceof Stored.Group group ? group : Stored.Group.of(Map.of(ONLY, content));
  }
}
