package dev.ifmatch.doctor;

import dev.ifmatch.doctor.Examination.NamedSource;
import dev.ifmatch.http.Fields;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** Tells whether the resources of a server can be protected. Reads only. */
public final class Doctor {
  private final Examination examination;

  /**
   * A doctor for one server.
   *
   * @param server its URL, without a path
   * @param through another way to it, as a URL without a path
   * @param fields sent with every request
   * @param reads how often each resource is read to see whether it stays the same: 2 at least
   * @param pause between two reads, so that a clock in the answers moves on
   * @param timeout how long an answer may take
   * @param tls how a server is spoken to whose URL begins with https; empty for the usual way
   */
  public Doctor(
      URI server,
      Optional<URI> through,
      Fields fields,
      int reads,
      Duration pause,
      Duration timeout,
      Optional<SSLContext> tls) {
    this.examination =
        new Examination(
            new HttpSource(server, timeout, tls),
            through.map(
                url ->
                    new NamedSource(
                        url.toString(), new HttpSource(url, timeout, Optional.empty()))),
            fields,
            reads,
            () -> rest(pause));
  }

  /** Examines one resource, named by its path and query. */
  public Diagnosis examine(String target) {
    try {
      return Diagnosis.of(examination.of(target));
    } catch (Unanswered unanswered) {
      return Diagnosis.unanswered(target, unanswered.getMessage());
    }
  }

  private static void rest(Duration pause) {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the next read fails by it
    }
  }
}
