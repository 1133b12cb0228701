package dev.ifmatch.cli;

import dev.ifmatch.transport.ProxyServer;
import picocli.CommandLine.IVersionProvider;

/** What this is, and what it runs on. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {
      "ifmatch %s (git %s) · Java %s · Netty %s · %s"
          .formatted(
              Build.version(),
              Build.commit(),
              Runtime.version(),
              ProxyServer.nettyVersion(),
              ProxyServer.transportName())
    };
  }
}
