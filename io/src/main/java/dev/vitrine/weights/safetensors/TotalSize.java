package dev.vitrine.weights.safetensors;

import dev.vitrine.error.Quote;
import dev.vitrine.format.JsonObject;
import dev.vitrine.weights.stored.Stored;
import java.util.Collection;
import java.util.Optional;

/**
 * How many bytes an index says that all tensors take: wrong where its files are another model's.
 */
final class TotalSize {
  /** Where it stands in the index. */
  static final String PLACE = "metadata.total_size";

  private TotalSize() {}

  /** What is to be said of it, if it does not agree with the files. */
  static Optional<Stored> remark(JsonObject index, Collection<Stored.Group> files) {
    Object said =
        index.fields().get("metadata") instanceof JsonObject notes
            ? notes.fields().get("total_size")
            : null;
    if (said == null) {
      return Optional.empty();
    }
    long bytes = 0;
    for (Stored.Group file : files) {
      for (Stored what : file.members().values()) {
        if (what instanceof Stored.Unread) {
          return Optional.empty();
        }
        if (what instanceof Stored.Numbers numbers) {
          bytes += numbers.tensor().elements() * numbers.tensor().dtype().bytes();
        }
      }
    }
    boolean right = said instanceof Number number && number.doubleValue() == bytes;
    return right
        ? Optional.empty()
        : Optional.of(
            new Stored.Unread(
                "total size of %s".formatted(Quote.value(JsonObject.shown(said))),
                "the tensors in its files have %s bytes".formatted(bytes)));
  }
}
