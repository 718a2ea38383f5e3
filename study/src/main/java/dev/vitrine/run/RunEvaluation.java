package dev.vitrine.run;

import dev.vitrine.data.DataFolders;
import dev.vitrine.data.Dataset;
import dev.vitrine.data.Targets;
import dev.vitrine.error.Quote;
import dev.vitrine.error.UserException;
import dev.vitrine.format.MadeFolder;
import dev.vitrine.image.Png;
import dev.vitrine.metrics.ConfusionMatrix;
import dev.vitrine.metrics.Evaluation;
import dev.vitrine.metrics.Judgement;
import dev.vitrine.metrics.Mistake;
import dev.vitrine.nn.Loss;
import dev.vitrine.nn.Model;
import dev.vitrine.nn.Target;
import dev.vitrine.notation.Losses;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.plan.Compute;
import dev.vitrine.random.Seed;
import dev.vitrine.report.ConfusionPicture;
import dev.vitrine.report.Provenance;
import dev.vitrine.report.ReportPage;
import dev.vitrine.report.RunReport;
import dev.vitrine.train.DivergedException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An evaluation of a trained network on some data, and its page. */
public final class RunEvaluation {
  /** What {@link #write} leaves in a folder. */
  public static final List<String> FILES = List.of("report.html", "confusion.png");

  private final TrainedNetwork network;
  private final Dataset test;
  private final Judgement judgement;
  private final RunReport report;
  private final Reading reading;

  private RunEvaluation(
      TrainedNetwork network,
      Dataset test,
      Judgement judgement,
      RunReport report,
      Reading reading) {
    this.network = network;
    this.reading = reading;
    this.test = test;
    this.judgement = judgement;
    this.report = report;
  }

  /**
   * Evaluates.
   *
   * @param network what is evaluated
   * @param test with the network's classes
   * @param seed of the run, or that the data were drawn with
   * @param compute what it runs on; it stays the caller's
   * @param command the command line, for the page
   * @param start when the command began, in {@link System#nanoTime}'s time
   * @return the figures, and what the page about them needs
   * @throws UserException if the data do not fit the network, or what it makes of them is not
   *     finite
   */
  public static RunEvaluation of(
      TrainedNetwork network,
      Dataset test,
      Seed seed,
      Compute compute,
      String command,
      long start) {
    LoadedNetwork loaded = network.load();
    Model model = loaded.model();
    Loss loss =
        network
            .run()
            .map(run -> run.recipe().loss())
            .filter(own -> test.targets() instanceof Targets.Classes || !isOfClasses(own))
            .orElse(
                test.targets() instanceof Targets.Classes
                    ? Loss.crossEntropy()
                    : Loss.meanSquaredError());
    List<Flaw> flaws = loaded.reading().flaws();
    Judgement judgement = judged(network, model, flaws, loss, test, compute);
    NetworkSpec spec = network.spec();
    Provenance provenance =
        new Provenance(
            command,
            seed,
            model.parameters().hash(),
            Machine.describe(compute.kernels().name(), compute.workers().size()),
            RunReports.versions(),
            test.origin().checksums(),
            Instant.now(),
            Duration.ofNanos(System.nanoTime() - start),
            0);
    RunReport report =
        new RunReport(
            "%s on %s".formatted(spec.title(), DataFolders.title(test.name())),
            spec.title(),
            network.trainedOn(),
            RunReports.tested(test),
            provenance,
            List.of(),
            List.of(),
            RunReports.layers(spec),
            judgement,
            Losses.mean(loss),
            RunReports.classNames(test, model),
            test::picture);
    return new RunEvaluation(network, test, judgement, report, loaded.reading());
  }

  /** What is not finite here is no fault of a training. */
  private static Judgement judged(
      TrainedNetwork network,
      Model model,
      List<Flaw> flaws,
      Loss loss,
      Dataset test,
      Compute compute) {
    try {
      return Judging.of(model, loss, test, network.normalisation(), compute);
    } catch (DivergedException e) {
      throw new UserException(
          "%s: %s%s"
              .formatted(
                  Quote.place(network.checkpoint().toString()),
                  flaws.isEmpty() ? "" : flaws.getFirst().sentence() + ": ",
                  "what the network makes of data set %s is not finite".formatted(test.name())),
          e);
    }
  }

  /** {@return what was found while the network's numbers were read} */
  public Reading reading() {
    return reading;
  }

  /** {@return the names of the network's classes} */
  public List<String> classNames() {
    return report.classNames();
  }

  private static boolean isOfClasses(Loss loss) {
    return loss.target() == Target.CLASS_NUMBER;
  }

  /** {@return the figures} */
  public Judgement judgement() {
    return judgement;
  }

  /** {@return what {@link #write} leaves in a folder: a matrix is of classes alone} */
  public List<String> files() {
    return judgement instanceof Evaluation ? FILES : FILES.subList(0, 1);
  }

  /**
   * Writes {@code report.html} and {@code confusion.png} into a folder, which is made if need be.
   *
   * @param folder where they go
   */
  public void write(Path folder) {
    MadeFolder made = MadeFolder.of(folder);
    try {
      if (judgement instanceof Evaluation evaluation) {
        Png.write(
            folder.resolve("confusion.png"),
            ConfusionPicture.draw(evaluation.confusion(), report.classNames()));
      }
      ReportPage.write(folder.resolve("report.html"), report);
    } catch (UserException e) {
      made.discardEmpty(e);
      throw e;
    }
  }

  /** {@return the fields with the stable names of {@code --json}} */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("network", network.spec().name());
    json.put("trained_on", network.dataTitle().orElse(null));
    json.put("training", network.training().toJson());
    json.put("data", DataFolders.title(test.name()));
    json.put("preprocess", network.normalisation().description(network.spec().input()));
    json.put("preprocess_known", network.inputs().normalisation().isPresent());
    json.putAll(Judging.json(judgement));
    if (judgement instanceof Evaluation evaluation) {
      json.putAll(classes(evaluation));
    }
    json.put("parameters_hash", report.provenance().parametersHash());
    return json;
  }

  private static Map<String, Object> classes(Evaluation evaluation) {
    ConfusionMatrix confusion = evaluation.confusion();
    Map<String, Object> json = new LinkedHashMap<>();
    Map<String, Object> top = new LinkedHashMap<>();
    for (int k = 1; k <= evaluation.topHits().size(); k++) {
      top.put(String.valueOf(k), evaluation.top(k));
    }
    json.put("top", top);
    json.put("confusion", confusion.counts());
    json.put("classes", confusion.scores());
    List<Map<String, Object>> worst = new ArrayList<>();
    for (Mistake mistake : evaluation.worst()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("example", mistake.example());
      entry.put("actual", mistake.actual());
      entry.put("loss", mistake.loss());
      entry.put("guesses", List.of(mistake.best(), mistake.second()));
      worst.add(entry);
    }
    json.put("worst", worst);
    return json;
  }
}
