package dev.ifmatch.demo;

import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/**
 * The whole demonstration, running: a naive backend with ifmatch in front of it, and a page that
 * shows the difference.
 */
public final class Demo implements Closeable {

  /** Starts the proxy between an address and an origin; how, only the caller knows. */
  @FunctionalInterface
  public interface ProxyStarter {

    RunningProxy start(URI origin, InetSocketAddress listen) throws IOException;
  }

  /**
   * A proxy that accepts connections: where, with the port that it was given, and how to end it.
   */
  public record RunningProxy(InetSocketAddress address, AutoCloseable stop) {}

  private final DemoBackend backend;
  private final RunningProxy proxy;

  private Demo(DemoBackend backend, RunningProxy proxy) {
    this.backend = backend;
    this.proxy = proxy;
  }

  /**
   * Starts the backend on the same host as the proxy, so that the page reaches both by one name.
   */
  public static Demo start(InetSocketAddress listen, int backendPort, ProxyStarter starter)
      throws IOException {
    DemoBackend backend =
        DemoBackend.start(new InetSocketAddress(listen.getAddress(), backendPort));
    try {
      RunningProxy proxy = starter.start(uri(backend.address()), listen);
      backend.announceProxy(proxy.address().getPort());
      return new Demo(backend, proxy);
    } catch (IOException | RuntimeException e) {
      backend.close();
      throw e;
    }
  }

  /** The page, through ifmatch. */
  public URI page() {
    return uri(proxy.address());
  }

  /** The backend itself, past ifmatch. */
  public URI backend() {
    return uri(backend.address());
  }

  /** Says where the page is, and which commands do by hand what it shows. */
  public void announce(PrintStream out) {
    CurlStory story = new CurlStory(page());
    out.println("ifmatch demo");
    out.println();
    out.println("  open      " + page());
    out.println("  backend   " + backend() + "  (sends no ETags: the last writer wins)");
    out.println();
    out.println("The same by hand, in another terminal:");
    for (CurlStory.Step step : story.steps()) {
      out.println();
      out.println("  " + step.purpose());
      out.println("    " + step.command());
    }
    out.println();
    out.println("Ctrl+C stops both.");
    out.flush();
  }

  @Override
  public void close() throws IOException {
    try {
      proxy.stop().close();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("The proxy did not stop", e);
    } finally {
      backend.close();
    }
  }

  private static URI uri(InetSocketAddress address) {
    InetAddress host = address.getAddress();
    String name = host.isAnyLocalAddress() ? "127.0.0.1" : host.getHostAddress();
    String literal = name.contains(":") ? "[" + name + "]" : name;
    return URI.create("http://" + literal + ":" + address.getPort() + "/");
  }
}
