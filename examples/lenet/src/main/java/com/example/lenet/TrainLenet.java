package com.example.lenet;

import dev.vitrine.data.digits.Digits;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.nn.*;
import dev.vitrine.optim.Sgd;
import dev.vitrine.random.Seed;
import dev.vitrine.train.Trainer;
import java.util.Locale;

/** LeNet on digits that Vitrine draws itself, in about twenty lines. */
public final class TrainLenet {
  public static void main(String[] args) {
    Layer lenet =
        Sequential.of(
            Conv2d.of(20, 5),
            MaxPool2d.of(2),
            Conv2d.of(50, 5),
            MaxPool2d.of(2),
            Flatten.of(),
            Linear.of(500),
            Activation.relu(),
            Linear.of(10));
    Seed seed = Seed.of(42);
    Model model = Model.of(lenet, Digits.SHAPE, Initializer.leCunUniform(), seed);

    // On the class path the Vector API needs --add-modules jdk.incubator.vector; without it the
    // scalar kernels run: the same numbers, many times slower. The reason says so.
    KernelChoice kernels = KernelChoice.best();
    System.out.println("kernels:  " + kernels.kernels().name() + " " + kernels.reason());

    Trainer.Result result =
        Trainer.of(model, Sgd.of(0.02).momentum(0.9).weightDecay(5e-4))
            .batchSize(64)
            .epochs(1)
            .seed(seed)
            .fit(Digits.train(seed, 6_000));

    System.out.printf(
        Locale.ROOT,
        "accuracy: %.2f %%%n",
        100 * result.evaluate(Digits.test(seed, 1_000)).accuracy());
    System.out.println("hash:     " + model.parameters().hash());
  }
}
