package dev.vitrine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.Polarities;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.image.ImageSize;
import dev.vitrine.image.Normalisation;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a field of a {@code config.json} is changed to, it is one sentence or a good value. */
class HostileConfigTest {
  private static final Object MISSING = new Object();

  private static final List<Object> VALUES =
      Arrays.asList(
          MISSING,
          null,
          true,
          -1L,
          0L,
          1L,
          Integer.MAX_VALUE + 0L,
          Long.MAX_VALUE,
          Long.MIN_VALUE,
          -0.5,
          1e-320,
          0.9999999999,
          1e308,
          "NaN",
          "-Infinity",
          "",
          "x",
          "\u0000\n\u001b[1m",
          "long ".repeat(200),
          List.of(),
          Arrays.asList(1L, null),
          List.of(-1L, "x", List.of()),
          Map.of(),
          Map.of("x", 1L));

  private static String file(String name) throws IOException {
    try (InputStream in = HostileConfigTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** With every field that may be missing. */
  private static String tiny() {
    RunConfig config = TinyRuns.config(0.05);
    RunData data =
        new RunData(
            "digits",
            Optional.of("/data"),
            new RunData.Use(100, 50, 0.1, Optional.of(new ImageSize(8, 8))),
            new DataFacts(Map.of("a", "1"), Optional.of(new Polarities(0.75, 0.25))));
    return Json.pretty(
        new RunConfig(
                "vitrine train",
                config.network(),
                data,
                config.recipe().rate("conv1.weight", 0).maxSteps(9))
            .toJson());
  }

  @ParameterizedTest
  @ValueSource(strings = {"config-1.json", "config-2.json", "config-3.json", "tiny"})
  void oneSentenceOrAGoodValue(String name) throws IOException {
    JsonObject whole = Json.parse(name.equals("tiny") ? tiny() : file(name), "config.json");
    List<Object> variants = new ArrayList<>();
    vary(whole, changed -> variants.add(changed));
    assertThat(variants).hasSizeGreaterThan(500);
    int refused = 0;
    for (Object variant : variants) {
      try {
        use(Json.parse(Json.line(variant), "config.json"));
      } catch (UserException e) {
        assertThat(e.getMessage()).hasSizeLessThanOrEqualTo(300).doesNotContain("\n");
        refused++;
      } catch (RuntimeException e) {
        throw new AssertionError(Json.line(variant), e);
      }
    }
    assertThat(refused).isBetween(variants.size() / 2, variants.size() - 10);
  }

  private static void use(JsonObject json) {
    RunConfig config = RunConfig.of(json);
    assertThat(RunConfig.of(Json.parse(Json.line(config.toJson()), "again"))).isNotNull();
    assertThat(config.portable().data().use()).isEqualTo(config.data().use());
    NetworkSpec spec = config.network().spec();
    Model.layout(spec.layers(), spec.input());
    Normalisation normalisation = config.recipe().normalisation();
    int channels = Math.max(normalisation.mean().size(), normalisation.deviation().size());
    for (float number : normalisation.table(Shape.of(channels, 2, 2))) {
      assertThat(number).isFinite();
    }
  }

  private interface Sink {
    void take(Object changed);
  }

  /** All that one change of one field or element makes of a value. */
  private static void vary(Object value, Sink sink) {
    if (value instanceof JsonObject object) {
      object.fields().forEach((key, each) -> varyField(object, key, each, sink));
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      UnaryOperator<Object> set = first -> replaced(list, first);
      VALUES.stream().filter(v -> v != MISSING).forEach(v -> sink.take(set.apply(v)));
      vary(list.getFirst(), changed -> sink.take(set.apply(changed)));
    }
  }

  private static void varyField(JsonObject object, String key, Object each, Sink sink) {
    for (Object other : VALUES) {
      Map<String, Object> fields = new LinkedHashMap<>(object.fields());
      if (other == MISSING) {
        fields.remove(key);
      } else {
        fields.put(key, other);
      }
      sink.take(fields);
    }
    vary(
        each,
        changed -> {
          Map<String, Object> fields = new LinkedHashMap<>(object.fields());
          fields.put(key, changed);
          sink.take(fields);
        });
  }

  private static List<Object> replaced(List<?> list, Object first) {
    List<Object> changed = new ArrayList<>(list);
    changed.set(0, first);
    return changed;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"test_images\" : 50|\"test_images\" : -1|data: use: The number of test images expects 1 or more, or 0 for all, but got -1",
        "\"train_images\" : 100|\"train_images\" : -1|data: use: The number of training images expects 1 or more, or 0 for all, but got -1",
        "\"validation\" : 0.1|\"validation\" : -1|data: use: The validation share expects a share in [0, 1), but got -1",
        "\"validation\" : 0.1|\"validation\" : 1|data: use: The validation share expects a share in [0, 1), but got 1",
        "\"validation\" : 0.1|\"validation\" : \"NaN\"|data: use: The validation share expects a share in [0, 1), but got NaN",
        "\"name\" : \"digits\"|\"name\" : \" \"|data: The name of the data expects a data set's name or a folder, but got \" \"",
        "\"folder\" : \"/data\"|\"folder\" : \"a\\u0000b\"|data: The folder of the data expects a path, but got \"a\\u0000b\"",
        "\"model\" : \"tiny.json\"|\"model\" : \"\"|network: The model expects a network's name or file, but got \"\"",
        "\"light_on_dark\" : 0.75|\"light_on_dark\" : 7|data: found: polarities: The share of pictures light on dark expects a number from 0 to 1, but got 7",
        "\"dark_on_light\" : 0.25|\"dark_on_light\" : -4|data: found: polarities: The share of pictures dark on light expects a number from 0 to 1, but got -4",
        "\"dark_on_light\" : 0.25|\"dark_on_light\" : 1.0|data: found: polarities: The shares of pictures light on dark and dark on light expect to be at most 1 together, but got 0.75 and 1",
        "\"conv1.weight\" : 0.0|\"conv9.weight\" : 0|recipe: rates: Unknown parameter \"conv9.weight\"; did you mean \"conv1.weight\"?",
        "\"conv1.weight\" : 0.0|\"conv1.weight\" : -1|recipe: The learning-rate factor of conv1.weight expects 0 or more, but got -1",
        "\"divisor\" : 255.0|\"divisor\" : -255|recipe: normalisation: The normalisation's divisor expects a number above 0, but got -255",
        "\"mean\" : [ 0.0 ]|\"mean\" : [ null ]|recipe: normalisation: \"mean\" expects a number, but got nothing",
        "\"mean\" : [ 0.0 ]|\"mean\" : [ ]|recipe: normalisation: Normalisation expects one mean and one deviation, or one a channel, but got 0 and 1",
        "\"height\" : 8|\"height\" : 0|data: use: resize: Images are resized to sides of 1 to 65,535 and at most 64 million pixels, but got 0 × 8 (height × width)",
      })
  void whatIsOutOfRangeIsNamed(String right, String wrong, String sentence) {
    String text = tiny();
    assertThat(text).contains(right);
    assertThatThrownBy(() -> RunConfig.of(Json.parse(text.replace(right, wrong), "config.json")))
        .isInstanceOf(UserException.class)
        .hasMessage("config.json: " + sentence);
  }

  @Test
  void aNetworkIsAKnownOneOrHasItsFile() {
    String text = tiny().replaceFirst("(?s)\"file\" : \\{.*?\\n    \\},", "\"file\" : null,");
    assertThatThrownBy(() -> RunConfig.of(Json.parse(text, "config.json")))
        .hasMessageStartingWith("config.json: network: Unknown model \"tiny.json\": expected ");
  }

  /** A program's configuration is refused as a file's is. */
  @Test
  void javaIsRefusedToo() {
    RunConfig config = TinyRuns.config(0.05);
    assertThatThrownBy(() -> new RunData.Use(0, 0, 1.5, Optional.empty()))
        .isInstanceOf(UserException.class);
    assertThatThrownBy(() ->
            new RunConfig("", config.network(), config.data(), config.recipe().rate("fc9.bias", 1)))
        .hasMessageStartingWith("recipe: rates: Unknown parameter \"fc9.bias\"");
    assertThatThrownBy(() -> new RunConfig(null, config.network(), config.data(), config.recipe()))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("command");
  }

  @ParameterizedTest
  @CsvSource({
    "config-3.json, 1, 3",
    "config-3.json, 2, 3",
    "config-2.json, 3, 1 or 2",
    "config-1.json, 3, 1 or 2"
  })
  void aFormatThatIsNotThatOfTheFields(String name, long said, String fields) throws IOException {
    Map<String, Object> changed = new LinkedHashMap<>(Json.parse(file(name), "c.json").fields());
    changed.put("format", said);
    assertThatThrownBy(() -> RunConfig.of(new JsonObject("c.json", changed)))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "c.json says format %s, but its fields are those of format %s: put that number back"
                .formatted(said, fields));
  }
}
