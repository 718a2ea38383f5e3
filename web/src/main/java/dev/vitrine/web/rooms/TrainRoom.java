package dev.vitrine.web.rooms;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.settings.NamedData;
import dev.vitrine.settings.Setting;
import dev.vitrine.settings.TrainSettings;
import dev.vitrine.web.http.Answer;
import dev.vitrine.web.http.Request;
import dev.vitrine.web.http.Routes;
import dev.vitrine.web.live.TrainingQueue;
import dev.vitrine.zoo.Zoo;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Trainings: what they can be told, started, paused, stopped, gone on with. */
public final class TrainRoom implements Room {
  private final TrainingQueue queue;
  private final TypedNetworks networks;
  private final List<Path> folders;
  private final Reach reach;

  /**
   * @param queue runs them
   * @param networks where networks are kept that were typed
   * @param folders below which runs are looked for
   * @param reach which files settings may name
   */
  public TrainRoom(TrainingQueue queue, TypedNetworks networks, List<Path> folders, Reach reach) {
    this.queue = queue;
    this.reach = reach;
    this.networks = networks;
    this.folders = List.copyOf(folders);
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/api/settings", _ -> settings())
        .get("/api/trainings", _ -> Answer.json(Map.of("trainings", queue.news())))
        .post("/api/trainings", request -> start(request.json()))
        .post("/api/trainings/{number}/pause", request -> with(request, queue::pause))
        .post("/api/trainings/{number}/go-on", request -> with(request, queue::goOn))
        .post("/api/trainings/{number}/stop", request -> with(request, queue::stop));
  }

  private static Answer settings() {
    List<Map<String, Object>> settings = TrainSettings.all().stream().map(TrainRoom::json).toList();
    return Answer.json(
        Map.of("settings", settings, "models", Zoo.names(), "data", NamedData.names()));
  }

  private static Map<String, Object> json(Setting setting) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", setting.name());
    json.put("kind", setting.kind());
    json.put("label", setting.label());
    json.put("standard", setting.standard());
    json.put("otherwise", setting.otherwise());
    json.put("help", setting.help());
    return json;
  }

  private Answer start(JsonObject asked) {
    if (asked.has("resume")) {
      Path folder = RunsRoom.folder(folders, asked.string("resume"));
      return Answer.json(Map.of("number", queue.resume(folder)));
    }
    Map<String, String> settings = new LinkedHashMap<>(asked.object("settings").texts());
    reach.require(settings);
    if (asked.has("network")) {
      settings.put("model", networks.keep(asked.string("network")).toString());
    }
    return Answer.json(Map.of("number", queue.start(settings)));
  }

  private static Answer with(Request request, IntConsumer action) {
    action.accept(number(request));
    return Answer.json(Map.of());
  }

  /** Which training an address names. */
  static int number(Request request) {
    String number = request.part("number");
    if (!number.matches("[1-9]\\d{0,8}")) {
      throw new UserException("A training's number is a whole number from 1");
    }
    return Integer.parseInt(number);
  }
}
