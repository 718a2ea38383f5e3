package dev.vitrine.web.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.error.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Listens, and gives each request to its handler on a virtual thread of its own. */
public final class PageServer implements AutoCloseable {
  private static final int BACKLOG = 256;
  private static final int NOT_MODIFIED = 304;
  private static final int MOVED = 307;
  private static final int BAD_REQUEST = 400;
  private static final int FAULT = 500;

  private static final Map<String, String> ALWAYS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Referrer-Policy", "no-referrer",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Cross-Origin-Opener-Policy", "same-origin");

  /** What a page may do: nothing but show and run what this server sent. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " connect-src 'self'; worker-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'self'";

  static {
    // Read when the JDK's server is first used. Small answers are sent at once, and who does not
    // finish a request within half a minute is let go.
    setUnlessSet("sun.net.httpserver.nodelay", "true");
    setUnlessSet("sun.net.httpserver.maxReqTime", "30");
    setUnlessSet("jdk.httpserver.maxConnections", "1000");
  }

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Routes routes;
  private final Assets assets;
  private final Events events;
  private final Guard guard;
  private final String basePath;
  private final Consumer<Throwable> faults;

  /**
   * How it is reached.
   *
   * @param host the address to listen at, such as {@code 127.0.0.1}
   * @param port the port; 0 for a free one
   * @param names further names that the page is reached by, such as a proxy's
   * @param basePath what stands before every path, such as {@code /user/me/proxy/8080}; or empty
   * @param token what requests must know, if the address is not this machine's alone
   */
  public record Place(
      String host, int port, List<String> names, String basePath, Optional<String> token) {
    /** Copies the names. */
    public Place {
      names = List.copyOf(names);
    }
  }

  /**
   * Starts to listen.
   *
   * @param place where
   * @param routes what answers; complete
   * @param events what pages are told
   * @param beside a class beside whose package's folder {@code page} the page's files lie
   * @param faults is told of our own faults, from any thread
   * @throws UserException if the port is taken, or the address is none of this machine
   */
  public PageServer(
      Place place, Routes routes, Events events, Class<?> beside, Consumer<Throwable> faults) {
    this.routes = routes;
    this.events = events;
    this.assets = new Assets(beside, "page/");
    this.faults = faults;
    this.basePath = place.basePath();
    this.server = listen(place);
    this.guard = new Guard(place.host(), place.names(), place.token());
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  private static HttpServer listen(Place place) {
    InetSocketAddress address = new InetSocketAddress(place.host(), place.port());
    if (address.isUnresolved()) {
      throw new UserException("%s is no address of this machine".formatted(place.host()));
    }
    try {
      return HttpServer.create(address, BACKLOG);
    } catch (BindException taken) {
      requireOwn(address);
      throw new UserException(
          "Port %s of %s cannot be listened at (%s): another program may have it; choose another, or 0 for any that is free"
              .formatted(place.port(), place.host(), taken.getMessage()),
          taken);
    } catch (IOException failure) {
      throw new UserException(
          "%s cannot be listened at: %s".formatted(address, failure.getMessage()), failure);
    }
  }

  private static void requireOwn(InetSocketAddress address) {
    try {
      InetAddress host = address.getAddress();
      if (!host.isAnyLocalAddress() && NetworkInterface.getByInetAddress(host) == null) {
        throw new UserException(
            "%s is no address of this machine".formatted(host.getHostAddress()));
      }
    } catch (SocketException unknown) {
      throw new UserException("%s cannot be listened at".formatted(address), unknown);
    }
  }

  /** {@return the port that it listens at} */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    events.close();
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      ALWAYS.forEach(exchange.getResponseHeaders()::set);
      try {
        respond(exchange);
      } catch (Refusal refused) {
        send(exchange, refused.answer());
      } catch (UserException wrong) {
        send(exchange, Answer.fault(BAD_REQUEST, wrong.getMessage()));
      } catch (RuntimeException | Error fault) {
        faults.accept(fault);
        send(exchange, Answer.fault(FAULT, "That is a fault of Vitrine's: " + fault));
      }
    } catch (IOException gone) {
      // The browser went away while it was answered: there is nobody left to tell.
    }
  }

  private void respond(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    boolean lacksSlash = !basePath.isEmpty() && path.equals(basePath);
    if (!basePath.isEmpty() && (path + "/").startsWith(basePath + "/")) {
      path = path.substring(basePath.length());
    }
    Map<String, String> query = Routes.query(exchange.getRequestURI().getRawQuery());
    Optional<String> asked = Optional.ofNullable(query.get("token"));
    guard.check(exchange, asked);
    asked
        .filter(guard::isToken)
        .ifPresent(token ->
            exchange
                .getResponseHeaders()
                .set(
                    "Set-Cookie",
                    "%s=%s; Path=/; HttpOnly; SameSite=Strict".formatted(Guard.COOKIE, token)));
    if (lacksSlash) {
      sendOn(exchange);
      return;
    }
    String method = exchange.getRequestMethod();
    if (path.equals("/events") && method.equals("GET")) {
      tellEvents(exchange);
      return;
    }
    send(exchange, answer(exchange, method, path.isEmpty() ? "/" : path, query));
  }

  /** The page's own addresses are relative: they need the slash behind the base path. */
  private void sendOn(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    String place = basePath + "/" + (query == null ? "" : "?" + query);
    exchange.getResponseHeaders().set("Location", place);
    exchange.sendResponseHeaders(MOVED, -1);
  }

  private Answer answer(
      HttpExchange exchange, String method, String path, Map<String, String> query) {
    Optional<Routes.Match> match = routes.match(method.equals("HEAD") ? "GET" : method, path);
    if (match.isPresent()) {
      if (method.equals("POST")) {
        requireForeignType(exchange.getRequestHeaders());
      }
      Request request = new Request(match.get().parts(), query, exchange.getRequestBody());
      return match.get().handler().answer(request);
    }
    if (routes.knows(path)) {
      throw new Refusal(Refusal.WRONG_METHOD, "%s is not answered here".formatted(method));
    }
    return assets
        .find(path)
        .map(page -> page.with("Content-Security-Policy", POLICY))
        .orElseThrow(() -> new Refusal(Refusal.NOT_FOUND, "Nothing is at this address"));
  }

  /** Another site's form can send these types without asking; this page never does. */
  private static void requireForeignType(Headers headers) {
    String type = String.valueOf(headers.getFirst("Content-Type"));
    if (!type.startsWith("application/json") && !type.startsWith("application/octet-stream")) {
      throw new Refusal(
          Refusal.WRONG_TYPE, "A request brings application/json or application/octet-stream");
    }
  }

  private void tellEvents(HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "text/event-stream");
    headers.set("Cache-Control", "no-store");
    headers.set("X-Accel-Buffering", "no");
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      events.stream(out);
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.type());
    answer.headers().forEach(headers::set);
    String tag = answer.headers().get("ETag");
    if (tag != null && tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
      exchange.sendResponseHeaders(NOT_MODIFIED, -1);
      return;
    }
    boolean headOnly = exchange.getRequestMethod().equals("HEAD") || answer.bytes().length == 0;
    exchange.sendResponseHeaders(answer.status(), headOnly ? -1 : answer.bytes().length);
    if (!headOnly) {
      exchange.getResponseBody().write(answer.bytes());
    }
  }

  private static void setUnlessSet(String name, String value) {
    if (System.getProperty(name) == null) {
      System.setProperty(name, value);
    }
  }
}
