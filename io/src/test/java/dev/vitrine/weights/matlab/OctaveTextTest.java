package dev.vitrine.weights.matlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OctaveTextTest {
  static final String NUMBERS =
      """
      # Created by Octave 8.4.0, Mon Jan 01 00:00:00 2024 UTC <a@b>
      # name: x
      # type: scalar
      -1.5


      # name: m
      # type: matrix
      # rows: 2
      # columns: 3
       1 2 3
       4 Inf NaN


      # name: nd
      # type: matrix
      # ndims: 3
       2 1 2
       1
       2
       3
       4


      # name: f
      # type: float matrix
      # rows: 1
      # columns: 1
       0.1


      # name: big
      # type: int64 scalar
      9223372036854775807


      # name: i
      # type: uint8 matrix
      # ndims: 2
       1 2
        250
        1


      # name: t
      # type: bool
      1


      # name: r
      # type: range
      # base, limit, increment
      0 0.3 0.1


      # name: s
      # type: sparse matrix
      # nnz: 2
      # rows: 2
      # columns: 2
      2 1 5
      1 2 -6


      # name: e
      # type: matrix
      # rows: 0
      # columns: 4


      # name: d
      # type: diagonal matrix
      # rows: 2
      # columns: 2
      7
      8

      """;

  static final String THINGS =
      """
      # name: z
      # type: complex matrix
      # rows: 1
      # columns: 1
       (1,2)


      # name: text
      # type: string
      # elements: 2
      # length: 4
      ab #
      # length: 4
      cd


      # name: c
      # type: cell
      # rows: 1
      # columns: 2
      # name: <cell-element>
      # type: string
      # elements: 1
      # length: 4
      relu


      # name: <cell-element>
      # type: scalar struct
      # ndims: 2
       1 1
      # length: 2
      # name: w
      # type: scalar
      3


      # name: g
      # type: complex scalar
      (0,1)





      # name: a
      # type: struct
      # ndims: 2
       1 2
      # length: 1
      # name: w
      # type: cell
      # rows: 1
      # columns: 2
      # name: <cell-element>
      # type: scalar
      10


      # name: <cell-element>
      # type: scalar
      20





      # name: h
      # type: function handle
      @<fnhandle>
      sin
      # name: last
      # type: global matrix
      # rows: 1
      # columns: 1
       1
      """
          .replace("cd\n", "cd  \n");

  @TempDir private Path folder;

  private Weights read(String text) throws IOException {
    return Weights.read(Files.writeString(folder.resolve("w.mat"), text));
  }

  @Test
  void twoNumbersOfASparseMatrixInOnePlaceAreRefused() {
    String doubled = NUMBERS.replace("1 2 -6", "2 1 -6");
    assertThatThrownBy(() -> read(doubled))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(
            "number 1 of a sparse matrix has the place of another, row 2, column 1");
  }

  @Test
  void numbersOfEachType() throws IOException {
    for (String text : new String[] {NUMBERS, NUMBERS.replace("\n", "\r\n").replace('#', '%')}) {
      var tensors = read(text).tensors();
      assertThat(tensors.get("x").doubles()).containsExactly(-1.5);
      assertThat(tensors.get("m").doubles())
          .containsExactly(1, 2, 3, 4, Double.POSITIVE_INFINITY, Double.NaN);
      assertThat(tensors.get("nd").dims()).containsExactly(2L, 1L, 2L);
      assertThat(tensors.get("nd").doubles()).containsExactly(1, 3, 2, 4);
      assertThat(tensors.get("f").floats()).containsExactly(.1f);
      assertThat(tensors.get("f").dtype()).isEqualTo(DType.F32);
      assertThat(tensors.get("big").longs()).containsExactly(Long.MAX_VALUE);
      assertThat(tensors.get("i").longs()).containsExactly(250, 1);
      assertThat(tensors.get("i").dtype()).isEqualTo(DType.U8);
      assertThat(tensors.get("t").dtype()).isEqualTo(DType.BOOL);
      assertThat(tensors.get("r").doubles()).containsExactly(0, .1, .2, .1 * 3);
      assertThat(tensors.get("s").doubles()).containsExactly(0, -6, 5, 0);
      assertThat(tensors.get("e").dims()).containsExactly(0L, 4L);
      assertThat(tensors.get("d").doubles()).containsExactly(7, 0, 0, 8);
    }
  }

  @Test
  void textsCellsAndStructs() throws IOException {
    Weights weights = read(THINGS);
    Map<String, Stored> places = new LinkedHashMap<>();
    weights.all().forEach(found -> places.put(found.place(), found.what()));
    assertThat(places.keySet())
        .containsExactly("z", "text", "c.0", "c.1.w", "c.1.g", "a.0.w", "a.1.w", "h", "last");
    assertThat(places)
        .containsEntry("z", new Stored.Unread("complex matrix", "complex numbers are not read"))
        .containsEntry("text", new Stored.Note("ab #\ncd"))
        .containsEntry("c.0", new Stored.Note("relu"))
        .containsEntry(
            "h", new Stored.Unread("function handle", "this type of Octave's is not read"));
    assertThat(weights.tensors().get("a.1.w").doubles()).containsExactly(20);
    assertThat(weights.tensors().get("last").doubles()).containsExactly(1);
  }

  @Test
  void liesAreRefusedByLine() {
    String head = "# name: w\n# type: matrix\n";
    refused(
        head + "# rows: 999999999\n# columns: 999999999\n 1 2\n",
        "line 5: a matrix of 999999999×999999999 has more numbers than the file: truncated or"
            + " damaged");
    refused(head + "# rows: 1\n# columns: 2\n 1\n", "line 6: a number was expected, but got \"\"");
    refused(
        head + "# rows: 1\n# columns: 2\n 1 x2\n", "line 5: a number was expected, but got \"x2\"");
    refused(
        head + "# rows: -1\n# columns: 2\n",
        "line 4: # rows: expects a whole number, but got \"-1\"");
    refused(
        "# name: w\n# type: string\n# elements: 1\n# length: 99\nab\n",
        "line 5: a text of 99 bytes is not there whole: truncated?");
    refused(
        "# name: c\n# type: cell\n# rows: 9\n# columns: 9\n",
        "line 5: \"# name:\" was expected: truncated?");
    refused(
        "# name: w\n# type: scalar\n1\n# name: w\n# type: scalar\n1\n",
        "two variables are called \"w\"");
    refused(
        "# name: c\n# type: cell\n# rows: 1\n# columns: 1\n".repeat(300),
        "more than 200 things lie in each other");
    refused(
        "# name: r\n# type: range\n# base, limit, increment\n0 1e9 1\n",
        "A range would take 8000000008 bytes, too many for a file of 57");
  }

  private void refused(String text, String fault) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UserException.class)
        .hasMessage(folder.resolve("w.mat") + ": " + fault);
  }
}
