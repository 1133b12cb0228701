package dev.ifmatch.cli;

import dev.ifmatch.config.Configuration;
import dev.ifmatch.config.InvalidConfiguration;
import dev.ifmatch.transport.tls.InvalidTls;
import dev.ifmatch.transport.tls.OriginTls;
import dev.ifmatch.transport.tls.OriginTlsSettings;
import dev.ifmatch.transport.tls.ServerTls;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether TLS can be spoken with the files that a configuration names. */
final class TlsCheck {
  private TlsCheck() {}

  /**
   * Why others will not accept these files, though TLS can be spoken with them.
   *
   * @throws InvalidConfiguration if it cannot
   */
  static List<String> doubts(Path file, Configuration configuration) throws InvalidConfiguration {
    List<String> doubts = new ArrayList<>();
    try {
      if (configuration.tls().isOn()) {
        ServerTls.verify(configuration.tls()).ifPresent(doubts::add);
      }
      if (!configuration.originTls().equals(OriginTlsSettings.DEFAULT)) {
        OriginTls.verify(configuration.originTls()).ifPresent(doubts::add);
      }
    } catch (InvalidTls e) {
      throw InvalidConfiguration.unreadable(file, e);
    }
    if (configuration.originTls().insecure()) {
      doubts.add("insecure-origin: the backend's certificate is not checked; set origin-tls.ca");
    }
    return doubts;
  }
}
