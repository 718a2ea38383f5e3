package dev.vitrine.cli;

import dev.vitrine.convert.Conversion;
import dev.vitrine.convert.Parity;
import dev.vitrine.convert.Probe;
import dev.vitrine.convert.WeightFile;
import dev.vitrine.data.DataFolders;
import dev.vitrine.data.DataRequest;
import dev.vitrine.data.DataSource;
import dev.vitrine.data.Dataset;
import dev.vitrine.error.UserException;
import dev.vitrine.format.DType;
import dev.vitrine.image.Normalisation;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import dev.vitrine.run.Reading;
import dev.vitrine.run.TrainedNetwork;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vitrine convert}: one file of weights made of another. */
@Command(
    name = "convert",
    description = {
      "Make one file of weights of another, whatever program wrote it: tensor by tensor as they are,"
          + " or as a network's.",
      "The result's ending says its format: .safetensors (as a network's, a checkpoint that opens by"
          + " itself), .npz, .npy, .pth, .pt or .onnx."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  vitrine convert runs/lenet-mnist-1 lenet.onnx",
      "  vitrine convert checkpoint.pth weights.npz --key state_dict",
      "  vitrine convert vgg16.pth vgg16.safetensors --to vgg16",
      "  vitrine convert lenet.mat lenet.safetensors --to lenet-course --probe mnist",
      "  vitrine convert runs/lenet-mnist-1 lenet.onnx --certify --inputs 20",
      "  vitrine convert runs/lenet-mnist-1 half.safetensors --dtype f16",
      "  vitrine convert runs/lenet-mnist-1 small.onnx --dtype int8 --certify"
    })
final class ConvertCommand implements Callable<Integer> {
  /** A certificate that found a difference, or a probe that found nothing that fits. */
  private static final int NOT_EQUAL = 4;

  private static final int SHOWN = 3;

  /** What says something of a network's numbers and inputs. */
  private static final List<String> OF_NETWORKS =
      List.of(
          "--divisor",
          "--mean",
          "--deviation",
          "--layout",
          "--classes",
          "--mapping",
          "--resize",
          "--output");

