package dev.vitrine.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.Charset;

/**
 * Restores the error stream that the launcher hid while the JVM started.
 *
 * <p>The JVM prints "Using incubator modules: jdk.incubator.vector" to descriptor 2 before any of
 * our code runs, and has no option against it. The launcher therefore gives it an empty descriptor
 * 2 and passes the user's as the one that the property {@code vitrine.stderr} numbers.
 */
final class LauncherStderr {
  private static final String PROPERTY = "vitrine.stderr";

  private LauncherStderr() {}

  /** The descriptor of the user's error stream. */
  static int number() {
    return Integer.getInteger(PROPERTY, 2);
  }

  /** Points {@link System#err} at the launcher's descriptor, where there is one. */
  static void adopt() {
    Integer number = Integer.getInteger(PROPERTY);
    if (number != null) {
      Charset charset = Charset.forName(System.getProperty("stderr.encoding"));
      System.setErr(new PrintStream(new FileOutputStream(descriptor(number)), true, charset));
    }
  }

  /** Opening {@code /dev/fd/3} instead would overwrite a shared log file and fail on sockets. */
  private static FileDescriptor descriptor(int number) {
    try {
      Constructor<FileDescriptor> byNumber = FileDescriptor.class.getDeclaredConstructor(int.class);
      byNumber.setAccessible(true);
      return byNumber.newInstance(number);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("the launcher must pass --add-opens java.base/java.io", e);
    }
  }
}
