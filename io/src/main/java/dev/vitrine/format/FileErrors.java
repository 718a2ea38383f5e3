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
  private FileErrors() {}

  /** The sentence for a file or folder that could not be read. */
  public static UserException reading(Path path, IOException cause) {
    return new UserException("Cannot read %s: %s".formatted(path, reason(cause)), cause);
  }

  /** The sentence for a file or folder that could not be written. */
  public static UserException writing(Path path, IOException cause) {
    return new UserException("Cannot write %s: %s".formatted(path, reason(cause)), cause);
  }

  private static String reason(IOException cause) {
    return switch (cause) {
      case NoSuchFileException missing -> "%s does not exist".formatted(missing.getFile());
      case AccessDeniedException denied -> "access to %s is denied".formatted(denied.getFile());
      case FileAlreadyExistsException there -> "%s is in the way".formatted(there.getFile());
      case FileSystemException other when other.getReason() != null ->
          "%s (%s)".formatted(lowerFirst(other.getReason()), other.getFile());
      default -> lowerFirst(text(cause));
    };
  }

  private static String text(IOException cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static String lowerFirst(String text) {
    boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1));
    return word ? Character.toLowerCase(text.charAt(0)) + text.substring(1) : text;
  }
}
