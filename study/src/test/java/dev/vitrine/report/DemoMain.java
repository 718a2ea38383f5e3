package dev.vitrine.report;

import dev.vitrine.tensor.Shape;
import java.io.FileInputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

final class DemoMain {
  public static void main(String[] args) throws Exception {
    byte[] images = new GZIPInputStream(new FileInputStream(args[0] + "/t10k-images-idx3-ubyte.gz")).readAllBytes();
    byte[] labels = new GZIPInputStream(new FileInputStream(args[0] + "/t10k-labels-idx1-ubyte.gz")).readAllBytes();
    int[] l = new int[10000];
    for (int i = 0; i < l.length; i++) l[i] = labels[8 + i];
    RunReport report =
        Demo.report(l, i -> Picture.of(Shape.of(1, 28, 28), Arrays.copyOfRange(images, 16 + 784 * i, 16 + 784 * (i + 1))));
    ReportPage.write(Path.of(args[1]), report);
    System.out.print(dev.vitrine.inspect.ConfusionText.render(report.evaluation().confusion(), report.classNames(), false));
  }
}
