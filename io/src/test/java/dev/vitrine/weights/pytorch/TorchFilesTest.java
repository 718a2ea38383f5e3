package dev.vitrine.weights.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.error.UserException;
import dev.vitrine.weights.Pickles;
import dev.vitrine.weights.Weights;
import dev.vitrine.weights.stored.Stored;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchFilesTest {
  private static final String MAGIC = "\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.";

  @TempDir Path folder;

  /** The stream around an object: its storages have six numbers, 0 to 5. */
  static Pickles stream(Pickles object, String... keys) {
    var file = Pickles.of().raw(MAGIC).raw("\u0080\u0002M\u00e9\u0003.").raw("\u0080\u0002}.");
    file.bytes(object.array()).raw("\u0080\u0002](");
    for (String key : keys) {
      file.text(key);
    }
    file.raw("e.");
    for (int i = 0; i < keys.length; i++) {
      file.i8(6).floats(0, 1, 2, 3, 4, 5);
    }
    return file;
  }

  private Path zip(Map<String, byte[]> entries) {
    Path file = folder.resolve("x.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : new TreeMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return file;
  }

  private Weights read(Pickles file) {
    return Weights.read(file.to(folder.resolve("x.pth")));
  }

  private static long[] of(long... numbers) {
    return numbers;
  }

  @Test
  void viewsOfOneStorage() {
    Pickles object =
        Pickles.of()
            .raw("\u0080\u0002}(")
            .text("rows")
            .tensor("FloatStorage", "k", 6, 0, of(2, 3), of(3, 1))
            .text("columns")
            .tensor("FloatStorage", "k", 6, 0, of(3, 2), of(1, 3))
            .text("part")
            .tensor("FloatStorage", "k", 6, 4, of(2), of(1))
            .text("same")
            .tensor("FloatStorage", "k", 6, 3, of(2), of(0))
            .raw("u.");
    Weights read = read(stream(object, "k"));
    assertThat(read.format()).isEqualTo("PyTorch stream");
    assertThat(read.tensors().get("rows").floats()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(read.tensors().get("columns").floats()).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(read.tensors().get("part").floats()).containsExactly(4, 5);
    assertThat(read.tensors().get("same").floats()).containsExactly(3, 3);
  }

  /** Of 0.2: {@code _rebuild_tensor}, and an id that names a part of the storage. */
  @Test
  void viewsThatTheIdTells() {
    Pickles object =
        Pickles.of()
            .raw("\u0080\u0002}")
            .text("w")
            .global("torch.nn.parameter", "Parameter")
            .raw("(")
            .global("torch._utils", "_rebuild_tensor")
            .raw("((")
            .text("storage")
            .global("torch.cuda", "FloatStorage")
            .text("k")
            .text("cuda:0")
            .whole(6)
            .raw("(")
            .text("view")
            .whole(2)
            .whole(3)
            .raw("ttQ")
            .whole(1)
            .sizes(2)
            .sizes(1)
            .raw("tRtR(\u0088\u0089Ntbs.");
    assertThat(read(stream(object, "k")).tensors().get("w").floats()).containsExactly(3, 4);
  }

  @Test
  void aListOfDictionariesAndALoneTensor() {
    Pickles list =
        Pickles.of()
            .raw("\u0080\u0002]}K\u0001")
            .tensor("FloatStorage", "k", 6, 0, of(1), of(1))
            .raw("sa.");
    assertThat(read(stream(list, "k")).tensors().keySet()).containsExactly("0.1");
    Pickles lone =
        Pickles.of().raw("\u0080\u0002").tensor("IntStorage", "k", 6, 0, of(6), of(1)).raw(".");
    assertThat(read(stream(lone, "k")).tensors().get("0").longs())
        .hasSize(6)
        .startsWith(0, 0x3f800000);
  }

  @Test
  void whatIsQuantisedOrComplexIsNamedAndTheRestRead() {
    Pickles object =
        Pickles.of()
            .raw("\u0080\u0002}(")
            .text("q")
            .global("torch._utils", "_rebuild_qtensor")
            .raw("(")
            .storage("QInt32Storage", "q", 6)
            .raw("tR")
            .text("c")
            .tensor("ComplexFloatStorage", "c", 3, 0, of(3), of(1))
            .text("w")
            .tensor("FloatStorage", "k", 6, 0, of(1), of(1))
            .text("path")
            .global("pathlib", "PosixPath")
            .raw("(")
            .text("/")
            .raw("tR")
            .text("type")
            .global("torch", "float32")
            .text("device")
            .global("torch", "device")
            .raw("(")
            .text("cpu")
            .raw("tRu.");
    var file =
        Pickles.of().raw(MAGIC).raw("M\u00e9\u0003.").raw("}.").bytes(object.array()).raw("](");
    file.text("q")
        .text("c")
        .text("k")
        .raw("e.")
        .i8(6)
        .floats(0, 0, 0, 0, 0, 0)
        .i8(3)
        .floats(0, 0, 0, 0, 0, 0)
        .i8(1)
        .floats(8);
    Weights read = read(file);
    assertThat(read.tensors().get("w").floats()).containsExactly(8);
    assertThat(read.all())
        .contains(
            new Weights.Found(
                "q",
                new Stored.Unread(
                    "tensor of torch._utils._rebuild_qtensor",
                    "no type of Vitrine's is like them")),
            new Weights.Found(
                "c",
                new Stored.Unread(
                    "tensor of torch.ComplexFloatStorage", "no type of Vitrine's is like them")),
            new Weights.Found("type", new Stored.Note("torch.float32")),
            new Weights.Found("device", new Stored.Note("cpu")));
  }

  private Map<String, byte[]> archive(Pickles object) {
    return Map.of(
        "any name/data.pkl", object.array(),
        "any name/data/0", Pickles.of().floats(0, 1, 2, 3, 4, 5).array(),
        "any name/version", "3\n".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void anArchiveInAnyFolder() {
    Pickles object =
        Pickles.of()
            .raw("\u0080\u0002}")
            .text("w")
            .tensor("FloatStorage", "0", 6, 1, of(2, 2), of(1, 2))
            .raw("s.");
    Weights read = Weights.read(zip(archive(object)));
    assertThat(read.format()).isEqualTo("PyTorch");
    assertThat(read.tensors().get("w").floats()).containsExactly(1, 3, 2, 4);
  }

  @Test
  void anArchiveOfABigEndianMachineAndNewTypes() {
    Pickles object =
        Pickles.of()
            .raw("\u0080\u0002}")
            .text("w")
            .global("torch._utils", "_rebuild_tensor_v3")
            .raw("((")
            .text("storage")
            .global("torch.storage", "UntypedStorage")
            .text("0")
            .text("cpu")
            .whole(4)
            .raw("tQ")
            .whole(1)
            .sizes(1)
            .sizes(1)
            .raw("\u0089N")
            .global("torch", "uint16")
            .raw("tRs.");
    Map<String, byte[]> entries =
        Map.of(
            "a/data.pkl", object.array(),
            "a/byteorder", "big".getBytes(StandardCharsets.US_ASCII),
            "a/data/0", new byte[] {0, 0, (byte) 0xff, 1});
    assertThat(Weights.read(zip(entries)).tensors().get("w").longs()).containsExactly(0xff01);
  }

  /** TorchScript's modules have their tensors among their other fields. */
  @Test
  void scriptsAreRead() {
    Pickles object =
        Pickles.of()
            .raw("\u0080\u0002c__torch__\nNet\n)\u0081}(")
            .text("training")
            .raw("\u0089")
            .text("fc")
            .raw("c__torch__.torch.nn.modules.linear\nLinear\n)\u0081}(")
            .text("weight")
            .tensor("FloatStorage", "0", 6, 0, of(2), of(1))
            .raw("ubub.");
    Pickles constants =
        Pickles.of().raw("\u0080\u0002(").tensor("FloatStorage", "0", 1, 0, of(1), of(1)).raw("t.");
    Map<String, byte[]> entries = new TreeMap<>(archive(object));
    entries.put("any name/constants.pkl", constants.array());
    entries.put("any name/constants/0", Pickles.of().floats(9).array());
    Weights read = Weights.read(zip(entries));
    assertThat(read.tensors().keySet()).containsExactly("fc.weight", "constants.0");
    assertThat(read.tensors().get("constants.0").floats()).containsExactly(9);
    assertThatThrownBy(() -> Weights.read(zip(Map.of("m/model.json", new byte[1]))))
        .hasMessageContaining("TorchScript's first format, of PyTorch 1.0 to 1.3, is not read");
  }

  /** A tensor pickled without PyTorch's own function has a whole stream in its storage's place. */
  @Test
  void tensorsPickledPlainly() {
    Pickles inner =
        stream(Pickles.of().raw("\u0080\u0002").storage("FloatStorage", "7", 6).raw("."), "7");
    Pickles object =
        Pickles.of()
            .raw("\u0080\u0003}")
            .text("w")
            .global("torch._utils", "_rebuild_tensor_v2")
            .raw("(")
            .global("torch.storage", "_load_from_bytes")
            .raw("B")
            .u4(inner.array().length)
            .bytes(inner.array())
            .raw("\u0085R")
            .whole(2)
            .sizes(2)
            .sizes(1)
            .raw("\u0089NtRs.");
    assertThat(read(object).tensors().get("w").floats()).containsExactly(2, 3);
  }

  @Test
  void filesThatLieAreToldWhereTheyDo() {
    Pickles object =
        Pickles.of()
            .raw("\u0080\u0002}")
            .text("w")
            .tensor("FloatStorage", "0", 6, 4, of(2, 2), of(2, 1))
            .raw("s.");
    assertThatThrownBy(() -> Weights.read(zip(archive(object))))
        .hasMessageEndingWith("x.zip: w: A tensor of F32 [2, 2] needs 16 bytes, but there are 8");
    assertThatThrownBy(() -> read(stream(object, "1")))
        .hasMessageContaining("storage \"1\" is of no tensor");
    assertThatThrownBy(() -> read(stream(object)))
        .hasMessageEndingWith("x.pth: w: storage \"0\" is not in the file");
    Pickles vast =
        Pickles.of()
            .raw("\u0080\u0002}")
            .text("w")
            .tensor("FloatStorage", "k", 6, 0, of(1 << 30, 1 << 30), of(0, 0))
            .raw("s.");
    assertThatThrownBy(() -> read(stream(vast, "k")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "x.pth: w: a tensor of [1073741824, 1073741824] would take 4611686018427387904 bytes");
  }

  /** An entry of a tar archive. */
  private static void entry(Pickles tar, String name, byte[] content) {
    byte[] header = new byte[512];
    byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, 0, bytes.length);
    byte[] size =
        String.format(Locale.ROOT, "%011o", content.length).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(size, 0, header, 124, size.length);
    tar.bytes(header).bytes(content).bytes(new byte[Math.floorMod(-content.length, 512)]);
  }

  static Pickles tar() {
    var tar = Pickles.of();
    entry(tar, "sys_info", new byte[] {'.'});
    entry(tar, "pickle", Pickles.of().raw("\u0080\u0002}U\u0001wU\u000277Qs.").array());
    entry(
        tar,
        "tensors",
        Pickles.of()
            .raw("K\u0001.")
            .raw("(KMK\u0006")
            .global("torch", "FloatTensor")
            .raw("t.")
            .i8(2)
            .i8(2)
            .i8(2)
            .i8(1)
            .i8(2)
            .i8(1)
            .array());
    entry(
        tar,
        "storages",
        Pickles.of()
            .raw("K\u0001.")
            .raw("(K\u0005U\u0003cpu")
            .global("torch", "FloatStorage")
            .raw("t.")
            .i8(7)
            .floats(9, 0, 1, 2, 3, 4, 5)
            .raw("]((K\u0006K\u0005K\u0001K\u0006te.")
            .array());
    return tar;
  }

  @Test
  void theFirstFormatIsRead() {
    Weights read = read(tar());
    assertThat(read.format()).isEqualTo("PyTorch tar");
    assertThat(read.tensors().get("w").floats()).containsExactly(1, 3, 2, 4);
  }

  /** {@code torch.save} keeps x.conj().imag so: as it lies, and that it is to be negated. */
  @Test
  void aNegatedViewIsNamedNotReadWithTheWrongSign() {
    Pickles object =
        Pickles.of()
            .raw("\u0080\u0002}(")
            .text("v")
            .tensor("FloatStorage", "k", 6, 0, of(2), of(1))
            .text("w")
            .global("torch._utils", "_rebuild_tensor_v2")
            .raw("(")
            .storage("FloatStorage", "k", 6)
            .whole(0)
            .sizes(2)
            .sizes(1)
            .raw("\u0089")
            .global("collections", "OrderedDict")
            .raw(")R}")
            .text("neg")
            .raw("\u0088stRu.");
    Weights read = read(stream(object, "k"));
    assertThat(read.tensors().keySet()).containsExactly("v");
    assertThat(read.root().members().get("w"))
        .isEqualTo(
            new Stored.Unread(
                "negated view",
                "its numbers are those of its storage times −1: save its resolve_neg()"));
  }

  private Path archive(String order, long numbers, int bytes) {
    Pickles object =
        Pickles.of()
            .raw("\u0080\u0002}")
            .text("w")
            .tensor("FloatStorage", "0", numbers, 0, of(2), of(1))
            .raw("s.");
    Map<String, byte[]> entries =
        new TreeMap<>(Map.of("a/data.pkl", object.array(), "a/data/0", new byte[bytes]));
    if (!order.isEmpty()) {
      entries.put("a/byteorder", order.getBytes(StandardCharsets.US_ASCII));
    }
    return zip(entries);
  }

  @Test
  void anOrderOfBytesThatNobodyKnowsIsRefused() {
    assertThat(Weights.read(archive("little", 2, 8)).tensors()).containsKey("w");
    assertThat(Weights.read(archive("big", 2, 8)).tensors()).containsKey("w");
    for (String other : new String[] {"middle", "bigger", "", "littleendian-and-more-than-that"}) {
      Path file = archive(other.isEmpty() ? " " : other, 2, 8);
      assertThatThrownBy(() -> Weights.read(file))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("x.zip: its \"a/byteorder\" is ")
          .hasMessageEndingWith("expected little or big");
    }
  }

  @Test
  void aStorageHasAsManyNumbersAsThePickleSays() {
    for (long said : new long[] {0, 1, 3, 1L << 30}) {
      Path file = archive("", said, 8);
      assertThatThrownBy(() -> Weights.read(file))
          .isInstanceOf(UserException.class)
          .hasMessageEndingWith(
              "x.zip: w: its storage \"a/data/0\" has 8 bytes, but the pickle says %s numbers of"
                      .formatted(said)
                  + " \"FloatStorage\": the file is damaged");
    }
  }
}
