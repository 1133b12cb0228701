package dev.ifmatch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.ifmatch.http.Preconditions;
import dev.ifmatch.transport.Checkup;
import dev.ifmatch.transport.Http2Limits;
import dev.ifmatch.transport.Limits;
import dev.ifmatch.transport.Origin;
import dev.ifmatch.transport.OriginLimits;
import dev.ifmatch.transport.Origins;
import dev.ifmatch.transport.Patience;
import dev.ifmatch.transport.ProxySettings;
import dev.ifmatch.transport.tls.Identity;
import dev.ifmatch.transport.tls.KeyPassword;
import dev.ifmatch.transport.tls.OriginTlsSettings;
import dev.ifmatch.transport.tls.TlsSettings;
import dev.ifmatch.transport.tls.TlsVersion;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who may use whom: decisions stand in pure code, sockets and threads in another place. */
class ArchitectureTest {
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.ifmatch");

  private static final String[] PURE = {
    "dev.ifmatch.http", "dev.ifmatch.representation", "dev.ifmatch.policy", "dev.ifmatch.exchange"
  };
  private static final DescribedPredicate<JavaClass> SETTINGS_OF_TLS =
      type(TlsSettings.class)
          .or(type(TlsSettings.ClientAuth.class))
          .or(type(OriginTlsSettings.class))
          .or(type(Identity.class))
          .or(type(KeyPassword.class))
          .or(type(TlsVersion.class));

  private static final String[] NETTY_AT_HOME = {"dev.ifmatch.transport..", "dev.ifmatch.admin.."};

  @Test
  void everyLayerUsesOnlyThoseBelowIt() {
    check(
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("http")
            .definedBy("dev.ifmatch.http")
            .layer("representation")
            .definedBy("dev.ifmatch.representation")
            .layer("policy")
            .definedBy("dev.ifmatch.policy")
            .layer("exchange")
            .definedBy("dev.ifmatch.exchange")
            .layer("lock")
            .definedBy("dev.ifmatch.lock")
            .layer("balance")
            .definedBy("dev.ifmatch.balance")
            .layer("transport")
            .definedBy("dev.ifmatch.transport..")
            .optionalLayer("telemetry")
            .definedBy("dev.ifmatch.telemetry..")
            .optionalLayer("admin")
            .definedBy("dev.ifmatch.admin..")
            .optionalLayer("config")
            .definedBy("dev.ifmatch.config..")
            .layer("doctor")
            .definedBy("dev.ifmatch.doctor..")
            .layer("demo")
            .definedBy("dev.ifmatch.demo..")
            .layer("cli")
            .definedBy("dev.ifmatch.cli..")
            .ensureAllClassesAreContainedInArchitecture()
            .whereLayer("http")
            .mayNotAccessAnyLayer()
            .whereLayer("representation")
            .mayOnlyAccessLayers("http")
            .whereLayer("policy")
            .mayOnlyAccessLayers("representation", "http")
            .whereLayer("exchange")
            .mayOnlyAccessLayers("policy", "representation", "http")
            .whereLayer("lock")
            .mayOnlyAccessLayers("policy")
            .whereLayer("balance")
            .mayNotAccessAnyLayer()
            .whereLayer("transport")
            .mayOnlyAccessLayers("exchange", "lock", "balance", "policy", "http")
            .whereLayer("telemetry")
            .mayOnlyAccessLayers("exchange", "policy", "http")
            .whereLayer("admin")
            .mayOnlyAccessLayers("telemetry")
            .whereLayer("config")
            .mayOnlyAccessLayers("transport", "balance", "policy", "representation", "http")
            .whereLayer("doctor")
            .mayOnlyAccessLayers("policy", "representation", "http")
            .whereLayer("demo")
            .mayNotAccessAnyLayer()
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer());
  }

  @Test
  void lockAndExchangeDoNotKnowEachOther() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.ifmatch.lock")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.ifmatch.exchange"));
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.ifmatch.exchange")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.ifmatch.lock"));
  }

  @Test
  void nettyIsAtHomeInTransportAndAdmin() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(NETTY_AT_HOME)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.."));
    check(
        classes()
            .that()
            .haveSimpleName("ClientHandler")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.."));
  }

  @Test
  void transportDecidesNothingOfHttp() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.ifmatch.transport..")
            .should()
            .dependOnClassesThat(type(Preconditions.class))
            .orShould()
            .dependOnClassesThat()
            .resideInAPackage("dev.ifmatch.representation"));
  }

  /** So that it can be loaded where it is used, and nowhere else. */
  @Test
  void tlsKnowsNothingOfWhatPassesThroughIt() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.ifmatch.transport.tls")
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.ifmatch..")
                    .and(not(resideInAPackage("dev.ifmatch.transport.tls")))));
  }

  @Test
  void configurationKnowsOfTransportOnlyWhatIsConfigured() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.ifmatch.config..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("dev.ifmatch.transport..")
                    .and(
                        not(
                            type(Limits.class)
                                .or(type(Http2Limits.class))
                                .or(type(OriginLimits.class))
                                .or(type(Patience.class))
                                .or(type(Origin.class))
                                .or(type(Origins.class))
                                .or(type(Checkup.class))
                                .or(type(ProxySettings.class))
                                .or(type(ProxySettings.HostField.class))
                                .or(SETTINGS_OF_TLS)))));
  }

  @Test
  void pureCodeKnowsNoSocketFileThreadOrClock() {
    check(
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
    check(
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
    check(
        noClasses()
            .that()
            .resideInAnyPackage("dev.ifmatch.http", "dev.ifmatch.exchange")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.io"));
    check(
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
    check(
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

  @Test
  void aClassIsNamedAfterWhatItIs() {
    check(noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Base|Impl)"));
  }

  @Test
  void nothingIsSharedByInheritance() {
    check(
        classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .should()
            .notHaveModifier(JavaModifier.ABSTRACT));
    check(
        classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .should()
            .haveModifier(JavaModifier.FINAL));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("dev.ifmatch.(*)..").should().beFreeOfCycles());
  }

  private static void check(ArchRule rule) {
    rule.check(PROGRAM);
  }
}
