package io.quarkiverse.hume.runtime.binding;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkiverse.hume.runtime.name.SourceName;
import io.quarkus.kubernetes.service.binding.runtime.ServiceBinding;
import io.quarkus.kubernetes.service.binding.runtime.ServiceBindingConfigSource;
import io.quarkus.kubernetes.service.binding.runtime.ServiceBindingConverter;

/**
 * Supports service bindings of the type {@code hume}: the directory of a binding becomes the {@code secrets-directory} of an
 * account, so the keys are read again when Hume rejects them. The service loader finds this class, but only in applications
 * with the Quarkus extension for service bindings.
 */
public class HumeServiceBinding implements ServiceBindingConverter {

    private static final String TYPE = "hume";

    private static final String ACCOUNT = "account";
    private static final String API_KEY = "api-key";
    private static final String BASE_URL = "base-url";

    /** @throws IllegalStateException if a binding has no API key, or two bindings are for one account */
    @Override
    public Optional<ServiceBindingConfigSource> convert(List<ServiceBinding> bindings) {
        Map<String, String> properties = new TreeMap<>();
        Map<String, String> names = new TreeMap<>();
        for (ServiceBinding binding : ServiceBinding.matchingByType(TYPE, bindings)) {
            Map<String, String> entries = binding.getProperties();
            String account = entries.getOrDefault(ACCOUNT, HumeAccount.DEFAULT);
            if (!entries.containsKey(API_KEY)) {
                throw new IllegalStateException("The service binding " + binding.getName() + " of the type " + TYPE + ", for "
                        + AccountName.describe(account) + ", has no entry " + API_KEY
                        + ". Add it to the secret of the binding");
            }
            String other = names.putIfAbsent(account, binding.getName());
            if (other != null) {
                throw new IllegalStateException("The service bindings " + other + " and " + binding.getName() + " are both for "
                        + AccountName.describe(account) + ". Remove one of them, or name another account in its entry "
                        + ACCOUNT);
            }
            properties.put(AccountName.property(account, "secrets-directory"), binding.getBindingDirectory());
            if (entries.containsKey(BASE_URL)) {
                properties.put(AccountName.property(account, BASE_URL), entries.get(BASE_URL));
            }
        }
        return properties.isEmpty() ? Optional.empty()
                : Optional.of(new ServiceBindingConfigSource(SourceName.SERVICE_BINDING, properties));
    }
}
