package io.quarkiverse.hume.deployment.account;

import java.util.Set;
import java.util.TreeSet;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;

import org.jboss.jandex.IndexView;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.deployment.index.HumeAnnotations;
import io.quarkiverse.hume.deployment.spi.HumePlanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem.ExtendedBeanConfigurator;

/** Beans of the public API that exist once for each account, with {@code @HumeAccount} as their qualifier. */
public final class AccountBeans {

    private AccountBeans() {
    }

    /** All accounts that can be injected: a name that is nowhere configured gets a bean too, so that start-up can report it. */
    public static Set<String> accounts(HumePlanBuildItem plan, IndexView index) {
        Set<String> accounts = new TreeSet<>(plan.decisions().keySet());
        index.getAnnotations(HumeAnnotations.ACCOUNT).forEach(qualifier -> accounts.add(HumeAnnotations.account(qualifier)));
        return accounts;
    }

    /** The default account's bean is also the one without a qualifier. */
    public static ExtendedBeanConfigurator bean(Class<?> type, String account) {
        ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(type).scope(ApplicationScoped.class).setRuntimeInit()
                .addQualifier().annotation(HumeAccount.class).addValue("value", account).done();
        return account.equals(HumeAccount.DEFAULT) ? bean.addQualifier(Default.class) : bean;
    }
}
