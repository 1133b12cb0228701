package dev.ifmatch.cli;

import dev.ifmatch.config.ListenAddress;
import dev.ifmatch.policy.Mode;
import dev.ifmatch.policy.RouteTable;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.ProxyServer;
import dev.ifmatch.transport.ProxySettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Says that the proxy runs, what it guards, and what to try: for a person, or as one line for a
 * log.
 */
final class StartLine {
  private static final int REACH_MILLIS = 1_000;
  private static final String NOT_REACHABLE = "NOT reachable yet";

  private StartLine() {}

  static void print(
      PrintWriter out, ProxySettings settings, ProxyServer server, long startedNanos) {
    boolean secure = settings.tls().isOn();
    String listening =
        (secure ? "https://" : "http://") + ListenAddress.reachable(server.address());
    String reach = reach(settings.origins().all());
    int routes = settings.routes().routes().size();
    double seconds = (System.nanoTime() - startedNanos) / 1e9;
    if (!isTerminal()) {
      out.printf(
          "ready version=%s origin=%s reachable=%s listen=%s mode=%s%s seconds=%.2f%n",
          Build.version(),
          settings.origins().toString().replace(" ", ""),
          !reach.startsWith(NOT_REACHABLE),
          listening,
          settings.routes().otherwise().policy().mode(),
          routes == 0 ? "" : " routes=" + routes,
          seconds);
      out.flush();
      return;
    }
    out.printf("ifmatch %s  protects %s (%s)%n", Build.version(), settings.origins(), reach);
    out.printf("  listening   %-26s mode %s%n", listening, guards(settings.routes()));
    out.printf("  try         curl %s %s/%n", secure ? "-ik" : "-i", listening);
    out.printf(
        "  ready in %.2f s · Java %s · %s · Ctrl+C stops%n",
        seconds, Runtime.version(), ProxyServer.transportName());
    out.flush();
  }

  private static String guards(RouteTable table) {
    Mode mode = table.otherwise().policy().mode();
    int routes = table.routes().size();
    if (routes > 0) {
      return "%s on /**, %d route%s".formatted(mode, routes, routes == 1 ? "" : "s");
    }
    return switch (mode) {
      case REQUIRE -> "require: PUT, PATCH, DELETE on /** need If-Match";
      case OFF -> "off: nothing is checked";
      case OBSERVE -> "observe: what would be refused on /** is logged, and passes";
      case OPTIONAL -> "optional: If-Match on /** is checked where it is sent";
    };
  }

  private static String reach(List<Origin> origins) {
    if (origins.size() == 1) {
      return reach(origins.get(0));
    }
    List<String> bad =
        origins.stream().map(StartLine::reach).filter(r -> r.startsWith(NOT_REACHABLE)).toList();
    return bad.size() == origins.size()
        ? NOT_REACHABLE + ", none of them"
        : "%d of %d reachable".formatted(origins.size() - bad.size(), origins.size());
  }

  /**
   * Whether the backend accepts connections already, on any of its addresses; it may start later.
   */
  private static String reach(Origin origin) {
    String failure = "";
    try {
      for (InetAddress address : InetAddress.getAllByName(origin.host())) {
        long asked = System.nanoTime();
        try (Socket socket = new Socket()) {
          socket.connect(new InetSocketAddress(address, origin.port()), REACH_MILLIS);
          long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
          return "reachable, %d ms".formatted(millis);
        } catch (IOException e) {
          failure = Causes.text(e);
        }
      }
    } catch (UnknownHostException e) {
      failure = "unknown host";
    }
    return NOT_REACHABLE + ": " + failure;
  }

  /** Whether standard error is a person's terminal; Java itself only tells of all three streams. */
  private static boolean isTerminal() {
    try {
      String stderr = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
      return stderr.matches("/dev/(pts/|tty|console).*");
    } catch (IOException e) {
      return true; // not Linux: a person's machine more likely than a server
    }
  }
}
