package dev.vitrine.format;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * The JSON header of a safetensors file, and everything that can be wrong with it.
 *
 * @param tensors the tensors by name, in the order of their bytes
 * @param unknown the dtypes of tensors of which only that is known, by name
 * @param metadata the texts of {@code __metadata__}
 */
record SafetensorsHeader(
    SequencedMap<String, TensorInfo> tensors,
    SequencedMap<String, String> unknown,
    Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";

  /** The elements start at a multiple of this, so that a reader may map them. */
  private static final int ALIGNMENT = 8;

  /** Reads the header's text; {@code dataBytes} is how many bytes follow it. */
  static SafetensorsHeader parse(String text, String file, long dataBytes) {
    JsonObject header = Json.parse(text, file + ": header");
    Map<String, String> metadata = metadata(header);
    var entries = new ArrayList<Entry>();
    for (String name : header.fields().keySet()) {
      if (!name.equals(METADATA)) {
        entries.add(entry(name, header.object(name), file));
      }
    }
    entries.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    checkLayout(entries, file, dataBytes);
    var tensors = new LinkedHashMap<String, TensorInfo>();
    var unknown = new LinkedHashMap<String, String>();
    for (Entry entry : entries) {
      entry
          .known()
          .ifPresentOrElse(
              dtype -> tensors.put(entry.name, entry.info(dtype)),
              () -> unknown.put(entry.name, entry.dtype));
    }
    return new SafetensorsHeader(tensors, unknown, metadata);
  }

  /** What a header says of a tensor. */
  private record Entry(String name, String dtype, List<Long> dims, long begin, long end) {
    Optional<DType> known() {
      return Arrays.stream(DType.values()).filter(known -> known.name().equals(dtype)).findFirst();
    }

    TensorInfo info(DType known) {
      return new TensorInfo(name, known, dims, begin, end);
    }

    /** Checks that the sizes fit the bytes, if that can be known. */
    Entry fitting(String file) {
      known()
          .filter(dtype -> !product(dims, dtype).equals(end - begin))
          .ifPresent(dtype -> {
            throw new UserException(
                "%s: tensor %s of sizes %s in %s does not fit its %s bytes"
                    .formatted(file, Quote.of(name), JsonObject.shown(dims), dtype, end - begin));
          });
      return this;
    }
  }

  /**
   * Checks that nothing is of an unknown dtype.
   *
   * @throws UserException if something is
   */
  SafetensorsHeader allKnown(String file) {
    if (!unknown.isEmpty()) {
      throw new UserException(
          "%s: tensor %s has the unknown dtype %s; expected one of %s"
              .formatted(
                  file,
                  Quote.of(unknown.firstEntry().getKey()),
                  Quote.of(unknown.firstEntry().getValue()),
                  Arrays.toString(DType.values())));
    }
    return this;
  }

  private static Map<String, String> metadata(JsonObject header) {
    var texts = new TreeMap<String, String>();
    if (header.fields().containsKey(METADATA)) {
      JsonObject metadata = header.object(METADATA);
      metadata.fields().keySet().forEach(key -> texts.put(key, metadata.string(key)));
    }
    return texts;
  }

  private static Entry entry(String name, JsonObject entry, String file) {
    String dtype = entry.string("dtype");
    List<Long> dims = naturals(entry, "shape");
    List<Long> offsets = naturals(entry, "data_offsets");
    if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
      throw new UserException(
          "%s: tensor %s expects data_offsets [begin, end] with begin ≤ end, but got %s"
              .formatted(file, Quote.of(name), offsets));
    }
    return new Entry(name, dtype, dims, offsets.get(0), offsets.get(1)).fitting(file);
  }

  private static List<Long> naturals(JsonObject entry, String key) {
    var values = new ArrayList<Long>();
    for (Object value : entry.list(key)) {
      if (!(value instanceof Long number) || number < 0) {
        throw new UserException(
            "%s: \"%s\" expects whole numbers of at least 0, but got %s"
                .formatted(entry.source(), key, JsonObject.shown(value)));
      }
      values.add(number);
    }
    return values;
  }

  /** The number of bytes; −1, which fits no tensor, if it is beyond 64 bits. */
  private static Long product(List<Long> dims, DType dtype) {
    if (dims.contains(0L)) {
      return 0L;
    }
    long product = dtype.bytes();
    for (long size : dims) {
      if (product > Long.MAX_VALUE / size) {
        return -1L;
      }
      product *= size;
    }
    return product;
  }

  /** The format wants the tensors to fill the data exactly: no overlap, no hole, no rest. */
  private static void checkLayout(List<Entry> entries, String file, long dataBytes) {
    long at = 0;
    String before = "the header";
    for (Entry info : entries) {
      if (info.end() > dataBytes) {
        throw new UserException(
            "%s: truncated: tensor %s ends at byte %s of the data, but there are only %s"
                .formatted(file, Quote.of(info.name()), info.end(), dataBytes));
      }
      if (info.begin() != at) {
        throw new UserException(
            "%s: tensor %s begins at byte %s of the data, but %s ends at %s: they %s"
                .formatted(
                    file,
                    Quote.of(info.name()),
                    info.begin(),
                    before,
                    at,
                    info.begin() < at ? "overlap" : "leave a hole"));
      }
      at = info.end();
      before = "tensor %s".formatted(Quote.of(info.name()));
    }
    if (at != dataBytes) {
      throw new UserException(
          "%s: there are %s bytes of data, but the tensors end at byte %s"
              .formatted(file, dataBytes, at));
    }
  }

  /**
   * The order in which tensors are written, that of the format's reference implementation: larger
   * element types first, which keeps every tensor aligned, then by name.
   *
   * @throws IllegalArgumentException if two tensors have the same name
   */
  static List<TensorData> ordered(Collection<TensorData> tensors) {
    var names = new HashSet<String>();
    for (TensorData tensor : tensors) {
      if (tensor.name().equals(METADATA) || !names.add(tensor.name())) {
        throw new IllegalArgumentException(
            "safetensors expects one tensor of a name, but \"%s\" is there already"
                .formatted(tensor.name()));
      }
    }
    Comparator<TensorData> wider = Comparator.comparingInt(tensor -> -tensor.dtype().bytes());
    return tensors.stream().sorted(wider.thenComparing(TensorData::name)).toList();
  }

  /** The header's bytes for tensors that follow one another in this order, padded with blanks. */
  static byte[] bytes(List<TensorData> ordered, Map<String, String> metadata) {
    var header = new LinkedHashMap<String, Object>();
    if (!metadata.isEmpty()) {
      header.put(METADATA, new TreeMap<>(metadata));
    }
    long at = 0;
    for (TensorData tensor : ordered) {
      var entry = new LinkedHashMap<String, Object>();
      entry.put("dtype", tensor.dtype());
      entry.put("shape", tensor.shape().sizes());
      entry.put("data_offsets", List.of(at, at + tensor.bytes()));
      header.put(tensor.name(), entry);
      at += tensor.bytes();
    }
    byte[] json = Json.line(header).getBytes(StandardCharsets.UTF_8);
    byte[] padded = Arrays.copyOf(json, Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }
}
