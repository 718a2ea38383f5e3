package dev.vitrine.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A gzip file as it is unpacked: all its members, of which a file may have several. {@link
 * GZIPInputStream} takes whatever follows the last one for its end; here it is refused.
 */
final class GzipInput extends GZIPInputStream {
  private static final int BUFFER = 1 << 16;

  /** The check sum and the length behind a member's data. */
  private static final int TRAILER = 8;

  private final FileChannel channel;
  private final Source source;

  private GzipInput(FileChannel channel, Source source) throws IOException {
    super(source, BUFFER);
    this.channel = channel;
    this.source = source;
  }

  static GzipInput of(FileChannel channel) throws IOException {
    return new GzipInput(channel, new Source(Channels.newInputStream(channel)));
  }

  /**
   * Reads the end, which also compares the check sum.
   *
   * @return whether nothing was left to unpack
   * @throws ZipException if something is behind the last member that is none
   */
  boolean atEnd() throws IOException {
    if (read() >= 0) {
      return false;
    }
    // What the inflater was given and did not use, and what was not given to it.
    long behind = inf.getRemaining() + source.apart + channel.size() - channel.position() - TRAILER;
    if (behind > 0) {
      throw new ZipException("%s bytes behind their end are no part of them".formatted(behind));
    }
    return true;
  }

  /** Counts what is read for a trailer or a header since the inflater was last given a buffer. */
  private static final class Source extends FilterInputStream {
    private long apart;

    Source(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      apart += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = super.read(into, offset, length);
      apart = length == BUFFER ? 0 : apart + Math.max(0, count);
      return count;
    }
  }
}
