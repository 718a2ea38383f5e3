package dev.vitrine.weights.zip;

/**
 * An entry as the directory at the archive's end has it.
 *
 * @param name its name
 * @param method how it is packed: 0 not at all, 8 deflated
 * @param flags bit 0 for encrypted ones
 * @param crc the check sum of its content
 * @param packed how many bytes it takes in the archive
 * @param size how many bytes its content has
 * @param header where its header is in the file
 */
public record ZipEntry(
    String name, int method, int flags, int crc, long packed, long size, long header) {
  static final int STORED = 0;
  static final int DEFLATED = 8;

  boolean isEncrypted() {
    return (flags & 1) != 0;
  }
}
