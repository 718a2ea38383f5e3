package dev.vitrine.web.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vitrine.error.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered, with what, and who is not. */
class PageServerTest {
  private static final String JSON = "Content-Type: application/json";

  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final Events events = new Events();
  private final Routes routes =
      new Routes()
          .get(
              "/api/twice/{number}",
              request -> Answer.json(Map.of("twice", 2 * Integer.parseInt(request.part("number")))))
          .get(
              "/api/wrong",
              _ -> {
                throw new UserException("Wrong: do it another way");
              })
          .get(
              "/api/fault",
              _ -> {
                throw new IllegalStateException("ours");
              })
          .post("/api/echo", request -> Answer.json(request.json()))
          .post("/api/bytes", request -> Answer.json(Map.of("bytes", request.bytes(8).length)));
  private PageServer server;
  private Asking asking;

  private Asking open(String basePath, Optional<String> token, String... names) {
    server =
        new PageServer(
            new PageServer.Place("127.0.0.1", 0, List.of(names), basePath, token),
            routes,
            events,
            dev.vitrine.web.LabPage.class,
            faults::add);
    asking = new Asking(server.port());
    return asking;
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void anyAddressOfThisMachineIsItsOwn() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "127.0.0.2 is no address elsewhere");
    server =
        new PageServer(
            new PageServer.Place("127.0.0.2", 0, List.of(), "", Optional.empty()),
            routes,
            events,
            dev.vitrine.web.LabPage.class,
            faults::add);
    asking = new Asking("127.0.0.2", server.port());
    assertThat(Asking.status(asking.get("/"))).isEqualTo(200);
  }

  @Test
  void theBasePathLeadsToThePageWithItsSlash() {
    open("/user/me", Optional.empty());
    assertThat(asking.get("/user/me?token=1"))
        .startsWith("HTTP/1.1 307")
        .containsIgnoringCase("Location: /user/me/?token=1");
    assertThat(Asking.status(asking.get("/user/me/"))).isEqualTo(200);
  }

  @Test
  void handlersAnswerTheirAddresses() {
    open("", Optional.empty());
    assertThat(asking.get("/api/twice/21")).startsWith("HTTP/1.1 200").endsWith("{\"twice\":42}");
    assertThat(asking.post("/api/echo", "{\"a\":[1]}", JSON)).endsWith("{\"a\":[1]}");
    assertThat(Asking.status(asking.get("/api/nothing"))).isEqualTo(404);
    assertThat(Asking.status(asking.get("/api/echo"))).isEqualTo(405);
  }

  @Test
  void whatIsWrongIsASentenceAndOurFaultsAreTold() {
    open("", Optional.empty());
    assertThat(asking.get("/api/wrong"))
        .startsWith("HTTP/1.1 400")
        .endsWith("{\"error\":\"Wrong: do it another way\"}");
    assertThat(faults).isEmpty();
    assertThat(Asking.status(asking.get("/api/fault"))).isEqualTo(500);
    assertThat(faults).singleElement().isInstanceOf(IllegalStateException.class);
    assertThat(asking.post("/api/echo", "[", JSON)).startsWith("HTTP/1.1 400").contains("request");
  }

  @Test
  void thePageComesWithAPolicyAndIsNotSentTwice() {
    open("", Optional.empty());
    String page = asking.get("/");
    assertThat(page)
        .startsWith("HTTP/1.1 200")
        .contains("default-src 'none'; script-src 'self'")
        .contains("<title>Vitrine</title>");
    String tag = page.lines().filter(line -> line.startsWith("Etag: ")).findFirst().orElseThrow();
    assertThat(Asking.status(asking.get("/", "If-None-Match: " + tag.substring(6)))).isEqualTo(304);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../LabPage.class",
        "/%2e%2e/LabPage.class",
        "/rooms/..%2f..%2fLabPage.class",
        "//etc/passwd",
        "/rooms",
        "/rooms/",
        "/INDEX.HTML",
        "/vendor\\uplot.js",
      })
  void noPathLeadsOutOfThePage(String path) {
    open("", Optional.empty());
    assertThat(Asking.status(asking.get(path))).isIn(400, 404);
  }

  @Test
  void aStrangersNameForThisMachineIsRefused() {
    open("", Optional.empty());
    assertThat(Asking.status(asking.get("/", "Host: evil.example:80"))).isEqualTo(403);
    assertThat(Asking.status(asking.get("/", "Host: localhost:" + server.port()))).isEqualTo(200);
    // A tunnel's other end has a port of its own; a page of another port is another site's.
    assertThat(Asking.status(asking.get("/", "Host: 127.0.0.1:1"))).isEqualTo(200);
    String neighbour = asking.get("/", "Origin: http://127.0.0.1:1");
    assertThat(Asking.status(neighbour)).isEqualTo(403);
  }

  @Test
  void aProxysNameIsAnsweredWhenItIsTold() {
    open("", Optional.empty(), "hub.example");
    assertThat(Asking.status(asking.get("/", "Host: hub.example"))).isEqualTo(200);
    assertThat(Asking.status(asking.get("/", "Host: hub.example:8443"))).isEqualTo(200);
    assertThat(Asking.status(asking.get("/", "Host: evil.example"))).isEqualTo(403);
  }

  @Test
  void anotherSitesPageChangesNothing() {
    open("", Optional.empty());
    String own = "Origin: http://127.0.0.1:" + server.port();
    assertThat(Asking.status(asking.post("/api/echo", "{}", JSON, own))).isEqualTo(200);
    for (String origin : List.of("Origin: https://evil.example", "Origin: null")) {
      assertThat(Asking.status(asking.post("/api/echo", "{}", JSON, origin))).isEqualTo(403);
    }
    assertThat(Asking.status(asking.get("/api/twice/1", "Sec-Fetch-Site: cross-site")))
        .isEqualTo(403);
    // A link on another site may open the page, as any page.
    assertThat(
            Asking.status(
                asking.get("/", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate")))
        .isEqualTo(200);
    assertThat(Asking.status(asking.post("/api/echo", "{}", "Content-Type: text/plain")))
        .isEqualTo(415);
  }

  @Test
  void bodiesAreBounded() {
    open("", Optional.empty());
    String type = "Content-Type: application/octet-stream";
    assertThat(asking.post("/api/bytes", "12345678", type)).endsWith("{\"bytes\":8}");
    assertThat(asking.post("/api/bytes", "123456789", type))
        .startsWith("HTTP/1.1 413")
        .contains("At most 8 bytes");
  }

  @Test
  void aTokenIsAskedForAndKept() {
    open("", Optional.of("abc"));
    assertThat(Asking.status(asking.get("/"))).isEqualTo(403);
    assertThat(Asking.status(asking.get("/?token=abd"))).isEqualTo(403);
    assertThat(asking.get("/?token=abc"))
        .startsWith("HTTP/1.1 200")
        .contains("vitrine-token=abc; Path=/; HttpOnly; SameSite=Strict");
    assertThat(Asking.status(asking.get("/", "Cookie: a=b; vitrine-token=abc"))).isEqualTo(200);
    assertThat(Asking.status(asking.get("/", "Cookie: vitrine-token=abcd"))).isEqualTo(403);
  }

  @Test
  void aProxysPathMayStandBeforeEveryPath() {
    open("/user/me/proxy/1", Optional.empty());
    assertThat(asking.get("/user/me/proxy/1/api/twice/2")).endsWith("{\"twice\":4}");
    assertThat(asking.get("/user/me/proxy/1/")).contains("<title>Vitrine</title>");
    assertThat(asking.get("/api/twice/2")).endsWith("{\"twice\":4}");
    assertThat(Asking.status(asking.get("/user/me/proxy/11/"))).isEqualTo(404);
  }

  @Test
  void everyPageHearsTheNewestOfEachKind() throws Exception {
    open("", Optional.empty());
    events.tell("count", 1);
    events.tell("count", 2);
    List<Socket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 60; i++) {
        sockets.add(listening());
      }
      // Nobody reads yet, and nothing waits for them.
      for (int i = 3; i <= 2000; i++) {
        events.tell("count", i);
      }
      assertThat(asking.get("/api/twice/3")).endsWith("{\"twice\":6}");
      for (Socket socket : sockets) {
        assertThat(lastCount(socket)).isEqualTo(2000);
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private Socket listening() throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    String request = "GET /events HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n\r\n".formatted(server.port());
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  private static int lastCount(Socket socket) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    int last = 0;
    while (last < 2000) {
      String line = lines.readLine();
      if (line.startsWith("data: ")) {
        int next = Integer.parseInt(line.substring(6));
        assertThat(next).isGreaterThanOrEqualTo(last);
        last = next;
      }
    }
    return last;
  }

  @Test
  void aTakenPortIsASentence() {
    open("", Optional.empty());
    assertThatThrownBy(() ->
            new PageServer(
                    new PageServer.Place(
                        "127.0.0.1", server.port(), List.of(), "", Optional.empty()),
                    routes,
                    events,
                    dev.vitrine.web.LabPage.class,
                    faults::add)
                .close())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("another program may have it");
  }
}
