package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.image.ImageFile;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code vitrine look --kernel} on a command line. */
class LookKernelTest {
  @Test
  void typedNumbers() {
    Cli cli = Cli.run("look", "--kernel", "1 0 -1", "0 0 1 1; 0 0 1 1", "--correlate");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains(" 0  −1  −1   1\n 0  −1  −1   1\n")
        .contains("A convolution gives something else: numbers differ by up to 2.")
        .contains("Its numbers sum to 0");
    Cli turned = Cli.run("look", "--kernel", "1 0 -1", "0 0 1 1; 0 0 1 1");
    assertThat(turned.out()).contains(" 0   1   1  −1\n 0   1   1  −1\n");
  }

  /** A file of numbers is what would be typed. */
  @Test
  void numbersOfATextFile(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("Step.CSV"), "0,0,1,1\r\n0,0,1,1\r\n0,1,1,1\n");
    String typed = Cli.run("look", "--kernel", "sobel-x", "0 0 1 1; 0 0 1 1; 0 1 1 1").out();
    assertThat(Cli.quiet("look --kernel sobel-x %s", file).out()).isEqualTo(typed);
    Files.writeString(file, "0,0\n0,x");
    Cli wrong = Cli.run("look --kernel sobel %s".formatted(file));
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("but got \"x\"");
  }

  @Test
  void aPictureBesideTheOriginal(@TempDir Path folder) throws IOException {
    Raster step = Raster.black(20, 10, 1);
    for (int i = 0; i < 100; i++) {
      step.set(10 + i % 10, i / 10, 0, 200);
    }
    Path file = folder.resolve("step.png");
    Png.write(file, step);
    Path sheet = folder.resolve("sheet.png");
    Cli.quiet("look --kernel sobel %s --out %s", file, sheet);
    assertThat(ImageFile.read(sheet, 0).picture().contrast()).isGreaterThan(100);
    Path page = folder.resolve("page.html");
    Path json = folder.resolve("seen.json");
    Cli.quiet("look --kernel box %s --padding valid --out %s --json %s", file, page, json);
    assertThat(Files.readString(page)).contains("after, cut off at 0 and 255").contains("<svg");
    assertThat(Files.readString(json)).contains("\"padding\" : \"valid\"").contains("\"result\"");
  }

  /** What docs/looking.md shows is what its command prints. */
  @Test
  void theDocumentShowsRealOutput() throws IOException {
    Matcher shown =
        Pattern.compile(
                "(?s)    \\./vitrine look --kernel '([^']*)' '([^']*)'\n\n```\n(.*?)\n```\n")
            .matcher(Files.readString(Path.of("../docs/looking.md")));
    assertThat(shown.find()).isTrue();
    Cli cli = Cli.run("look", "--kernel", shown.group(1), shown.group(2));
    assertThat(cli.out().stripTrailing()).isEqualTo(shown.group(3));
  }

  @Test
  void badInput() {
    assertThat(fails("look --kernel box:9 1,2,3"))
        .contains("The kernel of 9×9 is larger than the picture of 1×3: choose a smaller kernel");
    assertThat(fails("look --kernel bx 1,2,3")).contains("did you mean \"box\"?");
    assertThat(fails("look --kernel box 1,2,3 --padding ful")).contains("did you mean");
    assertThat(fails("look --kernel box 1,2,3 --stride 0")).contains("--stride");
    assertThat(fails("look --kernel box")).contains("--kernel expects one picture");
    assertThat(fails("look --kernel box no-such.png")).contains("no-such.png");
  }

  @Test
  void oneNumberIsAPicture() {
    for (String number : new String[] {"5", "-2.5", ".5"}) {
      Cli cli = Cli.run("look", "--kernel", "2", number);
      assertThat(cli.code()).as("%s: %s", number, cli.err()).isZero();
    }
    Cli letters = Cli.run("look", "--kernel", "1 a", "1 2 3");
    assertThat(letters.code()).isEqualTo(2);
    assertThat(letters.err()).contains("\"a\"").doesNotContain("Unknown kernel");
  }

  /** The one line of a command that is refused. */
  private static String fails(String words) {
    Cli cli = Cli.run(words);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.complaints()).hasSize(1);
    return cli.err();
  }
}
