package dev.ifmatch.transport.tls;

import dev.ifmatch.transport.tls.CurrentContext.Made;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.NetUtil;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** TLS towards origins, always with what its files hold now. Thread-safe. */
public final class OriginTls implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OriginTls.class);
  private static final String SECTION = "origin-tls.";

  private final CurrentContext context;
  private final boolean insecure;

  private OriginTls(CurrentContext context, boolean insecure) {
    this.context = context;
    this.insecure = insecure;
  }

  /**
   * Reads the files, if any, and looks at them from time to time from then on.
   *
   * @throws InvalidTls if they cannot be used; the message says what to change
   */
  public static OriginTls open(OriginTlsSettings settings) throws InvalidTls {
    if (settings.insecure()) {
      LOG.warn(
          "--insecure-origin: the backend's certificate is NOT checked, so whoever is on the way to"
              + " it can read and change everything; set --origin-tls-ca instead");
    }
    CurrentContext context =
        CurrentContext.open(
            new Maker(settings), settings.reloadInterval(), CurrentContext.logging("origin-tls"));
    return new OriginTls(context, settings.insecure());
  }

  /**
   * Reads the files once.
   *
   * @return why the origin will not accept them, now or soon, if it will not
   * @throws InvalidTls if they cannot be used; the message says what to change
   */
  public static Optional<String> verify(OriginTlsSettings settings) throws InvalidTls {
    Maker maker = new Maker(settings);
    Made made = maker.make(TlsFiles.read(maker.files()));
    ReferenceCountUtil.release(made.context());
    return made.warning(Instant.now());
  }

  /**
   * What speaks TLS on a new connection: it asks for the host by its name (RFC 6066 §3), and takes
   * no certificate but that host's (RFC 9110 §4.3.4).
   *
   * @param host the host's name or address
   * @param timeout how long the handshake may take
   */
  public SslHandler newHandler(
      ByteBufAllocator allocator, String host, int port, Duration timeout) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    SslHandler handler = context.newHandler(current -> current.newHandler(allocator, name, port));
    SSLParameters parameters = handler.engine().getSSLParameters();
    if (!NetUtil.isValidIpV4Address(name) && !NetUtil.isValidIpV6Address(name)) {
      parameters.setServerNames(List.of(new SNIHostName(name)));
    }
    parameters.setEndpointIdentificationAlgorithm(insecure ? "" : "HTTPS");
    handler.engine().setSSLParameters(parameters);
    handler.setHandshakeTimeoutMillis(timeout.toMillis());
    return handler;
  }

  @Override
  public void close() {
    context.close();
  }

  private record Maker(OriginTlsSettings settings) implements CurrentContext.Maker {

    @Override
    public Set<Path> files() {
      Set<Path> files = new HashSet<>(settings.identity().files());
      settings.ca().ifPresent(files::add);
      return files;
    }

    @Override
    public Made make(TlsFiles files) throws InvalidTls {
      SslContextBuilder builder =
          SslContextBuilder.forClient()
              .sslProvider(TlsProvider.best())
              .protocols(Arrays.stream(TlsVersion.values()).map(TlsVersion::protocol).toList());
      String about = settings.ca().map(Path::toString).orElse("");
      Optional<Validity> validity = Optional.empty();
      if (!settings.identity().isEmpty()) {
        Credentials own = Credentials.read(SECTION, settings.identity(), files);
        builder.keyManager(own.key(), own.chain());
        about = (about + " " + own.about()).strip();
        validity = settings.identity().certificate().map(file -> own.validity(SECTION, file));
      }
      if (settings.insecure()) {
        builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
      } else if (settings.ca().isPresent()) {
        builder.trustManager(Credentials.certificates(SECTION + "ca", settings.ca().get(), files));
      }
      try {
        return new Made(builder.build(), about, validity);
      } catch (SSLException e) {
        throw new InvalidTls(
            "origin-tls: no TLS can be spoken with these files: " + e.getMessage(), e);
      }
    }
  }
}
