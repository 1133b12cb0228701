package dev.ifmatch.transport.tls;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS context of what some files hold. Looks at them from time to time, and compares what they
 * hold, not when they were written: a link may have been swapped. What cannot be used changes
 * nothing. Thread-safe.
 */
final class CurrentContext implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentContext.class);

  private static final Duration REMINDER = Duration.ofDays(1);

  private final Maker maker;
  private final Told told;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(CurrentContext::thread);
  private SslContext context; // guarded by the lock, as is what follows
  private boolean closed;
  private String used; // this and what follows: of the clock's thread only
  private Optional<Validity> validity;
  private String lastSeen;
  private String rejected = "";

  /** Makes contexts of files. */
  interface Maker {
    Set<Path> files();

    /**
     * Makes one.
     *
     * @throws InvalidTls if they are none to make one of
     */
    Made make(TlsFiles files) throws InvalidTls;
  }

  /**
   * A new context.
   *
   * @param context it
   * @param about what it is made of, in words
   * @param validity when others accept its certificate, if it has one
   */
  record Made(SslContext context, String about, Optional<Validity> validity) {
    /** Why others do not accept it, or soon will not. */
    Optional<String> warning(Instant now) {
      return validity.flatMap(v -> v.warning(now));
    }
  }

  /** Who is told what becomes of the files. */
  interface Told {
    /** Other files are in use now. */
    void onChanged(String about);

    /** The files have changed, but cannot be used; told once for each change. */
    void onRejected(String why);

    /** Others do not accept what is in use, or soon will not. */
    void onEnding(String why);
  }

  private CurrentContext(Maker maker, Made first, String fingerprint, Told told) {
    this.maker = maker;
    this.told = told;
    this.context = first.context();
    this.used = fingerprint;
    this.validity = first.validity();
    this.lastSeen = fingerprint;
  }

  /**
   * Makes the first context, and begins to look.
   *
   * @param interval how often
   * @throws InvalidTls if there is none to start with
   */
  static CurrentContext open(Maker maker, Duration interval, Told told) throws InvalidTls {
    return open(maker, interval, REMINDER, told);
  }

  /**
   * The same.
   *
   * @param reminder how often it is told that what is in use ends
   */
  static CurrentContext open(Maker maker, Duration interval, Duration reminder, Told told)
      throws InvalidTls {
    TlsFiles files = TlsFiles.read(maker.files());
    Made first = maker.make(files);
    CurrentContext current = new CurrentContext(maker, first, files.fingerprint(), told);
    current.remind();
    if (!maker.files().isEmpty()) {
      long nanos = interval.toNanos();
      current.clock.scheduleWithFixedDelay(current::look, nanos, nanos, TimeUnit.NANOSECONDS);
      long pause = reminder.toNanos();
      current.clock.scheduleWithFixedDelay(current::remind, pause, pause, TimeUnit.NANOSECONDS);
    }
    return current;
  }

  /** Says in the log what becomes of the files of one section. */
  static Told logging(String section) {
    return new Told() {
      @Override
      public void onChanged(String about) {
        LOG.info("{}: new files are in use: {}", section, about);
      }

      @Override
      public void onRejected(String why) {
        LOG.warn("{}: the changed files are not used, what was there before is: {}", section, why);
      }

      @Override
      public void onEnding(String why) {
        LOG.warn(why);
      }
    };
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "tls-files");
    thread.setDaemon(true);
    return thread;
  }

  /** A handler of the context that holds now; the handler keeps it for its connection. */
  SslHandler newHandler(Function<SslContext, SslHandler> from) {
    lock.readLock().lock();
    try {
      return from.apply(context);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Any error is told, for a task that throws is never run again. */
  private void look() {
    try {
      lookOnce();
    } catch (RuntimeException e) {
      LOG.error("the files for TLS could not be looked at", e);
    }
  }

  /**
   * What is wrong is told at the second look that finds it, for the certificate and its key may be
   * written one after the other.
   */
  private void lookOnce() {
    TlsFiles files = TlsFiles.read(maker.files());
    String seen = files.fingerprint();
    boolean settled = seen.equals(lastSeen);
    lastSeen = seen;
    if (seen.equals(used)) {
      rejected = "";
      return;
    }
    try {
      Made made = accepted(maker.make(files));
      use(made);
      used = seen;
      validity = made.validity();
      remind();
    } catch (InvalidTls e) {
      if (settled && !seen.equals(rejected)) {
        rejected = seen;
        told.onRejected(e.getMessage());
      }
    }
  }

  private void remind() {
    validity.flatMap(v -> v.warning(Instant.now())).ifPresent(told::onEnding);
  }

  private static Made accepted(Made made) throws InvalidTls {
    Optional<String> doubt = made.validity().flatMap(v -> v.doubt(Instant.now()));
    if (doubt.isPresent()) {
      ReferenceCountUtil.release(made.context());
      throw new InvalidTls(doubt.get());
    }
    return made;
  }

  private void use(Made made) {
    lock.writeLock().lock();
    try {
      ReferenceCountUtil.release(closed ? made.context() : context);
      context = closed ? context : made.context();
    } finally {
      lock.writeLock().unlock();
    }
    told.onChanged(made.about());
  }

  /** Ends the looking. No handler may be asked for any more. Does nothing a second time. */
  @Override
  public void close() {
    clock.shutdownNow();
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        ReferenceCountUtil.release(context);
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
