package dev.ifmatch.peers;

import io.undertow.Undertow;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.net.URI;
import org.xnio.Options;

/** Undertow's proxy handler: one I/O thread (NIO: it has no epoll), kept connections. */
public final class UndertowProxy {
  private UndertowProxy() {}

  public static void main(String[] args) {
    int port = Integer.parseInt(args[0]);
    var backend =
        new LoadBalancingProxyClient()
            .setConnectionsPerThread(1024)
            .setSoftMaxConnectionsPerThread(1024)
            .addHost(URI.create("http://127.0.0.1:" + args[1]));
    Undertow.builder()
        .setIoThreads(1)
        .setWorkerThreads(1)
        // what it takes where the heap is larger than 128 MiB
        .setDirectBuffers(true)
        .setBufferSize(16 * 1024 - 20)
        .setSocketOption(Options.BACKLOG, 4096)
        .addHttpListener(port, "127.0.0.1")
        .setHandler(ProxyHandler.builder().setProxyClient(backend).build())
        .build()
        .start();
  }
}
