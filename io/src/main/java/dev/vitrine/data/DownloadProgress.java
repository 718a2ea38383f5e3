package dev.vitrine.data;

/** Is told how a download goes on, many times a second. */
@FunctionalInterface
public interface DownloadProgress {
  /** Tells nobody. */
  DownloadProgress NONE = (file, bytes, totalBytes) -> {};

  /**
   * So much of a file is there.
   *
   * @param file its name
   * @param bytes what is on the disk, with what an earlier start left there
   * @param totalBytes its size
   */
  void update(String file, long bytes, long totalBytes);
}
