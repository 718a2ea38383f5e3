package dev.vitrine.weights.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.weights.Pickles;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightSource;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnpicklerTest {
  @TempDir Path folder;
  private int files;

  private WeightSource source(Pickles pickle) {
    return WeightSource.of(pickle.to(folder.resolve("p%s.pkl".formatted(files++))));
  }

  private Object read(Pickles pickle) {
    WeightSource source = source(pickle);
    return Unpickler.read(new PickleBytes(source, "", source.bytes()));
  }

  private Object read(String latin) {
    return read(Pickles.of().raw(latin));
  }

  private Stored stored(Pickles pickle) {
    WeightSource source = source(pickle);
    Object value = Unpickler.read(new PickleBytes(source, "", source.bytes()));
    return new Tree(source, List.of()).stored(value);
  }

  /** Values as Java would show them, containers by their items. */
  private static String shown(Object value) {
    return switch (value) {
      case Sequence sequence ->
          sequence.items().stream()
              .map(UnpicklerTest::shown)
              .collect(Collectors.joining(",", sequence.kind() + "[", "]"));
      case Dictionary pairs -> {
        var text = new StringBuilder("{");
        for (int i = 0; i < pairs.size(); i++) {
          text.append(shown(pairs.key(i))).append(':').append(shown(pairs.value(i))).append(' ');
        }
        yield text.append('}').toString();
      }
      case Instance made ->
          made.maker()
              + shown(made.arguments())
              + shown(made.pairs())
              + shown(Sequence.tuple(made.items()))
              + shown(made.state());
      case Bytes bytes -> "b'" + bytes.latin() + "'";
      case null, default -> String.valueOf(value);
    };
  }

  @Test
  void numbersOfAllProtocols() {
    assertThat(read("I-17\n.")).isEqualTo(-17L);
    assertThat(read("I01\n.")).isEqualTo(true);
    assertThat(read("I00\n.")).isEqualTo(false);
    assertThat(read("L12345678901234567890L\n.")).isEqualTo(new BigInteger("12345678901234567890"));
    assertThat(read("F-1.5e3\n.")).isEqualTo(-1500.0);
    assertThat(read("K\u00ff.")).isEqualTo(255L);
    assertThat(read("M\u00ff\u00ff.")).isEqualTo(65535L);
    assertThat(read("J\u00fe\u00ff\u00ff\u00ff.")).isEqualTo(-2L);
    assertThat(read("\u008a\0.")).isEqualTo(0L);
    assertThat(read("\u008a\u0002\0\u00ff.")).isEqualTo(-256L);
    assertThat(read("\u008b\u0001\0\0\0\u0080.")).isEqualTo(-128L);
    assertThat(read("G?\u00f8\0\0\0\0\0\0.")).isEqualTo(1.5);
    assertThat(read("\u0088.")).isEqualTo(true);
    assertThat(read("\u0089.")).isEqualTo(false);
    assertThat(read("N.")).isNull();
  }

  @Test
  void textsOfAllProtocols() {
    assertThat(shown(read("S'a\\n\\x41\\101\\'\\q'\n."))).isEqualTo("b'a\nAA'\\q'");
    assertThat(shown(read("S\"it's\"\n."))).isEqualTo("b'it's'");
    assertThat(shown(read("T\u0003\0\0\0abc."))).isEqualTo("b'abc'");
    assertThat(shown(read("U\u0002\u00e9z."))).isEqualTo("b'\u00e9z'");
    assertThat(shown(read("B\u0001\0\0\0x."))).isEqualTo("b'x'");
    assertThat(shown(read("C\u0001x."))).isEqualTo("b'x'");
    assertThat(shown(read("\u008e\u0001\0\0\0\0\0\0\0x."))).isEqualTo("b'x'");
    assertThat(shown(read("\u0096\u0001\0\0\0\0\0\0\0x\u0098."))).isEqualTo("b'x'");
    assertThat(read("Va\\u20ac\u00e9\\n\n.")).isEqualTo("a€\u00e9\\n");
    assertThat(read("X\u0003\0\0\0\u00e2\u0082\u00ac.")).isEqualTo("€");
    assertThat(read("\u008c\u0001a.")).isEqualTo("a");
    assertThat(read("\u008d\u0001\0\0\0\0\0\0\0a.")).isEqualTo("a");
  }

  @Test
  void containersOfAllProtocols() {
    assertThat(shown(read("(K\u0001K\u0002t."))).isEqualTo("TUPLE[1,2]");
    assertThat(shown(read("NNN\u0087."))).isEqualTo("TUPLE[null,null,null]");
    assertThat(shown(read("K\u0001K\u0002\u0086."))).isEqualTo("TUPLE[1,2]");
    assertThat(shown(read("K\u0001\u0085)\u0086."))).isEqualTo("TUPLE[TUPLE[1],TUPLE[]]");
    assertThat(shown(read("(K\u0001l."))).isEqualTo("LIST[1]");
    assertThat(shown(read("]K\u0001a(K\u0002K\u0003e."))).isEqualTo("LIST[1,2,3]");
    assertThat(shown(read("\u008f(K\u0001\u0090."))).isEqualTo("SET[1]");
    assertThat(shown(read("(K\u0001\u0091."))).isEqualTo("SET[1]");
    assertThat(shown(read("(K\u0001K\u0002d."))).isEqualTo("{1:2 }");
    assertThat(shown(read("}K\u0001K\u0002s(K\u0003K\u0004u."))).isEqualTo("{1:2 3:4 }");
  }

  @Test
  void theStackTheMemoAndTheFrames() {
    assertThat(shown(read("\u0080\u0004\u0095\u0001\0\0\0\0\0\0\0K\u00012\u0086.")))
        .isEqualTo("TUPLE[1,1]");
    assertThat(shown(read("K\u0001K\u00020."))).isEqualTo("1");
    assertThat(shown(read("K\u0001(NN1."))).isEqualTo("1");
    assertThat(shown(read("K\u0001(0."))).isEqualTo("1");
    assertThat(shown(read("K\u0007p5\n0g5\n."))).isEqualTo("7");
    assertThat(shown(read("K\u0007q\u00050h\u0005."))).isEqualTo("7");
    assertThat(shown(read("K\u0007r\u00ff\u00ff\u00ff\u00ff0j\u00ff\u00ff\u00ff\u00ff.")))
        .isEqualTo("7");
    assertThat(shown(read("K\u0007\u0094K\u0008\u0094h\u0000h\u0001\u0087.")))
        .isEqualTo("TUPLE[8,7,8]");
    assertThat(shown(read("Nq\u00000h\u0000."))).isEqualTo("null");
  }

  @Test
  void whateverIsMadeStaysAName() {
    assertThat(shown(read("cos\nsystem\n(Vrm -rf /\ntR.")))
        .isEqualTo("os.systemTUPLE[rm -rf /]{}TUPLE[]null");
    assertThat(shown(read("\u008c\u0002os\u008c\u0006system\u0093)\u0081K\u0001b.")))
        .isEqualTo("os.systemTUPLE[]{}TUPLE[]1");
    assertThat(shown(read("(iposix\nsystem\n."))).isEqualTo("posix.systemTUPLE[]{}TUPLE[]null");
    assertThat(shown(read("(cos\nsystem\nK\u0001o."))).isEqualTo("os.systemTUPLE[1]{}TUPLE[]null");
    assertThat(shown(read("ca\nB\n)}\u0092K\u0001a(K\u0002K\u0003u.")))
        .isEqualTo("a.BTUPLE[]{2:3 }TUPLE[1]null");
    assertThat(shown(read("ccopy_reg\n_reconstructor\n(ca\nB\nNtR.")))
        .isEqualTo("a.BTUPLE[null]{}TUPLE[]null");
    assertThat(shown(read("\u0082\u0007."))).isEqualTo("copyreg.extension7");
    assertThat(read("Pkey\n.")).isEqualTo(new Reference("key"));
    assertThat(read("K\u0001Q.")).isEqualTo(new Reference(1L));
  }

  @Test
  void objectsAreNamedAndNotMade() {
    assertThat(stored(Pickles.of().global("pathlib", "PosixPath").raw("(").text("/etc").raw("tR.")))
        .isEqualTo(
            new Stored.Unread(
                "object of the class pathlib.PosixPath",
                "nothing but its name and fields is known"));
    assertThat(stored(Pickles.of().global("os", "system").raw(".")))
        .isEqualTo(new Stored.Unread("class or function os.system", "only its name is known"));
    assertThat(stored(Pickles.of().global("builtins", "slice").raw("(K\u0001K\u0002NtR.")))
        .isEqualTo(new Stored.Note("slice(1, 2, None)"));
    assertThat(stored(Pickles.of().global("__builtin__", "set").raw("((K\u0001K\u0002ltR.")))
        .isEqualTo(new Stored.Note("[1, 2]"));
    assertThat(
            stored(
                Pickles.of()
                    .global("_codecs", "encode")
                    .raw("(")
                    .text("é")
                    .text("latin1")
                    .raw("tR.")))
        .isEqualTo(new Stored.Note("é"));
  }

  @Test
  void keysOfAnyKindAreNames() {
    Stored group =
        stored(
            Pickles.of()
                .raw("}(K\u0001K\u0002")
                .text("1")
                .raw("K\u0003(K\u0001")
                .text("a")
                .raw("tK\u0004NK\u0005K\u0001K\u0006u."));
    assertThat(group)
        .isEqualTo(Stored.Group.of(ordered("1", "6", "1#2", "3", "(1, a)", "4", "None", "5")));
  }

  private static Map<String, Stored> ordered(String... pairs) {
    var map = new LinkedHashMap<String, Stored>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put(pairs[i], new Stored.Note(pairs[i + 1]));
    }
    return map;
  }

  @Test
  void aCircleIsToldWhereItCloses() {
    Stored.Group group =
        (Stored.Group) stored(Pickles.of().raw("}q\u0000").text("me").raw("h\u0000s."));
    assertThat(group.members())
        .containsExactly(
            Map.entry("me", new Stored.Unread("a reference", "it leads back to what it lies in")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0               | at byte 1: the pickle takes something from an empty stack
          (N              | at byte 2: 1 bytes are expected, but 0 are left; the file may be cut short
          t               | at byte 1: the pickle goes back to a mark that is not there
          h\\            | at byte 2: the pickle refers to its value 92, which is not there
          !               | at byte 1: the byte before, 0x21, begins nothing that a pickle of weights has
          NNs             | at byte 3: the pickle takes something from an empty stack
          NNNs            | at byte 4: the pickle sets a key of something that is no dictionary
          )Na             | at byte 3: the pickle appends to something that is no list
          }(Nu            | at byte 4: a dictionary has a key without a value
          NNR             | at byte 3: something is made from what is no tuple
          (o              | at byte 2: an object has no class
          NN\u0093        | at byte 3: a class or function has a name that is no text
          I1              | at byte 1: a line begins that has no end
          T\u00ff\u00ff\u00ff\u00ff | at byte 5: 18446744073709551615 bytes are expected, but 0 are left; the file may be cut short
          """)
  void whatMakesNoSenseIsToldWithItsPlace(String pickle, String fault) {
    assertThatThrownBy(() -> read(pickle))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith(".pkl: " + fault);
  }

  @Test
  void longNumbersAreRefused() {
    assertThatThrownBy(() -> read("I" + "9".repeat(100_000) + "\n."))
        .hasMessageEndingWith("a whole number of 100000 digits is too long");
    assertThatThrownBy(() -> read(Pickles.of().raw("\u008b").u4(100_000).bytes(new byte[100_000])))
        .hasMessageEndingWith("a whole number of 100000 bytes is too long");
  }

  /** Ten lists, each holding the one before nine times: 9¹⁰ things from a hundred bytes. */
  @Test
  void whatIsSharedManyTimesIsNotWrittenOutForEver() {
    var pickle = Pickles.of().raw("]");
    for (int i = 0; i < 20; i++) {
      pickle.raw("q\u0000(").raw("h\u0000".repeat(9)).raw("l");
    }
    pickle.raw(".");
    assertThatThrownBy(() -> stored(pickle))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "What the pickle holds, written out, would take more than 16777216 bytes");
  }

  @Test
  void tuplesDoubledManyTimesAreRefused() {
    var pickle = Pickles.of().raw(")").raw("2\u0086".repeat(150)).raw(".");
    assertThatThrownBy(() -> stored(pickle)).isInstanceOf(UserException.class);
  }

  @Test
  void whatLiesTooDeepIsRefused() {
    assertThatThrownBy(() -> stored(Pickles.of().raw("N").raw("\u0085".repeat(100_000)).raw(".")))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("more than 200 things lie in each other");
  }

  @Test
  void aModulePickledWholeIsItsStateDictionary() {
    var pickle =
        Pickles.of()
            .global("nets", "Net")
            .raw(")\u0081}(")
            .text("_parameters")
            .raw("}(")
            .text("w")
            .whole(1)
            .text("none")
            .raw("Nu")
            .text("_buffers")
            .raw("}(")
            .text("mean")
            .whole(2)
            .text("fleeting")
            .whole(3)
            .raw("u")
            .text("_non_persistent_buffers_set")
            .raw("\u008f(")
            .text("fleeting")
            .raw("\u0090")
            .text("_modules")
            .raw("}")
            .text("0")
            .global("nets", "Inner")
            .raw(")\u0081}(")
            .text("_parameters")
            .raw("}")
            .text("b")
            .whole(4)
            .raw("s")
            .text("_modules")
            .raw("}ubs")
            .text("training")
            .raw("\u0088ub.");
    assertThat(stored(pickle))
        .isEqualTo(
            Stored.Group.of(
                new LinkedHashMap<String, Stored>(
                    Map.of(
                        "w", new Stored.Note("1"),
                        "mean", new Stored.Note("2"),
                        "0", Stored.Group.of(ordered("b", "4"))))));
  }

  @Test
  void namesAreNoLongerThanNamesAre() {
    assertThatThrownBy(() -> stored(Pickles.of().raw("}").text("n".repeat(5000)).raw("Ns.")))
        .hasMessageEndingWith("a name has 5000 characters");
  }

  @Test
  void marksThatNobodyNeedsAreRefusedBeforeTheyFillMemory() {
    assertThatThrownBy(() -> read("\u0080\2" + "(".repeat(1000) + "."))
        .isInstanceOf(UserException.class)
        .hasMessageEndingWith("more than 200 things lie in each other");
  }
}
