package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DownloadProgress;
import dev.vitrine.data.Downloader;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.lab.StudyRun;
import dev.vitrine.lab.session.AskedStudy;
import dev.vitrine.lab.session.AskedSweep;
import dev.vitrine.lab.session.StudyChanges;
import dev.vitrine.lab.session.StudyRequest;
import dev.vitrine.lab.trial.NamedTrainings;
import dev.vitrine.lab.trial.StudyListener;
import dev.vitrine.plan.Compute;
import dev.vitrine.web.live.Witness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Studies and the queue, asked as a browser asks them. */
class StudiesRoomTest {
  private final Compute compute = Compute.of(1);
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path folder;
  private LabPage page;

  @BeforeEach
  void open() {
    Witness witness =
        new Witness() {
          @Override
          public void fault(Throwable fault) {
            faults.add(fault);
          }

          @Override
          public void note(String sentence) {
            notes.add(sentence);
          }
        };
    page = BesideThePage.page(folder, compute, witness);
  }

  @AfterEach
  void close() {
    page.close();
    compute.close();
    client.close();
    assertThat(faults).isEmpty();
  }

  private static String text(String name, int epochs, String rates) {
    return """
    name: %s
    question: Which rate?
    settings: {data: digits, model: mlp-10, train-images: 300, test-images: 50, epochs: %s}
    vary:
      - {name: lr, values: [%s]}
    seeds: 2
    """
        .formatted(name, epochs, rates);
  }

  @Test
  void ofVeryManyTrialsTheFirstCommandsAreShown() throws Exception {
    String rates =
        IntStream.rangeClosed(1, 150).mapToObj(i -> i + "e-3").collect(Collectors.joining(","));
    JsonObject plan = answer(post("/api/studies/check", Map.of("text", text("many", 1, rates))));
    assertThat(plan.integer("all_trials")).isEqualTo(300);
    assertThat(plan.object("trials").fields()).hasSize(200);
  }

  /** Stopped in the middle and gone on with, it has every bit and file of one that was not. */
  @Test
  void aStudyThatWasStoppedEndsAsTheCommandLines() throws Exception {
    String text = text("tiny", 150, "0.01,0.1");
    JsonObject plan = answer(post("/api/studies/check", Map.of("text", text)));
    assertThat(plan.object("cost").fields())
        .containsEntry("tuning", 4L)
        .containsEntry("epochs", 600L);
    assertThat(plan.object("trials").fields()).hasSize(4);
    assertThat(plan.integer("all_trials")).isEqualTo(4);
    assertThat(folder.resolve("studies")).doesNotExist();

    int number = start(Map.of("text", text, "jobs", "1"));
    waitFor(number, news -> news.integer("events") > 1);
    HttpResponse<String> twice = post("/api/studies", Map.of("text", text));
    assertThat(twice.statusCode()).isEqualTo(400);
    assertThat(twice.body()).contains("works or waits here already");
    post("/api/studies/%s/stop".formatted(number), Map.of());
    JsonObject stopped = waitFor(number, StudiesRoomTest::isOver);
    assertThat(stopped.string("phase")).isEqualTo("STOPPED");
    Path own = folder.resolve("studies/tiny");
    assertThat(stopped.string("goesOnWith")).isEqualTo("vitrine study --resume " + own);
    assertThat(get("/api/study?study=tiny").string("state"))
        .isEqualTo("ended early: it was stopped");

    int again = start(Map.of("resume", "tiny"));
    assertThat(waitFor(again, StudiesRoomTest::isOver).string("phase")).isEqualTo("FINISHED");
    Path other = besideThePage(text);
    assertThat(own.resolve("results.json")).hasSameBinaryContentAs(other.resolve("results.json"));
    assertThat(files(own)).containsAll(files(other));
    assertThat(own.resolve("study.yaml")).hasContent(text);
    JsonObject shown = get("/api/study?study=tiny");
    assertThat(shown.string("state")).isEqualTo("done");
    assertThat(shown.object("results").list("arms")).hasSize(2);
    assertThat(Json.line(shown.list("journal"))).contains("lr=0.01 seed 1: begins");
    assertThat(ask("/api/study/report?study=tiny").body()).contains("Which rate?");
  }

