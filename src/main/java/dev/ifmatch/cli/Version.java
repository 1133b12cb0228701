package dev.ifmatch.cli;

import dev.ifmatch.transport.ProxyServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What this is, and what it runs on. */
final class Version implements IVersionProvider {

  /** The version number alone: {@code 0.1.0}. */
  static String number() {
    return property("version");
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "ifmatch %s (git %s) · Java %s · Netty %s · %s"
          .formatted(
              number(),
              property("git.commit.id.abbrev"),
              Runtime.version(),
              ProxyServer.nettyVersion(),
              ProxyServer.transportName())
    };
  }

  private static String property(String name) {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("/ifmatch.properties")) {
      properties.load(in);
      return properties.getProperty(name);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own properties cannot be read", e);
    }
  }
}
