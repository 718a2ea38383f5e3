package dev.vitrine.notation;

import dev.vitrine.nn.Layer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A kind of layer as network files have it: how its fields make a layer, and what fields a layer
 * has.
 *
 * @param name the field that says the kind; its value is the layer's main number
 * @param type the class of its layers
 * @param own of layers of that class, those of this kind
 * @param main the main number of a layer; {@code true} if the kind has none
 * @param options the fields beside it, {@code name} apart
 * @param maker makes the layer, or says what is wrong with a field
 */
record LayerKind<L extends Layer>(
    String name,
    Class<L> type,
    Predicate<L> own,
    Function<L, Object> main,
    List<Option<L>> options,
    Function<LayerFields, ? extends Layer> maker) {
  /**
   * A field that need not be there.
   *
   * @param ordinary its value if it is not; {@link #AS_MAIN}, or {@code null} if it must be there
   * @param value its value for a layer; {@code null} if the layer has none
   */
  record Option<L>(String name, Object ordinary, Function<L, Object> value) {}

  /** Stands for the main number. */
  static final Object AS_MAIN = new Object();

  /** A kind with a main number. */
  static <L extends Layer> LayerKind<L> kind(
      String name,
      Class<L> type,
      Function<L, Object> main,
      Function<LayerFields, ? extends Layer> maker) {
    return new LayerKind<>(name, type, layer -> true, main, List.of(), maker);
  }

  /** A kind without one, which stands alone or is {@code true}. */
  static <L extends Layer> LayerKind<L> alone(
      String name, Class<L> type, Function<LayerFields, ? extends Layer> maker) {
    return kind(
        name,
        type,
        layer -> true,
        fields -> {
          fields.requireTrue();
          return maker.apply(fields);
        });
  }

  /** A kind that is this very layer. */
  @SuppressWarnings("unchecked") // a layer's class is that of layers like it
  static <L extends Layer> LayerKind<L> only(String name, L layer) {
    return alone(name, (Class<L>) layer.getClass(), fields -> layer).where(layer::equals);
  }

  /** The same kind, of no other layers than these. */
  LayerKind<L> where(Predicate<L> which) {
    return new LayerKind<>(name, type, which, main, options, maker);
  }

  /** The same kind with one option more. */
  LayerKind<L> option(String option, Object ordinary, Function<L, Object> value) {
    List<Option<L>> more = new ArrayList<>(options);
    more.add(new Option<>(option, ordinary, value));
    return new LayerKind<>(name, type, own, main, more, maker);
  }

  /** The names of the options. */
  Set<String> optionNames() {
    return options.stream().map(Option::name).collect(Collectors.toSet());
  }

  /** What an option is if it is not there; {@code null} if it must be. */
  Object ordinary(String option) {
    return options.stream()
        .filter(o -> o.name.equals(option))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name + " has no option " + option))
        .ordinary();
  }

  /** The fields of a layer, those left out that are as ever; empty if it is of another kind. */
  Optional<Map<String, Object>> fields(Layer layer) {
    return type.isInstance(layer) && own.test(type.cast(layer))
        ? Optional.of(fieldsOf(type.cast(layer)))
        : Optional.empty();
  }

  private Map<String, Object> fieldsOf(L layer) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(name, main.apply(layer));
    for (Option<L> option : options) {
      Object value = option.value.apply(layer);
      Object ordinary = option.ordinary == AS_MAIN ? fields.get(name) : option.ordinary;
      if (value != null && !value.equals(ordinary)) {
        fields.put(option.name, value);
      }
    }
    return fields;
  }
}
