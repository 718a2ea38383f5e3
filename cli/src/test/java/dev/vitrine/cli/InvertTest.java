package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.data.MnistFile;
import dev.vitrine.format.Idx;
import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.format.Safetensors;
import dev.vitrine.format.TensorData;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.tensor.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that are clearly the other way round than those of the training. */
class InvertTest {
  private static final int SIDE = 8;
  private static final String WHY = "%s on %s, unlike the training's pictures";

  private static final String LAST = "light/checkpoints/last.safetensors";

  @TempDir private static Path shared;
  private static RefusalBox box;

  @TempDir private Path out;

  @BeforeAll
  static void train() throws IOException {
    box = RefusalBox.trained(shared);
    for (boolean light : new boolean[] {true, false}) {
      String name = light ? "light" : "dark";
      Path data = data(Files.createDirectory(box.path(name + "-data")), light);
      Cli.done(
          "train --model %s --data %s --validation 0 --epochs 2 --batch 8 --out %s",
          box.network(), data, box.path(name));
    }
    Raster black = stroke(200, 1, false);
    Png.write(box.path("black.png"), black);
    Png.write(box.path("white.png"), black.inverted());
    Raster split = Raster.black(200, 200, 3);
    split.paint(black.inverted(), 0, 0);
    for (int i = 0; i < 100 * 200; i++) {
      split.set(i % 100, i / 100, i % 3, 255);
    }
    Png.write(box.path("split.png"), split);
  }

  /** A stroke in one of three places, light on dark or dark on light. */
  private static Raster stroke(int side, int place, boolean light) {
    Raster picture = Raster.black(side, side, 1);
    for (int i = 0; i < side * side; i++) {
      int x = SIDE * (i % side) / side;
      int y = SIDE * (i / side) / side;
      boolean ink = x == 2 + place && y >= 2 && y <= 5;
      picture.set(i % side, i / side, 0, ink == light ? 255 : 0);
    }
    return picture;
  }

  private static Path data(Path folder, boolean light) {
    for (MnistFile file : MnistFile.values()) {
      int count = 30;
      Path path = folder.resolve(file.plainName());
      if (file.plainName().contains("labels")) {
        Idx.write(path, Shape.of(count), TinyData.labels(count));
      } else {
        byte[] pixels = new byte[count * SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
          Raster picture = stroke(SIDE, i / (SIDE * SIDE) % TinyData.CLASSES, light);
          pixels[i] = (byte) picture.get(i % SIDE, i / SIDE % SIDE, 0);
        }
        Idx.write(path, Shape.of(count, SIDE, SIDE), pixels);
      }
    }
    return folder;
  }

  private JsonObject classified(String run, String picture, String options) {
    Path json = out.resolve("x.json");
    Cli.quiet("classify %s %s --json %s%s", box.path(run), box.path(picture), json, options);
    return (JsonObject) Json.read(json).list("images").getFirst();
  }

  private static void assertInverted(JsonObject image, boolean inverted, String why) {
    assertThat(image.bool("inverted")).isEqualTo(inverted);
    assertThat(image.fields().get("inverted_why")).isEqualTo(why);
  }

