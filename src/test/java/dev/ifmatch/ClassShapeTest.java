package dev.ifmatch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaModifier;
import org.junit.jupiter.api.Test;

/** How classes are named, and what they share. */
class ClassShapeTest {
  @Test
  void aClassIsNamedAfterWhatItIs() {
    Program.check(noClasses().should().haveNameMatching(".*(Utils?|Helper|Manager|Base|Impl)"));
  }

  @Test
  void nothingIsSharedByInheritance() {
    Program.check(
        classes()
            .that()
            .areNotInterfaces()
            .and()
            .areNotEnums()
            .and()
            .areNotAnonymousClasses()
            .should()
            .notHaveModifier(JavaModifier.ABSTRACT)
            .andShould()
            .haveModifier(JavaModifier.FINAL));
  }
}
