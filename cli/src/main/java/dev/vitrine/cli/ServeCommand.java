package dev.vitrine.cli;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.plan.Compute;
import dev.vitrine.web.LabPage;
import dev.vitrine.web.http.PageServer;
import dev.vitrine.web.live.Witness;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vitrine serve}: the lab page. */
@Command(
    name = "serve",
    description = {
      "Open the lab page on this machine: runs, trainings, and a canvas to draw digits on.",
      "It ends with Ctrl-C; a training that runs is stopped then, with a checkpoint."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vitrine serve --open",
      "  vitrine serve --open '#/playground?data=spirals'",
      "  vitrine serve --port 9000 --in lab/results --data-dir data",
      "",
      "On another machine: ssh -L 8080:127.0.0.1:8080 THAT-MACHINE, and open the address that it"
          + " prints there in the browser here."
    })
final class ServeCommand implements Runnable {
  private static final int PORTS = 65_536;
  private static final int TOKEN_BYTES = 16;

  /** The client's address and port, and then this machine's. */
  private static final int SSH_ENDS = 4;

  private static final int SSH_SERVER = 2;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "The port to listen at; 0 for any that is free. Default: 8080, or a free one")
  private Optional<Integer> port;

  @Option(
      names = "--open",
      paramLabel = "FRAGMENT",
      arity = "0..1",
      fallbackValue = "",
      description =
          "Show it in the browser; with what stands behind the # of a link to the page, in that"
              + " state.")
  private Optional<String> open = Optional.empty();

  @Option(
      names = "--in",
      paramLabel = "DIR",
      description = "Where runs and studies are looked for. Default: here")
  private List<Path> folders = List.of(Path.of(""));

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Folder of data sets, looked in first.")
  private Optional<Path> dataDir;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description =
          "Threads of a training; its result does not depend on it. Default: one a" + " processor")
  private Optional<Integer> threads;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen at. From beyond this machine the page answers only with the token"
              + " that is printed. Default: ${DEFAULT-VALUE}")
  private String host;

  @Option(
      names = "--host-name",
      paramLabel = "NAME",
      description = "A name that the page is reached by through a proxy; may be repeated.")
  private List<String> names = List.of();

  @Option(
      names = "--base-path",
      paramLabel = "PATH",
      defaultValue = "",
      description = "What a proxy puts before every path, such as /user/me/proxy/8080.")
  private String basePath;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the address for scripts.")
  private Optional<Output> json;

  @Override
  public void run() {
    Terminal terminal = Main.terminal(spec);
    CountDownLatch over = new CountDownLatch(1);
    try (Interrupt _ = Interrupt.install(over::countDown);
        Compute compute = Main.compute(threads, terminal);
        LabPage page = opened(compute, terminal)) {
      String address = address(page.port()) + fragment();
      json.ifPresent(file -> file.json(Map.of("address", address, "port", page.port())));
      terminal.print("The lab page is at %s", address);
      if (isLoopback()) {
        tunnel(System.getenv(), System.getProperty("user.name"), page.port())
            .ifPresent(line -> terminal.print("From your own machine, first: %s", line));
      }
      terminal.note("Ctrl-C ends it.");
      if (open.isPresent()) {
        show(address, terminal);
      }
      over.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private Optional<String> token = Optional.empty();

  private LabPage opened(Compute compute, Terminal terminal) {
    checkPort();
    checkBasePath();
    checkFragment();
    folders.forEach(folder -> checkFolder("--in", folder));
    dataDir.ifPresent(folder -> checkFolder("--data-dir", folder));
    if (!isLoopback()) {
      byte[] random = new byte[TOKEN_BYTES];
      new SecureRandom().nextBytes(random);
      token = Optional.of(HexFormat.of().formatHex(random));
    }
    LabPage.Subjects subjects =
        new LabPage.Subjects(folders, folders.getFirst().resolve("runs"), dataDir);
    try {
      return open(port.orElse(USUAL), subjects, compute, terminal);
    } catch (UserException taken) {
      if (port.isPresent()) {
        throw taken;
      }
      return open(0, subjects, compute, terminal);
    }
  }

  private static final int USUAL = 8080;

  private LabPage open(int at, LabPage.Subjects subjects, Compute compute, Terminal terminal) {
    return LabPage.open(
        new PageServer.Place(host, at, names, basePath, token),
        subjects,
        compute,
        new Witness() {
          @Override
          public void fault(Throwable fault) {
            terminal.note("A fault of Vitrine's: %s", fault);
          }

          @Override
          public void note(String sentence) {
            terminal.note("%s", sentence);
          }
        });
  }

  private static void checkFolder(String option, Path folder) {
    if (!Files.isDirectory(folder)) {
      throw UserException.expecting(option, "a folder that is there", Quote.of(folder.toString()));
    }
  }

  private void checkPort() {
    port.filter(number -> number < 0 || number >= PORTS)
        .ifPresent(number -> {
          throw UserException.expecting("--port", "0 to 65535", String.valueOf(number));
        });
  }

  private void checkBasePath() {
    if (!basePath.isEmpty() && !basePath.matches("(/[A-Za-z0-9._~-]+)+")) {
      throw UserException.expecting(
          "--base-path", "a path such as /user/me/proxy/8080", Quote.of(basePath));
    }
  }

  /** What an address can have behind its #, so that it is opened as it stands. */
  private void checkFragment() {
    if (!fragment().matches("(#[A-Za-z0-9._~!$&'()*+,;=:@/?%-]+)?")) {
      throw UserException.expecting(
          "--open",
          "what stands behind the # of a link, such as /playground?data=spirals",
          Quote.of(open.orElse("")));
    }
  }

  private boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new UserException(
          "--host expects an address of this machine, but got " + Quote.of(host), unknown);
    }
  }

  private String address(int at) {
    String name = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    String shown = name.contains(":") ? "[" + name + "]" : name;
    return "http://%s:%s%s/%s"
        .formatted(shown, at, basePath, token.map("?token="::concat).orElse(""));
  }

  /** With its sign and slash, however much of both was typed. */
  private String fragment() {
    return open.map(text -> text.replaceFirst("^#?/?", ""))
        .filter(text -> !text.isEmpty())
        .map("#/"::concat)
        .orElse("");
  }

  private static void show(String address, Terminal terminal) throws InterruptedException {
    Browser.show(address).ifPresent(why -> terminal.note("%s: open the address yourself.", why));
  }

  /** What is typed on the reader's own machine, where this one was reached from by ssh. */
  static Optional<String> tunnel(Map<String, String> environment, String user, int port) {
    String[] ends = environment.getOrDefault("SSH_CONNECTION", "").split(" ");
    return ends.length < SSH_ENDS
        ? Optional.empty()
        : Optional.of("ssh -L %s:127.0.0.1:%s %s@%s".formatted(port, port, user, ends[SSH_SERVER]));
  }
}
