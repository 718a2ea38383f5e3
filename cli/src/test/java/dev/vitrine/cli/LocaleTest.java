package dev.vitrine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed does not follow the user's language. */
class LocaleTest {
  private final Locale ordinary = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(ordinary);
  }

  @ParameterizedTest
  @ValueSource(strings = {"de-DE", "tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva"})
  void everyLanguagePrintsTheSame(String tag) {
    for (String command :
        new String[] {
          "summary lenet vgg16",
          "summary lenet --explain",
          "summary --list",
          "summary lenet --batch 0",
          "digits --out x.png --columns 101",
          "train --lr fast",
          "--help"
        }) {
      String plain = printed(Locale.ROOT, command);
      assertThat(printed(Locale.forLanguageTag(tag), command)).as(command).isEqualTo(plain);
    }
  }

  private static String printed(Locale locale, String command) {
    Locale.setDefault(locale);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Main.run(Cli.streams(bytes, bytes), command.split(" ", -1));
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
