package dev.vitrine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.tensor.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDataTest {
  @TempDir Path folder;

  private static Reading reading(Optional<Boolean> numbers, String... targets) {
    return new Reading(List.of(targets), numbers, Optional.empty(), Optional.of(1.0));
  }

  private DataSource find(String text, Reading reading, String... classes) throws IOException {
    Path file = folder.resolve("t.csv");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    var request = new DataRequest(file.toString(), reading, Optional.empty(), List.of(classes));
    var nowhere = new DataFolders(Optional.empty(), Optional.empty(), Path.of("none"));
    return nowhere.find(request, Downloader.reportingTo(DownloadProgress.NONE));
  }

  private Dataset classes(String text, String... targets) throws IOException {
    return find(text, reading(Optional.empty(), targets)).loadTest();
  }

  private static float[] row(Dataset data, int example) {
    float[] row = new float[data.shape().elements()];
    data.read(example, row);
    return row;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a,b,kind\n1.5,-2,cat\n3,4e-1,dog\n",
        "\ufeffa;b;kind\r\n1.5;-2;cat\r\n3;0.4;dog",
        "a\tb\tkind\r\r1.5\t-2\tcat\r3\t.4\tdog\r\n\n",
        "\"a\",\"b, or so\",\"kind\"\n\"1.5\", -2 ,\"cat\"\n\n3,0.4, \"dog\" \n",
        "1.5,-2,cat\n3,0.4,dog",
      })
  void tablesOfManyKindsAreTheSame(String text) throws IOException {
    Dataset data = classes(text);
    assertThat(data.shape()).isEqualTo(Shape.of(2));
    assertThat(row(data, 0)).containsExactly(1.5f, -2);
    assertThat(row(data, 1)).containsExactly(3, 0.4f);
    assertThat(data.classNames()).containsExactly("cat", "dog");
    assertThat(data.label(1)).isEqualTo(1);
    assertThat(data.origin().checksums()).containsOnlyKeys("t.csv");
  }

  @Test
  void classesAreInTheOrderOfTheirNumbersOrNames() throws IOException {
    assertThat(classes("x,label\n1,10\n2,9\n3,-1\n4,9.0\n").classNames())
        .containsExactly("-1", "9", "10");
    assertThat(classes("x,label\n1,b\n2,\"B\"\n3,\"a \"\"q\"\",\n\"\n").classNames())
        .containsExactly("B", "a \"q\",\n", "b");
    DataSource known = find("x,label\n1,b\n2,c\n", reading(Optional.empty()), "a", "b", "c");
    assertThat(known.loadTest().label(0)).isEqualTo(1);
    DataSource unknown = find("x,label\n1,b\n2,d\n", reading(Optional.empty()), "a", "b", "c");
    assertThatThrownBy(unknown::loadTest)
        .hasMessageEndingWith(
            "has the class \"d\", which the network does not know: it learned a, b, c");
  }

  @Test
  void targetsAreNumbersWhereTheyAreFractionsOrAskedFor() throws IOException {
    String table = "x,y,z\n1,2.5,7\n2,3.5,8\n";
    Dataset fractions = classes(table, "y");
    assertThat(((Targets.Numbers) fractions.targets()).read(1)).containsExactly(3.5f);
    assertThat(row(fractions, 0)).containsExactly(1, 7);
    assertThat(classes(table, "Z").classNames()).containsExactly("7", "8");
    Dataset asked = find(table, reading(Optional.of(true), "z")).loadTest();
    assertThat(((Targets.Numbers) asked.targets()).read(0)).containsExactly(7);
    DataSource both = find(table, reading(Optional.empty(), "z", "x"));
    assertThat(both.outline().targets()).hasValue(Shape.of(2));
    assertThat(((Targets.Numbers) both.loadTest().targets()).read(1)).containsExactly(8, 2);
    Dataset second = classes("1,2.5,7\n2,3.5,8\n", "2");
    assertThat(((Targets.Numbers) second.targets()).read(0)).containsExactly(2.5f);
  }

  private static String counted(int rows, int different, int apart) {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < rows; i++) {
      text.append(i).append(',').append(i % different * apart).append('\n');
    }
    return text.toString();
  }

  /** Sixty prices are no sixty classes; ten digits, or a hundred kinds with examples, are. */
  @Test
  void wholeNumbersThatCountThingsAreNotTakenForClasses() throws IOException {
    for (String table : List.of(counted(60, 60, 1), counted(900, 30, 500), counted(40, 20, 1))) {
      DataSource open = find(table, reading(Optional.empty(), "y"));
      assertThatThrownBy(open::loadTest)
          .isInstanceOf(UserException.class)
          .hasMessageMatching(
              "(?s).*t.csv: the target has \\d+ different whole numbers in \\d+ rows, which may be numbers or classes: say by the loss which: mse for numbers, cross-entropy for classes");
      assertThat(find(table, reading(Optional.of(false), "y")).loadTest().targets())
          .isInstanceOf(Targets.Classes.class);
      assertThat(find(table, reading(Optional.of(true), "y")).loadTest().targets())
          .isInstanceOf(Targets.Numbers.class);
    }
    assertThat(classes(counted(12, 10, 7), "y").classNames()).hasSize(10);
    assertThat(classes(counted(300, 100, 1), "y").classNames()).hasSize(100);
  }

  private Dataset known(String text, String... columns) throws IOException {
    Path file = folder.resolve("k.csv");
    Files.writeString(file, text);
    var request =
        new DataRequest(
            file.toString(),
            reading(Optional.empty()),
            Optional.empty(),
            List.of(),
            List.of(columns));
    return PathData.of(file, request).loadTest();
  }

  /** What a network learned from is found by its name, wherever it stands. */
  @Test
  void columnsAreFoundByTheirNames() throws IOException {
    Dataset own = classes("a,b,kind\n1,2,x\n3,4,y\n");
    assertThat(own.origin().columns()).containsExactly("a", "b");
    Dataset turned = known("kind,b,a\nx,2,1\ny,4,3\n", "a", "b");
    assertThat(row(turned, 0)).containsExactly(1, 2);
    assertThat(turned.origin().columns()).containsExactly("a", "b");
    assertThat(row(known("1,2,x\n3,4,y\n", "a", "b"), 1)).containsExactly(3, 4);
    assertThatThrownBy(() -> known("a,widht,kind\n1,2,x\n3,4,y\n", "a", "width"))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "k.csv has no column \"width\", which the network learned from: it has a, widht, kind; did you mean \"widht\"?");
    assertThatThrownBy(() -> known("a,b,c,kind\n1,2,3,x\n3,4,5,y\n", "a", "b"))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "k.csv has the column \"c\", which the network did not learn from: take it away; it learned from a, b");
  }

  @Test
  void imagesInRowsAreImages() throws IOException {
    Reading shaped =
        new Reading(List.of(), Optional.empty(), Optional.of(Shape.of(1, 1, 3)), Optional.of(1.0));
    DataSource source = find("label,0,1,2\n5,0,128,255\n3,1,2,3\n", shaped);
    assertThat(source.outline().floats()).isFalse();
    Dataset data = source.loadTest();
    assertThat(data.pixel(0, 1)).isEqualTo(128);
    assertThat(data.classNames()).containsExactly("3", "5");
    Dataset unit = find("label,a,b,c\n5,0,0.2,1\n3,1,0.4,0\n", shaped).loadTest();
    assertThat(unit.pixel(1, 1)).isEqualTo(102);
    assertThatThrownBy(() -> find("label,a\n5,0\n3,1\n", shaped))
        .hasMessageEndingWith(
            "has 1 columns besides the target, but an example of shape (1, 1, 3) has 3 numbers");
  }

  @Test
  void manyRowsAreReadAcrossBuffers() throws IOException {
    StringBuilder text = new StringBuilder("x,y,label\r\n");
    for (int i = 0; i < 20_000; i++) {
      text.append(i).append(',').append(i * 0.25).append(",c").append(i % 7).append("\r\n");
    }
    DataSource source = find(text.toString(), Reading.USUAL);
    assertThat(source.outline().train()).isEqualTo(17_000);
    assertThat(source.outline().test()).isEqualTo(3_000);
    DataSplits parts = source.load();
    for (int i = 0; i < parts.train().size(); i++) {
      float[] row = row(parts.train(), i);
      assertThat(row[1]).isEqualTo(row[0] / 4);
      assertThat(parts.train().label(i)).isEqualTo((int) row[0] % 7);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|FILE is empty: expected a table",
        "'x,label\n'|FILE has names of columns and no rows below them: expected an example in each row",
        "'\"x\";\"kind of\"'|FILE has names of columns and no rows below them: expected an example in each row",
        "'x,label\n1,a\n2\n'|FILE, line 3: expected 2 fields as in the first line, but got 1",
        "'x,label\n1,a\n,b\n'|FILE, line 3: column \"x\" is empty: a value is missing; fill it in, or take the row away",
        "'x,label\n1,a\nNA,b\n'|FILE, line 3: column \"x\" says \"NA\": a value is missing; fill it in, or take the row away",
        "'x,label\n\n1,a\n2,\n'|FILE, line 4: column \"label\" is empty: a value is missing; fill it in, or take the row away",
        "'x,label\n\"1\",a\n\"1,5\",b\n'|FILE, line 3: column \"x\" has \"1,5\", which is no number: write it as one, or take the column away",
        "'x,label\n1,a\n0x1p3,b\n'|FILE, line 3: column \"x\" has \"0x1p3\", which is no number: write it as one, or take the column away",
        "'x,label\n1,a\n1e99,b\n'|FILE, line 3: column \"x\" has \"1e99\", which is no number: write it as one, or take the column away",
        "'x,label\n1,\"a\n2,b\n'|FILE, line 2: a quote is opened that is not closed",
        "'x,label\n1,\"a\"b\n'|FILE, line 2: behind a closed quote stands \"b\": expected \",\" or the end of the line",
        "'p,q\n1,2\n3,4\n'|FILE: it is not clear which column is the target, of p, q: name it with the target column",
        "',q,label\n0,2,a\n1,4,b\n'|FILE: column 1 has no name (pandas writes its index so): give it one of its own, or take it away",
        "'q,q,label\n0,2,a\n1,4,b\n'|FILE: column 2 is called \"q\", as another is: give it one of its own, or take it away",
      })
  void faultsAreNamedByLineAndColumn(String text, String sentence) {
    assertThatThrownBy(() -> classes(text))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence.replace("FILE", folder.resolve("t.csv").toString()));
  }

  @Test
  void columnsThatAreNotThereAreNamed() throws IOException {
    String table = "width,y,kind\n1,2.5,a\n2,3.5,b\n";
    assertThatThrownBy(() -> classes(table, "widht"))
        .hasMessageEndingWith("t.csv: Unknown target column \"widht\"; did you mean \"width\"?");
    assertThatThrownBy(() -> find(table, reading(Optional.of(false), "y")))
        .hasMessageEndingWith(
            "t.csv, line 2: the target column \"y\" has \"2.5\", but classes are names or whole numbers: choose another loss");
    assertThatThrownBy(() -> classes(table, "y", "kind"))
        .hasMessageEndingWith(
            "line 2: column \"kind\" has \"a\", which is no number: write it as one, or take the column away");
  }

  @Test
  void linesOfWindowsCountOnce() {
    assertThatThrownBy(() -> classes("x,label\r\n\r\n1,a\r\nNA,b\r\n"))
        .hasMessageContaining("t.csv, line 4: column \"x\" says \"NA\"");
  }

  @Test
  void otherEncodingsAreNamed() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.write(file, "x,label\n1,\u00e4\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> PathData.of(file, DataRequest.of(file.toString())))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "latin.csv is no text in UTF-8 (behind line 1): save it in the encoding UTF-8");
  }
}
