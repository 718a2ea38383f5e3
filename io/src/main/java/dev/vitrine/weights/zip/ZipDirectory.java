package dev.vitrine.weights.zip;

import dev.vitrine.error.Quote;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** Reads the directory at an archive's end. Source: PKWARE, APPNOTE 6.3. */
final class ZipDirectory {
  static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int CENTRAL_BYTES = 46;
  private static final int END_BYTES = 22;
  private static final int LOCATOR_BYTES = 20;
  private static final int LONGEST_REMARK = 0xffff;
  private static final long ALL_ONES = 0xffff_ffffL;

  private final WeightSource source;
  private final MemorySegment bytes;

  ZipDirectory(WeightSource source) {
    this.source = source;
    bytes = source.bytes();
  }

  /** Where the directory is, and how far all places in it are off. */
  private record Place(long begin, long size, long shift) {}

  SequencedMap<String, ZipEntry> entries() {
    Place place = place();
    var entries = new LinkedHashMap<String, ZipEntry>();
    long at = place.begin();
    long end = place.begin() + place.size();
    while (at + CENTRAL_BYTES <= end && i4(at) == CENTRAL) {
      int name = u2(at + 28);
      int extra = u2(at + 30);
      ZipEntry entry = entry(at, name, extra, place.shift());
      if (entries.put(entry.name(), entry) != null) {
        throw source.refused(
            "the zip archive has two entries called %s".formatted(Quote.of(entry.name())));
      }
      at += CENTRAL_BYTES + name + extra + u2(at + 32);
    }
    return entries;
  }

  private Place place() {
    long end = end();
    long size = u4(end + 12);
    long offset = u4(end + 16);
    long after = end;
    if (end >= LOCATOR_BYTES && i4(end - LOCATOR_BYTES) == LOCATOR_64) {
      long end64 = i8(end - LOCATOR_BYTES + 8);
      if (end64 >= 0 && end64 <= end - LOCATOR_BYTES && i4(end64) == END_64) {
        size = i8(end64 + 40);
        offset = i8(end64 + 48);
        after = end64;
      }
    }
    long begin = after - size;
    if (size < 0 || begin < 0 || offset < 0 || offset > begin) {
      throw source.refused(
          "the zip archive's directory is not where its end says; the file may be cut short");
    }
    return new Place(begin, size, begin - offset);
  }

  private long end() {
    long last = bytes.byteSize() - END_BYTES;
    for (long at = last; at >= Math.max(0, last - LONGEST_REMARK); at--) {
      if (i4(at) == END) {
        return at;
      }
    }
    throw source.refused("the zip archive has no end: the file is cut short");
  }

  private ZipEntry entry(long at, int nameLength, int extraLength, long shift) {
    byte[] name = slice(at + CENTRAL_BYTES, nameLength).toArray(ValueLayout.JAVA_BYTE);
    long packed = u4(at + 20);
    long size = u4(at + 24);
    long header = u4(at + 42);
    long extra = extra64(at + CENTRAL_BYTES + nameLength, extraLength);
    if (extra >= 0) {
      if (size == ALL_ONES) {
        size = i8(extra);
        extra += Long.BYTES;
      }
      if (packed == ALL_ONES) {
        packed = i8(extra);
        extra += Long.BYTES;
      }
      if (header == ALL_ONES) {
        header = i8(extra);
      }
    }
    return new ZipEntry(
        new String(name, StandardCharsets.UTF_8),
        u2(at + 10),
        u2(at + 8),
        i4(at + 16),
        packed,
        size,
        header + shift);
  }

  /** Where the sizes of a large entry are, or −1. */
  private long extra64(long at, int length) {
    long end = at + length;
    long field = at;
    while (field + 4 <= end) {
      if (u2(field) == 1) {
        return field + 4;
      }
      field += 4 + u2(field + 2);
    }
    return -1;
  }

  MemorySegment slice(long at, long size) {
    if (at < 0 || size < 0 || at > bytes.byteSize() - size) {
      throw source.refused(
          "the zip archive leads to bytes %s to %s, but the file has %s; it may be cut short"
              .formatted(at, at + size, bytes.byteSize()));
    }
    return bytes.asSlice(at, size);
  }

  int u2(long at) {
    return Short.toUnsignedInt(
        slice(at, 2).get(ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0));
  }

  int i4(long at) {
    return slice(at, 4).get(ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
  }

  private long u4(long at) {
    return Integer.toUnsignedLong(i4(at));
  }

  private long i8(long at) {
    return slice(at, 8).get(ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN), 0);
  }
}
