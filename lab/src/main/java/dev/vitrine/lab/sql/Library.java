package dev.vitrine.lab.sql;

import dev.vitrine.error.UserException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Loads the database library. It is an automatic module, which every start of the program would pay
 * for on the module path: so it lies in a folder of its own, and is a layer of its own.
 */
final class Library {
  private static final String DRIVER = "org.h2.Driver";
  private static final String MODULE = "com.h2database";

  /** Beside the folder of the modules. */
  private static final String FOLDER = "sql";

  private Library() {}

  /** The driver: of the class path, or of the layer. */
  static Driver driver() {
    try {
      return (Driver) loaded().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException failure) {
      throw new UserException("The database library H2 cannot be loaded: " + failure, failure);
    }
  }

  private static Class<?> loaded() throws ClassNotFoundException {
    Module ours = Library.class.getModule();
    return ours.isNamed()
        ? layer(ours).findLoader(MODULE).loadClass(DRIVER)
        : Class.forName(DRIVER);
  }

  private static ModuleLayer layer(Module ours) {
    ModuleLayer parent = ours.getLayer();
    if (parent.findModule(MODULE).isPresent()) {
      return parent;
    }
    Path folder = ours(parent.configuration(), ours.getName());
    ModuleFinder finder =
        ModuleFinder.of(folder.resolveSibling(FOLDER), folder.resolve(FOLDER), folder);
    if (finder.find(MODULE).isEmpty()) {
      throw new UserException(
          "The database library H2 is not at hand: expected its jar in %s"
              .formatted(folder.resolveSibling(FOLDER)));
    }
    Configuration configuration =
        Configuration.resolve(
            finder, List.of(parent.configuration()), ModuleFinder.of(), Set.of(MODULE));
    return ModuleLayer.defineModulesWithOneLoader(
            configuration, List.of(parent), ClassLoader.getSystemClassLoader())
        .layer();
  }

  /** The folder that our own module was found in. */
  private static Path ours(Configuration configuration, String name) {
    Optional<ResolvedModule> module = configuration.findModule(name);
    return module
        .flatMap(found -> found.reference().location())
        .map(Path::of)
        .map(jar -> jar.toAbsolutePath().getParent())
        .orElseThrow(() -> new IllegalStateException("No place of the module " + name));
  }
}
