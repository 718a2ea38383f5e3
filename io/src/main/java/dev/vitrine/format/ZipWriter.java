package dev.vitrine.format;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a zip archive whose entries are not packed, so that they can be mapped: the same entries
 * give the same bytes.
 */
final class ZipWriter {
  /** Not the earliest, 1 January: Java adds a field to that, which depends on the time zone. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private static final int HEADER_BYTES = 30;
  private static final int FIELD_BYTES = 4;

  /** What PyTorch calls the field that moves an entry's content to a round place. */
  private static final short PADDING = 'F' | 'B' << 8;

  private final ZipOutputStream zip;
  private final int alignment;
  private long at;

  /** Contents begin at multiples of {@code alignment}, or anywhere if it is 1. */
  ZipWriter(OutputStream out, int alignment) {
    zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    this.alignment = alignment;
  }

  /** The content is written twice, first for its check sum and length. */
  void entry(String name, AtomicFile.Content content) throws IOException {
    var sum = new Sum();
    content.writeTo(sum.checked);
    var entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(TIME);
    entry.setSize(sum.length);
    entry.setCrc(sum.crc.getValue());
    long begin = at + HEADER_BYTES + name.getBytes(StandardCharsets.UTF_8).length;
    if (alignment > 1) {
      int padding = Math.floorMod(-(begin + FIELD_BYTES), alignment);
      entry.setExtra(
          ByteBuffer.allocate(FIELD_BYTES + padding)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putShort(PADDING)
              .putShort((short) padding)
              .array());
      begin += FIELD_BYTES + padding;
    }
    zip.putNextEntry(entry);
    content.writeTo(zip);
    zip.closeEntry();
    at = begin + sum.length;
  }

  void finish() throws IOException {
    zip.finish();
  }

  /** Takes bytes for their number and check sum alone. */
  private static final class Sum extends OutputStream {
    private final CRC32 crc = new CRC32();
    private final CheckedOutputStream checked = new CheckedOutputStream(this, crc);
    private long length;

    @Override
    public void write(int b) {
      length++;
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      length += count;
    }
  }
}
