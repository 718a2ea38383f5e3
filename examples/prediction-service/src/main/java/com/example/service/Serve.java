package com.example.service;

import dev.vitrine.nn.Initializer;
import dev.vitrine.nn.Model;
import dev.vitrine.notation.NetworkSpec;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import dev.vitrine.run.TrainedNetwork;
import dev.vitrine.zoo.Zoo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Serves a trained network until the process is told to end. */
public final class Serve {
  /** Most requests to a call of the predictor. */
  static final int MOST = 64;

  /** Most requests that wait; more are told to come again. */
  static final int ROOM = 1024;

  private Serve() {}

  /**
   * Serves.
   *
   * @param args a run's folder or a file of weights, or nothing for a LeNet that learned nothing;
   *     and a port (8080)
   */
  public static void main(String... args) throws IOException {
    Predictor predictor = Predictor.of(model(args));
    Batcher batcher = new Batcher(predictor, MOST, ROOM);
    int port = args.length > 1 ? Integer.parseInt(args[1]) : 8080;
    Service service = new Service(predictor, input -> batcher.submit(input).get(), port);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(() -> {
              service.close(); // requests under way still have their batcher
              batcher.close();
              predictor.close();
            }));
    System.out.println("http:/" + service.address() + "/predict; Ctrl-C ends it");
  }

  static Model model(String... args) {
    if (args.length > 0) {
      return TrainedNetwork.open(Path.of(args[0]), Optional.empty()).load().model();
    }
    NetworkSpec lenet = Zoo.named("lenet");
    return Model.of(lenet.layers(), lenet.input(), Initializer.kaimingUniform(), Seed.of(1));
  }
}