  /** As the command line does it, by the classes that it uses. */
  private Path besideThePage(String text) {
    NamedTrainings trainings =
        new NamedTrainings(
            DataFolders.ofSystem(Optional.empty()), Downloader.reportingTo(DownloadProgress.NONE));
    AskedSweep sweep =
        (AskedSweep)
            AskedStudy.of(
                new StudyRequest(
                    text,
                    "tiny",
                    false,
                    StudyChanges.none(),
                    folder.resolve("beside"),
                    Optional.empty()),
                trainings);
    try (StudyRun run =
        StudyRun.begin(sweep.study(), StudyRun.Options.usual(), StudyListener.SILENT)) {
      run.run();
    }
    sweep.writeReport("vitrine study tiny.yaml");
    return sweep.folder();
  }

  /** All but what is in the trials' runs, of which one that was stopped has more. */
  private static List<String> files(Path study) throws IOException {
    try (Stream<Path> all = Files.walk(study, 2)) {
      return all.map(file -> study.relativize(file).toString()).sorted().toList();
    }
  }

  @Test
  void whatIsWrongIsSaidWithItsPlaceAndNothingIsMade() throws Exception {
    String text = "name: x\nsettings:\n  epochz: 3\n";
    String sentence =
        "The text, line 3, column 3: unknown setting \"epochz\"; did you mean \"epochs\"?";
    HttpResponse<String> begun = post("/api/studies", Map.of("text", text));
    assertThat(begun.statusCode()).isEqualTo(400);
    assertThat(answer(begun).string("error")).isEqualTo(sentence);
    assertThat(answer(post("/api/studies/check", Map.of("text", text))).string("wrong"))
        .isEqualTo(sentence);
    assertThat(post("/api/studies", Map.of("name", "lms", "seeds", "3")).body())
        .contains("no effect on a study that is computed");
    for (String kind : List.of("compute: lms", "settings: {data: digits}")) {
      String away = "name: ../../away\n%s\n".formatted(kind);
      assertThat(post("/api/studies", Map.of("text", away)).body())
          .contains("line 1, column 7: The name of a study expects");
    }
    assertThat(post("/api/studies", Map.of("text", "name: x\ncompute: lmz\n")).body())
        .contains("did you mean");
    assertThat(post("/api/studies", Map.of("name", "optimisers")).body()).contains("optimizers");
    assertThat(folder.resolve("studies")).doesNotExist();
    assertThat(
            answer(post("/api/studies/check", Map.of("name", "optimizers", "quick", true)))
                .string("command"))
        .isEqualTo(
            "vitrine study optimizers --out %s --quick"
                .formatted(folder.resolve("studies/optimizers-quick")));
  }

  @Test
  void aTrialThatDivergesIsARowAndTheOthersGoOn() throws Exception {
    int number = start(Map.of("text", text("wild", 2, "0.1,1e9")));
    JsonObject end = waitFor(number, StudiesRoomTest::isOver);
    assertThat(end.string("phase")).isEqualTo("FINISHED");
    assertThat(end.integer("failed")).isEqualTo(2);
    assertThat(end.string("sentence")).contains("lr=1000000000");
    assertThat(Json.line(get("/api/study?study=wild").object("results").list("arms")))
        .contains("\"diverged\"");
  }

  @Test
  void aFolderThatIsRemovedIsOneSentenceHereAndInTheTerminal() throws Exception {
    int number = start(Map.of("text", text("gone", 20000, "0.1")));
    waitFor(number, news -> news.integer("events") > 1);
    Path gone = folder.resolve("studies/gone");
    // Moved at once: what is deleted file by file may be written to meanwhile.
    Files.move(gone, folder.resolve("elsewhere"));
    post("/api/studies/%s/stop".formatted(number), Map.of());
    JsonObject end = waitFor(number, StudiesRoomTest::isOver);
    assertThat(end.string("phase")).isEqualTo("FAILED");
    assertThat(end.string("sentence")).contains(gone.toString());
    assertThat(notes).singleElement().asString().startsWith("The study gone: ");
  }

