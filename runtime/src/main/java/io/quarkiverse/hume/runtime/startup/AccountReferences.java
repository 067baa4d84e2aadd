package io.quarkiverse.hume.runtime.startup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.runtime.config.AccountRuntimeConfig;
import io.quarkiverse.hume.runtime.keys.StoredCredentials;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.transport.ServerVerification;
import io.quarkus.arc.Arc;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.credentials.CredentialsProvider;
import io.quarkus.proxy.ProxyConfigurationRegistry;
import io.quarkus.proxy.ProxyType;
import io.quarkus.proxy.runtime.config.ProxyConfig;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.quarkus.tls.runtime.config.TlsConfig;
import io.smallrye.config.SmallRyeConfig;

/**
 * Checks that the names in an account's configuration exist: TLS configuration, proxy configuration and credentials provider.
 * Without this check, an unknown name would only make the first request fail. Warns of TLS configurations that do not check
 * servers.
 */
final class AccountReferences {

    private final String account;
    private final List<String> violations = new ArrayList<>();

    private AccountReferences(String account) {
        this.account = account;
    }

    /** @return a sentence for each unknown name, with the property and the known names */
    static List<String> violations(String account, AccountRuntimeConfig config) {
        AccountReferences references = new AccountReferences(account);
        if (config.tlsConfigurationName().isPresent()) {
            references.tls(config.tlsConfigurationName().get());
        }
        if (config.proxyConfigurationName().isPresent()) {
            references.proxy(config.proxyConfigurationName().get());
        }
        if (config.credentialsProvider().isPresent()) {
            references.credentialsProvider(config.credentialsProviderName());
        }
        return references.violations;
    }

    private void tls(String name) {
        Arc.container().select(TlsConfigurationRegistry.class).get().get(name).ifPresentOrElse(
                found -> ServerVerification.check("Connections of " + AccountName.describe(account), name, found),
                () -> unknown("tls-configuration-name", name, "TLS configuration",
                        "Configure quarkus.tls.\"" + name + "\".trust-store or key-store",
                        mapping(TlsConfig.class).namedCertificateConfig().keySet()));
    }

    private void proxy(String name) {
        ProxyConfigurationRegistry registry = Arc.container().select(ProxyConfigurationRegistry.class).get();
        try {
            registry.get(Optional.of(name)).filter(proxy -> proxy.type() != ProxyType.HTTP)
                    .ifPresent(proxy -> violations.add(AccountName.property(account, "proxy-configuration-name")
                            + " is \"" + name + "\", a proxy of the type " + proxy.type()
                            + ", but REST clients need one of the type HTTP. Set quarkus.proxy.\"" + name + "\".type=http"));
        } catch (IllegalStateException e) {
            // The registry throws an exception for an unknown name. Its message names neither the property nor the known names.
            Set<String> known = new TreeSet<>();
            mapping(ProxyConfig.class).namedProxyConfigs()
                    .forEach((other, proxy) -> proxy.host().ifPresent(host -> known.add(other)));
            unknown("proxy-configuration-name", name, "proxy configuration",
                    "Configure quarkus.proxy.\"" + name + "\".host and port", known);
        }
    }

    private void unknown(String key, String name, String what, String remedy, Set<String> known) {
        violations.add(AccountName.property(account, key) + " is \"" + name + "\", but there is no " + what
                + " of that name. " + remedy + (known.isEmpty() ? "; there are no others"
                        : ", or use one of "
                                + new TreeSet<>(known)));
    }

    private void credentialsProvider(Optional<String> beanName) {
        Instance<CredentialsProvider> found = StoredCredentials.providers(beanName);
        if (found.isResolvable()) {
            return;
        }
        Set<String> names = new TreeSet<>();
        for (InstanceHandle<CredentialsProvider> bean : Arc.container().listAll(CredentialsProvider.class,
                Any.Literal.INSTANCE)) {
            names.add(bean.getBean().getName() == null ? "a bean without a name, " + bean.getBean().getBeanClass().getName()
                    : bean.getBean().getName());
        }
        String there = names.isEmpty() ? "There is none at all: add an extension that has one, or a bean of your own"
                : "There is " + names;
        violations.add(beanName.isPresent()
                ? AccountName.property(account, "credentials-provider-name") + " is \"" + beanName.get()
                        + "\", but there is no CredentialsProvider bean of that name. " + there
                : AccountName.property(account, "credentials-provider") + " is set, but there is "
                        + (found.isAmbiguous() ? "more than one CredentialsProvider bean. Choose with "
                                + AccountName.property(account, "credentials-provider-name") + ". "
                                : "no CredentialsProvider bean. ")
                        + there);
    }

    private static <T> T mapping(Class<T> type) {
        return ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigMapping(type);
    }
}
