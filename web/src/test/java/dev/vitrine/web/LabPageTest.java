package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataRequest;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.DownloadProgress;
import dev.vitrine.data.Downloader;
import dev.vitrine.data.Reading;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.image.Png;
import dev.vitrine.nn.Activation;
import dev.vitrine.nn.Conv2d;
import dev.vitrine.nn.Flatten;
import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Linear;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Sequential;
import dev.vitrine.onnx.OnnxFile;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import dev.vitrine.tensor.Shape;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rooms, asked as a browser asks them. */
class LabPageTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "model",
          "mlp-30",
          "data",
          "digits",
          "train-images",
          "600",
          "test-images",
          "100",
          "epochs",
          "2",
          "seed",
          "7");

  private final Compute compute = Compute.of(1);
  private final List<Throwable> faults = new CopyOnWriteArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  @TempDir private Path folder;
  private LabPage page;

  @BeforeEach
  void open() {
    page = BesideThePage.page(folder, compute, faults::add);
  }

  @AfterEach
  void close() {
    page.close();
    compute.close();
    client.close();
    assertThat(faults).isEmpty();
  }

  @Test
  void aTrainingHasTheCommandLinesBits() throws Exception {
    int number = start(SETTINGS);
    JsonObject end = waitFor(number, "FINISHED");
    assertThat(end.string("hash")).isEqualTo(hashWithoutPage());
    assertThat(end.string("command")).startsWith("vitrine train").contains("--seed 7");
    JsonObject run = get("/api/run?run=" + end.string("run"));
    assertThat(run.string("state")).isEqualTo("finished");
    assertThat(run.object("curves").list("epochs")).hasSize(2);
    assertThat(run.object("settings").string("model")).isEqualTo("mlp-30");
  }

  @Test
  void aPausedTrainingComesToTheSameEnd() throws Exception {
    Map<String, String> longer = new HashMap<>(SETTINGS);
    longer.put("epochs", "300");
    int number = start(longer);
    waitFor(number, "TRAINING");
    post("/api/trainings/" + number + "/pause", "{}");
    JsonObject paused = waitFor(number, "PAUSED");
    Thread.sleep(100);
    assertThat(training(number).integer("step"))
        .isBetween(paused.integer("step"), paused.integer("step") + 1);
    post("/api/trainings/" + number + "/stop", "{}");
    String run = waitFor(number, "STOPPED").string("run");
    assertThat(get("/api/run?run=" + run).string("state")).isEqualTo("stopped");
    JsonObject resumed = answer(post("/api/trainings", "{\"resume\":\"%s\"}".formatted(run)));
    JsonObject end = waitFor((int) resumed.integer("number"), "FINISHED");
    assertThat(end.string("hash")).isEqualTo(hashWithoutPage(longer));
  }

  @Test
  void aWrongSettingIsASentenceAndNothingIsMade() throws Exception {
    HttpResponse<String> answer = post("/api/trainings", "{\"settings\":{\"model\":\"lenett\"}}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer(answer).string("error")).contains("lenett").contains("lenet");
    assertThat(get("/api/trainings").list("trainings")).isEmpty();
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void noSettingNamesAFileElsewhere(@TempDir Path elsewhere) throws Exception {
    Path secret = Files.writeString(elsewhere.resolve("secret.txt"), "the secret");
    Path roundabout = folder.resolve("..").resolve(elsewhere.getFileName()).resolve("secret.txt");
    for (String name : List.of("model", "data", "init-from", "data-dir")) {
      for (Path place : List.of(secret, roundabout)) {
        Map<String, String> settings = new HashMap<>(Map.of("data", "fashion"));
        settings.put(name, place.toString());
        refusesWhatLiesElsewhere(
            answer(post("/api/trainings", Json.line(Map.of("settings", settings))))
                .string("error"));
      }
    }
    for (String text :
        List.of(
            "settings: {model: %s, data: digits}",
            "settings: {model: mlp-5, data: %s}",
            "settings: {data: digits}\narms: {a: {model: %s}}")) {
      String study =
          "name: x\n%s\nvary:\n  - {name: lr, values: [0.1]}\n".formatted(text.formatted(secret));
      refusesWhatLiesElsewhere(
          answer(post("/api/studies/check", Json.line(Map.of("text", study)))).string("wrong"));
    }
    assertThat(get("/api/trainings").list("trainings")).isEmpty();
  }

  private void refusesWhatLiesElsewhere(String sentence) {
    assertThat(sentence)
        .contains("the folders that this page was opened for (" + folder + ", ")
        .doesNotContain(folder.resolve("runs").toString())
        .doesNotContain("the secret");
  }

  /** A page that was open when another server stood here hears that nothing works here. */
  @Test
  void aServerThatJustBeganSaysThatNothingWorks() throws Exception {
    try (Stream<String> lines =
        client
            .send(
                HttpRequest.newBuilder(at("/events")).build(), HttpResponse.BodyHandlers.ofLines())
            .body()) {
      assertThat(lines.filter(line -> line.startsWith("data:")).limit(3))
          .containsExactlyInAnyOrder(
              "data: {\"trainings\":[]}", "data: {\"studies\":[]}", "data: {\"queue\":[]}");
    }
  }

  @Test
  void whatWaitsOrTrainsIsNotGoneOnWithTwice() throws Exception {
    Map<String, String> longer = new HashMap<>(SETTINGS);
    longer.put("epochs", "300");
    int number = start(longer);
    String run = waitFor(number, "TRAINING").string("run");
    String resume = "{\"resume\":\"%s\"}".formatted(run);
    assertThat(answer(post("/api/trainings", resume)).string("error")).contains(run);
    post("/api/trainings/" + number + "/stop", "{}");
    waitFor(number, "STOPPED");
    int before = start(longer); // keeps the next one waiting
    int waits = (int) answer(post("/api/trainings", resume)).integer("number");
    assertThat(answer(post("/api/trainings", resume)).string("error"))
        .contains("waits in the queue already");
    post("/api/trainings/" + waits + "/stop", "{}");
    post("/api/trainings/" + before + "/stop", "{}");
    waitFor(before, "STOPPED");
  }

  @Test
  void aTypedNetworkIsDrawn() throws Exception {
    String text = "{\"input\": [1, 8, 8], \"layers\": [\"flatten\", {\"linear\": 3}]}";
    JsonObject network = answer(post("/api/network", Json.line(Map.of("text", text))));
    assertThat(network.integer("parameters")).isEqualTo(3 * 64 + 3);
    assertThat(network.list("layers")).hasSize(2);
    String wrong = text.replace("linear", "linaer");
    assertThat(answer(post("/api/network", Json.line(Map.of("text", wrong)))).string("error"))
        .startsWith("The network, layer 2");
  }

  @Test
  void aDrawingIsReadAndLookedInto() throws Exception {
    String run = waitFor(start(SETTINGS), "FINISHED").string("run");
    byte[] one = new byte[40 * 40];
    for (int y = 5; y < 35; y++) {
      one[y * 40 + 19] = one[y * 40 + 20] = one[y * 40 + 21] = (byte) 255;
    }
    JsonObject read = draw(run, 40, one, "&layers=true&saliency=true");
    assertThat(read.list("top")).hasSize(10);
    double sum = 0;
    for (Object guess : read.list("top")) {
      sum += ((JsonObject) guess).number("probability");
    }
    assertThat(sum).isBetween(0.999, 1.001);
    assertThat(read.object("seen").integer("width")).isEqualTo(28);
    assertThat(read.list("layers")).hasSizeGreaterThan(1);
    assertThat(read.object("saliency").number("scale")).isPositive();
    JsonObject nothing = draw(run, 40, new byte[40 * 40], "");
    assertThat(nothing.bool("empty")).isTrue();
    assertThat(nothing.list("classes")).hasSize(10).first().isEqualTo("0");
    HttpResponse<String> tooShort = send("/api/draw?width=41&height=40&run=" + run, one);
    assertThat(tooShort.statusCode()).isEqualTo(400);
  }

  /** Without any run: the network that comes along reads, and what it misread becomes data. */
  @Test
  void aMisreadDrawingIsKeptAsDataAndTakenBack() throws Exception {
    byte[] one = bar();
    String how = "/api/drawings?width=40&height=40&run=embedded:digits&class=";
    assertThat(draw("embedded:digits", 40, one, "").list("top")).hasSize(12);
    answer(send(how + "7", one));
    answer(send(how + "7", one));
    JsonObject kept = answer(send(how + "1", one));
    assertThat(kept.object("counts").fields()).isEqualTo(Map.of("1", 1L, "7", 2L));
    Path drawings = folder.resolve("drawings");
    assertThat(kept.string("evaluate")).contains("--data " + drawings);
    Reading all = new Reading(List.of(), Optional.empty(), Optional.empty(), Optional.of(1.0));
    Dataset data =
        DataFolders.ofSystem(Optional.empty())
            .find(
                new DataRequest(drawings.toString(), all, Optional.empty(), List.of()),
                Downloader.reportingTo(DownloadProgress.NONE))
            .loadTest();
    assertThat(data.classNames()).containsExactly("1", "7");
    assertThat(data.picture(0).width()).isEqualTo(28);
    answer(post("/api/drawings/take-back", "{}"));
    assertThat(drawings.resolve("1")).doesNotExist();
    assertThat(get("/api/drawings").object("counts").fields()).isEqualTo(Map.of("7", 2L));
    HttpResponse<String> stranger = send(how + "..%2F..%2F7", one);
    assertThat(stranger.statusCode()).isEqualTo(400);
    assertThat(answer(stranger).string("error")).contains("class");
    assertThat(send(how + "7", new byte[1600]).body()).contains("Nothing is drawn");
  }

  @Test
  void everyStepToTheInputIsShownAndCanBeLeftOut() throws Exception {
    byte[] one = bar();
    String reader = "embedded:digits";
    JsonObject all = draw(reader, 40, one, "&steps=true&occlusion=true");
    assertThat(all.list("steps")).hasSize(5);
    assertThat(all.object("occlusion").integer("columns")).isEqualTo(28);
    assertThat(draw(reader, 40, one, "&steps=true&strokes=false").list("steps")).hasSize(4);
    assertThat(ink(draw(reader, 40, one, "&strokes=false"))).isNotEqualTo(ink(all));
    assertThat(ink(draw(reader, 40, one, "&cut=false"))).isNotEqualTo(ink(all));
    assertThat(ink(draw(reader, 40, one, "&light=false"))).isGreaterThan(28L * 28 * 128);
  }

  @Test
  void aTrainedLayerIsLookedInto() throws Exception {
    String run = waitFor(start(SETTINGS), "FINISHED").string("run");
    JsonObject held = get("/api/inside?run=%s&layer=linear1".formatted(run));
    JsonObject weight = Json.parse(Json.line(held.list("parameters").getFirst()), "weight");
    assertThat(weight.object("filters").integer("filters")).isEqualTo(30);
    assertThat(weight.object("filters").integer("width")).isEqualTo(28);
    assertThat(weight.object("spread").integer("count")).isEqualTo(30 * 784);
    JsonObject made = get("/api/inside/example?run=%s&layer=linear1&number=3".formatted(run));
    assertThat(made.string("title")).contains("test image 3");
    assertThat(made.object("layer").list("shape")).isEqualTo(List.of(30L));
    HttpResponse<String> beyond =
        client.send(
            HttpRequest.newBuilder(
                    at("/api/inside/example?run=%s&layer=linear1&number=100".formatted(run)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer(beyond).string("error")).contains("0 to 99");
  }

  @Test
  void aLayersBackpropagationHasTheEnginesNumbers() throws Exception {
    JsonObject layer = get("/api/chain/layer?layer=conv2d&kernel=2&input=1x3x3");
    JsonObject numbers = layer.object("numbers");
    JsonObject byWeight = layer.object("jacobians");
    double sum = 0;
    for (int o = 0; o < 4; o++) {
      double dy = ((Number) numbers.list("dy").get(o)).doubleValue();
      List<?> row = (List<?>) byWeight.list("weight").get(o);
      sum += dy * ((Number) row.getFirst()).doubleValue();
    }
    assertThat(sum)
        .isEqualTo(((Number) layer.object("gradients").list("weight").getFirst()).doubleValue());
    HttpResponse<String> large =
        client.send(
            HttpRequest.newBuilder(at("/api/chain/layer?layer=conv2d&input=3x224x224")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer(large).string("error")).contains("at most 256");
  }

  @Test
  void aFileThatIsNoOnnxFileIsSaidByItsOwnName() throws Exception {
    HttpResponse<String> answer = send("/api/network/onnx?name=mine.onnx", new byte[] {1, 2, 3});
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("mine.onnx").doesNotContain("vitrine-sent");
  }

  /** A file that is sent is looked into like a run, with a picture; the next takes its place. */
  @Test
  void anOnnxFilesFiltersAndMapsAreShown() throws Exception {
    Layer layers = Sequential.of(Conv2d.of(4, 5), Activation.relu(), Flatten.of(), Linear.of(10));
    Model model = Model.of(layers, Shape.of(1, 28, 28), Initializer.leCunUniform(), Seed.of(3));
    Path file = folder.resolve("small.onnx");
    OnnxFile.write(model, file);
    byte[] bytes = Files.readAllBytes(file);
    JsonObject network = answer(send("/api/network/onnx?name=small.onnx", bytes));
    String sent = network.string("sent");
    String layer = ((JsonObject) network.list("layers").getFirst()).string("name");
    JsonObject held = get("/api/inside?run=%s&layer=%s".formatted(sent, layer));
    JsonObject weight = (JsonObject) held.list("parameters").getFirst();
    assertThat(weight.object("filters").integer("filters")).isEqualTo(4);
    byte[] png = Png.bytes(Digits.test(Seed.of(5), 1).picture(0));
    String at = "/api/inside/picture?name=a.png&run=%s&layer=%s".formatted(sent, layer);
    JsonObject made = answer(send(at, png));
    assertThat(made.object("layer").list("shape")).isEqualTo(List.of(4L, 24L, 24L));
    answer(send("/api/network/onnx?name=small.onnx", bytes));
    assertThat(send(at, png).body()).contains("choose it again");
  }

  /** The light of all points that the network sees. */
  private static long ink(JsonObject read) {
    return read.object("seen").list("values").stream().mapToLong(value -> (Long) value).sum();
  }

  /** A slanted stroke, right of the middle. */
  private static byte[] bar() {
    byte[] one = new byte[40 * 40];
    for (int y = 5; y < 35; y++) {
      int x = 25 - y / 6;
      one[y * 40 + x] = one[y * 40 + x + 1] = one[y * 40 + x + 2] = (byte) 255;
    }
    return one;
  }

  @Test
  void aRunsMistakesAreShownAsEvaluateFindsThem() throws Exception {
    JsonObject end = waitFor(start(SETTINGS), "FINISHED");
    String run = end.string("run");
    JsonObject whole = judged(run);
    assertThat(whole.number("accuracy")).isEqualTo(end.number("testAccuracy"));
    long wrong = 0;
    for (int actual = 0; actual < 10; actual++) {
      for (int read = 0; read < 10; read++) {
        JsonObject cell =
            get("/api/mistakes/cell?run=%s&actual=%s&read=%s".formatted(run, actual, read));
        List<?> row = (List<?>) whole.list("confusion").get(actual);
        assertThat(cell.integer("total")).isEqualTo(((Number) row.get(read)).longValue());
        wrong += actual == read ? 0 : cell.integer("total");
        double before = 1;
        for (Object example : actual == read ? List.of() : cell.list("examples")) {
          double sure = ((JsonObject) example).number("probability");
          assertThat(sure).isLessThanOrEqualTo(before);
          before = sure;
        }
      }
    }
    assertThat(wrong).isEqualTo(whole.integer("errors")).isPositive();
    JsonObject one = get("/api/mistakes/example?example=0&run=" + run);
    assertThat(one.object("beside").integer("example")).isNotZero();
    assertThat(((JsonObject) one.list("layers").getFirst()).list("outputs")).hasSize(2);
    HttpResponse<byte[]> picture =
        client.send(
            HttpRequest.newBuilder(at("/api/mistakes/picture?example=0&run=" + run)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(new String(picture.body(), 1, 3, StandardCharsets.US_ASCII)).isEqualTo("PNG");
    HttpResponse<String> none =
        client.send(
            HttpRequest.newBuilder(at("/api/mistakes/example?example=100&run=" + run)).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(none.statusCode()).isEqualTo(400);
    assertThat(none.body()).contains("0 to 99");
  }

  /** Asks as the page does: again while it is judged. */
  private JsonObject judged(String run) throws Exception {
    JsonObject answer = get("/api/mistakes?run=" + run);
    while (answer.has("judging")) {
      answer = get("/api/mistakes?run=" + run);
    }
    return answer;
  }

  @Test
  void rowsOfATableAndNumbersHaveMistakesToo() throws Exception {
    StringBuilder classes = new StringBuilder("width,height,kind\n");
    StringBuilder numbers = new StringBuilder("x,y\n");
    for (int i = 0; i < 200; i++) {
      classes.append(i % 17).append(',').append(i % 13).append(i % 3 == 0 ? ",oak\n" : ",elm\n");
      numbers.append(i * 0.01).append(',').append(Math.sin(i * 0.3)).append('\n');
    }
    Path kinds = Files.writeString(folder.resolve("kinds.csv"), classes);
    Path curve = Files.writeString(folder.resolve("curve.csv"), numbers);
    String run = waitFor(start(table(kinds, "mlp-30")), "FINISHED").string("run");
    JsonObject whole = judged(run);
    assertThat(whole.bool("pictures")).isFalse();
    assertThat(Json.line(whole.list("names"))).contains("oak", "elm");
    JsonObject row = get("/api/mistakes/example?example=0&run=" + run);
    assertThat(Json.line(row.list("values"))).contains("width", "height");

    Map<String, String> regression = new HashMap<>(table(curve, "mlp-30"));
    regression.put("loss", "mse");
    String second = waitFor(start(regression), "FINISHED").string("run");
    JsonObject near = judged(second);
    assertThat(near.has("confusion")).isFalse();
    assertThat(near.number("rmse")).isPositive();
    double before = Double.MAX_VALUE;
    for (Object miss : near.list("worst")) {
      double error = ((JsonObject) miss).number("error");
      assertThat(error).isLessThanOrEqualTo(before);
      before = error;
    }
    assertThat(near.list("worst")).isNotEmpty();
  }

  private static Map<String, String> table(Path file, String model) {
    return Map.of(
        "model", model, "data", file.toString(), "epochs", "2", "seed", "3", "batch", "10");
  }

  private JsonObject draw(String run, int side, byte[] ink, String more) throws Exception {
    HttpResponse<String> answer =
        send("/api/draw?width=%s&height=%s&run=%s%s".formatted(side, side, run, more), ink);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer(answer);
  }

  @Test
  void whatIsNoRunIsSaid() throws Exception {
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(at("/api/run?run=..%2F..")).build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("There is no run ../..");
  }

  private String hashWithoutPage() {
    return hashWithoutPage(SETTINGS);
  }

  private String hashWithoutPage(Map<String, String> settings) {
    return BesideThePage.train(settings, folder.resolve("beside"), compute).parametersHash();
  }

  private int start(Map<String, String> settings) throws Exception {
    HttpResponse<String> answer = post("/api/trainings", Json.line(Map.of("settings", settings)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return (int) answer(answer).integer("number");
  }

  private JsonObject training(int number) throws Exception {
    Object news = get("/api/trainings").list("trainings").get(number - 1);
    return Json.parse(Json.line(news), "news");
  }

  private JsonObject waitFor(int number, String phase) throws Exception {
    for (int i = 0; i < 3000; i++) {
      JsonObject news = training(number);
      if (news.string("phase").equals(phase)) {
        return news;
      }
      assertThat(news.string("phase")).as("%s", news).isNotEqualTo("FAILED");
      Thread.sleep(10);
    }
    throw new AssertionError("no " + phase + ": " + training(number));
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + page.port() + path);
  }

  private JsonObject get(String path) throws Exception {
    HttpResponse<String> answer =
        client.send(HttpRequest.newBuilder(at(path)).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer(answer);
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> send(String path, byte[] body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/octet-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static JsonObject answer(HttpResponse<String> answer) {
    return Json.parse(answer.body(), "the answer");
  }
}
