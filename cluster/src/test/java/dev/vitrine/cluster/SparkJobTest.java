package dev.vitrine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Spark says of a job that did not begin, and what a person is told. */
class SparkJobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "java.lang.UnsupportedClassVersionError: dev/vitrine/cluster/MemberTask has been compiled by a more recent version of the Java Runtime|The executors run an older Java than this program's 25: point",
        "java.lang.ClassNotFoundException: dev.vitrine.cluster.MemberTask|The executors do not have Vitrine's jars: give them with spark.jars",
        "java.lang.IllegalArgumentException: Class is not registered: org.apache.spark.util.io.ChunkedByteBuffer[]|spark.kryo.registrationRequired is true, but nobody registered [Lorg.apache.spark.util.io.ChunkedByteBuffer;, which Spark sends: name it in spark.kryo.classesToRegister, or set that to false",
        "java.lang.reflect.InaccessibleObjectException: Unable to make field final byte[] java.nio.ByteBuffer.hb accessible|Spark's Kryo serializer expects java.base to open",
      })
  void whatAPersonCanMendIsSaid(String said, String sentence) {
    SparkException failure = new SparkException("Job aborted due to stage failure: " + said, null);
    assertThat(SparkJob.mendable(failure).orElseThrow()).hasMessageStartingWith(sentence);
  }

  @Test
  void aLostExecutorIsNoFaultOfAPersons() {
    assertThat(SparkJob.mendable(new SparkException("ExecutorLostFailure", null))).isEmpty();
  }
}
