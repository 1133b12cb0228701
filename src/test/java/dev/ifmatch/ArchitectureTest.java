package dev.ifmatch;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
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
import org.junit.jupiter.api.Test;

/** Who may use whom: decisions stand in pure code, sockets and threads in another place. */
class ArchitectureTest {
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
    Program.check(
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
    Program.check(
        noClasses()
            .that()
            .resideInAPackage("dev.ifmatch.lock")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.ifmatch.exchange"));
    Program.check(
        noClasses()
            .that()
            .resideInAPackage("dev.ifmatch.exchange")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.ifmatch.lock"));
  }

  @Test
  void nettyIsAtHomeInTransportAndAdmin() {
    Program.check(
        noClasses()
            .that()
            .resideOutsideOfPackages(NETTY_AT_HOME)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.."));
    Program.check(
        classes()
            .that()
            .haveSimpleName("ClientHandler")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.netty.."));
  }

  @Test
  void transportDecidesNothingOfHttp() {
    Program.check(
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
    Program.check(
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
    Program.check(
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
  void packagesHaveNoCycles() {
    Program.check(slices().matching("dev.ifmatch.(*)..").should().beFreeOfCycles());
  }
}
