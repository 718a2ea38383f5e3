package dev.vitrine.cluster;

import java.io.Serializable;
import org.apache.spark.broadcast.Broadcast;

/**
 * What a member is told before it begins: texts and numbers, so that nothing of the engine is
 * serialised.
 *
 * @param config the run's configuration as JSON
 * @param rows {@link TrainingRows#sent} that it learns from; {@code null} for the data that the
 *     configuration names
 * @param host where the driver listens
 * @param port its port
 * @param token what tells this job's members from anybody else who connects
 * @param members how many there are
 */
record Assignment(
    String config, Broadcast<Object[]> rows, String host, int port, String token, int members)
    implements Serializable {
  /** The first of many shards that a member computes; that of the next one is their end. */
  static int from(int member, int members, int shards) {
    return (int) ((long) member * shards / members);
  }
}
