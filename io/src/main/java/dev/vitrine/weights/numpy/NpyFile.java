package dev.vitrine.weights.numpy;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.weights.pickle.Dictionary;
import dev.vitrine.weights.pickle.PickleBytes;
import dev.vitrine.weights.pickle.Tree;
import dev.vitrine.weights.pickle.Unpickler;
import dev.vitrine.weights.stored.Stored;
import dev.vitrine.weights.stored.WeightSource;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The bytes of one .npy file, alone or in an archive. Source: {@code numpy.lib.format}. */
final class NpyFile {
  private static final byte[] SIGNATURE = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 20;

  private final WeightSource source;
  private final Tree tree;
  private final String name;
  private final PickleBytes in;

  /** A file's bytes; the name is that of the entry, or empty. */
  NpyFile(WeightSource source, String name, MemorySegment bytes) {
    this.source = source;
    this.name = name;
    tree = new Tree(source, List.of(new NumpyNames()));
    in = new PickleBytes(source, name, bytes);
  }

  static boolean recognises(MemorySegment bytes) {
    return bytes.byteSize() > SIGNATURE.length
        && bytes.asSlice(0, SIGNATURE.length).mismatch(MemorySegment.ofArray(SIGNATURE)) < 0;
  }

  Stored read() {
    Header header = header();
    return header.descr instanceof String descr
        ? content(descr, header.dims, header.columns)
        : Tree.unreadTensor("records, as its type says");
  }

  /** Names what stands behind an array and is none. */
  static void nameRest(Map<String, Stored> members, String name, MemorySegment rest) {
    if (rest.byteSize() > 0) {
      members.put(
          name,
          new Stored.Unread(
              "%s bytes behind the array".formatted(rest.byteSize()), "they are none"));
    }
  }

  /** What is said of the array, of which only the beginning need be there. */
  NumpyHeader outline() {
    Header header = header();
    Optional<NumpyType> type =
        header.descr instanceof String descr ? NumpyType.parse(descr) : Optional.empty();
    return new NumpyHeader(type.flatMap(NumpyType::dtype), header.dims);
  }

  private record Header(Object descr, List<Long> dims, boolean columns) {}

  private Header header() {
    in.bytes(SIGNATURE.length);
    int version = in.u1();
    in.u1();
    if (version < 1 || version > 3) {
      throw fault("an .npy of version %s, not 1 to 3".formatted(version));
    }
    long length = version == 1 ? in.u1() | in.u1() << 8 : Integer.toUnsignedLong(in.i4());
    if (length > LONGEST_HEADER) {
      throw fault("an .npy header of %s bytes is too long".formatted(length));
    }
    String header =
        new String(
            in.bytes(length).toArray(ValueLayout.JAVA_BYTE),
            version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    if (!(PythonLiteral.parse(source, header) instanceof Dictionary fields)) {
      throw fault("the .npy header is no dictionary");
    }
    List<Long> dims = PythonLiteral.sizes(fields.get("shape"));
    if (dims == null || !(fields.get("fortran_order") instanceof Boolean columns)) {
      throw fault("the .npy header expects shape and fortran_order");
    }
    return new Header(fields.get("descr"), dims, columns);
  }

  private Stored content(String descr, List<Long> dims, boolean columns) {
    Optional<NumpyType> type = NumpyType.parse(descr);
    if (type.isEmpty()) {
      throw fault("the .npy header has the type %s".formatted(Quote.of(descr)));
    }
    if (type.get().isObject()) {
      return tree.stored(Unpickler.read(in));
    }
    var array = new NumpyArray(type.get(), dims, columns);
    long size = array.bytes(in.left());
    return array.begun(in.bytes(size < 0 ? in.left() : Math.min(size, in.left())), tree);
  }

  /** What stands behind the array, which NumPy passes over, once it is read. */
  MemorySegment rest() {
    return in.bytes(in.left());
  }

  private UserException fault(String what) {
    return source.refused(name.isEmpty() ? what : "entry %s: %s".formatted(Quote.of(name), what));
  }
}
