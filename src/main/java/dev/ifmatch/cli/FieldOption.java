package dev.ifmatch.cli;

import dev.ifmatch.http.FieldList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Header fields of a request, as {@code -H 'Name: value'} gives them. */
final class FieldOption {
  private static final Pattern LINE =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*)");

  private FieldOption() {}

  /**
   * Reads the fields.
   *
   * @throws ParameterException if one is none; the message says what one looks like
   */
  static FieldList read(List<String> lines, CommandSpec command) {
    FieldList fields = new FieldList();
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new ParameterException(
            command.commandLine(),
            "-H: '%s' is no field; write its name, a colon and its value, e.g. 'Accept: text/csv'"
                .formatted(line));
      }
      fields.add(matcher.group(1), matcher.group(2).trim());
    }
    return fields;
  }
}
