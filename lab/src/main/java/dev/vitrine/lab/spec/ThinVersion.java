package dev.vitrine.lab.spec;

import java.util.LinkedHashMap;
import java.util.Map;

/** Puts what differs in the thin version of a study in its place. */
final class ThinVersion {
  private ThinVersion() {}

  /** All keys, with the other's in their place; those of one key are merged one by one. */
  static Fields of(Fields all, Fields other, String merged) {
    Map<String, Item.Field> fields = new LinkedHashMap<>(all.mapping().fields());
    other
        .mapping()
        .fields()
        .forEach((key, field) -> {
          Item.Field before = fields.get(key);
          boolean both = key.equals(merged) && before != null;
          fields.put(key, both ? merge(before, field) : field);
        });
    return new Fields(new Item.Mapping(fields, all.place()));
  }

  private static Item.Field merge(Item.Field before, Item.Field after) {
    if (before.value() instanceof Item.Mapping old && after.value() instanceof Item.Mapping more) {
      Map<String, Item.Field> all = new LinkedHashMap<>(old.fields());
      all.putAll(more.fields());
      return new Item.Field(before.key(), new Item.Mapping(all, old.place()));
    }
    return after;
  }

  /** All keys but one. */
  static Fields without(Fields all, String key) {
    Map<String, Item.Field> fields = new LinkedHashMap<>(all.mapping().fields());
    fields.remove(key);
    return new Fields(new Item.Mapping(fields, all.place()));
  }
}
