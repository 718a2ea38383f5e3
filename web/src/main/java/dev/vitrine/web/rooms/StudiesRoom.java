package dev.vitrine.web.rooms;

import dev.vitrine.error.UserException;
import dev.vitrine.format.JsonObject;
import dev.vitrine.lab.session.AskedComputation;
import dev.vitrine.lab.session.AskedStudy;
import dev.vitrine.lab.session.AskedSweep;
import dev.vitrine.lab.session.StudyCost;
import dev.vitrine.lab.store.StoredStudy;
import dev.vitrine.lab.studies.Catalogue;
import dev.vitrine.web.http.Answer;
import dev.vitrine.web.http.Request;
import dev.vitrine.web.http.Routes;
import dev.vitrine.web.live.StudyQueue;
import dev.vitrine.web.live.StudyStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Studies: started, watched, gone on with, and their reports. */
public final class StudiesRoom implements Room {
  /** It is asked for at each rest of somebody who types: thousands would take seconds each. */
  private static final int MOST_COMMANDS = 200;

  private final StudyQueue queue;
  private final AskedStudies asked;
  private final List<Path> folders;

  /**
   * @param queue runs them
   * @param asked makes studies of what is asked
   * @param folders below which studies are looked for
   */
  public StudiesRoom(StudyQueue queue, AskedStudies asked, List<Path> folders) {
    this.queue = queue;
    this.asked = asked;
    this.folders = List.copyOf(folders);
  }

  @Override
  public void open(Routes routes) {
    routes
        .get("/api/studies", _ -> list())
        .get("/api/studies/named", _ -> named())
        .get("/api/study", this::show)
        .get("/api/study/report", this::report)
        .post("/api/studies/check", request -> check(request.json()))
        .post("/api/studies", request -> start(request.json()))
        .post("/api/studies/{number}/stop", this::stop);
  }

  private Answer list() {
    return Answer.json(
        Map.of("studies", StoredStudy.below(folders).stream().map(ShownStudy::row).toList()));
  }

  private static Answer named() {
    List<Map<String, Object>> all =
        Catalogue.names().stream()
            .map(name ->
                Map.<String, Object>of(
                    "name",
                    name,
                    "text",
                    Catalogue.text(name),
                    "computed",
                    Catalogue.computed().contains(name)))
            .toList();
    return Answer.json(Map.of("named", all));
  }

  private Answer show(Request request) {
    String name = request.required("study");
    List<StoredStudy> stored = StoredStudy.below(folders);
    if (stored.stream().noneMatch(study -> study.name().equals(name)) && waits(name)) {
      return Answer.json(Map.of("name", name, "state", "waits", "report", false));
    }
    return Answer.json(ShownStudy.whole(find(name, stored), asked.trainings()));
  }

  /** Whether it was begun here and has no folder yet. */
  private boolean waits(String name) {
    return queue.news().stream()
        .anyMatch(news -> news.study().equals(name) && !news.phase().isOver());
  }

  /** By what it goes by alone: what a browser sends is no path. */
  private StoredStudy find(String name) {
    return find(name, StoredStudy.below(folders));
  }

  private static StoredStudy find(String name, List<StoredStudy> all) {
    return all.stream()
        .filter(study -> study.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            UserException.unknown("study", name, all.stream().map(StoredStudy::name).toList()));
  }

  private Answer report(Request request) {
    try {
      return Reports.of(Files.readAllBytes(find(request.required("study")).report()));
    } catch (IOException missing) {
      throw new UserException("This study has no report yet: it is written when it ends", missing);
    }
  }

  /** What would be done, or what is wrong while somebody still writes; nothing is made. */
  private Answer check(JsonObject json) {
    try {
      return Answer.json(plan(asked.begin(json)));
    } catch (UserException wrong) {
      return Answer.json(Map.of("wrong", wrong.getMessage()));
    }
  }

  private static Map<String, Object> plan(StudyStart start) {
    AskedStudy study = start.study();
    Map<String, Object> plan = new LinkedHashMap<>();
    plan.put("name", study.name());
    plan.put("question", study.question());
    plan.put("folder", study.folder().toString());
    plan.put("there", Files.isDirectory(study.folder()));
    plan.put("command", start.command());
    study.budget().ifPresent(limit -> plan.put("budget", limit.toSeconds()));
    plan.put("computed", study instanceof AskedComputation);
    if (study instanceof AskedSweep sweep) {
      StudyCost cost = StudyCost.of(sweep.study());
      plan.put("cost", cost);
      plan.put("size", cost.size());
      plan.put("jobs", start.options().jobs());
      plan.put("more", sweep.study().more());
      plan.put("trials", sweep.plan(MOST_COMMANDS));
      plan.put("all_trials", sweep.study().trials().size());
    }
    return plan;
  }

  private Answer start(JsonObject json) {
    boolean onward = json.has("resume");
    StudyStart start =
        onward ? asked.goOn(find(json.string("resume")).folder(), json) : asked.begin(json);
    int number = queue.add(start);
    String name = onward ? json.string("resume") : start.study().folder().getFileName().toString();
    return Answer.json(Map.of("number", number, "study", name));
  }

  private Answer stop(Request request) {
    queue.stop(Counted.of(request, "number"));
    return Answer.json(Map.of());
  }
}
