package dev.vitrine.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Where a process writes.
 *
 * @param bytes the standard output, for results of any kind
 * @param errorBytes the standard error, for the same
 * @param out the standard output for text
 * @param err the standard error for text
 */
record Streams(StandardOutput bytes, OutputStream errorBytes, PrintWriter out, PrintWriter err) {
  /** Those of this process. */
  static Streams ofSystem() {
    return of(StandardOutput.ofSystem(), System.out.charset(), System.err, System.err.charset());
  }

  /** Text and other results into the same two streams. */
  static Streams of(
      StandardOutput bytes, Charset outCharset, OutputStream err, Charset errCharset) {
    return new Streams(
        bytes,
        err,
        new PrintWriter(bytes, true, usable(outCharset)),
        new PrintWriter(err, true, usable(errCharset)));
  }

  /**
   * US-ASCII is what Java makes of a system without a language, such as a container's; its terminal
   * shows UTF-8 all the same.
   */
  private static Charset usable(Charset own) {
    return own.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : own;
  }

  /** Lets nothing wait, so that what is written in another way comes after it. */
  void flush() {
    out.flush();
    err.flush();
  }
}
