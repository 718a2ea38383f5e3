package dev.vitrine.data;

import java.util.Objects;

/**
 * A file that mirrors offer.
 *
 * @param name its name, at the mirrors and on the disk
 * @param size its bytes
 * @param md5 its MD5 sum, 32 small hexadecimal digits
 * @param plainMd5 that of what is packed in it
 */
public record RemoteFile(String name, long size, String md5, String plainMd5) {
  /** Refuses {@code null}. */
  public RemoteFile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(md5, "md5");
    Objects.requireNonNull(plainMd5, "plainMd5");
  }

  /** Its name once it is unpacked. */
  String plainName() {
    return name.replaceFirst("\\.gz$", "");
  }
}
