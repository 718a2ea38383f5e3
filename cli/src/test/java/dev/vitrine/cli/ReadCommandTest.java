package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.format.Json;
import dev.vitrine.format.JsonObject;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadCommandTest {
  @TempDir private Path folder;
  private Path photo;

  /** Two strokes: 11. */
  @BeforeEach
  void draw() {
    Raster page = Raster.black(300, 200, 1);
    page.fill(230);
    for (int y = 60; y < 140; y++) {
      for (int x = 100; x < 108; x++) {
        page.set(x, y, 0, 30);
        page.set(x + 60, y, 0, 30);
      }
    }
    photo = folder.resolve("eleven.png");
    Png.write(photo, page);
  }

  @Test
  void saysWhatStandsThere() {
    assertThat(Cli.quiet("read %s", photo).out())
        .startsWith(photo + ": 2 digits in 1 line\n11\n1 ");
    assertThat(Cli.quiet("read %s --lines", photo).out()).isEqualTo("11\n");
    assertThat(Cli.quiet("read %s --lines --reject 1", photo).out()).isEqualTo("??\n");
  }

  @Test
  void writesJsonPictureAndPage() {
    Path json = folder.resolve("x.json");
    Path out = folder.resolve("x.png");
    Path page = folder.resolve("x.html");
    Cli.quiet("read %s --json %s --out %s --page %s", photo, json, out, page);
    JsonObject all = Json.read(json);
    assertThat(all.fields().keySet()).containsExactly("model", "photos");
    JsonObject first = (JsonObject) all.list("photos").getFirst();
    assertThat(first.fields().keySet())
        .containsExactly(
            "photo", "digits", "polarity", "threshold", "sheet", "turned", "lines", "rejected");
    JsonObject line = (JsonObject) first.list("lines").getFirst();
    assertThat(line.fields().keySet()).containsExactly("text", "digits", "alternatives");
    JsonObject digit = (JsonObject) line.list("digits").getFirst();
    assertThat(digit.fields().keySet())
        .containsExactly(
            "digit",
            "probability",
            "unsure",
            "second",
            "second_probability",
            "box",
            "probabilities");
    assertThat(out).isNotEmptyFile();
    assertThat(page).content().contains("Digits in eleven.png").contains("data:image/png");
  }

  /** What the terminal prints as {@code ?} stands so in both files. */
  @Test
  void allSayTheSameOfWhatIsRejected() {
    Path json = folder.resolve("x.json");
    Path page = folder.resolve("x.html");
    Cli.quiet("read %s --reject 1 --json %s --page %s", photo, json, page);
    JsonObject first = (JsonObject) Json.read(json).list("photos").getFirst();
    assertThat(((JsonObject) first.list("lines").getFirst()).fields()).containsEntry("text", "??");
    assertThat(page).content().contains("Line 1: ??").doesNotContain("Line 1: 11");
  }

  @Test
  void noDigitsAreNoFault() {
    Path blank = folder.resolve("blank.png");
    Png.write(blank, Raster.black(1, 1, 1));
    assertThat(Cli.quiet("read %s", blank).out()).isEqualTo(blank + ": no digits found\n");
    refused("read %s --expect 2".formatted(blank), blank + ": expected 2 digits, but found 0");
  }

  @Test
  void refusesWhatItCannotRead() throws IOException {
    Path text = Files.writeString(folder.resolve("note.txt"), "1234");
    refused("read " + text, text + " is not a JPEG or PNG picture: it begins with 0x31323334");
    refused(
        "read %s %s --out %s".formatted(photo, photo, folder.resolve("x.png")),
        "--out draws on one photograph, but there are 2: name one, or write a page of all with --page");
    refused(
        "read %s --out %s".formatted(photo, folder.resolve("x.jpg")),
        "--out expects a name that ends with .png, for that is what is drawn, but got \"%s\""
            .formatted(folder.resolve("x.jpg")));
    refused(
        "read %s --reject 2".formatted(photo),
        "--reject expects a probability from 0 to 1, but got 2.0");
    refused(
        "read %s --network lenet".formatted(photo),
        "--network has no effect without --model: leave it out");
  }

  @Test
  void aBrokenPhotographLosesNothingOfTheOthers() throws IOException {
    Path text = Files.writeString(folder.resolve("note.txt"), "1234");
    Path json = folder.resolve("x.json");
    Path page = folder.resolve("x.html");
    String sentence = text + " is not a JPEG or PNG picture: it begins with 0x31323334";
    Cli cli =
        Cli.run(
            "read %s %s %s --lines --json %s --page %s".formatted(photo, text, photo, json, page));
    assertThat(cli.out()).isEqualTo("11\n11\n");
    assertThat(cli.err())
        .isEqualTo(
            "vitrine: %s\nvitrine: 1 of 3 photographs failed, as said above\n".formatted(sentence));
    assertThat(cli.code()).isEqualTo(2);
    assertThat(page).content().contains("Digits in 3 photographs", sentence);
    List<?> photos = Json.read(json).list("photos");
    assertThat(photos).hasSize(3);
    assertThat(((JsonObject) photos.get(1)).fields().keySet()).containsExactly("photo", "error");
    assertThat(((JsonObject) photos.get(2)).list("lines")).hasSize(1);
  }

  @Test
  void everyPhotographIsCounted() {
    Cli cli = Cli.run("read %s %s --lines --expect 3".formatted(photo, photo));
    assertThat(cli.out()).isEqualTo("11\n11\n");
    assertThat(cli.err().lines())
        .containsExactly(
            "vitrine: %s: expected 3 digits, but found 2".formatted(photo),
            "vitrine: %s: expected 3 digits, but found 2".formatted(photo),
            "vitrine: 2 of 2 photographs failed, as said above");
  }

  @Test
  void whatIsNoFileIsRefusedInASentence() {
    refused("read -", "read expects photographs in files, but got \"-\": save it to a file first");
    refused(
        "read %s http://example.org/a.jpg".formatted(photo),
        "read expects photographs in files, but got \"http:/example.org/a.jpg\": save it to a file first");
  }

  private static void refused(String words, String sentence) {
    Cli cli = Cli.run(words);
    assertThat(cli.err()).isEqualTo("vitrine: " + sentence + "\n");
    assertThat(cli.code()).isEqualTo(2);
  }
}
