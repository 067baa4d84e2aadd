package io.quarkiverse.hume.runtime.transport;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.runtime.log.HumeLog;
import io.quarkus.restclient.config.RestClientsConfig;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.tls.TlsConfiguration;
import io.quarkus.tls.TlsConfigurationRegistry;
import io.smallrye.config.SmallRyeConfig;

/**
 * Warns of settings with which connections accept a server without checking its certificate or the host name in it. In dev and
 * test mode, such settings are common and there is no warning.
 */
public final class ServerVerification {

    private static final String CERTIFICATE = "the server's certificate";
    private static final String HOST_NAME = "the host name in the server's certificate";

    private ServerVerification() {
    }

    /** What is not checked, and the setting that is the reason, as parts of a sentence. */
    private record Gap(String unchecked, String setting) implements Comparable<Gap> {

        @Override
        public int compareTo(Gap other) {
            return setting.compareTo(other.setting);
        }

        private static Optional<Gap> of(String name, TlsConfiguration configuration) {
            String subject = "the TLS configuration \"" + name + "\" has ";
            if (configuration.isTrustAll()) {
                return Optional.of(new Gap(CERTIFICATE, subject + "trust-all=true"));
            }
            return configuration.getHostnameVerificationAlgorithm().filter("NONE"::equals)
                    .map(none -> new Gap(HOST_NAME, subject + "hostname-verification-algorithm=NONE"));
        }

        private void report(String connections) {
            HumeLog.LOG.serversNotChecked(connections, unchecked, setting);
        }
    }

    /** @param connections what uses the TLS configuration, in the plural, as the first words of a sentence */
    public static void check(String connections, String name, TlsConfiguration configuration) {
        if (!LaunchMode.current().isDevOrTest()) {
            Gap.of(name, configuration).ifPresent(gap -> gap.report(connections));
        }
    }

    /**
     * @param clients the names of the interfaces, each with the account whose credential its calls carry. The TLS
     *        configurations of these accounts have been checked already
     */
    public static void checkRestClients(TlsConfigurationRegistry tls, Map<String, TransportSettings> clients) {
        if (LaunchMode.current().isDevOrTest()) {
            return;
        }
        Config config = ConfigProvider.getConfig();
        RestClientsConfig all = config.unwrap(SmallRyeConfig.class).getConfigMapping(RestClientsConfig.class);
        Map<Gap, TreeSet<String>> found = new TreeMap<>();
        // Loops instead of lambdas, each of which would be a class that every start loads
        for (Map.Entry<String, TransportSettings> client : clients.entrySet()) {
            Optional<Gap> gap = of(config, all, client.getKey(), client.getValue(), tls);
            if (gap.isPresent()) {
                found.computeIfAbsent(gap.get(), first -> new TreeSet<>()).add(client.getKey());
            }
        }
        for (Map.Entry<Gap, TreeSet<String>> gap : found.entrySet()) {
            gap.getKey().report("Calls of the REST clients " + gap.getValue());
        }
    }

    private static Optional<Gap> of(Config config, RestClientsConfig all, String client, TransportSettings account,
            TlsConfigurationRegistry tls) {
        Optional<String> own = all.clients().get(client).tlsConfigurationName();
        Optional<String> name = own.isPresent() ? own : all.tlsConfigurationName();
        if (name.isEmpty()) {
            return ofProperties(config, all, client);
        }
        return name.equals(account.tlsConfigurationName()) ? Optional.empty()
                : tls.get(name.get()).flatMap(configuration -> Gap.of(name.get(), configuration));
    }

    /** The properties apply to clients without a TLS configuration. The property of all clients precedes that of one client. */
    private static Optional<Gap> ofProperties(Config config, RestClientsConfig all, String client) {
        if (config.getOptionalValue("quarkus.tls.trust-all", Boolean.class).orElse(false)) {
            return Optional.of(new Gap(CERTIFICATE, "quarkus.tls.trust-all=true"));
        }
        Optional<Boolean> checked = all.verifyHost().isPresent() ? all.verifyHost() : all.clients().get(client).verifyHost();
        return checked.orElse(true) ? Optional.empty()
                : Optional.of(new Gap(HOST_NAME, all.verifyHost().isPresent() ? "quarkus.rest-client.verify-host=false"
                        : "quarkus.rest-client.\"" + client + "\".verify-host=false"));
    }
}
