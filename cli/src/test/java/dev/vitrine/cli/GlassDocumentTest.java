package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What {@code docs/glass.md} shows is what its commands print. */
class GlassDocumentTest {
  /** Surefire runs in this module's folder. */
  private static final Path DOCUMENT = Path.of("../docs/glass.md");

  private static final Pattern SHOWN =
      Pattern.compile(
          "(?s)    \\./vitrine ((?:grad|collapse|neuron|train) .*?[^\\\\])\n\n```\n(.*?)\n```\n");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|[^\\s\\\\]+");

  @Test
  void theDocumentShowsRealOutput() throws IOException {
    Matcher shown = SHOWN.matcher(Files.readString(DOCUMENT));
    int found = 0;
    while (shown.find()) {
      found++;
      Cli cli = Cli.run(words(shown.group(1)));
      // 4 says that an answer is wrong, which is shown, too.
      assertThat(cli.code()).as(cli.err()).isIn(0, 4);
      assertThat(cli.out().stripTrailing()).isEqualTo(shown.group(2));
    }
    assertThat(found).isEqualTo(18);
  }

  private static String[] words(String command) {
    List<String> words = new ArrayList<>();
    Matcher word = WORD.matcher(command);
    while (word.find()) {
      String plain = word.group(1) == null ? word.group() : word.group(1);
      words.add(plain.replaceFirst("^docs/", "../docs/"));
    }
    return words.toArray(String[]::new);
  }
}
