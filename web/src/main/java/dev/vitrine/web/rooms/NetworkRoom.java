package dev.vitrine.web.rooms;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.run.Heap;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.summary.Convention;
import dev.vitrine.summary.NamedSummary;
import dev.vitrine.summary.Wiring;
import dev.vitrine.web.http.Answer;
import dev.vitrine.web.http.Request;
import dev.vitrine.web.http.Routes;
import dev.vitrine.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Networks as boxes and arrows, with what each layer is and costs. */
public final class NetworkRoom implements Room {
  private static final long MOST_BYTES = 1L << 30;

  /** Numbers, a copy that is folded for answers, and what layers give. */
  private static final int TIMES_ITS_SIZE = 4;

  private final List<Path> folders;
  private final InsideRoom inside;

  /**
   * @param folders below which runs are looked for
   * @param inside where the numbers of files are looked at that were sent
   */
  public NetworkRoom(List<Path> folders, InsideRoom inside) {
    this.folders = List.copyOf(folders);
    this.inside = inside;
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/api/networks", _ -> Answer.json(Map.of("networks", Zoo.names())))
        .get("/api/network", request -> Answer.json(json(find(request))))
        .post("/api/network/onnx", request -> Answer.json(onnx(request)))
        .post(
            "/api/network",
            request -> Answer.json(json(TypedNetworks.parse(request.json().string("text")))));
  }

  /** A named one, or that of a run. What a browser names is no file. */
  private NetworkSpec find(Request request) {
    if (request.query("run").isPresent()) {
      Path folder = RunsRoom.folder(folders, request.required("run"));
      return RunFolder.open(folder).config().network().spec();
    }
    String name = request.required("name");
    if (!Zoo.has(name)) {
      throw UserException.unknown("network", name, Zoo.names());
    }
    return Zoo.find(name);
  }

  /** One in a file that was dropped on the page, with its numbers where memory has room. */
  private Map<String, Object> onnx(Request request) {
    String name = request.required("name");
    if (!name.endsWith(".onnx")) {
      throw UserException.expecting("The file", "a name that ends with .onnx", Quote.of(name));
    }
    return Sent.as(
        request,
        name,
        MOST_BYTES,
        file -> {
          TrainedNetwork network = TrainedNetwork.open(file, Optional.empty());
          Map<String, Object> json = json(network.spec(), name);
          try {
            requireRoom(Files.size(file));
            json.put("sent", inside.keep(network));
          } catch (UserException | IOException none) {
            json.put("not_inside", none.getMessage());
          }
          return json;
        });
  }

  private static void requireRoom(long bytes) {
    Heap.sweep();
    Runtime java = Runtime.getRuntime();
    long free = java.maxMemory() - (java.totalMemory() - java.freeMemory());
    if (TIMES_ITS_SIZE * bytes > free) {
      throw new UserException(
          String.format(
              Locale.ROOT,
              "Its maps and filters need %,d MB of memory, but %,d are free",
              (TIMES_ITS_SIZE * bytes) >> 20,
              free >> 20));
    }
  }

  private static Map<String, Object> json(NetworkSpec spec) {
    return json(spec, spec.title());
  }

  private static Map<String, Object> json(NetworkSpec spec, String title) {
    NamedSummary summary =
        NamedSummary.of(
            spec.name(), spec.title(), spec.layers(), spec.input(), Convention.ORDINARY);
    Map<String, Object> json = new LinkedHashMap<>(summary.json(true));
    json.put("title", title);
    json.put("model", title);
    json.put("arrows", Wiring.of(spec.layers(), spec.input()));
    return json;
  }
}
