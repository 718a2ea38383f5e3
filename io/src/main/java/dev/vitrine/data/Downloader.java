package dev.vitrine.data;

import dev.vitrine.error.UserException;
import dev.vitrine.format.MadeFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Downloads the files of a published data set. A file gets its name only when it is whole and its
 * MD5 sum is right; until then it is a {@code .part} beside it, from which the next start goes on.
 *
 * @param connectTimeout how long to wait for a connection
 * @param stallTimeout how long to wait for an answer, connection and all, or for the next bytes
 * @param progress is told how it goes
 */
public record Downloader(
    Duration connectTimeout, Duration stallTimeout, DownloadProgress progress) {
  /** Refuses {@code null}. */
  public Downloader {
    Objects.requireNonNull(connectTimeout, "connectTimeout");
    Objects.requireNonNull(stallTimeout, "stallTimeout");
    Objects.requireNonNull(progress, "progress");
  }

  /**
   * {@return a downloader that is patient with slow lines: 10 s to connect, 20 s between bytes}
   *
   * @param progress is told how a download goes
   */
  public static Downloader reportingTo(DownloadProgress progress) {
    Objects.requireNonNull(progress, "progress");
    return new Downloader(Duration.ofSeconds(10), Duration.ofSeconds(20), progress);
  }

  /**
   * Brings those of the data set's files into the folder that are not there yet; creates the
   * folder.
   *
   * @param data the published data set
   * @param folder where the files go
   * @throws UserException if no mirror has a file, a file is wrong twice, or the disk refuses it
   */
  public void fetch(KnownData data, Path folder) {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(folder, "folder");
    MadeFolder made = MadeFolder.of(folder);
    try {
      fetchInto(folder, data);
    } catch (UserException e) {
      made.discardEmpty(e);
      throw e;
    }
  }

  private void fetchInto(Path folder, KnownData data) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(connectTimeout)
            .build();
    try {
      for (RemoteFile file : data.files()) {
        fetch(client, data, file, folder);
      }
    } finally {
      client.shutdownNow();
    }
  }

  private void fetch(HttpClient client, KnownData data, RemoteFile file, Path folder) {
    Path target = folder.resolve(file.name());
    if (Files.exists(target)) {
      return;
    }
    try (PartFile part = PartFile.open(target)) {
      // A process that held the lock until now may have finished the file.
      if (!Files.exists(target)) {
        fetch(new Transfer(client, stallTimeout, file, part, progress), data, folder);
      }
    }
  }

  private static void fetch(Transfer transfer, KnownData data, Path folder) {
    RemoteFile file = transfer.file();
    var mirrors = new ArrayDeque<URI>(data.mirrors());
    var failures = new ArrayList<String>();
    var wrongSums = new ArrayList<String>();
    while (!mirrors.isEmpty()) {
      URI mirror = mirrors.removeFirst();
      try {
        transfer.run(mirror);
      } catch (IOException failure) {
        failures.add("%s: %s".formatted(mirror.getAuthority(), failure.getMessage()));
        continue;
      }
      String sum = transfer.part().md5();
      if (sum.equals(file.md5())) {
        transfer.part().publish();
        return;
      }
      transfer.part().restart();
      wrongSums.add(sum);
      if (wrongSums.size() == 2) {
        throw wrongSums(data, file, wrongSums, folder);
      }
      mirrors.addLast(mirror);
    }
    throw failed(
        "Data set %s: %s could not be downloaded (%s)"
            .formatted(data.name(), file.name(), String.join("; ", failures)),
        data,
        folder);
  }

  private static UserException wrongSums(
      KnownData data, RemoteFile file, List<String> sums, Path folder) {
    return failed(
        "Data set %s: %s came twice with a wrong MD5 sum (expected %s, got %s) and was removed"
            .formatted(data.name(), file.name(), file.md5(), String.join(" and ", sums)),
        data,
        folder);
  }

  private static UserException failed(String problem, KnownData data, Path folder) {
    List<String> names = data.files().stream().map(RemoteFile::name).toList();
    String all =
        names.size() == 1
            ? names.getFirst()
            : "all %s files (%s …)".formatted(names.size(), names.getFirst());
    return UserException.advising(
        problem,
        "put %s into %s, or say by %s where they are",
        all,
        folder.toString(),
        "the data folder");
  }
}
