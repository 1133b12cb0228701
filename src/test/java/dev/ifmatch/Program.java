package dev.ifmatch;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

/** All classes of the program, without those of its tests. */
final class Program {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.ifmatch");

  private Program() {}

  /** Fails where a class breaks the rule. */
  static void check(ArchRule rule) {
    rule.check(CLASSES);
  }
}
