package dev.vitrine.pages;

import dev.vitrine.data.Dataset;
import dev.vitrine.data.MnistFolder;
import dev.vitrine.data.digits.Digits;
import dev.vitrine.image.Png;
import dev.vitrine.image.Raster;
import dev.vitrine.image.Sheet;
import dev.vitrine.nn.Model;
import dev.vitrine.predict.Predictor;
import dev.vitrine.random.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Interim main. */
public final class ReaderTraining {
  private ReaderTraining() {}

  public static void main(String... args) {
    int count = Integer.parseInt(args[0]);
    int epochs = Integer.parseInt(args[1]);
    double share = Double.parseDouble(args[2]);
    MnistFolder mnist = MnistFolder.of(Path.of(System.getenv("VITRINE_DATA"), "mnist"));
    Optional<Script> real =
        share > 0 ? Optional.of(Script.of(mnist.load().train())) : Optional.empty();
    Cuts cuts = new Cuts(Seed.of(15), real, share);
    long t = System.nanoTime();
    Dataset train = cuts.make("train", count);
    System.out.println("made in " + (System.nanoTime() - t) / 1_000_000 + " ms");
    sheet(train, Path.of(args[3] + ".png"));
    if (epochs == 0) {
      return;
    }
    Dataset validation = cuts.make("validation", 10_000);
    t = System.nanoTime();
    Model model = Lesson.learned(train, validation, epochs, Seed.of(15));
    System.out.println("learned in " + (System.nanoTime() - t) / 1_000_000 + " ms");
    score("validation", validation, model, args[3]);
    score("digits", recut(Digits.test(Seed.of(7), 5000)), model, args[3]);
    score("mnist train", recut(mnist.load().train().slice(0, 20000)), model, args[3]);
  }

  static Dataset recut(Dataset data) {
    byte[] pixels = new byte[data.size() * 784];
    byte[] labels = new byte[data.size()];
    for (int i = 0; i < data.size(); i++) {
      Ink ink = new Ink(28, 28);
      data.read(i, ink.at);
      for (int k = 0; k < ink.at.length; k++) {
        ink.at[k] /= 255;
      }
      System.arraycopy(Cutter.cut(ink), 0, pixels, i * 784, 784);
      labels[i] = (byte) data.label(i);
    }
    return Dataset.of(data.name(), data.shape(), pixels, labels, Cuts.NAMES);
  }

  static void score(String name, Dataset data, Model model, String out) {
    float[][] inputs = new float[data.size()][784];
    for (int i = 0; i < data.size(); i++) {
      data.read(i, inputs[i]);
      for (int k = 0; k < 784; k++) {
        inputs[i][k] /= 255;
      }
    }
    float[][] logits;
    try (Predictor p = Predictor.of(model)) {
      logits = p.predict(inputs);
    }
    int[][] confusion = new int[11][11];
    int right = 0;
    int falseReject = 0;
    List<Integer> wrong = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      int best = 0;
      for (int c = 1; c < 11; c++) {
        if (logits[i][c] > logits[i][best]) {
          best = c;
        }
      }
      confusion[data.label(i)][best]++;
      if (best == data.label(i)) {
        right++;
      } else if (wrong.size() < 200) {
        wrong.add(i);
      }
      falseReject += best == 10 && data.label(i) != 10 ? 1 : 0;
    }
    System.out.println(
        String.format(
            Locale.ROOT, "%s: %.2f %% right, %.2f %% digits rejected", name, 100.0 * right / data.size(), 100.0 * falseReject / data.size()));
    for (int[] row : confusion) {
      System.out.println("  " + java.util.Arrays.toString(row));
    }
    if (!wrong.isEmpty()) {
      sheet(data.subset(wrong.stream().mapToInt(x -> x).toArray()), Path.of(out + "-" + name.replace(' ', '-') + ".png"));
    }
  }

  static void sheet(Dataset data, Path file) {
    List<Raster> pictures = new ArrayList<>();
    for (int i = 0; i < Math.min(data.size(), 400); i++) {
      Raster picture = data.picture(i);
      dev.vitrine.image.Lettering.paint(picture, data.label(i) == 10 ? "N" : "" + data.label(i), 0, 0, 1, 160);
      pictures.add(picture);
    }
    Png.write(file, new Sheet(25, 2, 2, 60).compose(pictures));
  }
}
