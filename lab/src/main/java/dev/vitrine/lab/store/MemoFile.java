package dev.vitrine.lab.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The form of a {@link Memo}'s file: a check sum, each text once, each set of settings' names once,
 * and the runs as numbers of these. A run is made when it is asked for. The form is for one version
 * alone: whatever is not as expected is an {@link IOException}.
 */
final class MemoFile {
  /** To be changed whenever what is read of a run changes. */
  private static final int VERSION = 2;

  private static final Field[] FIELDS = Field.values();
  private static final int STAMP_BYTES = FileStamp.NUMBERS * Long.BYTES;
  private static final int FIELD_BYTES = (1 + FIELDS.length) * Long.BYTES;

  private final ByteBuffer data;
  private final String[] texts;
  private final NamedSettings.Names[] names;
  private final Map<String, Integer> rows = new HashMap<>();

  private MemoFile(ByteBuffer data, int texts, int names) {
    this.data = data;
    this.texts = new String[texts];
    this.names = new NamedSettings.Names[names];
  }

  /** Of no runs. */
  static MemoFile empty() {
    return new MemoFile(ByteBuffer.allocate(0), 0, 0);
  }

  static MemoFile of(byte[] bytes) throws IOException {
    ByteBuffer data = ByteBuffer.wrap(bytes);
    if (bytes.length < 4 * Long.BYTES
        || data.getLong() != sum(bytes, Long.BYTES)
        || data.getInt() != VERSION
        || data.getInt() != FIELDS.length) {
      throw new IOException("not of this version, or damaged");
    }
    MemoFile file = new MemoFile(data, data.getInt(), data.getInt());
    file.index();
    return file;
  }

  private void index() {
    for (int i = 0; i < texts.length; i++) {
      byte[] text = new byte[data.getInt()];
      data.get(text);
      texts[i] = new String(text, StandardCharsets.UTF_8);
    }
    for (int i = 0; i < names.length; i++) {
      List<String> all = new ArrayList<>();
      Set<String> changed = new LinkedHashSet<>();
      for (int left = data.getInt(); left > 0; left--) {
        String name = texts[data.getInt()];
        all.add(name);
        if (data.get() != 0) {
          changed.add(name);
        }
      }
      names[i] = new NamedSettings.Names(all, changed);
    }
    for (int left = data.getInt(); left > 0; left--) {
      String key = texts[data.getInt()];
      rows.put(key, data.position());
      data.position(data.position() + STAMP_BYTES + FIELD_BYTES);
      int settings = names[data.getInt()].all().size();
      data.position(data.position() + settings * Integer.BYTES);
    }
  }

  int size() {
    return rows.size();
  }

  /** Whether a run is known whose files are so. */
  boolean has(String key, FileStamp stamp) {
    Integer row = rows.get(key);
    return row != null && stamp.equalsAt(data, row);
  }

  /** A run that is known, in its place. */
  StoredRun run(Places place) {
    ByteBuffer in = data.duplicate().position(rows.get(place.key()) + STAMP_BYTES);
    Map<Field, Object> values = new EnumMap<>(Field.class);
    long known = in.getLong();
    for (int i = 0; i < FIELDS.length; i++) {
      long value = in.getLong();
      if ((known >> i & 1) != 0) {
        values.put(FIELDS[i], value(FIELDS[i], value));
      }
    }
    values.put(Field.PATH, place.folder().toString());
    values.put(Field.ID, place.id());
    NamedSettings.Names settings = names[in.getInt()];
    String[] told = new String[settings.all().size()];
    for (int i = 0; i < told.length; i++) {
      told[i] = texts[in.getInt()];
    }
    return new StoredRun(
        place.folder(), values, new NamedSettings(settings, told), settings.changed());
  }

  private Object value(Field field, long value) {
    return switch (field.kind()) {
      case TEXT -> texts[(int) value];
      case WHOLE -> value;
      case NUMBER, SHARE -> Double.longBitsToDouble(value);
    };
  }

  static void write(Map<String, Memo.Entry> entries, OutputStream out) throws IOException {
    Map<String, Integer> texts = new LinkedHashMap<>();
    Map<NamedSettings.Names, Integer> names = new LinkedHashMap<>();
    var rows = new ByteArrayOutputStream();
    var row = new DataOutputStream(rows);
    row.writeInt(entries.size());
    for (Map.Entry<String, Memo.Entry> each : entries.entrySet()) {
      row.writeInt(number(each.getKey(), texts));
      each.getValue().stamp().write(row);
      run(each.getValue().run(), row, texts, names);
    }
    var named = new ByteArrayOutputStream();
    var name = new DataOutputStream(named);
    for (NamedSettings.Names each : names.keySet()) {
      name.writeInt(each.all().size());
      for (String setting : each.all()) {
        name.writeInt(number(setting, texts));
        name.writeBoolean(each.changed().contains(setting));
      }
    }
    var whole = new ByteArrayOutputStream();
    var data = new DataOutputStream(whole);
    data.writeInt(VERSION);
    data.writeInt(FIELDS.length);
    data.writeInt(texts.size());
    data.writeInt(names.size());
    for (String text : texts.keySet()) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      data.writeInt(bytes.length);
      data.write(bytes);
    }
    named.writeTo(data);
    rows.writeTo(data);
    byte[] bytes = whole.toByteArray();
    new DataOutputStream(out).writeLong(sum(bytes, 0));
    out.write(bytes);
  }

  private static void run(
      StoredRun run,
      DataOutputStream row,
      Map<String, Integer> texts,
      Map<NamedSettings.Names, Integer> names)
      throws IOException {
    long known = 0;
    for (int i = 0; i < FIELDS.length; i++) {
      known |= run.values().containsKey(FIELDS[i]) ? 1L << i : 0;
    }
    row.writeLong(known);
    for (Field field : FIELDS) {
      row.writeLong(
          switch (run.values().get(field)) {
            case String text -> number(text, texts);
            case Long whole -> whole;
            case Double value -> Double.doubleToRawLongBits(value);
            case null, default -> 0;
          });
    }
    row.writeInt(number(NamedSettings.Names.of(run), names));
    for (String value : run.settings().values()) {
      row.writeInt(number(value, texts));
    }
  }

  private static <T> int number(T each, Map<T, Integer> known) {
    Integer before = known.putIfAbsent(each, known.size());
    return before == null ? known.size() - 1 : before;
  }

  private static long sum(byte[] bytes, int from) {
    CRC32 sum = new CRC32();
    sum.update(bytes, from, bytes.length - from);
    return sum.getValue();
  }
}
