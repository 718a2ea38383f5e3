package dev.vitrine.notation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Thousands of mutated network files: each is read, or refused in one short line. */
class NetworkFileFuzzTest {
  private static final int CASES = 3000;
  private static final int LONGEST = 300;

  /** A record's or an object's own {@code toString}, or what the parser says of itself. */
  private static final Pattern JAVA =
      Pattern.compile(
          "\\w\\[\\w+=|\\w@[0-9a-f]{6,}|java\\.|Unexpected|Unrecognized|this is not JSON");

  private static final String GOOD =
      """
      {"name": "small", "input": [1, 8, 8],
       "layers": [{"conv2d": 4, "kernel": 3, "padding": [1, 1, 1, 1]}, "relu", {"lrn": 5},
                  {"residual": [{"conv2d": 4, "padding": "same"}], "shortcut": ["identity"]},
                  {"parallel": [[{"maxpool2d": 2}], [{"avgpool2d": 2, "name": "mean"}]]},
                  {"slice": 0, "to": 3}, {"clip": [0, 1]}, "flatten", {"dropout": 0.5},
                  {"auxiliary": [{"linear": 3}], "weight": 0.3}, {"linear": 3, "name": "scores"}]}
      """;

  private static final String SIGNS = "{}[],:\"\\'/#\n\u0000\u001f\ufeff0e-.NI ";

  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
  private int refused;

  @Test
  void everyRefusalIsOneShortLine() {
    Object good = Json.parse(GOOD, "good").fields();
    for (int i = 0; i < CASES; i++) {
      String text = Json.line(mutated(good));
      check(random.nextInt(4) == 0 ? scratched(text) : text);
    }
    assertThat(refused).isBetween(CASES / 2, CASES - 1);
  }

  @Test
  void layersWithinLayersToo() {
    String deep =
        "{\"residual\": [".repeat(200) + "{\"a\\n" + "b".repeat(500) + "\": 1}" + "]}".repeat(200);
    check("{\"input\": [1, 8, 8], \"layers\": [" + deep + "], \"name\": \"deep\"}");
    assertThat(refused).isOne();
  }

  private void check(String text) {
    try {
      NetworkFile.parse(Json.parse(text, "net.json"));
    } catch (UserException e) {
      refused++;
      assertThat(e.getMessage())
          .as(text.length() < 2000 ? text : "a long text")
          .startsWith("net.json")
          .isEqualTo(Quote.line(e.getMessage()))
          .hasSizeLessThanOrEqualTo(LONGEST)
          .doesNotContainPattern(JAVA);
    }
  }

  /** A copy with one value, at any depth, or one name exchanged. */
  private Object mutated(Object value) {
    return switch (value) {
      case dev.vitrine.format.JsonObject object -> mutated(object.fields());
      case Map<?, ?> map -> {
        int chosen = random.nextInt(map.size());
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, field) -> {
          boolean here = copy.size() == chosen;
          boolean rename = here && random.nextInt(5) == 0;
          copy.put(rename ? word() : (String) key, here && !rename ? mutated(field) : field);
        });
        yield copy;
      }
      case List<?> list when !list.isEmpty() && random.nextInt(5) > 0 -> {
        List<Object> copy = new ArrayList<>(list);
        int chosen = random.nextInt(copy.size());
        copy.set(chosen, mutated(copy.get(chosen)));
        yield copy;
      }
      default -> other();
    };
  }

  private Object other() {
    return switch (random.nextInt(10)) {
      case 0 -> null;
      case 1 -> true;
      case 2 -> random.nextLong();
      case 3 -> random.nextInt(-3, 12);
      case 4 -> random.nextDouble(-2, 2) * Math.pow(10, random.nextInt(-300, 300));
      case 5 -> List.of();
      case 6 -> java.util.Collections.nCopies(random.nextInt(1, 300), random.nextInt(5));
      case 7 -> Map.of(word(), word(), "conv2d", 3);
      case 8 -> List.of(word(), List.of(Map.of("linear", word())));
      default -> word();
    };
  }

  private String word() {
    List<String> words =
        List.of(
            "", "relu", "name", "kernel", "../x", "a\nb", "\u001b[2Jx", "\u202eabc", "\0", "\"\\");
    String word = words.get(random.nextInt(words.size()));
    return random.nextInt(4) == 0 ? word.repeat(1 + 2000 / (1 + word.length())) + "x" : word;
  }

  /** A character left out, put in or doubled. */
  private String scratched(String text) {
    int at = random.nextInt(text.length());
    String one = SIGNS.substring(random.nextInt(SIGNS.length() - 1)).substring(0, 1);
    return text.substring(0, at) + one + text.substring(at + random.nextInt(2));
  }
}
