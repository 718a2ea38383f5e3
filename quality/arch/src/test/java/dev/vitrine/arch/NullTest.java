package dev.vitrine.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.vitrine.error.UserException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code null} is refused at the first call, by name: wherever objects of the public API are made,
 * and in the methods of those that can be made from samples, each argument in turn is {@code null}.
 */
class NullTest {
  private static final List<String> PACKAGES =
      List.of("optim", "nn", "graph", "plan", "predict", "train", "data");

  /** A name, as {@code Objects.requireNonNull(x, "x")} says it. */
  private static final String NAME = "[a-z]\\w*";

  @Test
  void nullIsRefusedByName() {
    List<String> accepted = new ArrayList<>();
    assertThat(publicTypes().flatMap(NullTest::makers)).hasSizeGreaterThan(100);
    try (Samples samples = new Samples()) {
      publicTypes()
          .flatMap(NullTest::makers)
          .forEach(maker -> accepted.addAll(accepted(maker, samples)));
    }
    assertThat(accepted).isEmpty();
  }

  @Test
  void methodsRefuseNullByName() {
    List<String> accepted = new ArrayList<>();
    Set<Class<?>> asked = new HashSet<>();
    try (Samples samples = new Samples()) {
      publicTypes()
          .flatMap(type -> samples.of(type).filter(one -> one.getClass() == type).stream())
          .forEach(sample -> {
            asked.add(sample.getClass());
            methods(sample.getClass())
                .forEach(method -> accepted.addAll(accepted(method, sample, samples)));
          });
    }
    assertThat(publicTypes().filter(NullTest::takesObjects)).isNotEmpty().isSubsetOf(asked);
    assertThat(accepted).isEmpty();
  }

  @Test
  void whatIsAcceptedIsSeen() throws NoSuchMethodException {
    try (Samples samples = new Samples()) {
      assertThat(accepted(Planted.class.getMethod("takesNull", String.class), samples))
          .containsExactly("Planted.takesNull, argument 1: taken");
      assertThat(accepted(Planted.class.getMethod("tripsOverNull", String.class), samples))
          .hasSize(1);
      Method nameless = Planted.class.getMethod("refusesWithoutName", String.class);
      assertThat(accepted(nameless, new Planted(), samples))
          .containsExactly(
              "Planted.refusesWithoutName, argument 1: java.lang.NullPointerException");
    }
  }

  private static Stream<Class<?>> publicTypes() {
    return new ClassFileImporter()
        .importPackages(PACKAGES.stream().map(name -> "dev.vitrine." + name).toList()).stream()
            .filter(type -> PACKAGES.contains(type.getPackageName().substring(12)))
            .filter(type ->
                !type.getSource().orElseThrow().getUri().toString().contains("/test-classes/"))
            .map(JavaClass::reflect)
            .filter(NullTest::isPublic)
            .filter(type -> !type.isAnonymousClass() && !type.isLocalClass());
  }

  private static boolean isPublic(Class<?> type) {
    Class<?> around = type.getEnclosingClass();
    return Modifier.isPublic(type.getModifiers()) && (around == null || isPublic(around));
  }

  private static Stream<Executable> makers(Class<?> type) {
    Stream<Executable> factories =
        Arrays.stream(type.getDeclaredMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .filter(method -> !(type.isEnum() && method.getName().equals("valueOf")))
            .map(method -> method);
    Stream<Executable> constructors =
        Modifier.isAbstract(type.getModifiers())
            ? Stream.of()
            : Arrays.stream(type.getDeclaredConstructors());
    return Stream.concat(constructors, factories)
        .filter(maker -> Modifier.isPublic(maker.getModifiers()) && !maker.isSynthetic());
  }

  private static boolean takesObjects(Class<?> type) {
    return !Modifier.isAbstract(type.getModifiers())
        && methods(type)
            .flatMap(method -> Arrays.stream(method.getParameterTypes()))
            .anyMatch(argument -> !argument.isPrimitive());
  }

  private static Stream<Method> methods(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> method.getDeclaringClass().getName().startsWith("dev.vitrine."))
        .filter(method -> !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> !method.getName().equals("equals"));
  }

  private static List<String> accepted(Executable maker, Samples samples) {
    return accepted(maker, null, samples);
  }

  private static List<String> accepted(Executable maker, Object of, Samples samples) {
    List<String> accepted = new ArrayList<>();
    Class<?>[] types = maker.getParameterTypes();
    for (int i = 0; i < types.length; i++) {
      if (!types[i].isPrimitive()) {
        int argument = i;
        fault(maker, of, i, samples)
            .ifPresent(fault ->
                accepted.add(
                    "%s.%s, argument %s: %s"
                        .formatted(
                            maker.getDeclaringClass().getSimpleName(),
                            maker.getName().replaceAll(".*[.$]", ""),
                            argument + 1,
                            fault)));
      }
    }
    return accepted;
  }

  private static Optional<String> fault(Executable maker, Object of, int absent, Samples samples) {
    Class<?>[] types = maker.getParameterTypes();
    Object[] given = new Object[types.length];
    for (int i = 0; i < types.length; i++) {
      if (i != absent) {
        Optional<Object> sample = samples.of(types[i]);
        if (sample.isEmpty()) {
          return Optional.of("no sample of " + types[i].getName());
        }
        given[i] = sample.get();
      }
    }
    try {
      call(maker, of, given);
      return Optional.of("taken");
    } catch (InvocationTargetException e) {
      return switch (e.getCause()) {
        case UserException _ -> Optional.empty();
        case NullPointerException named when isNamed(named.getMessage()) -> Optional.empty();
        case Throwable other -> Optional.of(other.toString());
      };
    } catch (ReflectiveOperationException e) {
      return Optional.of(e.toString());
    }
  }

  private static boolean isNamed(String message) {
    return message != null && message.matches(NAME);
  }

  private static void call(Executable maker, Object of, Object... given)
      throws ReflectiveOperationException {
    switch (maker) {
      case Constructor<?> constructor -> constructor.newInstance(given);
      case Method method -> method.invoke(of, given);
    }
  }

  /** What the test must find. */
  public static final class Planted {
    private Planted() {}

    public static String takesNull(String text) {
      return "" + text;
    }

    public String refusesWithoutName(String text) {
      return Objects.requireNonNull(text);
    }

    public static int tripsOverNull(String text) {
      return text.length();
    }
  }
}
