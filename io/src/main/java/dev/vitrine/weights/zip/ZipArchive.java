package dev.vitrine.weights.zip;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.List;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A zip archive in a mapped file. */
public final class ZipArchive {
  /** More than any beginning that is asked for is packed in. */
  private static final long MOST_PACKED = 1 << 24;

  private static final int LOCAL_BYTES = 30;

  private final WeightSource source;
  private final ZipDirectory directory;
  private final SequencedMap<String, ZipEntry> entries;

  /**
   * Reads its directory.
   *
   * @param source the file
   * @throws UserException if it is damaged, or two entries have one name
   */
  public ZipArchive(WeightSource source) {
    this.source = source;
    directory = new ZipDirectory(source);
    entries = Collections.unmodifiableSequencedMap(directory.entries());
  }

  /** {@return whether a file begins as an archive does} */
  public static boolean recognises(WeightSource source) {
    return source.bytes().byteSize() >= LOCAL_BYTES
        && source.bytes().get(ValueLayout.JAVA_BYTE, 0) == 'P'
        && source.bytes().get(ValueLayout.JAVA_BYTE, 1) == 'K'
        && source.bytes().get(ValueLayout.JAVA_BYTE, 2) == 3
        && source.bytes().get(ValueLayout.JAVA_BYTE, 3) == 4;
  }

  /**
   * {@return whether an archive has an entry of one of these names, in any folder; never an error}
   *
   * @param source the file
   * @param names the entries' names without their folders
   */
  public static boolean hasEntry(WeightSource source, String... names) {
    try {
      return new ZipArchive(source)
          .entries().keySet().stream()
              .map(entry -> entry.substring(entry.lastIndexOf('/') + 1))
              .anyMatch(List.of(names)::contains);
    } catch (UserException damaged) {
      return false;
    }
  }

  /** {@return its entries by name, in the directory's order} */
  public SequencedMap<String, ZipEntry> entries() {
    return entries;
  }

  /**
   * {@return an entry's content: where it lies in the file if it is not packed}
   *
   * @param name the entry
   * @throws UserException if there is none, or it is damaged, encrypted or packed in an unusual way
   */
  public MemorySegment content(String name) {
    ZipEntry entry = entry(name);
    MemorySegment packed = packed(entry);
    return switch (entry.method()) {
      case ZipEntry.STORED -> packed;
      case ZipEntry.DEFLATED -> inflated(entry, packed);
      default -> throw fault(entry, "is packed by method %s, not 0 or 8".formatted(entry.method()));
    };
  }

  /**
   * {@return how an entry's content begins, without unpacking the rest}
   *
   * @param name the entry
   * @param most so many bytes, or all of it if it has fewer
   * @throws UserException as {@link #content}
   */
  public MemorySegment beginning(String name, int most) {
    ZipEntry entry = entry(name);
    if (entry.method() != ZipEntry.DEFLATED || entry.size() <= most) {
      MemorySegment all = content(name);
      return all.asSlice(0, Math.min(most, all.byteSize()));
    }
    byte[] content = new byte[most];
    try (Inflater inflater = new Inflater(true)) {
      MemorySegment packed = packed(entry);
      inflater.setInput(packed.asSlice(0, Math.min(packed.byteSize(), MOST_PACKED)).asByteBuffer());
      int filled = inflater.inflate(content);
      return MemorySegment.ofArray(content).asSlice(0, filled);
    } catch (DataFormatException e) {
      throw new UserException(fault(entry, "is damaged").getMessage(), e);
    }
  }

  private ZipEntry entry(String name) {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw source.refused("the zip archive has no entry %s".formatted(Quote.of(name)));
    }
    return entry;
  }

  /** Where an entry's bytes lie in the file. */
  private MemorySegment packed(ZipEntry entry) {
    if (directory.i4(entry.header()) != ZipDirectory.LOCAL) {
      throw fault(entry, "is not where the archive's directory says");
    }
    long begin =
        entry.header()
            + LOCAL_BYTES
            + directory.u2(entry.header() + 26)
            + directory.u2(entry.header() + 28);
    MemorySegment packed = directory.slice(begin, entry.packed());
    if (entry.isEncrypted()) {
      throw fault(entry, "is encrypted");
    }
    return packed;
  }

  private MemorySegment inflated(ZipEntry entry, MemorySegment packed) {
    source.take(entry.size(), "Entry " + Quote.of(entry.name()));
    if (entry.size() > Integer.MAX_VALUE - Long.BYTES || packed.byteSize() > Integer.MAX_VALUE) {
      throw fault(entry, "is packed and has 2 GiB or more");
    }
    byte[] content = new byte[(int) entry.size()];
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(packed.asByteBuffer());
      int filled = 0;
      while (filled < content.length && !inflater.finished()) {
        int more = inflater.inflate(content, filled, content.length - filled);
        if (more == 0) {
          break;
        }
        filled += more;
      }
      if (filled < content.length || inflater.inflate(new byte[1]) > 0) {
        throw fault(entry, "does not have the %s bytes it should".formatted(content.length));
      }
    } catch (DataFormatException e) {
      throw new UserException(fault(entry, "is damaged").getMessage(), e);
    }
    CRC32 sum = new CRC32();
    sum.update(content);
    if ((int) sum.getValue() != entry.crc()) {
      throw fault(entry, "is damaged: its check sum is another");
    }
    return MemorySegment.ofArray(content);
  }

  private UserException fault(ZipEntry entry, String what) {
    return source.refused("entry %s %s".formatted(Quote.of(entry.name()), what));
  }
}