  @Test
  void aRunKeepsHowItsPicturesAre() {
    Map<String, Map<String, Object>> shares =
        Map.of(
            "light", Map.of("light_on_dark", 1.0, "dark_on_light", 0.0),
            "dark", Map.of("light_on_dark", 0.0, "dark_on_light", 1.0),
            "run", Map.of("light_on_dark", 0.0, "dark_on_light", 0.0));
    shares.forEach((run, expected) -> {
      JsonObject config = Json.read(box.path(run).resolve("config.json"));
      assertThat(config.object("data").object("found").object("polarities").fields())
          .isEqualTo(expected);
    });
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void theOtherWayRoundIsInvertedUnlessSaid(String run) {
    boolean light = run.equals("light");
    String same = light ? "white.png" : "black.png";
    String other = light ? "black.png" : "white.png";
    String why = light ? WHY.formatted("dark", "light") : WHY.formatted("light", "dark");
    JsonObject right = classified(run, same, "");
    assertInverted(right, false, null);
    JsonObject guessed = classified(run, other, "");
    assertInverted(guessed, true, why);
    JsonObject asked = classified(run, other, " --invert");
    assertInverted(asked, true, "--invert");
    JsonObject left = classified(run, other, " --no-invert");
    assertInverted(left, false, "--no-invert");
    JsonObject wrong = classified(run, same, " --invert");
    assertInverted(wrong, true, "--invert");
    assertThat(guessed.list("top")).isEqualTo(right.list("top")).isEqualTo(asked.list("top"));
    assertThat(left.list("top")).isNotEqualTo(right.list("top")).isEqualTo(wrong.list("top"));
  }

  @Test
  void itIsSaidInOneLine() {
    String line = "inverted: " + WHY.formatted("dark", "light") + " (--no-invert leaves it)";
    Path run = box.path("light");
    String both = "classify %s %s %s";
    String said = Cli.quiet(both, run, box.path("white.png"), box.path("black.png")).out();
    assertThat(said.lines().toList().subList(8, 11)).element(1).isEqualTo(line);
    assertThat(said).containsOnlyOnce("inverted");
    for (String option : Stream.of("--invert", "--no-invert").toList()) {
      assertThat(Cli.quiet(both, run, box.path("black.png"), option).out())
          .doesNotContain("no-invert");
    }
    String readout = "readout %s %s --layer conv1";
    assertThat(Cli.quiet(readout, run, box.path("black.png")).out()).containsOnlyOnce(line);
    assertThat(Cli.quiet(readout, run, box.path("white.png")).out()).doesNotContain("inverted");
  }

  @Test
  void whatIsUnclearIsLeftAndThatIsSaid() {
    JsonObject unclear = classified("light", "split.png", "");
    assertInverted(unclear, false, null);
    assertThat(unclear.string("polarity")).isEqualTo("unclear");
    assertThat(classified("light", "white.png", "").string("polarity")).isEqualTo("light-on-dark");
    assertThat(classified("light", "black.png", "").string("polarity")).isEqualTo("dark-on-light");
    assertInverted(classified("run", "black.png", ""), false, null);
    assertInverted(classified("run", "white.png", ""), false, null);
    String line =
        "not inverted: cannot tell whether it is %s, unlike the training's pictures (--invert or --no-invert says)";
    String classify = "classify %s %s";
    Path split = box.path("split.png");
    assertThat(Cli.quiet(classify, box.path("light"), split).out())
        .containsOnlyOnce(line.formatted("dark on light"));
    assertThat(Cli.quiet("readout %s %s --layer conv1", box.path("dark"), split).out())
        .containsOnlyOnce(line.formatted("light on dark"));
    assertThat(Cli.quiet(classify, box.path("run"), split).out()).doesNotContain("cannot tell");
    assertThat(Cli.quiet(classify + " --invert", box.path("light"), split).out())
        .doesNotContain("cannot tell");
  }

  /** White ink that lies on nothing is white on white. */
  @Test
  void aBlankPictureIsSaidToBeBlank() throws IOException {
    BufferedImage clear = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
    ImageIO.write(clear, "png", box.path("clear.png").toFile());
    clear.createGraphics().fillRect(10, 10, 5, 20);
    ImageIO.write(clear, "png", box.path("ink.png").toFile());
    Raster grey = Raster.black(40, 40, 1);
    grey.fill(99);
    grey.set(0, 0, 0, 102);
    Png.write(box.path("grey.png"), grey);
    String line = "blank: the network is given one colour all over, so its answer means nothing";
    String command = "classify %s %s";
    Path run = box.path("light");
    for (String plain : List.of("clear.png", "grey.png")) {
      assertThat(Cli.quiet(command, run, box.path(plain)).out().lines()).containsOnlyOnce(line);
    }
    assertThat(Cli.quiet("readout %s %s --layer conv1", run, box.path("ink.png")).out().lines())
        .containsOnlyOnce(line + " (--background black shows what is on it)");
    assertThat(classified("light", "ink.png", "").bool("blank")).isTrue();
    assertThat(classified("light", "ink.png", " --background black").bool("blank")).isFalse();
    assertThat(Cli.quiet(command + " --background black", run, box.path("ink.png")).out())
        .doesNotContain("blank");
    grey.paint(Raster.black(4, 4, 1), 20, 20);
    Png.write(box.path("grey.png"), grey);
    assertThat(classified("light", "grey.png", "").bool("blank")).isFalse();
  }

  /** A checkpoint says itself how pictures were, wherever it is. */
  @Test
  void aBareCheckpointKnowsItToo() throws IOException {
    Path moved = box.path("moved.safetensors");
    Files.copy(box.path(LAST), moved);
    String network = " --network " + box.network();
    assertInverted(
        classified("moved.safetensors", "black.png", network),
        true,
        WHY.formatted("dark", "light"));
    assertInverted(classified("moved.safetensors", "white.png", network), false, null);
    assertThat(Json.read(out.resolve("x.json")).string("trained_polarity"))
        .isEqualTo("light-on-dark");
  }

  /** Those of earlier versions do not, but their run's configuration does, if it is theirs. */
  @Test
  void anOlderCheckpointIsKnownByTheRunBesideIt() throws IOException {
    Path run = Files.createDirectory(box.path("older"));
    Path checkpoint = run.resolve("x.safetensors");
    withoutConfig(checkpoint);
    String config = Files.readString(box.path("light").resolve("config.json"));
    Files.writeString(run.resolve("config.json"), config);
    String network = " --network " + box.network();
    assertInverted(
        classified("older/x.safetensors", "black.png", network),
        true,
        WHY.formatted("dark", "light"));
    String other = config.replaceFirst("\"model\" : \"[^\"]*\"", "\"model\" : \"other.json\"");
    assertThat(other).isNotEqualTo(config);
    for (String unfit : List.of(other, "{}", "no JSON")) {
      Files.writeString(run.resolve("config.json"), unfit);
      assertUnknown("older/x.safetensors", network);
    }
  }

  @Test
  void whereNothingIsKnownNothingIsGuessedAndThatIsSaid() throws IOException {
    withoutConfig(box.path("bare.safetensors"));
    assertUnknown("bare.safetensors", " --network " + box.network());
    assertNormalisationUnknown("bare.safetensors --network %s".formatted(box.network()));
    Path old = box.path("old");
    Files.createDirectories(old.resolve("checkpoints"));
    withoutConfig(old.resolve("checkpoints/last.safetensors"));
    String config = Files.readString(box.path("light").resolve("config.json"));
    String without = config.replaceAll(",\\s*\"polarities\" : \\{[^}]*}", "");
    assertThat(without).isNotEqualTo(config);
    Files.writeString(old.resolve("config.json"), without);
    assertUnknown("old", "");
  }

  @Test
  void aNormalisationForOtherChannelsIsRefusedWithItsFile() {
    withoutConfig(box.path("channels.safetensors"));
    Cli cli =
        Cli.run(
            "classify %s --network %s --mean 0,1 %s"
                .formatted(box.path("channels.safetensors"), box.network(), box.path("black.png")));
    assertThat(cli.complaints())
        .containsExactly(
            "vitrine: %s: The normalisation has numbers for 2 channels, but the network's input is (1, 8, 8)"
                .formatted(box.path("channels.safetensors")));
  }

  /** Pixels/255 is a guess then, which is said wherever it decides an answer. */
  private void assertNormalisationUnknown(String bare) {
    String line =
        "how its pictures became inputs is not known: taken as pixels/255 (--divisor, --mean and --deviation say otherwise)";
    Path json = out.resolve("known.json");
    String file = " %s --json %s".formatted(box.path("black.png"), json);
    String test = " --example 0 --data %s --json %s".formatted(box.data(), json);
    String page = " --data %s --out %s --json %s".formatted(box.data(), out.resolve("p"), json);
    for (String words :
        List.of(
            "classify %s/" + bare + file,
            "classify %s/" + bare + test,
            "readout %s/" + bare + test + " --layer conv1",
            "readout %s/" + bare + file + " --layer conv1",
            "evaluate %s/" + bare + page)) {
      String said = Cli.done(words, box.path("")).out().replace("\n", " ");
      assertThat(said).containsOnlyOnce(line).doesNotContain("as in training");
      assertThat(Json.read(json).fields()).containsEntry("preprocess_known", false);
      said = Cli.done(words + " --divisor 255", box.path("")).out();
      assertThat(said).doesNotContain("became inputs");
      assertThat(Json.read(json).fields()).containsEntry("preprocess_known", true);
    }
  }

  private void assertUnknown(String model, String options) {
    assertInverted(classified(model, "black.png", options), false, null);
    assertThat(Json.read(out.resolve("x.json")).fields()).containsEntry("trained_polarity", null);
    String line =
        "not inverted: nothing says whether the training's pictures were light on dark (--invert or --no-invert does)";
    String classify = "classify %s %s %s" + options;
    Path black = box.path("black.png");
    assertThat(Cli.quiet(classify, box.path(model), black, black).out()).containsOnlyOnce(line);
    assertThat(Cli.quiet("readout %s %s --layer conv1" + options, box.path(model), black).out())
        .containsOnlyOnce(line);
    assertThat(Cli.quiet(classify, box.path(model), black, "--no-invert").out())
        .doesNotContain(line);
  }

  /** The checkpoint of a version that did not note the configuration. */
  private static void withoutConfig(Path file) {
    List<TensorData> tensors = new ArrayList<>();
    try (Safetensors all = Safetensors.open(box.path(LAST))) {
      all.tensors()
          .forEach((name, info) ->
              tensors.add(
                  name.startsWith("progress.")
                      ? TensorData.counter(name, all.longs(name)[0])
                      : TensorData.floats(name, info.shape(), all.floats(name), 0)));
      Map<String, String> notes = new TreeMap<>(all.metadata());
      assertThat(notes.remove("config")).contains("light_on_dark");
      Safetensors.write(file, tensors, notes);
    }
  }

  /** What the command line does is what a program gets. */
  @Test
  void aProgramInvertsAlike() {
    TrainedNetwork network = TrainedNetwork.open(box.path("light"), Optional.empty());
    Shape input = network.spec().input();
    Raster black = stroke(200, 1, false);
    assertThat(network.preprocessing().inverts(black)).isTrue();
    assertThat(network.preprocessing().inverts(black.inverted())).isFalse();
    Raster view = network.preprocessing().view(black, input);
    Raster other = network.preprocessing().view(black.inverted(), input);
    assertThat(network.preprocessing().numbers(view, input))
        .isEqualTo(network.preprocessing().numbers(other, input));
  }
}
