package dev.vitrine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.op.Op;
import dev.vitrine.op.Value;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The list of cases leaves no op, layer or loss out. */
class CompletenessTest {
  @Test
  void everyOpOfTheSealedFamilyIsInSomeCase() {
    requireEveryOp(
        "the cases", cases().stream().map(Problem::of).flatMap(p -> p.graph().values().stream()));
  }

  @Test
  void everyOpIsInANetworkWhoseBitsArePinned() {
    requireEveryOp(
        "the networks",
        Stream.of(new EveryOp(), new LaterOps(), new EveryNorm(), new GeluForms(), new GridForms())
            .map(network -> Model.of(network, EveryOp.IMAGE))
            .flatMap(model ->
                Stream.of(model.training(Loss.crossEntropy()).graph(), model.inference().graph()))
            .flatMap(graph -> graph.values().stream()));
  }

  /** Every op of the sealed family, each constant of an enum by itself. */
  private static void requireEveryOp(String where, Stream<Value> values) {
    Set<Object> used = new HashSet<>();
    values.map(Value::op).forEach(op -> used.add(op instanceof Enum<?> ? op : op.getClass()));
    List<Object> family = new ArrayList<>();
    collect(Op.class, family);
    assertThat(family).hasSizeGreaterThan(45);
    assertThat(family.stream().filter(op -> !isUsed(op, used))).as("not in " + where).isEmpty();
  }

  private static boolean isUsed(Object op, Set<Object> used) {
    if (op instanceof Class<?> door && door.isInterface()) {
      return used.stream().anyMatch(u -> u instanceof Class<?> c && door.isAssignableFrom(c));
    }
    return used.contains(op);
  }

  /** Records as their class, enums as each of their constants, the non-sealed door as itself. */
  private static void collect(Class<?> type, List<Object> family) {
    if (type.isEnum()) {
      family.addAll(Arrays.asList(type.getEnumConstants()));
    } else if (type.isSealed()) {
      Arrays.stream(type.getPermittedSubclasses()).forEach(sub -> collect(sub, family));
    } else {
      family.add(type);
    }
  }

  @Test
  void everyLayerIsInSomeCase() throws Exception {
    Set<Class<?>> used = new HashSet<>();
    LayerCases.layers().keySet().forEach(layer -> addWithParts(layer, used));
    List<Class<?>> layers = layersOfThePackage();
    assertThat(layers).hasSizeGreaterThan(9);
    assertThat(used).containsAll(layers);
  }

  /** A layer's own class and those of the layers it is made of. */
  private static void addWithParts(Object part, Set<Class<?>> used) {
    if (part instanceof Layer layer) {
      used.add(layer.getClass());
      if (layer instanceof Record) {
        Arrays.stream(layer.getClass().getRecordComponents())
            .forEach(c -> addWithParts(component(layer, c.getAccessor()), used));
      }
    } else if (part instanceof List<?> list) {
      list.forEach(p -> addWithParts(p, used));
    }
  }

  private static Object component(Object of, Method accessor) {
    try {
      return accessor.invoke(of);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static List<Class<?>> layersOfThePackage() throws Exception {
    URI layer = Layer.class.getResource("Layer.class").toURI();
    if (layer.getScheme().equals("jar")) {
      try (FileSystem jar = FileSystems.newFileSystem(layer, Map.of())) {
        return layersIn(jar.provider().getPath(layer).getParent());
      }
    }
    return layersIn(Path.of(layer).getParent());
  }

  private static List<Class<?>> layersIn(Path folder) throws IOException, ClassNotFoundException {
    List<Class<?>> layers = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.equals("package-info.class")) {
          Class<?> type =
              Class.forName(Layer.class.getPackageName() + "." + name.replace(".class", ""));
          if (Layer.class.isAssignableFrom(type) && !type.isInterface()) {
            layers.add(type);
          }
        }
      }
    }
    return layers;
  }

  /** What a layer says of itself tells it from all others. */
  @Test
  void noTwoLayersReadAlike() {
    assertThat(LayerCases.layers().keySet().stream().map(Layer::toString)).doesNotHaveDuplicates();
  }

  @Test
  void everyLossIsInSomeCase() {
    Set<String> names =
        Arrays.stream(Loss.class.getDeclaredMethods())
            .filter(m -> Modifier.isStatic(m.getModifiers()) && m.getReturnType() == Loss.class)
            .map(Method::getName)
            .collect(Collectors.toSet());
    assertThat(names).hasSizeGreaterThan(3);
    assertThat(LayerCases.all().stream().map(GraphCase::name))
        .containsAll(names.stream().map(name -> "loss " + name).toList());
  }

  static List<GraphCase> cases() {
    List<GraphCase> cases = new ArrayList<>(OpCases.all());
    cases.addAll(LayerCases.all());
    return cases;
  }

  @Test
  void noTwoOpCasesAreTheSame() {
    assertThat(OpCases.all().stream().map(GraphCase::name)).doesNotHaveDuplicates();
  }
}
