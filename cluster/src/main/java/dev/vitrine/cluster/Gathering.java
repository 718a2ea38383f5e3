package dev.vitrine.cluster;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Layout;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Members that have come together: a job of Spark's, and a link to each of its tasks. */
final class Gathering {
  /** How long members may take to start: executors are replaced, and data are read, meanwhile. */
  private static final long PATIENCE_NANOS = 120_000_000_000L;

  private final SparkJob job;
  private final Link[] links;

  private Gathering(SparkJob job, Link[] links) {
    this.job = job;
    this.links = links;
  }

  /**
   * Has them come.
   *
   * @param rows what they learn from; {@code null} for what the configuration names
   * @throws IOException if one was lost before all were ready
   * @throws UserException if a person must mend something first
   */
  static Gathering of(
      JavaSparkContext context,
      String config,
      Broadcast<Object[]> rows,
      int members,
      Layout layout,
      TeamNotes notes)
      throws IOException {
    String host = context.getConf().get("spark.driver.host", "localhost");
    try (Rendezvous here = new Rendezvous(Rendezvous.address(host))) {
      Assignment assignment =
          new Assignment(config, rows, host, here.port(), here.token(), members);
      Gathering team = new Gathering(SparkJob.ofMembers(context, assignment), new Link[members]);
      try {
        team.await(here, layout, notes);
      } catch (UserException | IllegalStateException | IOException e) {
        team.disband();
        throw e;
      }
      return team;
    }
  }

  private void await(Rendezvous here, Layout layout, TeamNotes notes) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    int come = 0;
    while (come < links.length) {
      Rendezvous.Arrival arrival = here.next();
      if (arrival != null && arrival.number() < links.length && links[arrival.number()] == null) {
        links[arrival.number()] = new Link(arrival.wire(), arrival.number(), layout);
        notes.come(arrival);
        come++;
      } else if (arrival != null) {
        arrival.wire().close();
      }
      if (job.isOver() && come < links.length) {
        throw failed(come);
      }
      if (System.nanoTime() - end > 0) {
        throw new UserException(
            "Of %s members %s came within %s s: executors must reach the driver at %s port %s, and have room for all of them at once"
                .formatted(
                    links.length,
                    come,
                    PATIENCE_NANOS / 1_000_000_000,
                    notes.driver(),
                    here.port()));
      }
    }
    for (Link link : links) {
      link.awaitReady();
    }
  }

  /** Perhaps an executor was lost meanwhile. */
  private IOException failed(int come) {
    Throwable why = job.failure().orElse(null);
    if (why == null) {
      return new IOException("Spark ended the job before its members came");
    }
    SparkJob.mendable(why)
        .ifPresent(mendable -> {
          throw mendable;
        });
    return new IOException(
        "Spark ended the job when %s of %s members had come: %s"
            .formatted(come, links.length, firstLine(why)),
        why);
  }

  private static String firstLine(Throwable why) {
    return String.valueOf(why.getMessage()).lines().findFirst().orElse(why.toString());
  }

  List<Link> links() {
    return Arrays.asList(links);
  }

  /** Hangs up, so that nobody waits on either side. */
  void close() {
    for (Link link : links) {
      if (link != null) {
        try {
          link.close();
        } catch (IOException e) {
          // It is gone, which is what was wanted.
        }
      }
    }
  }

  /** Ends a team that has lost somebody. */
  void disband() {
    close();
    job.end();
  }

  /** Lets all go home. */
  void end() {
    for (Link link : links) {
      try {
        link.end();
      } catch (IOException e) {
        // Who is gone needs no goodbye.
      }
    }
    job.end();
    close();
  }
}
