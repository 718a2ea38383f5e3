package dev.vitrine.format;

import dev.vitrine.error.UserException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Turns what the file system reports into one sentence. */
public final class FileErrors {
  /** What a sentence calls the file that it has named already. */
  private static final String IT = "it";

  private FileErrors() {}

  /**
   * {@return the sentence for a file or folder that could not be read}
   *
   * @param path the file or folder
   * @param cause why
   */
  public static UserException reading(Path path, IOException cause) {
    String file = file(cause);
    Path named = file == null ? path : Path.of(file);
    return new UserException(
        "Cannot read %s: %s".formatted(path, reason(cause, called(named, path))), cause);
  }

  /**
   * {@return the sentence for a file or folder that could not be written} It never names a file
   * that the user does not know, such as a temporary one beside it: then it is about their folder.
   *
   * @param path the file or folder
   * @param cause why
   */
  public static UserException writing(Path path, IOException cause) {
    Path whole = path.toAbsolutePath();
    String file = file(cause);
    boolean known = file != null && whole.startsWith(Path.of(file).toAbsolutePath());
    Path named = known ? Path.of(file) : whole.getParent();
    return new UserException(
        "Cannot write %s: %s".formatted(path, reason(cause, called(named, path))), cause);
  }

  /**
   * {@return the sentence for something that is no file, such as the standard output}
   *
   * @param what what could not be written, in words
   * @param cause why
   */
  public static UserException writing(String what, IOException cause) {
    return new UserException("Cannot write %s: %s".formatted(what, reason(cause, IT)), cause);
  }

  private static String file(IOException cause) {
    return cause instanceof FileSystemException of ? of.getFile() : null;
  }

  /** What a sentence about {@code subject} calls a file: never by the same name twice. */
  static String called(Path file, Path subject) {
    boolean same = subject.toAbsolutePath().equals(file == null ? null : file.toAbsolutePath());
    return same ? IT : String.valueOf(file);
  }

  private static String reason(IOException cause, String file) {
    boolean itself = file.equals(IT);
    return switch (cause) {
      case NoSuchFileException _ -> "%s does not exist".formatted(file);
      case AccessDeniedException _ -> "access to %s is denied".formatted(file);
      case FileAlreadyExistsException _ ->
          itself ? "it exists already" : "%s is in the way".formatted(file);
      case FileSystemException other when other.getReason() != null ->
          lowerFirst(other.getReason()) + (itself ? "" : " (%s)".formatted(file));
      default -> lowerFirst(text(cause));
    };
  }

  private static String text(IOException cause) {
    boolean nameAlone = cause instanceof FileSystemException || cause.getMessage() == null;
    return nameAlone ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static String lowerFirst(String text) {
    boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1));
    return word ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
  }
}
