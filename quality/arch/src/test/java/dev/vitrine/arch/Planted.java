package dev.vitrine.arch;

import java.util.logging.Logger;
import jdk.incubator.vector.FloatVector;
import org.snakeyaml.engine.v2.exceptions.Mark;
import tools.jackson.core.JsonParser;

/** Classes that each break one rule. */
final class Planted {
  private Planted() {}

  static final class Prints {
    void print() {
      System.out.println("hello");
    }
  }

  static final class Exits {
    void exit() {
      System.exit(0);
    }
  }

  static final class UsesVectors {
    FloatVector vector;
  }

  static final class UsesJackson {
    JsonParser parser;
  }

  static final class UsesYaml {
    Mark mark;
  }

  static final class ThrowsGeneric {
    void fail() {
      throw new RuntimeException("no type of its own");
    }
  }

  static final class Logs {
    private static final Logger LOGGER = Logger.getLogger("planted");

    String name() {
      return LOGGER.getName();
    }
  }

  public static final class Mutable {
    public int value;
  }
}
