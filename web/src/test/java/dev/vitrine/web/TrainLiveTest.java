package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.plan.Compute;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings that are looked into while they run, and networks that were typed. */
class TrainLiveTest {
  private static final Map<String, String> SETTINGS =
      Map.of(
          "model",
          "mlp-30",
          "data",
          "digits",
          "train-images",
          "1000",
          "test-images",
          "100",
          "batch",
          "10",
          "epochs",
          "3",
          "seed",
          "7");

  private static final String TYPED =
      """
      {"name": "tiny one", "input": [1, 28, 28],
       "layers": ["flatten",
                  {"linear": 12},
                  "tanh",
                  {"linear": 10}]}
      """;

  @TempDir private static Path folder;
  private static final List<Throwable> FAULTS = new CopyOnWriteArrayList<>();
  private static Compute compute;
  private static LabPage page;
  private static PageClient client;

  @BeforeAll
  static void open() {
    compute = Compute.of(1);
    page = BesideThePage.page(folder, compute, FAULTS::add);
    client = new PageClient(page.port(), HttpClient.newHttpClient());
  }

  @AfterAll
  static void close() {
    client.client().close();
    page.close();
    compute.close();
    assertThat(FAULTS).isEmpty();
  }

  @Test
  void whatIsWatchedHasTheBitsOfWhatNobodyWatches() throws Exception {
    int number = client.start(Map.of("settings", SETTINGS));
    String within = "/api/trainings/%s/within".formatted(number);
    client.waitFor(number, news -> news.integer("epoch") >= 2);
    JsonObject halfway = client.get(within);
    assertThat(halfway.integer("step")).isBetween(0L, 270L);
    assertThat(halfway.object("confusion").string("on")).isIn("validation", "test");

    JsonObject end = client.waitFor(number, news -> news.string("phase").equals("FINISHED"));
    JsonObject seen = client.get(within + "?of=linear2.weight");
    assertThat(seen.integer("step")).isEqualTo(270);
    assertThat(seen.string("chosen")).isEqualTo("linear2.weight");
    assertThat(seen.list("parts").stream().map(part -> ((JsonObject) part).string("kind")))
        .containsExactly("weights", "activations", "gradients");
    JsonObject weights = (JsonObject) seen.list("parts").getFirst();
    assertThat(weights.object("histogram").integer("count")).isEqualTo(30 * 10);
    double counted =
        weights.object("histogram").numbers("counts").stream().mapToDouble(each -> each).sum();
    assertThat(counted).isEqualTo(300);
    assertThat(weights.list("steps")).isEqualTo(List.of(0L, 100L, 200L, 270L));
    assertThat(weights.list("course")).hasSize(4);
    JsonObject confusion = seen.object("confusion");
    assertThat(confusion.string("on")).isEqualTo("test");
    assertThat(confusion.integer("examples")).isEqualTo(100);
    assertThat(confusion.number("accuracy")).isEqualTo(end.number("testAccuracy"));

    String unwatched =
        BesideThePage.train(SETTINGS, folder.resolve("unwatched"), compute).parametersHash();
    assertThat(folder.resolve("unwatched/histograms.jsonl")).doesNotExist();
    assertThat(end.string("hash")).isEqualTo(unwatched);
  }

  @Test
  void aTypedNetworkIsTrainedAsTheCommandLineTrainsItsFile() throws Exception {
    assertThat(client.post("/api/typed", Map.of("text", TYPED)).integer("parameters"))
        .isEqualTo(784 * 12 + 12 + 12 * 10 + 10);
    Map<String, String> settings = new HashMap<>(SETTINGS);
    settings.put("epochs", "1");
    int number = client.start(Map.of("settings", settings, "network", TYPED));
    JsonObject end = client.waitFor(number, news -> news.string("phase").equals("FINISHED"));
    Path file = folder.resolve("networks/tiny-one.json");
    assertThat(Files.readString(file)).isEqualTo(TYPED);
    assertThat(end.string("command")).contains("--model " + file);
    settings.put("model", file.toString());
    assertThat(end.string("hash"))
        .isEqualTo(
            BesideThePage.train(settings, folder.resolve("typed"), compute).parametersHash());

    String other = TYPED.replace("12", "13");
    settings.remove("model");
    int second = client.start(Map.of("settings", settings, "network", other));
    client.waitFor(second, news -> news.string("phase").equals("FINISHED"));
    assertThat(folder.resolve("networks/tiny-one-2.json")).hasContent(other);
  }

  @Test
  void whatIsNoNetworkIsSaidWithItsPlaceAndNothingIsKept() throws Exception {
    String comma = TYPED.replace("\"tanh\",", "\"tanh\"");
    assertThat(client.refused("/api/typed", Map.of("text", comma)))
        .startsWith("The network: not valid JSON at line 5, column ");
    String slip = TYPED.replace("{\"linear\": 12}", "{\"linear\": 12, \"bais\": false}");
    assertThat(client.refused("/api/typed", Map.of("text", slip)))
        .startsWith("The network, layer 2: unknown option of linear \"bais\"");
    String up = TYPED.replace("tiny one", "../../up");
    assertThat(client.refused("/api/trainings", Map.of("settings", SETTINGS, "network", up)))
        .contains("\"name\" expects letters");
    assertThat(folder.resolve("networks").resolve("..").resolve("up.json")).doesNotExist();
  }

  /** What one begins to edit fits the data that are chosen. */
  @Test
  void aNamedNetworkIsTextToBeginWith() throws Exception {
    String paper = client.get("/api/typed?name=lenet5").string("text");
    assertThat(Json.parse(paper, "text").list("input")).isEqualTo(List.of(1L, 32L, 32L));
    String here = client.get("/api/typed?name=lenet5&data=digits").string("text");
    assertThat(Json.parse(here, "text").list("input")).isEqualTo(List.of(1L, 28L, 28L));
    String colour = client.get("/api/typed?name=resnet18&data=cifar10").string("text");
    assertThat(Json.parse(colour, "text").list("input")).isEqualTo(List.of(3L, 32L, 32L));
  }
}
