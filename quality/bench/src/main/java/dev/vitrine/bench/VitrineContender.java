package dev.vitrine.bench;

import dev.vitrine.data.Dataset;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.nn.Model;
import dev.vitrine.plan.Compute;
import dev.vitrine.train.TrainingSession;
import dev.vitrine.workload.Workload;

/** Vitrine itself, through the session that {@code vitrine train} runs. */
public final class VitrineContender implements Contender {
  private final Model model;
  private final TrainingSession session;

  private VitrineContender(Workload workload, Dataset data, int threads) {
    model = workload.model();
    session = new TrainingSession(model, workload.recipe(), data, Compute.of(threads));
  }

  @Override
  public double step() {
    return session.advance();
  }

  @Override
  public float[] parameter(String name) {
    return model.parameters().get(name);
  }

  /** Serves {@link ContenderProcess}. */
  public static void main(String... args) {
    ContenderProcess.serve(new Make(), args);
  }

  /** Makes Vitrine contenders. */
  public static final class Make implements Factory {
    @Override
    public String title() {
      return "Vitrine (%s)".formatted(KernelChoice.best().kernels().name());
    }

    @Override
    public Contender open(Workload workload, Dataset data, int threads) {
      return new VitrineContender(workload, data, threads);
    }
  }
}
