package dev.vitrine.pages;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.MnistFolder;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.kernel.KernelChoice;
import dev.vitrine.nn.Layer;
import dev.vitrine.nn.Model;
import dev.vitrine.random.Seed;
import dev.vitrine.vision.model.EmbeddedDigits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Teaches the networks that Vitrine embeds, and says how well they know digits. */
final class ReaderTraining {
  private static final Seed SEED = Seed.of(15);
  private static final int VALIDATION = 12_000;

  private static final String DRAWN = "Learned from digits that Vitrine draws";
  private static final String MNIST =
      " and from MNIST's training images (Y. LeCun, C. Cortes, C. J. C. Burges;"
          + " commonly stated to be under CC BY-SA 3.0)";

  private ReaderTraining() {}

  /**
   * Trains and writes the resource.
   *
   * @param file where it goes
   * @param mnist real digits to learn from beside the drawn ones, if any
   * @param count how many cuts
   * @param epochs how often they are seen
   */
  static void teach(Path file, Optional<MnistFolder> mnist, int count, int epochs)
      throws IOException {
    Optional<Script> real = mnist.map(folder -> Script.of(folder.load().train()));
    Cuts cuts = new Cuts(SEED, real, 0.5);
    Dataset validation = cuts.make("validation", VALIDATION);
    Dataset lessons = cuts.make("train", count);
    List<Taught> voters = new ArrayList<>();
    for (Layer network : Lesson.networks()) {
      Model model = Lesson.learned(network, lessons, validation, epochs, SEED);
      voters.add(Taught.of(model, validation));
    }
    Taught.write(file, voters, validation, DRAWN + (mnist.isPresent() ? MNIST : ""));
  }

  /** Says what a resource knows. */
  static void judge(Path file, Optional<MnistFolder> mnist) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    System.out.println(String.format(Locale.ROOT, "%s: %,d bytes", file, bytes.length));
    try (EmbeddedDigits model = EmbeddedDigits.of(bytes, KernelChoice.best().kernels())) {
      Cuts cuts = new Cuts(SEED, Optional.empty(), 0);
      Judgement.of("worn cuts of drawn digits", cuts.make("judge", 6000), model).print();
      Judgement.of("drawn digits", Cuts.recut(Digits.test(Seed.of(7), 5000)), model).print();
      if (mnist.isPresent()) {
        Judgement.of("MNIST's test images", Cuts.recut(mnist.get().loadTest()), model).print();
      }
    }
  }
}
