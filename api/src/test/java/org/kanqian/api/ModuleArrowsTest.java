package org.kanqian.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Draws the arrows between modules, and who may know which library. */
class ModuleArrowsTest {
    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("org.kanqian");

    @Test
    void rulesKnowsNeitherPlacesNorTheService() {
        noClasses()
                .that()
                .resideInAPackage("org.kanqian.rules..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.kanqian.gis..", "org.kanqian.api..", "org.locationtech.jts..")
                .check(CODE);
    }

    @Test
    void placesKnowsOfRulesOnlyTheFacts() {
        noClasses()
                .that()
                .resideInAPackage("org.kanqian.gis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.kanqian.api..",
                        "org.kanqian.rules.engine..",
                        "org.kanqian.rules.pack..",
                        "org.kanqian.rules.inforce..",
                        "org.kanqian.rules.verdict..",
                        "org.kanqian.rules.authoring..")
                .check(CODE);
    }

    @Test
    void onlyTheEngineSeesDrools() {
        noClasses()
                .that()
                .resideOutsideOfPackage("org.kanqian.rules.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.drools..", "org.kie..")
                .check(CODE);
    }

    @Test
    void onlyDatumsAndFiltersSeeGeoTools() {
        noClasses()
                .that()
                .resideInAPackage("org.kanqian..")
                .and()
                .resideOutsideOfPackages("org.kanqian.gis.crs..", "org.kanqian.gis.filter..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.geotools..")
                .check(CODE);
    }

    @Test
    void onlyTheServiceSeesSpring() {
        noClasses()
                .that()
                .resideInAnyPackage("org.kanqian.rules..", "org.kanqian.gis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "jakarta..")
                .check(CODE);
    }

    @Test
    void theCheckItselfKnowsNeitherSpringNorADatabase() {
        classes()
                .that()
                .haveSimpleName("PreCheckService")
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("org.springframework..", "java.sql..", "jakarta..")
                .check(CODE);
    }

    @Test
    void packagesDoNotDependOnEachOtherInCircles() {
        slices().matching("org.kanqian.rules.(*)..").should().beFreeOfCycles().check(CODE);
        slices().matching("org.kanqian.gis.(*)..").should().beFreeOfCycles().check(CODE);
        slices().matching("org.kanqian.api.(*)..").should().beFreeOfCycles().check(CODE);
    }
}
