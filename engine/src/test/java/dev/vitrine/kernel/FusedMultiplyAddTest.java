package dev.vitrine.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** In JVMs of their own, one of which is told not to use the processor's instruction. */
class FusedMultiplyAddTest {
  /** What such a JVM runs. */
  static final class Asked {
    private Asked() {}

    public static void main(String[] args) {
      System.out.println(KernelChoice.best().reason());
    }
  }

  private static String reason(String flag) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                flag,
                "-cp",
                System.getProperty("java.class.path")
                    + System.getProperty("path.separator")
                    + where(KernelChoice.class)
                    + System.getProperty("path.separator")
                    + where(Asked.class),
                Asked.class.getName())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).strip();
  }

  private static Path where(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
  }

  @Test
  void aMissingInstructionIsSaid() throws IOException {
    assertThat(reason("-XX:-UseFMA")).startsWith("This processor has no fused multiply-add (FMA)");
  }

  @Test
  void oneThatIsThereIsNot() throws IOException {
    assertThat(reason("-XX:+UseFMA")).contains("vitrine-engine-simd is not on the module");
  }
}