  private static final int PICTURES = 1000;
  private static final Seed SEED = Seed.of(42);

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "A file of weights, the folder with the index of several, or a run's folder.")
  private Path from;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "RESULT",
      description = "The file to write; with --probe it may be left out.")
  private Optional<Output> result;

  @Option(
      names = "--to",
      paramLabel = "NETWORK",
      description =
          "Whose numbers they are: a name that 'vitrine summary --list' shows, or a network file."
              + " Default: tensors as they are; a run and a checkpoint of Vitrine know theirs")
  private Optional<String> network;

  @Mixin private KeepOptions keep;

  @Mixin private ForeignOptions foreign;

  @Mixin private CertifyOptions certificate;

  @Option(
      names = "--probe",
      paramLabel = "DATA",
      description =
          "Measure on the first 1,000 training pictures of mnist, another data set or a folder which"
              + " of the usual conventions fit: how pictures become inputs, how numbers lie, which"
              + " class is which. Those that were named stay as they are. RESULT is written with what"
              + " fits best.")
  private Optional<String> probe;

  @Option(names = "--data-dir", paramLabel = "DIR", description = "Folder to look for data in.")
  private Optional<Path> dataDir;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of --probe and int8. Default: one a processor")
  private Optional<Integer> threads;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON for scripts.")
  private Optional<Output> json;

  /** Whether some conventions fit, if they are probed. */
  private boolean fits = true;

  @Override
  public Integer call() {
    Terminal terminal = Main.terminal(spec);
    requireSense();
    Optional<DType> type = keep.type();
    certificate.check(result);
    keep.check(certificate.isAsked());
    certificate.requireRandom(keep);
    Map<String, Object> fields = new LinkedHashMap<>();
    boolean equal = true;
    if (network.isEmpty() && !knowsNetwork()) {
      requireNetwork();
      OF_NETWORKS.forEach(option -> Surplus.refuse(spec, option, "without --to"));
      terminal.busy("converting");
      show(terminal, fields, Conversion.asItIs(from, target(), foreign.key(), type), "as they are");
    } else {
      TrainedNetwork named = foreign.open(from, network);
      TrainedNetwork opened =
          probe.map(data -> probed(named, data, terminal, fields)).orElse(named);
      equal = result.isEmpty() || convert(opened, terminal, fields);
      fields.put("network", opened.spec().name());
    }
    json.ifPresent(file -> file.json(fields));
    return equal && fits ? CommandLine.ExitCode.OK : NOT_EQUAL;
  }

  /** Writes the result; whether a certificate, if one is asked for, finds it equal. */
  private boolean convert(TrainedNetwork opened, Terminal terminal, Map<String, Object> fields) {
    terminal.busy("converting");
    Optional<Parity> parity = keep.isSmaller() ? Optional.empty() : certificate.parity(opened);
    Conversion made = made(opened, terminal);
    Reading reading = made.reading().orElseThrow();
    foreign.tell(terminal, opened, reading);
    foreign.put(reading, fields);
    show(terminal, fields, made, "of " + opened.spec().title());
    tellInputs(terminal, fields, opened, made.format());
    if (keep.isSmaller() && certificate.isAsked()) {
      return certificate.certify(opened, target(), keep, dataDir, terminal, fields);
    }
    return parity
        .map(each -> CertifyOptions.certify(each, target(), terminal, fields))
        .orElse(true);
  }

  private Conversion made(TrainedNetwork opened, Terminal terminal) {
    if (!keep.isWhole()) {
      return Conversion.of(opened, target(), keep.type());
    }
    try (Compute compute = Main.compute(threads, terminal)) {
      Dataset examples = keep.training(opened, dataDir, terminal);
      terminal.busy("measuring %s examples".formatted(examples.size()));
      return Conversion.quantised(opened, target(), examples, compute);
    }
  }

  private void requireSense() {
    result.ifPresent(file -> WeightFile.of(file.path()));
    if (probe.isEmpty()) {
      if (result.isEmpty()) {
        throw new UserException("Say which file to write, such as weights.safetensors");
      }
      if (!keep.usesData(certificate.isAsked())) {
        Surplus.refuse(spec, "--data-dir", "without --probe");
        Surplus.refuse(spec, "--threads", "without --probe");
      }
    } else if (network.isEmpty()) {
      throw result.isPresent() && knowsNetwork()
          ? new UserException(
              "How the numbers of %s lie and pictures become inputs is known: leave --probe out"
                  .formatted(from))
          : new UserException(
              "--probe expects the network whose numbers they are: name it with --to");
    }
  }

  /** Tensors alone compute nothing. */
  private void requireNetwork() {
    if (keep.isWhole()) {
      throw new UserException(
          "--dtype int8 expects the network whose numbers they are: name it with --to");
    }
    if (certificate.isAsked()) {
      throw new UserException(
          "--certify expects the network whose numbers they are: name it with --to");
    }
  }

  private Path target() {
    return result.orElseThrow().path();
  }

  private boolean knowsNetwork() {
    return Conversion.knowsNetwork(from, target());
  }

  /** The network with the conventions that fit best. */
  private TrainedNetwork probed(
      TrainedNetwork named, String data, Terminal terminal, Map<String, Object> fields) {
    try (Compute compute = Main.compute(threads, terminal)) {
      DataSource source =
          DataOptions.find(DataRequest.of(data), PICTURES, 1, dataDir, SEED, terminal);
      terminal.busy("Loading " + DataFolders.title(data));
      Dataset all = source.load().train();
      Dataset some = all.slice(0, Math.min(PICTURES, all.size()));
      Dataset pictures = named.inputs().resize().map(some::resized).orElse(some);
      Probe found = Probe.of(named, pictures, compute, terminal::busy);
      ProbeView.show(terminal, found, DataFolders.title(data));
      fields.put("probe", ProbeView.json(found, data));
      fits = found.fits();
      if (!fits) {
        return named;
      }
      TrainedNetwork fitting = named.laidOut(found.best().conventions());
      return named.inputs().normalisation().isPresent()
          ? fitting
          : fitting.normalised(found.best().normalisation());
    }
  }

  /** What is lost where the format has no place for it. */
  private static void tellInputs(
      Terminal terminal, Map<String, Object> fields, TrainedNetwork network, WeightFile format) {
    network
        .inputs()
        .normalisation()
        .ifPresent(known -> {
          fields.put("inputs", ProbeView.options(known));
          if (format == WeightFile.ONNX && !known.equals(Normalisation.UNIT)) {
            terminal.sentence(
                "inputs are %s, which Vitrine finds in the file; other programs must be told",
                known.description());
          } else if (format != WeightFile.SAFETENSORS && format != WeightFile.ONNX) {
            terminal.sentence(
                "the file does not say how pictures become inputs: %s", ProbeView.options(known));
          }
        });
  }

  private void show(Terminal terminal, Map<String, Object> fields, Conversion made, String what) {
    fields.put("from", from.toString());
    fields.put("file", made.file().toString());
    fields.put("format", made.format().title());
    fields.put("tensors", made.tensors());
    fields.put("numbers", made.numbers());
    fields.put("left", made.left());
    terminal.sentence(
        "%s: %s, %s, %s, %s",
        made.file(),
        made.format().title(),
        WeightsView.counted(made.tensors(), "tensor"),
        WeightsView.counted(made.numbers(), "number"),
        what);
    made.rounding()
        .ifPresent(rounding -> {
          fields.put("dtype", rounding.dtype());
          fields.put("largest_rounding", rounding.difference());
          fields.put("overflows", rounding.overflows());
          terminal.sentence(
              "written as %s: %s",
              rounding.dtype() == DType.I8 ? "int8" : rounding.dtype(),
              rounding.difference() == 0
                  ? "no number differs"
                  : "%s differ by up to "
                          .formatted(rounding.dtype() == DType.I8 ? "weights" : "numbers")
                      + String.format(Locale.ROOT, "%.2e", rounding.difference()));
          if (rounding.overflows() > 0) {
            terminal.sentence(
                "warning: %s too large for %s, and infinite there",
                WeightsView.counted(rounding.overflows(), "number"), rounding.dtype());
          }
        });
    if (!made.left().isEmpty()) {
      String more = made.left().size() > SHOWN ? ", …" : "";
      terminal.sentence(
          "left out: %s%s",
          String.join(", ", made.left().subList(0, Math.min(SHOWN, made.left().size()))), more);
    }
  }
}
