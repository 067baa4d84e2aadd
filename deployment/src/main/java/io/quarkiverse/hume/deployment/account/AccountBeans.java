package io.quarkiverse.hume.deployment.account;

import java.util.Set;
import java.util.TreeSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;

import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem.ExtendedBeanConfigurator;
import io.quarkus.arc.processor.InjectionPointInfo;

/** Beans of the public API that exist once for each account, with {@code @HumeAccount} as their qualifier. */
public final class AccountBeans {

    private static final DotName INJECT_MOCK = DotName.createSimple("io.quarkus.test.InjectMock");

    private AccountBeans() {
    }

    /**
     * The names of all accounts for which beans are created. Names without a configuration are included, so that the start can
     * report them.
     */
    public static Set<String> accounts(HumePlanBuildItem plan, IndexView index) {
        Set<String> accounts = new TreeSet<>(plan.decisions().keySet());
        index.getAnnotations(HumeAnnotations.ACCOUNT).forEach(qualifier -> accounts.add(HumeAnnotations.account(qualifier)));
        return accounts;
    }

    /** Whether the injection point is a mock in a test class, which needs neither keys nor tokens. */
    public static boolean isMock(InjectionPointInfo injection) {
        return injection.getAnnotationTarget() != null && injection.getAnnotationTarget().hasAnnotation(INJECT_MOCK);
    }

    /**
     * Returns the configurator of an account's bean. The bean of the default account can also be injected without a qualifier.
     */
    public static ExtendedBeanConfigurator bean(Class<?> type, String account) {
        ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(type).scope(ApplicationScoped.class).setRuntimeInit()
                .addQualifier().annotation(HumeAccount.class).addValue("value", account).done();
        return account.equals(HumeAccount.DEFAULT) ? bean.addQualifier(Default.class) : bean;
    }
}
