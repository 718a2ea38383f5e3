package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import dev.vitrine.image.Preprocessing;
import dev.vitrine.predict.Predictor;
import dev.vitrine.run.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The networks of a process, by the hash of their file: whichever task comes first opens one, and
 * all share it, each on the core that Spark counts for it. The two used last are kept.
 */
final class HeldModels {
  private static final int MOST = 2;
  private static final Map<String, Held> HELD = new LinkedHashMap<>(4, 0.75f, true);

  /** A network ready to answer, and how pictures become its inputs. */
  record Held(Predictor predictor, Preprocessing preprocessing) {}

  private HeldModels() {}

  /**
   * The network of a checkpoint.
   *
   * @param hash of its bytes
   * @param bytes a checkpoint that says what network it is
   */
  static synchronized Held of(String hash, byte[] bytes) {
    Held known = HELD.get(hash);
    if (known == null) {
      known = open(bytes);
      HELD.put(hash, known);
      if (HELD.size() > MOST) {
        // Tasks that still ask the oldest hold it themselves.
        HELD.remove(HELD.keySet().iterator().next());
      }
    }
    return known;
  }

  static Held open(byte[] bytes) {
    try {
      Path file = Files.createTempFile("vitrine", ".safetensors");
      try {
        Files.write(file, bytes);
        TrainedNetwork network = TrainedNetwork.open(file, Optional.empty());
        return new Held(Predictor.onCallers(network.model()), network.preprocessing());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UserException("A network cannot be kept on the disk of this node", e);
    }
  }
}
