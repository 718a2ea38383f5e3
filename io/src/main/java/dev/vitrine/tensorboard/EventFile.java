package dev.vitrine.tensorboard;

import dev.vitrine.format.FileErrors;
import dev.vitrine.format.ProtoMessage;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.spread.Spread;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A file of TensorBoard's events, to which records are added as they come: each its length and its
 * bytes, both with a check sum (TFRecord), the bytes being an {@code Event} of TensorFlow's {@code
 * event.proto} in protobuf's encoding. Whoever reads it meanwhile sees whole records and at most
 * one that is cut off.
 */
public final class EventFile implements AutoCloseable {
  private static final String VERSION = "brain.Event:2";
  private static final Pattern NAME = Pattern.compile("events\\.out\\.tfevents\\.(\\d{10})\\..*");
  private static final int MASK = 0xa282ead8;
  private static final int SHIFT = 15;
  private static final int LENGTH = 12;
  private static final int SUM = 4;

  private final Path file;
  private final FileChannel channel;
  private final Clock clock;

  private EventFile(Path file, FileChannel channel, Clock clock) {
    this.file = file;
    this.channel = channel;
    this.clock = clock;
  }

  /**
   * Begins a file. In a folder with earlier ones TensorBoard reads it after them, and forgets what
   * they say of this step and later ones: a training that goes on from a checkpoint says it again.
   *
   * @param folder where the files of one training are; made if need be
   * @param step the first step that it may speak of
   * @return the file
   * @throws dev.vitrine.error.UserException if it cannot be written
   */
  public static EventFile begin(Path folder, long step) {
    return begin(folder, step, Clock.systemUTC());
  }

  static EventFile begin(Path folder, long step, Clock clock) {
    Objects.requireNonNull(folder, "folder");
    try {
      Files.createDirectories(folder);
      Optional<Long> newest = newest(folder);
      // Files are read in the order of their names, whatever the clock says.
      long seconds = Math.max(clock.instant().getEpochSecond(), newest.orElse(0L) + 1);
      Path file =
          folder.resolve(String.format(Locale.ROOT, "events.out.tfevents.%010d.vitrine", seconds));
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      EventFile events = new EventFile(file, channel, clock);
      events.add(new ProtoMessage().text(3, VERSION), 0);
      if (newest.isPresent()) {
        events.add(new ProtoMessage().message(7, new ProtoMessage().number(1, 1)), step);
      }
      return events;
    } catch (IOException failure) {
      throw FileErrors.writing(folder, failure);
    }
  }

  private static Optional<Long> newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(match -> Long.parseLong(match.group(1)))
          .max(Comparator.naturalOrder());
    }
  }

  /** {@return where it is} */
  public Path path() {
    return file;
  }

  /**
   * Adds a number, which may be NaN or infinite: TensorBoard marks it.
   *
   * @param tag what it is of, such as {@code loss/train}
   * @param step the training step that it belongs to
   * @param value in single precision
   * @throws dev.vitrine.error.UserException if the file cannot be written
   */
  public void scalar(String tag, long step, double value) {
    summary(tag, step, new ProtoMessage().single(2, (float) value));
  }

  /**
   * Adds how numbers are spread. Those that are NaN or infinite are left out.
   *
   * @param tag what they are of, such as {@code weights/conv1.weight}
   * @param step the training step that they belong to
   * @param values any number of them; if none is finite, nothing is added
   * @throws dev.vitrine.error.UserException if the file cannot be written
   */
  public void histogram(String tag, long step, float[] values) {
    Spread.of(values).ifPresent(spread -> summary(tag, step, message(spread)));
  }

  /**
   * Adds a picture.
   *
   * @param tag what it shows
   * @param step the training step that it belongs to
   * @param picture grey or coloured
   * @throws dev.vitrine.error.UserException if the file cannot be written
   */
  public void image(String tag, long step, Raster picture) {
    byte[] png = Png.bytes(picture);
    ProtoMessage image =
        new ProtoMessage()
            .number(1, picture.height())
            .number(2, picture.width())
            .number(3, picture.channels())
            .bytes(4, png.length, out -> out.write(png));
    summary(tag, step, new ProtoMessage().message(4, image));
  }

  /** A value of one of {@code Summary.Value}'s kinds, under its tag. */
  private void summary(String tag, long step, ProtoMessage value) {
    Objects.requireNonNull(tag, "tag");
    ProtoMessage tagged = new ProtoMessage().text(1, tag).all(value);
    try {
      add(new ProtoMessage().message(5, new ProtoMessage().message(1, tagged)), step);
    } catch (IOException failure) {
      throw FileErrors.writing(file, failure);
    }
  }

  private void add(ProtoMessage what, long step) throws IOException {
    double now = clock.instant().toEpochMilli() / 1000.0;
    ProtoMessage event = new ProtoMessage().real(1, now).number(2, step).all(what);
    var bytes = new ByteArrayOutputStream();
    event.writeTo(bytes);
    ByteBuffer record = record(bytes.toByteArray());
    while (record.hasRemaining()) {
      channel.write(record);
    }
  }

  /** A TFRecord: length, its sum, the data, their sum. */
  static ByteBuffer record(byte[] data) {
    ByteBuffer record =
        ByteBuffer.allocate(LENGTH + data.length + SUM).order(ByteOrder.LITTLE_ENDIAN);
    record.putLong(data.length);
    record.putInt(masked(record.array(), Long.BYTES));
    record.put(data);
    record.putInt(masked(data, data.length));
    return record.flip();
  }

  /** CRC-32C, turned and shifted, since sums of data that hold sums are weak. */
  static int masked(byte[] data, int count) {
    CRC32C sum = new CRC32C();
    sum.update(data, 0, count);
    return Integer.rotateRight((int) sum.getValue(), SHIFT) + MASK;
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException failure) {
      throw FileErrors.writing(file, failure);
    }
  }

  private static ProtoMessage message(Spread spread) {
    ProtoMessage histogram =
        new ProtoMessage()
            .real(1, spread.least())
            .real(2, spread.greatest())
            .real(3, spread.count())
            .real(4, spread.sum())
            .real(5, spread.squares())
            .reals(6, spread.limits())
            .reals(7, spread.counts());
    return new ProtoMessage().message(5, histogram);
  }
}
