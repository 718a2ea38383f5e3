package dev.vitrine.data;

import dev.vitrine.error.UserException;
import dev.vitrine.format.FileErrors;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;

/**
 * The records of CIFAR-10's binary files: a byte with the label, then 3,072 bytes of pixels, all
 * red ones first, then the green, then the blue, each plane row by row. There is no header.
 */
final class Cifar10File {
  private static final int IMAGE = Cifar10Folder.SHAPE.elements();
  private static final int RECORD = 1 + IMAGE;
  private static final int CLASSES = Cifar10Folder.CLASS_NAMES.size();

  /** As many as an array of pixels holds. */
  private static final long MOST_RECORDS = (Integer.MAX_VALUE - 8L) / IMAGE;

  private final byte[] pixels;
  private final byte[] labels;
  private int count;

  private Cifar10File(int records) {
    pixels = new byte[records * IMAGE];
    labels = new byte[records];
  }

  /** The pixels of all images, each {@code (3, 32, 32)}. */
  byte[] pixels() {
    return pixels;
  }

  /** Their labels. */
  byte[] labels() {
    return labels;
  }

  /**
   * Reads files one after another.
   *
   * @param read is told of each
   * @throws UserException if one is empty, truncated or too large, or holds a label above 9
   */
  static Cifar10File read(List<Path> files, ReadFiles read) {
    long records = records(files);
    if (records > MOST_RECORDS) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: expected at most %,d records of CIFAR-10 in all files, but there are %,d",
              files.getLast(),
              MOST_RECORDS,
              records));
    }
    Cifar10File all = new Cifar10File((int) records);
    files.forEach(file -> all.append(file, read));
    return all;
  }

  /** How many there are in all files. */
  static long records(List<Path> files) {
    return files.stream().mapToLong(Cifar10File::records).sum();
  }

  private static long records(Path file) {
    long bytes;
    try {
      bytes = Files.size(file);
    } catch (IOException failure) {
      throw FileErrors.reading(file, failure);
    }
    if (bytes == 0 || bytes % RECORD != 0) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "%s: truncated, or not CIFAR-10's binary version: expected whole records of %,d bytes,"
                  + " but it has %,d bytes, %,d more than %,d records",
              file,
              RECORD,
              bytes,
              bytes % RECORD,
              bytes / RECORD));
    }
    return bytes / RECORD;
  }

  private void append(Path file, ReadFiles read) {
    MessageDigest sum = Md5.digest();
    try (InputStream raw = new DigestInputStream(Files.newInputStream(file), sum);
        InputStream in = new BufferedInputStream(raw, 1 << 16)) {
      long records = records(file);
      for (long record = 0; record < records; record++) {
        int label = in.read();
        if (label >= CLASSES) {
          throw new UserException(
              String.format(
                  Locale.ROOT,
                  "%s: record %,d has label %d: expected labels from 0 to %d",
                  file,
                  record,
                  label,
                  CLASSES - 1));
        }
        if (label < 0 || in.readNBytes(pixels, count * IMAGE, IMAGE) < IMAGE) {
          throw new EOFException("it became shorter while it was read");
        }
        labels[count++] = (byte) label;
      }
      read.add(file, file.getFileName().toString(), Md5.hex(sum));
    } catch (IOException failure) {
      throw FileErrors.reading(file, failure);
    }
  }
}