  @Test
  void whatWaitsIsPutInAnotherOrderAndAFloodIsRefused() throws Exception {
    int first = start(Map.of("text", text("first", 20000, "0.1")));
    waitFor(first, news -> news.string("phase").equals("WORKING"));
    HttpResponse<String> training =
        post("/api/trainings", Map.of("settings", Map.of("model", "mlp-5", "data", "digits")));
    assertThat(training.statusCode()).isEqualTo(200);
    start(Map.of("text", text("second", 1, "0.1")));
    assertThat(queue()).containsExactly("first", "MLP 5 on digits", "second");
    int second = entry(2);
    post("/api/queue/%s/move".formatted(second), Map.of("places", -1));
    assertThat(queue()).containsExactly("first", "second", "MLP 5 on digits");
    post("/api/queue/%s/move".formatted(second), Map.of("places", -5));
    assertThat(queue()).containsExactly("first", "second", "MLP 5 on digits");
    post("/api/queue/%s/remove".formatted(entry(2)), Map.of());
    assertThat(queue()).containsExactly("first", "second");
    assertThat(Json.line(get("/api/trainings").list("trainings"))).contains("STOPPED");
    HttpResponse<String> last = training;
    for (int i = 0; i < 30 && last.statusCode() == 200; i++) {
      last = post("/api/studies", Map.of("text", text("more" + i, 1, "0.1")));
    }
    assertThat(last.body()).contains("20 trainings and studies run or wait already");
    page.close();
    assertThat(notes)
        .containsExactly(
            "The study first goes on with: vitrine study --resume "
                + folder.resolve("studies/first"));
  }

  private List<String> queue() throws Exception {
    return get("/api/queue").list("queue").stream()
        .map(each -> ((JsonObject) each).string("title"))
        .toList();
  }

  private int entry(int place) throws Exception {
    return ((JsonObject) get("/api/queue").list("queue").get(place)).whole("entry");
  }

  private int start(Map<String, Object> asked) throws Exception {
    return answer(post("/api/studies", asked)).whole("number");
  }

  /** The page tells how studies stand by events alone; the newest of each kind comes at once. */
  private JsonObject news(int number) throws Exception {
    HttpResponse<Stream<String>> events =
        client.send(
            HttpRequest.newBuilder(at("/events")).build(), HttpResponse.BodyHandlers.ofLines());
    try (Stream<String> lines = events.body()) {
      String data =
          lines
              .dropWhile(line -> !line.equals("event: studies"))
              .skip(1)
              .findFirst()
              .orElseThrow()
              .substring("data: ".length());
      List<?> all = Json.parse(data, "news").list("studies");
      return all.size() < number ? NOTHING_YET : (JsonObject) all.get(number - 1);
    }
  }

  private static final JsonObject NOTHING_YET =
      new JsonObject("news", Map.of("phase", "WAITING", "events", 0L));

  private static boolean isOver(JsonObject news) {
    return List.of("FINISHED", "ENDED_EARLY", "STOPPED", "FAILED").contains(news.string("phase"));
  }

  private interface Holds {
    boolean of(JsonObject news);
  }

  private JsonObject waitFor(int number, Holds holds) throws Exception {
    JsonObject news = news(number);
    for (int i = 0; i < 3000 && !holds.of(news); i++) {
      Thread.sleep(20);
      news = news(number);
    }
    assertThat(holds.of(news)).as("%s", news).isTrue();
    return news;
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + page.port() + path);
  }

  private HttpResponse<String> ask(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(at(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonObject get(String path) throws Exception {
    return answer(ask(path));
  }

  private HttpResponse<String> post(String path, Object body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonObject answer(HttpResponse<String> answer) {
    return Json.parse(answer.body(), "the answer");
  }
}
