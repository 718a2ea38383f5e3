package dev.vitrine.tensor;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Parameters that never change, and the other forms that computing likes to have them in, each made
 * once. Any number of threads may ask.
 */
public final class Frozen implements Numbers {
  private final Layout layout;

  /** Somebody else's, which hold the numbers; {@code null} if they are its own. */
  private final Parameters parameters;

  /** The numbers of each parameter; guarded by itself. */
  private final Map<String, Source> sources = new HashMap<>();

  private final Map<Object, Object> forms = new ConcurrentHashMap<>();

  /** What gives a parameter's numbers: where they lie, or another form of them. */
  private interface Source {
    Place place();
  }

  /**
   * Where numbers lie.
   *
   * @param array what they lie in; not copied
   * @param offset the first one's index
   */
  public record Place(float[] array, int offset) {
    /** Refuses {@code null}. */
    public Place {
      Objects.requireNonNull(array, "array");
    }
  }

  /**
   * Numbers as they came; nobody may change them any more once somebody has been told the place.
   */
  private static final class Kept implements Source {
    private final Place place;
    private boolean told;

    Kept(Place place) {
      this.place = place;
    }

    @Override
    public Place place() {
      told = true;
      return place;
    }
  }

  /** Numbers made of another form, again if nobody has held them for a while. */
  private static final class Remade implements Source {
    private final Supplier<float[]> make;
    private WeakReference<float[]> last = new WeakReference<>(null);

    Remade(Supplier<float[]> make) {
      this.make = make;
    }

    @Override
    public Place place() {
      float[] known = last.get();
      if (known == null) {
        known = make.get();
        last = new WeakReference<>(known);
      }
      return new Place(known, 0);
    }
  }

  /** A form of a parameter. */
  private record Form(String name, Object what) {}

  /** Numbers that others hold, with all their forms. */
  private record Elsewhere(Frozen others, String name) implements Source {
    @Override
    public Place place() {
      return others.place(others.layout.entry(name));
    }
  }

  private Frozen(Layout layout, Parameters parameters) {
    this.layout = layout;
    this.parameters = parameters;
  }

  /**
   * States that parameters will not change any more.
   *
   * @param parameters the parameters, not copied
   */
  public Frozen(Parameters parameters) {
    this(Objects.requireNonNull(parameters, "parameters").layout(), parameters);
  }

  /**
   * {@return parameters of its own, with the numbers of this moment} What has another form that can
   * give them back is then kept in that alone.
   *
   * @param parameters the parameters, which are copied
   */
  public static Frozen copyOf(Parameters parameters) {
    Objects.requireNonNull(parameters, "parameters");
    Frozen copy = new Frozen(parameters.layout(), null);
    for (Layout.Entry entry : parameters.layout().entries()) {
      copy.sources.put(entry.name(), new Kept(new Place(parameters.get(entry.name()), 0)));
    }
    return copy;
  }

  /**
   * {@return parameters of its own in the array of others, which nobody may use any more} What can
   * have another form in the place that it has, is given that.
   *
   * @param parameters the parameters, which are not copied
   */
  public static Frozen taking(Parameters parameters) {
    Objects.requireNonNull(parameters, "parameters");
    Frozen taken = new Frozen(parameters.layout(), null);
    for (Layout.Entry entry : parameters.layout().entries()) {
      taken.sources.put(entry.name(), new Kept(new Place(parameters.values(), entry.offset())));
    }
    return taken;
  }

  /**
   * {@return parameters of arrays that nobody else may use any more}
   *
   * @param layout their names and shapes
   * @param own where each of them lies
   */
  public static Frozen at(Layout layout, Map<String, Place> own) {
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(own, "own");
    Frozen frozen = new Frozen(layout, null);
    for (Layout.Entry entry : layout.entries()) {
      Place place = Objects.requireNonNull(own.get(entry.name()), entry.name());
      frozen.sources.put(entry.name(), new Kept(place));
    }
    return frozen;
  }

