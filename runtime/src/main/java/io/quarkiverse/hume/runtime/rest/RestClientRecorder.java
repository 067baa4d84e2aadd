package io.quarkiverse.hume.runtime.rest;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import io.quarkiverse.hume.runtime.account.AccountRegistry;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.tls.TlsConfigurationRegistry;

/** Passes the results of the build about REST clients to the running application. */
@Recorder
public class RestClientRecorder {

    public void use(ClientAuthentications authentications) {
        clients().use(authentications);
    }

    public void requireOneBaseUrl(String client, Set<String> accounts, List<String> ownUrl, Set<String> defaultUrls) {
        checks().requireOneBaseUrl(client, accounts, ownUrl, defaultUrls);
    }

    public void requireOneTransport(String client, String defaultAccount, Set<String> accounts, List<String> ownTls,
            List<String> ownProxy) {
        checks().requireOneTransport(client, defaultAccount, accounts, ownTls, ownProxy);
    }

    public void requireProxyOfTheAccount(String account, List<String> ownProxy) {
        checks().requireProxyOfTheAccount(account, ownProxy);
    }

    /** @param clients the names of the interfaces, each with the account of its calls */
    public void checkServerVerification(Map<String, String> clients) {
        checks().checkServerVerification(clients, Arc.container().instance(TlsConfigurationRegistry.class).get());
    }

    public Supplier<CallCredentials> callCredentials(DeclaredCredentials declared) {
        return () -> new CallCredentials(declared);
    }

    private static RestClientChecks checks() {
        return new RestClientChecks(Arc.container().instance(AccountRegistry.class).get());
    }

    private static RestClients clients() {
        return Arc.container().instance(RestClients.class).get();
    }
}
