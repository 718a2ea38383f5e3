package dev.vitrine.kernel.simd;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector width of a kernel class. C2 makes instructions of vector operations only where the
 * species is a {@code static final} of the compiled class, so a second width means a second class:
 * {@link MethodHandles.Lookup#defineHiddenClassWithClassData} loads the same source again, with the
 * species as class data.
 */
final class Width {
  private Width() {}

  /** The species given to the hidden class of {@code lookup}, or the machine's own (≤ 512 bits). */
  @SuppressWarnings("unchecked")
  static VectorSpecies<Float> of(MethodHandles.Lookup lookup) {
    try {
      VectorSpecies<Float> given = MethodHandles.classData(lookup, "_", VectorSpecies.class);
      return given != null ? given : preferred();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("a class's own lookup must have full access", e);
    }
  }

  /**
   * A copy of a kernel class, with the given species for its own. Each call loads a new one.
   *
   * @param lookup of a class in the kernel's package
   * @return the copy's own lookup, from which to find its methods
   */
  static MethodHandles.Lookup copy(
      MethodHandles.Lookup lookup, Class<?> kernel, VectorSpecies<Float> species) {
    String file = kernel.getSimpleName() + ".class";
    try (InputStream source = kernel.getResourceAsStream(file)) {
      Objects.requireNonNull(source, file);
      return lookup.defineHiddenClassWithClassData(source.readAllBytes(), species, true);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be read beside its own class", e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("the lookup must be of the package of " + kernel, e);
    }
  }

  /** An instance of a {@link #copy}, by its constructor without arguments. */
  static Object instance(
      MethodHandles.Lookup lookup, Class<?> kernel, VectorSpecies<Float> species) {
    MethodHandles.Lookup copy = copy(lookup, kernel, species);
    try {
      return copy.findConstructor(copy.lookupClass(), MethodType.methodType(void.class)).invoke();
    } catch (Throwable e) {
      throw new IllegalStateException(kernel + " cannot be made by its constructor", e);
    }
  }

  private static VectorSpecies<Float> preferred() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return preferred.vectorBitSize() > 512 ? FloatVector.SPECIES_512 : preferred;
  }
}
