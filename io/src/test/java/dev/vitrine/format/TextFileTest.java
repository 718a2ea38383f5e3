package dev.vitrine.format;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.data.ClassNames;
import dev.vitrine.error.UserException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
  private static final String MARK = "\ufeff";

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("text");
  }

  @Test
  void aByteOrderMarkIsNotText() throws IOException {
    Files.writeString(file, MARK + "größe\r\n" + MARK);
    assertThat(TextFile.read(file)).isEqualTo("größe\r\n" + MARK);
    Files.writeString(file, MARK);
    assertThat(TextFile.read(file)).isEmpty();
    Files.writeString(file, "");
    assertThat(TextFile.read(file)).isEmpty();
  }

  @Test
  void everyReaderAcceptsIt() throws IOException {
    Files.writeString(file, MARK + "{\"a\": 1}\r\n");
    assertThat(Json.read(file).integer("a")).isOne();
    assertThat(Json.readLines(file)).hasSize(1);
    Files.writeString(file, MARK + "cat\r\ndog\r\n");
    assertThat(ClassNames.read(file)).containsExactly("cat", "dog");
  }

  @Test
  void utf16IsNamed() throws IOException {
    for (byte[] bytes :
        new byte[][] {(MARK + "{}").getBytes(UTF_16LE), (MARK + "{}").getBytes(UTF_16BE)}) {
      Files.write(file, bytes);
      refused("%s is a text in UTF-16: save it in the encoding UTF-8", file);
    }
  }

  @Test
  void otherEncodingsAreNamedWithoutAMarkToo() throws IOException {
    Files.write(file, "{}".getBytes(UTF_16LE));
    refused("%s is a text in UTF-16: save it in the encoding UTF-8", file);
    Files.write(file, "{}".getBytes(UTF_16BE));
    refused("%s is a text in UTF-16: save it in the encoding UTF-8", file);
    for (String name : new String[] {"UTF-32LE", "UTF-32BE"}) {
      for (String text : new String[] {"{}", MARK + "{}"}) {
        Files.write(file, text.getBytes(Charset.forName(name)));
        refused("%s is a text in UTF-32: save it in the encoding UTF-8", file);
      }
    }
  }

  @Test
  void otherBytesAreNamedWithTheirLine() throws IOException {
    Files.write(file, "{\n\"größe\": 1}".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    refused("%s is no text in UTF-8 (line 2 has other bytes): save it in the encoding UTF-8", file);
    byte[] cut = "größe".getBytes(UTF_8);
    Files.write(file, java.util.Arrays.copyOf(cut, 3));
    refused("%s is no text in UTF-8 (line 1 has other bytes): save it in the encoding UTF-8", file);
  }

  private void refused(String sentence, Path named) {
    assertThatThrownBy(() -> TextFile.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence, named);
    assertThatThrownBy(() -> ClassNames.read(file)).hasMessage(sentence, named);
    assertThatThrownBy(() -> Json.read(file)).hasMessage(sentence, named);
  }

  @Test
  void aLogThatWasCutWithinALetterLosesItsLastLine() throws IOException {
    byte[] bytes = "{\"a\":1}\n{\"größe".getBytes(UTF_8);
    Files.write(file, java.util.Arrays.copyOf(bytes, "{\"a\":1}\n{\"gr".length() + 1));
    assertThat(Json.readLines(file)).hasSize(1);
  }

  @Test
  void controlsAreNoNames() throws IOException {
    Files.writeString(file, "cat\n\u001b[2Jdog\n");
    assertThatThrownBy(() -> ClassNames.read(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "%s: expected a text of one class name a line, but got \"\\u001b[2Jdog\"", file);
  }
}
