package dev.vitrine.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Tells how much of the processors other processes used, so that a disturbed measurement is known
 * as one. Linux only: {@code /proc/stat} counts busy time in hundredths of a second, of which the
 * measured processes' own is taken off.
 */
public final class ProcessorTime {
  /** Above this share of one processor, a measurement counts as disturbed. */
  public static final double QUIET = 0.06;

  private static final Path STAT = Path.of("/proc/stat");
  private static final double TICK_SECONDS = 0.01;

  /** The columns user, nice, system, irq, softirq and steal; the idle ones are left out. */
  private static final int[] BUSY = {1, 2, 3, 6, 7, 8};

  private final Supplier<Duration> own;
  private final boolean available = Files.isReadable(STAT);

  /** A clock that counts the time of this process as its own. */
  public ProcessorTime() {
    this(() -> used(ProcessHandle.current()));
  }

  /**
   * A clock with the given time as its own, such as the sum of several processes'.
   *
   * @param own the processor time used so far
   */
  public ProcessorTime(Supplier<Duration> own) {
    this.own = own;
  }

  /**
   * Where a span of time began.
   *
   * @param nanos of {@link System#nanoTime}
   * @param busy processor time of the whole machine, in seconds
   * @param own processor time of the measured processes, in seconds
   */
  public record Mark(long nanos, double busy, double own) {}

  /** {@return the mark of this moment} */
  public Mark mark() {
    return new Mark(System.nanoTime(), available ? busySeconds() : 0, own.get().toNanos() * 1e-9);
  }

  /**
   * {@return what others used since, in processors; empty where it cannot be told}
   *
   * @param then an earlier mark of this clock
   */
  public OptionalDouble othersSince(Mark then) {
    if (!available) {
      return OptionalDouble.empty();
    }
    Mark now = mark();
    double elapsed = (now.nanos - then.nanos) * 1e-9;
    double others = now.busy - then.busy - (now.own - then.own);
    return OptionalDouble.of(Math.max(0, others / elapsed));
  }

  /**
   * {@return the processor time of a process}
   *
   * @param process a process of this machine
   */
  public static Duration used(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private static double busySeconds() {
    try (Stream<String> lines = Files.lines(STAT)) {
      String[] columns = lines.findFirst().orElseThrow().split("\\s+", -1);
      long ticks = 0;
      for (int column : BUSY) {
        ticks += Long.parseLong(columns[column]);
      }
      return ticks * TICK_SECONDS;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
