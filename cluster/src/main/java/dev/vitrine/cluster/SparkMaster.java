package dev.vitrine.cluster;

import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** An application of our own on a master that a person names. */
final class SparkMaster {
  private static final Pattern LOCAL =
      Pattern.compile("local(\\[(\\d+|\\*)(,\\d+)?\\])?|local-cluster\\[\\d+,\\d+,\\d+\\]");
  private static final Pattern STANDALONE = Pattern.compile("([\\w.-]+):(\\d{1,5})");
  private static final String SPARK = "spark://";
  private static final int ANSWER_MILLIS = 5_000;
  private static final String LOGGING = "log4j2.configurationFile";

  private SparkMaster() {}

  static JavaSparkContext connect(String master) {
    requireAnswer(master);
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "classpath:dev/vitrine/cluster/quiet-log4j2.properties");
    }
    try {
      JavaSparkContext context = new JavaSparkContext(conf(master));
      requireRegistered(context, master);
      return context;
    } catch (UserException e) {
      throw e;
    } catch (Exception e) { // Scala does not declare Spark's own
      throw new UserException(
          "Spark does not start with the master %s: %s".formatted(Quote.of(master), e.getMessage()),
          e);
    }
  }

  /** Spark gives up after three times 20 s, and lets its context be made nevertheless. */
  private static void requireRegistered(JavaSparkContext context, String master) {
    if (master.startsWith(SPARK) && !context.sc().applicationId().startsWith("app-")) {
      context.close();
      throw new UserException(
          "What answers at %s is no Spark master, or one of another version than %s"
              .formatted(Quote.of(master), context.version()));
    }
  }

  /** Spark itself would try for a minute, and then end the program. */
  private static void requireAnswer(String master) {
    if (LOCAL.matcher(master).matches()) {
      return;
    }
    if (!master.startsWith(SPARK)) {
      if (master.equals("yarn") || master.startsWith("k8s://")) {
        throw new UserException(
            "The master %s wants spark-submit: start a program of your own with it, as examples/spark does"
                .formatted(Quote.of(master)));
      }
      throw UserException.expecting(
          "The cluster's master",
          "local[N], local-cluster[EXECUTORS,CORES,MEGABYTES] or spark://HOST:PORT",
          Quote.of(master));
    }
    List<String> places = List.of(master.substring(SPARK.length()).split(",", -1));
    for (String place : places) {
      if (answers(place, master)) {
        return;
      }
    }
    throw new UserException(
        "No master answers at %s within %s s: is it up, and its port right?"
            .formatted(Quote.of(master), places.size() * ANSWER_MILLIS / 1000));
  }

  private static boolean answers(String place, String master) {
    Matcher parts = STANDALONE.matcher(place);
    if (!parts.matches()) {
      throw UserException.expecting("The cluster's master", "spark://HOST:PORT", Quote.of(master));
    }
    try (Socket socket = new Socket()) {
      int port = Math.min(65_535, Integer.parseInt(parts.group(2)));
      socket.connect(new InetSocketAddress(parts.group(1), port), ANSWER_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static SparkConf conf(String master) {
    SparkConf conf =
        new SparkConf()
            .setMaster(master)
            .setAppName("Vitrine")
            .setIfMissing("spark.ui.enabled", "false")
            .setIfMissing("spark.ui.showConsoleProgress", "false")
            .setIfMissing("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s");
    String data = System.getenv("VITRINE_DATA");
    if (data != null) {
      conf.setExecutorEnv("VITRINE_DATA", Path.of(data).toAbsolutePath().toString());
    }
    if (master.startsWith("local")) {
      // Nobody outside this machine has to do with it.
      conf.set("spark.driver.host", "localhost").set("spark.driver.bindAddress", "127.0.0.1");
    }
    if (master.startsWith("local-cluster")) {
      // Without an installation of Spark executors have what this process has.
      conf.setIfMissing("spark.executor.memory", megabytes(master));
      conf.set("spark.executor.extraClassPath", classPath());
      conf.setExecutorEnv("SPARK_SQL_TESTING", "1");
      conf.setExecutorEnv("SPARK_SCALA_VERSION", "2.13");
    } else if (master.startsWith(SPARK)) {
      conf.set("spark.jars", ours());
    }
    return conf;
  }

  /** What a worker has, all for its one executor. */
  private static String megabytes(String master) {
    return master.substring(master.lastIndexOf(',') + 1, master.length() - 1) + "m";
  }

  private static String classPath() {
    return entries().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** This jar, and those beside the engine's: executors have Spark's own. */
  private static String ours() {
    Path engine = place(dev.vitrine.tensor.Shape.class);
    Path here = place(SparkMaster.class);
    return entries()
        .filter(entry -> entry.equals(here) || engine.getParent().equals(entry.getParent()))
        .map(Path::toString)
        .collect(Collectors.joining(","));
  }

  private static java.util.stream.Stream<Path> entries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(entry -> Path.of(entry).toAbsolutePath());
  }

  private static Path place(Class<?> of) {
    try {
      return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException("A jar without a place", e);
    }
  }
}
