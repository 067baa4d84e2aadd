package io.quarkiverse.hume.deployment.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;

import org.jboss.jandex.DotName;
import org.junit.jupiter.api.Test;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import io.quarkiverse.hume.HumeAccount;

/** The build reads the account of every annotation that names one. */
class HumeAnnotationsTest {

    private static final String API = HumeAccount.class.getPackageName();

    /** An annotation that is added to the public API later is one of these, too. */
    @Test
    void annotationsWithAnAccount_areAllOfThePublicApi() {
        Map<DotName, String> found = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter().importPackages(API)) {
            if (type.isAnnotation() && type.getPackageName().equals(API)) {
                for (JavaMethod member : type.getMethods()) {
                    if (member.getName().contains("account") || type.isEquivalentTo(HumeAccount.class)) {
                        found.put(DotName.createSimple(type.getName()), member.getName());
                    }
                }
            }
        }
        assertThat(found).hasSizeGreaterThan(2).isEqualTo(HumeAnnotations.ACCOUNT_MEMBERS);
    }
}
