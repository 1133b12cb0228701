package dev.ifmatch.transport.tls;

import dev.ifmatch.transport.tls.CurrentContext.Made;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;

/** TLS towards clients, always with the certificate that its files hold now. Thread-safe. */
public final class ServerTls implements AutoCloseable {
  private static final String SECTION = "tls.";

  private final CurrentContext context;
  private final long handshakeMillis;

  private ServerTls(CurrentContext context, long handshakeMillis) {
    this.context = context;
    this.handshakeMillis = handshakeMillis;
  }

  /**
   * Reads the files, and looks at them from time to time from then on.
   *
   * @param protocols what is offered by ALPN (RFC 7301), the best first
   * @throws InvalidTls if they cannot be used; the message says what to change
   */
  public static ServerTls open(TlsSettings settings, List<String> protocols) throws InvalidTls {
    CurrentContext context =
        CurrentContext.open(
            new Maker(settings, protocols),
            settings.reloadInterval(),
            CurrentContext.logging("tls"));
    return new ServerTls(context, settings.handshakeTimeout().toMillis());
  }

  /**
   * Reads the files once.
   *
   * @return why clients will not accept them, now or soon, if they will not
   * @throws InvalidTls if they cannot be used; the message says what to change
   */
  public static Optional<String> verify(TlsSettings settings) throws InvalidTls {
    Maker maker = new Maker(settings, List.of());
    Made made = maker.make(TlsFiles.read(maker.files()));
    ReferenceCountUtil.release(made.context());
    return made.warning(Instant.now());
  }

  /** What speaks TLS on a new connection. */
  public SslHandler newHandler(ByteBufAllocator allocator) {
    SslHandler handler = context.newHandler(current -> current.newHandler(allocator));
    handler.setHandshakeTimeoutMillis(handshakeMillis);
    return handler;
  }

  @Override
  public void close() {
    context.close();
  }

  private record Maker(TlsSettings settings, List<String> protocols)
      implements CurrentContext.Maker {

    @Override
    public Set<Path> files() {
      Set<Path> files = new HashSet<>(settings.identity().files());
      settings.clientCa().ifPresent(files::add);
      return files;
    }

    @Override
    public Made make(TlsFiles files) throws InvalidTls {
      Credentials own = Credentials.read(SECTION, settings.identity(), files);
      Path file = settings.identity().certificate().orElseThrow();
      Validity validity = own.validity(SECTION, file);
      SslContextBuilder builder =
          SslContextBuilder.forServer(own.key(), own.chain())
              .sslProvider(TlsProvider.best())
              .protocols(settings.versions().stream().map(TlsVersion::protocol).toList())
              .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE);
      if (settings.clientAuth() == TlsSettings.ClientAuth.REQUIRE) {
        builder.clientAuth(ClientAuth.REQUIRE).trustManager(clientCa(files));
      }
      if (!protocols.isEmpty()) {
        builder.applicationProtocolConfig(alpn());
      }
      try {
        return new Made(builder.build(), own.about(), Optional.of(validity));
      } catch (SSLException e) {
        throw new InvalidTls("tls: no TLS can be spoken with these files: " + e.getMessage(), e);
      }
    }

    private List<X509Certificate> clientCa(TlsFiles files) throws InvalidTls {
      Path file =
          settings
              .clientCa()
              .orElseThrow(
                  () ->
                      new InvalidTls(
                          "tls.client-ca is missing: client-auth needs the PEM file with the"
                              + " certificates of those who sign your clients'"));
      return Credentials.certificates(SECTION + "client-ca", file, files);
    }

    private ApplicationProtocolConfig alpn() {
      return new ApplicationProtocolConfig(
          ApplicationProtocolConfig.Protocol.ALPN,
          ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
          ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
          protocols);
    }
  }
}
