package dev.vitrine.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.function.Predicate;

/** Asks an open page as a browser does. */
record PageClient(int port, HttpClient client) {
  JsonObject get(String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(at(path)).build();
    return answered(client.send(request, HttpResponse.BodyHandlers.ofString()));
  }

  /** What a request is refused with. */
  String refused(String path, Object body) throws Exception {
    HttpResponse<String> answer = send(path, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    return Json.parse(answer.body(), "the answer").string("error");
  }

  JsonObject post(String path, Object body) throws Exception {
    return answered(send(path, body));
  }

  private HttpResponse<String> send(String path, Object body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(at(path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** How a training stands. */
  JsonObject training(int number) throws Exception {
    return (JsonObject) get("/api/trainings").list("trainings").get(number - 1);
  }

  JsonObject waitFor(int number, Predicate<JsonObject> holds) throws Exception {
    for (int i = 0; i < 3000; i++) {
      JsonObject news = training(number);
      if (holds.test(news)) {
        return news;
      }
      assertThat(news.string("phase")).as("%s", news).isNotEqualTo("FAILED");
      Thread.sleep(10);
    }
    throw new AssertionError("never: " + training(number));
  }

  int start(Map<String, ?> asked) throws Exception {
    return (int) post("/api/trainings", asked).integer("number");
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static JsonObject answered(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.parse(answer.body(), "the answer");
  }
}
