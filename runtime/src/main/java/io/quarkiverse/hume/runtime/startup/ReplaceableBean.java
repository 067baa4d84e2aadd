package io.quarkiverse.hume.runtime.startup;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.Bean;

import io.quarkiverse.hume.runtime.keys.EmulatedAccounts;
import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkus.arc.InjectableBean;

/**
 * A bean with which an application replaces a part of the extension. If there are several beans of the type, none can be
 * chosen. A bean with a qualifier would not be used, and this would become apparent only after keys were sent to the wrong
 * destination.
 */
public final class ReplaceableBean<T> {

    private final Class<T> type;
    private final Instance<T> all;
    private final Instance<T> eligible;

    /** @param all all beans of the type, with any qualifiers */
    public ReplaceableBean(Class<T> type, Instance<T> all) {
        this.type = type;
        this.all = all;
        this.eligible = all.select(Default.Literal.INSTANCE);
    }

    /** The application's bean or, if it has none, the extension's default bean, if there is one. */
    public Optional<T> get() {
        return eligible.isResolvable() ? Optional.of(eligible.get()) : Optional.empty();
    }

    /** The bean for an account with this base URL, unless the emulator replaces the beans of the application. */
    public Optional<T> get(URI baseUrl) {
        Optional<T> bean = get();
        if (bean.isEmpty() || isDefaultBean(eligible.getHandle().getBean()) || !EmulatedAccounts.replaceBeans(baseUrl)) {
            return bean;
        }
        HumeLog.LOG.emulatorInPlaceOfBean(name(eligible.getHandle().getBean()), baseUrl);
        return Optional.empty();
    }

    /**
     * The reasons why the application's beans cannot be used, each as a sentence with the remedy.
     *
     * @param otherwise a clause that states what is used instead of a bean of the application
     */
    public List<String> violations(String otherwise) {
        if (eligible.isAmbiguous()) {
            return List.of("There are several beans of the type " + type.getSimpleName() + ": " + names(eligible, false)
                    + ". One bean serves all accounts: remove the others, or make it an @Alternative with a @Priority");
        }
        if (eligible.isResolvable() && !isDefaultBean(eligible.getHandle().getBean())) {
            return List.of(); // The application's bean is used, so beans with qualifiers need no report.
        }
        TreeSet<String> unused = names(all, true);
        return unused.isEmpty() ? List.of()
                : List.of("No bean of the type " + type.getSimpleName() + " is used, because each of " + unused
                        + " has a qualifier, and " + otherwise
                        + " instead. Remove the qualifier: one bean serves all accounts");
    }

    private static TreeSet<String> names(Instance<?> beans, boolean qualifiedOnly) {
        TreeSet<String> names = new TreeSet<>();
        for (Instance.Handle<?> handle : beans.handles()) {
            Bean<?> bean = handle.getBean();
            if (!qualifiedOnly || !bean.getQualifiers().contains(Default.Literal.INSTANCE)) {
                names.add(name(bean));
            }
        }
        return names;
    }

    /** The name of the bean for messages. For a producer, it is the class of the bean that contains the producer. */
    private static String name(Bean<?> bean) {
        InjectableBean<?> declaring = bean instanceof InjectableBean ? ((InjectableBean<?>) bean).getDeclaringBean() : null;
        return declaring == null ? bean.getBeanClass().getName() : "a producer in " + bean.getBeanClass().getName();
    }

    private static boolean isDefaultBean(Bean<?> bean) {
        return bean instanceof InjectableBean && ((InjectableBean<?>) bean).isDefaultBean();
    }
}
