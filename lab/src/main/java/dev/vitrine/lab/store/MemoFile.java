package dev.vitrine.lab.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * The form of a {@link Memo}'s file: a check sum, each text once, and the runs as numbers of texts.
 * It is for one version alone: whatever is not as expected is an {@link IOException}.
 */
final class MemoFile {
  /** To be changed whenever what is read of a run changes. */
  private static final int VERSION = 1;

  private static final int SUM_BYTES = Long.BYTES;
  private static final int NOTHING = 0;
  private static final int TEXT = 1;
  private static final int WHOLE = 2;
  private static final int NUMBER = 3;
  private static final Field[] FIELDS = Field.values();

  private MemoFile() {}

  static void write(Map<String, Memo.Entry> entries, OutputStream out) throws IOException {
    Map<String, Integer> texts = new LinkedHashMap<>();
    var body = new ByteArrayOutputStream();
    var rows = new DataOutputStream(body);
    for (Map.Entry<String, Memo.Entry> each : entries.entrySet()) {
      rows.writeInt(number(each.getKey(), texts));
      for (long stamp : each.getValue().stamp().numbers()) {
        rows.writeLong(stamp);
      }
      run(each.getValue().run(), rows, texts);
    }
    var whole = new ByteArrayOutputStream();
    var data = new DataOutputStream(whole);
    data.writeInt(VERSION);
    data.writeInt(FIELDS.length);
    data.writeInt(texts.size());
    for (String text : texts.keySet()) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      data.writeInt(bytes.length);
      data.write(bytes);
    }
    data.writeInt(entries.size());
    body.writeTo(data);
    byte[] bytes = whole.toByteArray();
    new DataOutputStream(out).writeLong(sum(bytes, 0));
    out.write(bytes);
  }

  private static void run(StoredRun run, DataOutputStream rows, Map<String, Integer> texts)
      throws IOException {
    for (Field field : FIELDS) {
      switch (run.values().get(field)) {
        case String text -> {
          rows.writeByte(TEXT);
          rows.writeInt(number(text, texts));
        }
        case Long whole -> {
          rows.writeByte(WHOLE);
          rows.writeLong(whole);
        }
        case Double value -> {
          rows.writeByte(NUMBER);
          rows.writeDouble(value);
        }
        case null, default -> rows.writeByte(NOTHING);
      }
    }
    rows.writeInt(run.settings().size());
    for (Map.Entry<String, String> setting : run.settings().entrySet()) {
      rows.writeInt(number(setting.getKey(), texts));
      rows.writeInt(number(setting.getValue(), texts));
      rows.writeBoolean(run.changed().contains(setting.getKey()));
    }
  }

  private static int number(String text, Map<String, Integer> texts) {
    Integer known = texts.putIfAbsent(text, texts.size());
    return known == null ? texts.size() - 1 : known;
  }

  static void read(byte[] bytes, Map<String, Memo.Entry> entries) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (in.readLong() != sum(bytes, SUM_BYTES)
        || in.readInt() != VERSION
        || in.readInt() != FIELDS.length) {
      throw new IOException("not of this version, or damaged");
    }
    List<String> texts = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      texts.add(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
    }
    for (int left = in.readInt(); left > 0; left--) {
      String key = texts.get(in.readInt());
      List<Long> stamp = new ArrayList<>();
      for (int i = 0; i < FileStamp.NUMBERS; i++) {
        stamp.add(in.readLong());
      }
      entries.put(key, new Memo.Entry(new FileStamp(stamp), run(Path.of(key), in, texts)));
    }
  }

  private static StoredRun run(Path folder, DataInputStream in, List<String> texts)
      throws IOException {
    Map<Field, Object> values = new EnumMap<>(Field.class);
    for (Field field : FIELDS) {
      switch (in.readByte()) {
        case TEXT -> values.put(field, texts.get(in.readInt()));
        case WHOLE -> values.put(field, in.readLong());
        case NUMBER -> values.put(field, in.readDouble());
        default -> {} // nothing is known
      }
    }
    Map<String, String> settings = new LinkedHashMap<>();
    Set<String> changed = new HashSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = texts.get(in.readInt());
      settings.put(name, texts.get(in.readInt()));
      if (in.readBoolean()) {
        changed.add(name);
      }
    }
    return new StoredRun(folder, values, settings, changed);
  }

  private static long sum(byte[] bytes, int from) {
    CRC32 sum = new CRC32();
    sum.update(bytes, from, Math.max(0, bytes.length - from));
    return sum.getValue();
  }
}
