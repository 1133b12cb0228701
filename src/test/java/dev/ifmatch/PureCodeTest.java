package dev.ifmatch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What decides is free of what it decides about: of sockets, files, threads and clocks. */
class PureCodeTest {
  private static final String[] PURE = {
    "dev.ifmatch.http", "dev.ifmatch.representation", "dev.ifmatch.policy", "dev.ifmatch.exchange"
  };

  @Test
  void pureCodeKnowsNoSocketFileThreadOrClock() {
    Program.check(
        noClasses()
            .that()
            .resideInAnyPackage(PURE)
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    "java.net..",
                    "java.nio.channels..",
                    "java.nio.file..",
                    "java.util.concurrent..",
                    "javax.net..",
                    "org.slf4j.."))
            .orShould()
            .dependOnClassesThat(type(Thread.class).or(type(Clock.class)))
            .orShould()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime"));
  }

  @Test
  void balancingKnowsNoSocketThreadOrClock() {
    Program.check(
        noClasses()
            .that()
            .resideInAPackage("dev.ifmatch.balance")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(
                    "java.io..", "java.net..", "java.nio..", "javax.net..", "org.slf4j.."))
            .orShould()
            .dependOnClassesThat(type(Thread.class).or(type(Clock.class)))
            .orShould()
            .callMethod(System.class, "nanoTime"));
  }

  @Test
  void pureCodeStreamsWithinMemoryOnly() {
    Program.check(
        noClasses()
            .that()
            .resideInAnyPackage("dev.ifmatch.http", "dev.ifmatch.exchange")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.io"));
    Program.check(
        noClasses()
            .that()
            .resideInAnyPackage("dev.ifmatch.representation", "dev.ifmatch.policy")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("java.io")
                    .and(
                        not(
                            type(ByteArrayInputStream.class)
                                .or(type(ByteArrayOutputStream.class))
                                .or(type(InputStream.class))
                                .or(type(OutputStream.class))
                                .or(type(IOException.class))
                                .or(type(UncheckedIOException.class))))));
  }

  @Test
  void theDoctorsFindingsAreMadeWithoutTheNetwork() {
    Program.check(
        noClasses()
            .that()
            .resideInAPackage("dev.ifmatch.doctor")
            .and()
            .doNotHaveSimpleName("HttpSource")
            .and()
            .doNotHaveSimpleName("BoundedBody")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.net.http.."));
  }
}
