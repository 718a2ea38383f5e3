package dev.vitrine.weights.matlab;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightReader;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * MATLAB 4: matrices one after the other, each with a head of twenty bytes; the file itself has
 * none, so it is known by a first matrix with a plausible name. Source: MathWorks, MAT-File Format
 * (R2019b), chapter 2.
 */
public final class Matlab4Reader implements WeightReader {
  /** The reader. */
  public Matlab4Reader() {}

  @Override
  public String title() {
    return "MATLAB 4";
  }

  @Override
  public boolean recognises(WeightSource source) {
    return order(source.bytes()).isPresent();
  }

  private static Optional<ByteOrder> order(MemorySegment bytes) {
    if (Matlab4Head.at(bytes, 0, ByteOrder.LITTLE_ENDIAN).isPresent()) {
      return Optional.of(ByteOrder.LITTLE_ENDIAN);
    }
    return Matlab4Head.at(bytes, 0, ByteOrder.BIG_ENDIAN).map(head -> ByteOrder.BIG_ENDIAN);
  }

  @Override
  public Stored.Group read(WeightSource source) {
    MemorySegment bytes = source.bytes();
    ByteOrder order = order(bytes).orElseThrow();
    var members = new LinkedHashMap<String, Stored>();
    for (long at = 0; at < bytes.byteSize(); ) {
      long place = at;
      Matlab4Head head =
          Matlab4Head.at(bytes, at, order)
              .orElseThrow(() ->
                  source.refused(
                      "at byte %s: no matrix of a MATLAB 4 file: truncated or damaged"
                          .formatted(place)));
      long begin = at + head.bytes();
      if (head.size() > bytes.byteSize() - begin) {
        throw missing(source, head, bytes.byteSize() - begin);
      }
      Stored what = head.read(source, bytes.asSlice(begin, head.size()));
      if (members.put(head.name(), what) != null) {
        throw source.refused("two variables are called %s".formatted(Quote.of(head.name())));
      }
      at = begin + head.size();
    }
    return new Stored.Group(members);
  }

  private static UserException missing(WeightSource source, Matlab4Head head, long left) {
    return source.refused(
        "%s needs %s bytes, but there are %s: truncated or damaged"
            .formatted(Quote.of(head.name()), head.size(), left));
  }
}
