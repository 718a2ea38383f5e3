package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** {@code vitrine serve} on a command line; the page itself is tested in its own module. */
class ServeCommandTest {
  @Test
  void badInputIsOneSentence() {
    refuse("--port expects 0 to 65535, but got 65536", "serve", "--port", "65536");
    refuse("--base-path expects a path such as", "serve", "--base-path", "user/me");
    refuse("--open expects what stands behind the # of a link", "serve", "--open", "#/a b");
    refuse("--host expects an address of this machine", "serve", "--host", "no such host");
    refuse("Unknown option \"--prot\"; did you mean \"--port\"?", "serve", "--prot", "1");
  }

  @Test
  void aTakenPortIsOneSentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      refuse("Port %s of 127.0.0.1 cannot be listened at".formatted(port), "serve", "--port", port);
    }
  }

  private static void refuse(String sentence, String... args) {
    Cli cli = Cli.run(args);
    assertThat(cli.code()).as("%s: %s", sentence, cli.err()).isEqualTo(2);
    assertThat(cli.err()).contains(sentence);
  }
}
