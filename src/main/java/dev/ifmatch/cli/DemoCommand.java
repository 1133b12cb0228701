package dev.ifmatch.cli;

import dev.ifmatch.demo.Demo;
import dev.ifmatch.policy.RoutePolicy;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.transport.Http2Limits;
import dev.ifmatch.transport.Limits;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxyServer;
import dev.ifmatch.transport.ProxySettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code ifmatch demo}: a naive backend, ifmatch in front of it, and a page that shows the
 * difference.
 */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    usageHelpWidth = 90,
    header = "See a lost update happen, and ifmatch prevent it, in your browser.",
    synopsisHeading = "%nUsage: ",
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  @Spec CommandSpec spec;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8080",
      description = "where the page is (default ${DEFAULT-VALUE})")
  InetSocketAddress listen;

  @Option(
      names = "--backend-port",
      paramLabel = "PORT",
      defaultValue = "0",
      description = "where the naive backend is; 0 takes any free port (default ${DEFAULT-VALUE})")
  int backendPort;

  @Override
  public Integer call() throws InterruptedException {
    Demo demo;
    try {
      demo = Demo.start(listen, backendPort, DemoCommand::startProxy);
    } catch (IOException e) {
      return ProxyRun.cannotListen(spec.commandLine().getErr(), listen, e);
    }
    demo.announce(System.out);
    Lifecycle.runUntilSignal(
        () -> {
          demo.close();
          return ExitCode.OK;
        });
    return ExitCode.OK;
  }

  private static Demo.RunningProxy startProxy(URI origin, InetSocketAddress listen)
      throws IOException {
    ProxySettings settings =
        new ProxySettings(
            Origin.parse(origin.toString()),
            listen,
            RouteTable.of(RoutePolicy.DEFAULT),
            Limits.DEFAULT,
            Http2Limits.DEFAULT,
            ProxySettings.HostField.CLIENT);
    ProxyServer server = ProxyServer.start(settings, new LoggingListener());
    return new Demo.RunningProxy(server.address(), server);
  }
}
