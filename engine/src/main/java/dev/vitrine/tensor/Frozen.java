package dev.vitrine.tensor;

import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Parameters that never change, and the other forms that computing likes to have them in, each made
 * once. Any number of threads may ask.
 */
public final class Frozen implements Numbers {
  private final Layout layout;

  /** Somebody else's, which hold the numbers; {@code null} if this has arrays of its own. */
  private final Parameters parameters;

  /** The numbers of each parameter. */
  private final Map<String, Source> sources = new ConcurrentHashMap<>();

  private final Map<Object, Object> forms = new ConcurrentHashMap<>();

  /** What gives a parameter's numbers: their array, or another form of them. */
  private interface Source {
    float[] numbers();
  }

  /** Numbers made of another form, again if nobody has held them for a while. */
  private static final class Remade implements Source {
    private final Supplier<float[]> make;
    private WeakReference<float[]> last = new WeakReference<>(null);

    Remade(Supplier<float[]> make) {
      this.make = make;
    }

    @Override
    public synchronized float[] numbers() {
      float[] known = last.get();
      if (known == null) {
        known = make.get();
        last = new WeakReference<>(known);
      }
      return known;
    }
  }

  /** A form of a parameter. */
  private record Form(String name, Object what) {}

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
      float[] numbers = parameters.get(entry.name());
      copy.sources.put(entry.name(), () -> numbers);
    }
    return copy;
  }

  @Override
  public Layout layout() {
    return layout;
  }

  @Override
  public float[] array(Layout.Entry entry) {
    Objects.requireNonNull(entry, "entry");
    return parameters != null ? parameters.values() : sources.get(entry.name()).numbers();
  }

  @Override
  public int offset(Layout.Entry entry) {
    Objects.requireNonNull(entry, "entry");
    return parameters != null ? entry.offset() : 0;
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
    return (T) forms.computeIfAbsent(new Form(name, what), key -> make.get());
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
    if (parameters == null) {
      sources.put(name, new Remade(numbers));
    }
  }
}
