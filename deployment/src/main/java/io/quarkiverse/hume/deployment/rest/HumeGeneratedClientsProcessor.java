package io.quarkiverse.hume.deployment.rest;

import java.util.ArrayList;
import java.util.Set;
import java.util.TreeSet;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.deployment.config.ConfiguredKeysBuildItem;
import io.quarkiverse.hume.deployment.index.ClientIndex;
import io.quarkiverse.hume.deployment.message.HumeBuildLog;
import io.quarkiverse.hume.deployment.rest.GeneratedClients.Client;
import io.quarkiverse.hume.deployment.rest.GeneratedClients.Kind;
import io.quarkiverse.hume.deployment.rest.GeneratedClients.Scheme;
import io.quarkiverse.hume.deployment.spi.HumeAccountNamesBuildItem;
import io.quarkiverse.hume.runtime.name.AccountName;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.ApplicationArchivesBuildItem;
import io.quarkus.deployment.logging.LogCleanupFilterBuildItem;

/** Reports how clients of quarkus-openapi-generator are authenticated, since the generator has its own authentication. */
class HumeGeneratedClientsProcessor {

    private static final String API_KEYS = "io.quarkiverse.openapi.generator.providers.ApiKeyAuthenticationProvider";

    @BuildStep
    void report(ApplicationArchivesBuildItem archives, HumeRestClientsBuildItem authenticated,
            HumeAccountNamesBuildItem accounts, ConfiguredKeysBuildItem keys, BuildProducer<LogCleanupFilterBuildItem> hints) {
        GeneratedClients clients = new GeneratedClients(ClientIndex.of(archives));
        GeneratedDeclarations declarations = new GeneratedDeclarations(clients, accounts.names(), keys.current(),
                ConfigProvider.getConfig());
        Set<String> misleading = new TreeSet<>();
        Set<String> inPlace = new TreeSet<>();
        for (Client client : clients.all()) {
            AuthenticatedClient found = authenticated.client(client.name());
            if (found == null || found.accounts().isEmpty()) {
                reportOther(client, declarations);
                client.schemes().forEach(scheme -> inPlace.add(hint(scheme)));
            } else {
                reportAuthenticated(client, found, declarations);
                client.schemes().stream().filter(scheme -> scheme.kind() == Kind.API_KEY_IN_HEADER && scheme.header() != null)
                        .forEach(scheme -> misleading.add(hint(scheme)));
            }
        }
        misleading.removeAll(inPlace);
        if (!misleading.isEmpty()) {
            // One filter for all names, because only the last filter of a logger has an effect.
            hints.produce(new LogCleanupFilterBuildItem(API_KEYS, new ArrayList<>(misleading)));
        }
    }

    /** The message that the generator logs for every request of a client without a configured key. */
    private static String hint(Scheme scheme) {
        return "configured " + scheme.property("api-key") + " property";
    }

    private static void reportAuthenticated(Client client, AuthenticatedClient found, GeneratedDeclarations declarations) {
        String account = AccountName.describe(found.account());
        if (found.onType() != null && found.onType().source().equals(GeneratedDeclarations.SOURCE)) {
            Scheme scheme = client.schemeOfHume();
            HumeBuildLog.LOG.generatedClient(client.name(), account, scheme.name(), scheme.header());
        }
        for (Scheme scheme : client.schemes()) {
            if (scheme.header() != null) {
                scheme.properties().stream().filter(declarations::isSet)
                        .forEach(property -> HumeBuildLog.LOG.generatorsCredential(property, client.name(), account));
            } else if (scheme.kind() == Kind.API_KEY_ELSEWHERE) {
                other(client, "sends a second credential, " + scheme.parameter() + " in a query or a cookie, as its security"
                        + " scheme " + scheme.name() + " declares");
            }
            if (scheme.kind() == Kind.OAUTH2) {
                other(client, "requests tokens that are not sent, as its security scheme " + scheme.name() + " declares");
            }
        }
    }

    private static void reportOther(Client client, GeneratedDeclarations declarations) {
        if (client.schemeOfHume() != null) {
            other(client, declarations.obstacle(client));
        } else if (client.isOnHumeHost()) {
            other(client, "calls " + client.host() + " without the credential of a Hume account, because "
                    + (client.unknownProvider() != null ? "it is not known what " + client.unknownProvider() + " does"
                            : client.schemes().isEmpty() ? "its OpenAPI document declares no security scheme"
                                    : "its OpenAPI document declares no header for one"));
        }
    }

    private static void other(Client client, String what) {
        HumeBuildLog.LOG.otherGeneratedClient(client.name(), what, AccountName.property(HumeAccount.DEFAULT, "rest-clients"),
                client.configKey() == null ? client.name() : client.configKey(),
                client.document() == null ? "\"document\"" : client.document());
    }
}
