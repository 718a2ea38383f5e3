package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vitrine serve} on a command line; the page itself is tested in its own module. */
class ServeCommandTest {
  @Test
  void badInputIsOneSentence() {
    refuse("--port expects 0 to 65535, but got 65536", "serve", "--port", "65536");
    refuse("--base-path expects a path such as", "serve", "--base-path", "user/me");
    refuse("--open expects what stands behind the # of a link", "serve", "--open", "#/a b");
    refuse("--host expects an address of this machine", "serve", "--host", "no such host");
    refuse("192.0.2.1 is no address of this machine", "serve", "--host", "192.0.2.1");
    refuse("--in expects a folder that is there, but got \"nowhere\"", "serve", "--in", "nowhere");
    refuse(
        "--data-dir expects a folder that is there, but got \"nowhere\"",
        "serve",
        "--data-dir",
        "nowhere");
    refuse("Unknown option \"--prot\"; did you mean \"--port\"?", "serve", "--prot", "1");
  }

  @Test
  void aTakenPortIsOneSentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      refuse("Port %s of 127.0.0.1 cannot be listened at".formatted(port), "serve", "--port", port);
    }
  }

  @Test
  void whoCameBySshIsToldTheTunnel() {
    assertThat(
            ServeCommand.tunnel(
                Map.of("SSH_CONNECTION", "192.0.2.7 50000 192.0.2.9 22"), "ada", 8081))
        .contains("ssh -L 8081:127.0.0.1:8081 ada@192.0.2.9");
    assertThat(ServeCommand.tunnel(Map.of(), "ada", 8081)).isEmpty();
  }

  @Test
  void eachSystemHasItsProgramThatOpensAddresses(@TempDir Path folder) throws IOException {
    String address = "http://127.0.0.1:8080/#/draw";
    assertThat(Browser.command("Windows 11", Map.of(), address))
        .contains(List.of("rundll32", "url.dll,FileProtocolHandler", address));
    assertThat(Browser.command("Mac OS X", Map.of(), address)).contains(List.of("open", address));
    Path program = Files.createFile(folder.resolve("xdg-open"));
    assumeTrue(program.toFile().setExecutable(true));
    Map<String, String> screen = Map.of("PATH", folder.toString(), "DISPLAY", ":0");
    assertThat(Browser.command("Linux", screen, address))
        .contains(List.of(program.toString(), address));
    assertThat(Browser.command("Linux", Map.of("PATH", folder.toString()), address)).isEmpty();
    assertThat(Browser.command("Linux", Map.of("DISPLAY", ":0"), address)).isEmpty();
  }

  private static void refuse(String sentence, String... args) {
    Cli cli = Cli.run(args);
    assertThat(cli.code()).as("%s: %s", sentence, cli.err()).isEqualTo(2);
    assertThat(cli.err()).contains(sentence);
  }
}
