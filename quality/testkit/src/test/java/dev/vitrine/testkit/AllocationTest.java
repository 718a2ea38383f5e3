package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A step of training allocates nothing, on any of its threads. Vectors are boxed until C2 has
 * compiled the loops around them, at a moment of its own choosing; so {@link AllocationProbe} goes
 * on until several windows of steps in a row have allocated nothing in the whole JVM. Code that
 * allocates at every step never gets there.
 *
 * <p>Two compilers' threads, as where there are two processors: what is compiled late, is compiled
 * by what the Vector API's methods have met until then. Of vectors of a second width some tiles
 * learned to box theirs for good, in a start of four; with more threads in one of many.
 *
 * <p>Each pair of kernels and threads has a JVM of its own, as a user's training has. In one that
 * ran the scalar kernels first, C2 may compile the steps around the small vector kernels before it
 * knows them, and box their vectors for good: right, but slow.
 *
 * <p>No other test runs at the same time ({@code undisturbed} in {@code pom.xml}).
 */
@Tag("undisturbed")
class AllocationTest {
  @ParameterizedTest
  @CsvSource({"scalar, 1, layers", "simd, 1, layers", "simd, 2, W1", "simd, 2, W3", "simd, 2, W5"})
  void aStepAllocatesNothing(String kernels, String threads, String what)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new ArrayList<>(List.of(java, "-XX:+UseSerialGC", "--add-modules", "jdk.incubator.vector"));
    command.add("-XX:CICompilerCount=2");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(AllocationProbe.class.getName(), kernels, threads));
    List<String> trainings = List.of(what.split(" "));
    command.addAll(trainings);
    Process probe =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(probe.waitFor()).as(said).isZero();
    assertThat(said.lines())
        .hasSameSizeAs(trainings)
        .allSatisfy(line -> assertThat(line).contains(AllocationProbe.NOTHING));
  }
}