  /**
   * {@return parameters of which others have those of the same name that are not told here, with
   * all their forms}
   *
   * @param layout their names and shapes
   * @param own where some of them lie
   * @param made what makes some of them, row-major
   */
  public Frozen beside(Layout layout, Map<String, Place> own, Map<String, Supplier<float[]>> made) {
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(own, "own");
    Objects.requireNonNull(made, "made");
    Frozen frozen = new Frozen(layout, null);
    for (Layout.Entry entry : layout.entries()) {
      String name = entry.name();
      Source source =
          made.containsKey(name)
              ? new Remade(made.get(name))
              : own.containsKey(name) ? new Kept(own.get(name)) : new Elsewhere(this, name);
      frozen.sources.put(name, source);
    }
    return frozen;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public Place place(Layout.Entry entry) {
    Objects.requireNonNull(entry, "entry");
    if (parameters != null) {
      return parameters.place(entry);
    }
    synchronized (sources) {
      return sources.get(entry.name()).place();
    }
  }

  /**
   * {@return whether these are the numbers that a plan reads}
   *
   * @param numbers which the plan reads
   */
  public boolean isOf(Numbers numbers) {
    Objects.requireNonNull(numbers, "numbers");
    return numbers == this || (parameters != null && numbers == parameters);
  }

  /**
   * {@return another form of a parameter, which nobody may change}
   *
   * @param <T> the form's type
   * @param name the parameter's name
   * @param what what form it is; equal ones of a parameter are of one type
   * @param make makes it, if nobody has asked for it before
   */
  @SuppressWarnings("unchecked")
  public <T> T form(String name, Object what, Supplier<T> make) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(what, "what");
    Objects.requireNonNull(make, "make");
    Optional<Frozen> others = others(name);
    if (others.isPresent()) {
      return others.get().form(name, what, make);
    }
    return (T) forms.computeIfAbsent(new Form(name, what), key -> make.get());
  }

  /**
   * {@return what is made of a parameter's numbers, row-major}
   *
   * @param <T> its type
   * @param name the parameter's name
   * @param make makes it; it keeps no word of where they lie
   */
  public <T> T read(String name, Function<Place, T> make) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(make, "make");
    if (parameters != null) {
      return make.apply(parameters.place(layout.entry(name)));
    }
    Optional<Frozen> others = others(name);
    if (others.isPresent()) {
      return others.get().read(name, make);
    }
    synchronized (sources) {
      Source source = sources.get(name);
      return make.apply(source instanceof Kept kept ? kept.place : source.place());
    }
  }

  /**
   * States that a form holds a parameter's very numbers, so that they need not be kept beside it.
   *
   * @param name the parameter's name
   * @param numbers makes them of the form, row-major
   */
  public void restore(String name, Supplier<float[]> numbers) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(numbers, "numbers");
    Optional<Frozen> others = others(name);
    if (others.isPresent()) {
      others.get().restore(name, numbers);
    } else if (parameters == null) {
      synchronized (sources) {
        sources.put(name, new Remade(numbers));
      }
    }
  }

  /** Who holds a parameter's numbers, if others do. */
  private Optional<Frozen> others(String name) {
    synchronized (sources) {
      return sources.get(name) instanceof Elsewhere elsewhere
          ? Optional.of(elsewhere.others)
          : Optional.empty();
    }
  }

  /**
   * Turns a parameter's numbers into another form where they lie; not if they are somebody else's,
   * or somebody has been told where they lie.
   *
   * @param name the parameter's name
   * @param turn changes them
   * @param numbers makes them of what became of them, row-major
   * @return where they lie; empty if they are as they were
   */
  public Optional<Place> turn(String name, Consumer<Place> turn, Function<Place, float[]> numbers) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(turn, "turn");
    Objects.requireNonNull(numbers, "numbers");
    Optional<Frozen> others = others(name);
    if (others.isPresent()) {
      return others.get().turn(name, turn, numbers);
    }
    synchronized (sources) {
      if (!(sources.get(name) instanceof Kept kept) || kept.told) {
        return Optional.empty();
      }
      // Made first: where memory ends, nothing may be left turned that is not known to be.
      Source turned = new Remade(() -> numbers.apply(kept.place));
      Optional<Place> place = Optional.of(kept.place);
      turn.accept(kept.place);
      sources.put(name, turned);
      return place;
    }
  }
}
