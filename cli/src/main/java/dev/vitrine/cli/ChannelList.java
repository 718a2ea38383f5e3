package dev.vitrine.cli;

import dev.vitrine.error.UserException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Channels as one types them: numbers and ranges, such as {@code 0,3,5-8}. */
final class ChannelList {
  private static final Pattern PART = Pattern.compile("(\\d{1,7})(?:-(\\d{1,7}))?");

  private ChannelList() {}

  /**
   * The channels in their order.
   *
   * @throws UserException if it is no such list, a range runs backwards, or a channel stands twice
   */
  static List<Integer> parse(String text) {
    Set<Integer> channels = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      Matcher match = PART.matcher(part.strip());
      if (!match.matches()) {
        throw new UserException(
            "--channels expects numbers and ranges such as 0,3,5-8, but got '%s'".formatted(text));
      }
      int first = Integer.parseInt(match.group(1));
      int last = match.group(2) == null ? first : Integer.parseInt(match.group(2));
      if (last < first) {
        throw new UserException(
            "--channels: the range '%s' runs backwards".formatted(part.strip()));
      }
      for (int channel = first; channel <= last; channel++) {
        if (!channels.add(channel)) {
          throw new UserException("--channels names channel %d twice".formatted(channel));
        }
      }
    }
    return new ArrayList<>(channels);
  }
}
