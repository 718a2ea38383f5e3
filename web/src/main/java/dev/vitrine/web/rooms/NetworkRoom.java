package dev.vitrine.web.rooms;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.lab.store.RunStore;
import dev.vitrine.notation.NetworkFile;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.run.RunFolder;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.summary.Convention;
import dev.vitrine.summary.NamedSummary;
import dev.vitrine.summary.Wiring;
import dev.vitrine.web.http.Answer;
import dev.vitrine.web.http.Request;
import dev.vitrine.web.http.Routes;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Networks as boxes and arrows, with what each layer is and costs. */
public final class NetworkRoom implements Room {
  private static final long MOST_BYTES = 1L << 30;

  private final List<Path> folders;

  /**
   * @param folders below which runs are looked for
   */
  public NetworkRoom(List<Path> folders) {
    this.folders = List.copyOf(folders);
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/api/networks", _ -> Answer.json(Map.of("networks", Zoo.names())))
        .get("/api/network", request -> Answer.json(json(find(request))))
        .post(
            "/api/network/onnx",
            request -> Answer.json(json(onnx(request), request.required("name"))))
        .post("/api/network", request -> Answer.json(json(typed(request.json()))));
  }

  /** A named one, or that of a run. What a browser names is no file. */
  private NetworkSpec find(Request request) {
    if (request.query("run").isPresent()) {
      Path folder = RunsRoom.find(RunStore.below(folders), request.required("run")).folder();
      return RunFolder.open(folder).config().network().spec();
    }
    String name = request.required("name");
    if (!Zoo.has(name)) {
      throw UserException.unknown("network", name, Zoo.names());
    }
    return Zoo.find(name);
  }

  /** One that somebody wrote or changed, as a network file. */
  private static NetworkSpec typed(JsonObject network) {
    return NetworkFile.parse(network);
  }

  /** One in a file that was dropped on the page. */
  private static NetworkSpec onnx(Request request) {
    String name = request.required("name");
    if (!name.endsWith(".onnx")) {
      throw UserException.expecting("The file", "a name that ends with .onnx", Quote.of(name));
    }
    return Sent.as(
        request, name, MOST_BYTES, file -> TrainedNetwork.open(file, Optional.empty()).spec());
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
    json.put("arrows", Wiring.of(spec.layers(), spec.input()));
    return json;
  }
}
