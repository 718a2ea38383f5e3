package dev.vitrine.bench;

import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.workload.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a contender is started.
 *
 * @param name what the command line calls it
 * @param module its Maven module's folder
 * @param main its main class
 * @param flags of its JVM
 * @param without workloads or networks that it has no translation of
 * @param avx2 whether it is told to do without AVX-512
 */
record Peer(
    String name,
    String module,
    String main,
    List<String> flags,
    Set<String> without,
    boolean avx2) {
  /**
   * What tells the libraries within PyTorch, TensorFlow and Deeplearning4j to stay with AVX2:
   * oneDNN, MKL (which obeys on Intel's processors alone, and chooses AVX2 on others anyway), and
   * PyTorch's own kernels. Eigen's, in TensorFlow, are built for AVX and FMA whatever the machine.
   */
  private static final Map<String, String> AVX2 =
      Map.of(
          "ONEDNN_MAX_CPU_ISA", "AVX2",
          "DNNL_MAX_CPU_ISA", "AVX2",
          "MKL_ENABLE_INSTRUCTIONS", "AVX2",
          "ATEN_CPU_CAPABILITY", "avx2");

  private Peer(String name, String module, String main, List<String> flags, Set<String> without) {
    this(name, module, main, flags, without, false);
  }

  static final Peer VITRINE =
      new Peer(
          "vitrine",
          "quality/bench",
          "dev.vitrine.bench.VitrineContender",
          List.of(
              "--add-modules",
              "jdk.incubator.vector",
              "-XX:+UseSerialGC",
              "-Xms32m",
              "-Xmn8m",
              "-XX:+UseCountedLoopSafepoints",
              "-XX:LoopStripMiningIter=1000"),
          Set.of());

  private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

  static final List<Peer> OTHERS =
      List.of(
          new Peer(
              "djl",
              "quality/peers/djl",
              "dev.vitrine.bench.djl.DjlContender",
              List.of(NATIVE),
              Set.of()),
          new Peer(
              "tensorflow",
              "quality/peers/tensorflow",
              "dev.vitrine.bench.tensorflow.TensorFlowContender",
              List.of(NATIVE, "--sun-misc-unsafe-memory-access=allow"),
              Set.of()),
          new Peer(
              "dl4j",
              "quality/peers/dl4j",
              "dev.vitrine.bench.dl4j.Dl4jContender",
              List.of(NATIVE, "--sun-misc-unsafe-memory-access=allow"),
              Set.of("W6"))); // its MultiLayerNetwork has no shortcuts

  /** Vitrine as one that answers. */
  static final Peer ANSWERING_VITRINE =
      new Peer(
          VITRINE.name,
          VITRINE.module,
          "dev.vitrine.bench.VitrineAnswerer",
          VITRINE.flags,
          Set.of());

  /** The others that answer. */
  static final List<Peer> OTHERS_ANSWERING =
      List.of(
          new Peer(
              "onnxruntime",
              "quality/peers/onnxruntime",
              "dev.vitrine.bench.onnxruntime.OnnxRuntimeAnswerer",
              List.of(NATIVE),
              Set.of()),
          new Peer(
              "djl",
              "quality/peers/djl",
              "dev.vitrine.bench.djl.DjlAnswerer",
              List.of(NATIVE),
              Set.of()));

  /** The same contender with more flags for its JVM. */
  Peer plus(List<String> more) {
    List<String> all = Stream.concat(flags.stream(), more.stream()).toList();
    return new Peer(name, module, main, all, without, avx2);
  }

  /** The same contender, told to do without AVX-512. */
  Peer narrow() {
    Peer told = new Peer(name, module, main, flags, without, true);
    return name.equals(VITRINE.name) ? told.plus(List.of("-XX:UseAVX=2")) : told;
  }

  /** The same contender, Vitrine with so many processors to share calls among. */
  Peer onProcessors(int threads) {
    return name.equals(VITRINE.name) ? plus(List.of("-XX:ActiveProcessorCount=" + threads)) : this;
  }

  /** Whether it can run a network. */
  boolean answers(NetworkSpec network) {
    return !without.contains(network.name());
  }

  /** Whether it can train a workload. */
  boolean trains(Workload workload) {
    return !without.contains(workload.id());
  }

  /** Relative to the repository's root, where the benchmarks are started. */
  String classPath() {
    return "%1$s/target/classes:%1$s/target/lib/*".formatted(module);
  }

  /** Threads of OpenMP runtimes, their instructions, and caches that stay within the build. */
  Map<String, String> environment(int threads) {
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "OMP_NUM_THREADS", Integer.toString(threads),
                "MKL_NUM_THREADS", Integer.toString(threads),
                "DJL_CACHE_DIR", "quality/peers/djl/target/cache",
                "DJL_OFFLINE", "true",
                "OPT_OUT_TRACKING", "true",
                "TF_CPP_MIN_LOG_LEVEL", "2"));
    all.putAll(avx2 ? AVX2 : Map.of());
    return all;
  }
}
