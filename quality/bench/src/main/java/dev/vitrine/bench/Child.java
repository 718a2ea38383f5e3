package dev.vitrine.bench;

import dev.vitrine.error.UserException;
import dev.vitrine.workload.ProcessorTime;
import dev.vitrine.workload.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A contender's process, seen from the harness. */
final class Child implements AutoCloseable {
  private final Peer peer;
  private final Process process;
  private final Path log;
  private final BufferedReader in;
  private final Writer out;
  private final String title;

  private Child(Peer peer, Process process, Path log) {
    this.peer = peer;
    this.process = process;
    this.log = log;
    in = process.inputReader();
    out = process.outputWriter();
    title = answer();
  }

  /**
   * Starts a contender and waits until it is ready.
   *
   * @param what a workload, or the file of a network
   */
  static Child start(Peer peer, String what, int threads, String... more) {
    Path log = log(peer);
    String[] args =
        Stream.concat(Stream.of(what, Integer.toString(threads)), Stream.of(more))
            .toArray(String[]::new);
    return new Child(peer, launch(peer, log, args), log);
  }

  /** Runs a contender over one epoch of a folder's images; returns the seconds it lived. */
  static double epoch(Peer peer, Workload workload, int threads, Path data) {
    Path log = log(peer);
    long start = System.nanoTime();
    Process process =
        launch(peer, log, workload.id(), Integer.toString(threads), "epoch", data.toString());
    try {
      process.inputReader().transferTo(Writer.nullWriter());
      int code = process.waitFor();
      if (code != 0) {
        throw failed(peer, log);
      }
      return (System.nanoTime() - start) * 1e-9;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      process.destroy();
      throw new IllegalStateException(e);
    }
  }

  private static Path log(Peer peer) {
    return Path.of(peer.module(), "target", "contender.log");
  }

  private static Process launch(Peer peer, Path log, String... args) {
    if (!Files.isDirectory(Path.of(peer.module(), "target", "lib"))) {
      throw new UserException(
          "The contender '%s' is not built: run quality/bench/run, which builds with -Ppeers"
              .formatted(peer.name()));
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(peer.flags());
    command.addAll(List.of("-cp", peer.classPath(), peer.main()));
    command.addAll(List.of(args));
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().putAll(peer.environment(Integer.parseInt(args[1])));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a line and waits for the answer. */
  String ask(String request) {
    try {
      out.write(request + "\n");
      out.flush();
    } catch (IOException e) {
      throw failed(peer, log);
    }
    return answer();
  }

  private String answer() {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith(Requests.ANSWER)) {
          return line.substring(Requests.ANSWER.length());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw failed(peer, log);
  }

  private static UserException failed(Peer peer, Path log) {
    return new UserException("The contender '%s' failed; see %s".formatted(peer.name(), log));
  }

  /** The framework's name and version. */
  String title() {
    return title;
  }

  Peer peer() {
    return peer;
  }

  /** The processor time it used. */
  Duration processorTime() {
    return ProcessorTime.used(process.toHandle());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
