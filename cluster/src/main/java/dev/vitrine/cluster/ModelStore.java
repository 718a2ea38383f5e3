package dev.vitrine.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.DefaultParamsWriter$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;

/** A classifier in a folder of any Hadoop file system: Spark's metadata, and a checkpoint. */
final class ModelStore {
  private static final String FILE = "network.safetensors";

  private ModelStore() {}

  /** Saves a classifier. */
  static final class Writer extends MLWriter {
    private final VitrineClassifier classifier;

    Writer(VitrineClassifier classifier) {
      this.classifier = classifier;
    }

    @Override
    public void saveImpl(String path) {
      DefaultParamsWriter$.MODULE$.saveMetadata(classifier, path, sparkSession());
      Path file = new Path(path, FILE);
      try (OutputStream out = file.getFileSystem(configuration()).create(file, true)) {
        out.write(classifier.checkpoint());
      } catch (IOException e) {
        throw new UncheckedIOException("The network cannot be written to " + file, e);
      }
    }

    private Configuration configuration() {
      return sparkSession().sparkContext().hadoopConfiguration();
    }
  }

  /** Loads one. */
  static final class Reader extends MLReader<VitrineClassifier> {
    @Override
    public VitrineClassifier load(String path) {
      DefaultParamsReader.Metadata metadata =
          DefaultParamsReader$.MODULE$.loadMetadata(
              path, sparkSession(), VitrineClassifier.class.getName());
      Path file = new Path(path, FILE);
      Configuration configuration = sparkSession().sparkContext().hadoopConfiguration();
      try (InputStream in = file.getFileSystem(configuration).open(file)) {
        VitrineClassifier loaded = new VitrineClassifier(metadata.uid(), in.readAllBytes());
        metadata.getAndSetParams(loaded, metadata.getAndSetParams$default$2());
        return loaded;
      } catch (IOException e) {
        throw new UncheckedIOException("The network cannot be read from " + file, e);
      }
    }
  }
}
